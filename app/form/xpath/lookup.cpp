#include "app/form/xpath/lookup.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "app/form/values/number.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::size_t kFirstSlots = 64;

bool has_blank(std::string_view text) {
    return text.find_first_of(" \t\r\n") != std::string_view::npos || trimmed(text) != text;
}

}  // namespace

// The distinct texts of a column, found by hash, each with its rows; all rows lie in one array.
class Lookup::Column {
public:
    Column(const Tree& tree, const Key& key) : slots_(kFirstSlots, kFree) {
        collect(tree, key);
        spread();
    }

    bool has_structure() const { return has_structure_; }
    bool has_blanks() const { return has_blanks_; }
    bool has_gaps() const { return has_gaps_; }

    Rows with(std::string_view text) const {
        const std::uint32_t group = slots_[slot_of(text)];
        return group == kFree ? Rows{} : rows_of(group);
    }

    /// Nothing where cells might be dates. Called under the lock of the Lookup.
    std::optional<Rows> with(double number) {
        if (!counted_) count_numbers();
        if (has_dates_) return std::nullopt;
        const auto found = by_number_.find(number);
        return found == by_number_.end() ? Rows{} : Rows{found->second};
    }

private:
    struct Group {
        std::string_view text;
        std::uint32_t first = 0, count = 0;
        NodeIndex last_row = kNoNode;
    };

    Rows rows_of(std::uint32_t group) const {
        return Rows{rows_}.subspan(groups_[group].first, groups_[group].count);
    }

    std::size_t slot_of(std::string_view text) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = std::hash<std::string_view>{}(text)&mask;
        while (slots_[at] != kFree && groups_[slots_[at]].text != text) at = (at + 1) & mask;
        return at;
    }

    std::uint32_t group_of(std::string_view text) {
        // Neighbouring rows mostly share their values: lists are sorted.
        if (!groups_.empty() && groups_.back().text == text) return last_group();
        std::size_t at = slot_of(text);
        if (slots_[at] != kFree) return slots_[at];
        if (groups_.size() * 2 >= slots_.size()) {
            widen();
            at = slot_of(text);
        }
        slots_[at] = static_cast<std::uint32_t>(groups_.size());
        groups_.push_back({text});
        has_blanks_ = has_blanks_ || has_blank(text);
        return slots_[at];
    }

    std::uint32_t last_group() const { return static_cast<std::uint32_t>(groups_.size() - 1); }

    void widen() {
        slots_.assign(slots_.size() * 4, kFree);
        for (std::uint32_t group = 0; group < groups_.size(); ++group)
            slots_[slot_of(groups_[group].text)] = group;
    }

    void collect(const Tree& tree, const Key& key) {
        for (NodeIndex row = tree.child(key.parent, key.row); row != kNoNode;
             row = tree.next_named(row)) {
            NodeIndex cell = tree.child(row, key.column);
            has_gaps_ = has_gaps_ || cell == kNoNode;
            for (; cell != kNoNode; cell = tree.next_named(cell)) {
                has_structure_ = has_structure_ || !tree.is_leaf(cell);
                const std::uint32_t group = group_of(tree.text(cell));
                if (std::exchange(groups_[group].last_row, row) == row) continue;
                ++groups_[group].count;
                cells_.push_back({group, row});
            }
        }
    }

    // From cells in document order to rows by group.
    void spread() {
        std::uint32_t first = 0;
        for (Group& group : groups_) {
            group.first = first;
            first += group.count;
            group.count = 0;
        }
        rows_.resize(first);
        for (const auto& [group, row] : cells_)
            rows_[groups_[group].first + groups_[group].count++] = row;
        cells_ = {};
    }

    void count_numbers() {
        counted_ = true;
        for (std::uint32_t group = 0; group < groups_.size(); ++group) {
            const double number = to_number(groups_[group].text);
            if (std::isnan(number)) {
                has_dates_ = has_dates_ || groups_[group].text.find('-') != std::string_view::npos;
                continue;
            }
            auto& rows = by_number_[number];
            const Rows more = rows_of(group);
            const auto middle = rows.insert(rows.end(), more.begin(), more.end());
            std::inplace_merge(rows.begin(), middle, rows.end());
        }
    }

    std::vector<Group> groups_;
    std::vector<std::uint32_t> slots_;  // groups by hash; a power of two
    std::vector<std::pair<std::uint32_t, NodeIndex>> cells_;
    std::vector<NodeIndex> rows_;
    std::unordered_map<double, std::vector<NodeIndex>> by_number_;
    bool has_structure_ = false, has_blanks_ = false, has_gaps_ = false;
    bool counted_ = false, has_dates_ = false;
};

Lookup::Lookup(const Tree& tree) : tree_{tree} {}
Lookup::~Lookup() = default;

std::optional<Lookup::Rows> Lookup::rows(NodeIndex parent, Name row, Name column,
                                         std::string_view text) const {
    const Column& found = this->column({parent, row, column});
    if (found.has_structure()) return std::nullopt;
    return found.with(text);
}

std::optional<Lookup::Rows> Lookup::rows(NodeIndex parent, Name row, Name column,
                                         double number) const {
    this->column({parent, row, column});
    const std::lock_guard lock{mutex_};
    Column& found = *columns_.find({parent, row, column})->second;
    return found.has_structure() ? std::nullopt : found.with(number);
}

std::optional<std::vector<NodeIndex>> Lookup::rows_among(NodeIndex parent, Name row, Name column,
                                                         std::string_view list) const {
    const Column& found = this->column({parent, row, column});
    if (found.has_structure() || found.has_blanks() || found.has_gaps()) return std::nullopt;
    std::vector<NodeIndex> rows;
    if (list.empty()) {
        const Rows empty = found.with("");
        rows.assign(empty.begin(), empty.end());
    }
    for (const std::string_view word : words_of(list)) {
        const Rows more = found.with(word);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    // Lists are built from their beginning to their end, so later rows have higher numbers.
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void Lookup::prepare(NodeIndex parent, Name row, Name column) const {
    this->column({parent, row, column});
}

const Lookup::Column& Lookup::column(const Key& key) const {
    const std::lock_guard lock{mutex_};
    auto& found = columns_[key];
    if (!found) found = std::make_unique<Column>(tree_, key);
    return *found;
}

}  // namespace bordereau::form
