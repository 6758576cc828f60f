#include "storage/journal/flat_table.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "storage/journal/action_codec.h"
#include "storage/journal/columns.h"
#include "storage/journal/pack_columns.h"

namespace bordereau::storage {
namespace {

constexpr std::uint64_t kMostCounter = (1u << 16) - 1;
constexpr Millis kMostMillis = Millis{1} << 47;  // stamps stay positive as SQL integers

bool is_millis(Millis millis) {
    return millis >= 0 && millis < kMostMillis;
}

// Damaged bytes may give any number; nothing overflows.
Millis sum(Millis one, std::int64_t other) {
    return static_cast<Millis>(static_cast<std::uint64_t>(one) + static_cast<std::uint64_t>(other));
}
Millis difference(Millis one, std::int64_t other) {
    return static_cast<Millis>(static_cast<std::uint64_t>(one) - static_cast<std::uint64_t>(other));
}

// By their hashes, since this is asked of every table; two texts of one hash pass for one.
bool are_distinct(const std::vector<std::string_view>& texts) {
    std::vector<std::size_t> hashes;
    hashes.reserve(texts.size());
    for (const std::string_view text : texts) hashes.push_back(std::hash<std::string_view>{}(text));
    std::ranges::sort(hashes);
    return std::ranges::adjacent_find(hashes) == hashes.end();
}

// Whether a dictionary's numbers first come in their order, and all of them.
class Uses {
public:
    explicit Uses(std::size_t size) : size_(size) {}
    bool see(std::uint64_t number) {
        if (number > next_ || number >= size_) return false;
        next_ += number == next_ ? 1 : 0;
        return true;
    }
    bool all() const { return next_ == size_; }

private:
    std::size_t size_;
    std::size_t next_ = 0;
};

}  // namespace

bool FlatTable::read(const ChangesetHead& head, std::string_view bytes) {
    changes.clear();
    answers.clear();
    links.clear();
    runs.clear();
    if (!split_table(bytes, table)) return false;
    const bool devices = std::ranges::all_of(
        table.devices, [](std::string_view raw) { return raw.size() == kRawDeviceSize; });
    return devices && are_distinct(table.devices) && are_distinct(table.authors) &&
           are_distinct(table.paths) && read_lines(head);
}

bool FlatTable::read_lines(const ChangesetHead& head) {
    ColumnReader run_column{table[Column::runs]};
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < table.subjects.size() && run_column.ok(); ++i) {
        runs.push_back(run_column.take());
        if (runs.back() == 0 || runs.back() > table[Column::low].size() - count) return false;
        count += runs.back();
    }
    if (!run_column.complete() || count != table[Column::low].size() ||
        static_cast<std::int64_t>(count) != table.count || head.changes != table.count)
        return false;
    ColumnReader device_column{table[Column::devices]}, author_column{table[Column::authors]},
        kinds{table[Column::kinds]}, counters{table[Column::counters]};
    MomentReader differences{table[Column::low], table[Column::middle], table[Column::rest]};
    std::size_t answered = 0;
    Uses authors{table.authors.size()};
    Stamp last;
    Millis millis = 0;
    changes.reserve(count);
    for (; count > 0; --count) {
        Line line;
        const std::uint64_t device = device_column.take(), author = author_column.take(),
                            kind = kinds.take(), counter = counters.take();
        millis = sum(millis, differences.take());
        if (device >= table.devices.size() || !authors.see(author) || kind >= kKnownKinds ||
            counter > kMostCounter || !is_millis(millis))
            return false;
        line = {static_cast<std::uint32_t>(device), static_cast<std::uint32_t>(author),
                static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(counter), millis};
        changes.push_back(line);
        answered += kind == kAnswerKind ? 1 : 0;
        last = std::max(last, Stamp{Stamp::at(millis).bits | counter});
    }
    return device_column.complete() && author_column.complete() && kinds.complete() &&
           counters.complete() && differences.complete() && authors.all() && last == head.last &&
           table.others.size() == changes.size() - answered && read_answers(answered);
}

bool FlatTable::read_answers(std::size_t count) {
    ColumnReader path_column{table[Column::paths]}, replaces{table[Column::replaces]};
    Uses paths{table.paths.size()};
    std::int64_t path = 0;
    answers.reserve(count);
    for (; count > 0; --count) {
        path = sum(path, path_column.take_signed());
        if (path < 0 || !paths.see(static_cast<std::uint64_t>(path))) return false;
        answers.push_back({static_cast<std::uint32_t>(path), replaces.take(), {}});
    }
    if (!path_column.complete() || !replaces.complete() || !paths.all() || !read_values())
        return false;
    ColumnReader link_column{table[Column::links]};
    Uses devices{table.devices.size()};
    std::size_t answer = 0;
    for (const Line& line : changes) {
        if (!devices.see(line.device)) return false;
        if (line.kind != kAnswerKind) continue;
        const std::uint64_t code = answers[answer++].replaces;
        if (code <= kReplacesListed) {
            if (code == kReplacesListed) return false;  // none is said otherwise
            continue;
        }
        for (std::uint64_t left = code - kReplacesListed; left > 0; --left) {
            const Millis replaced = difference(line.millis, link_column.take_signed());
            const std::uint64_t counter = link_column.take(), device = link_column.take();
            if (!link_column.ok() || !is_millis(replaced) || counter > kMostCounter ||
                !devices.see(device))
                return false;
            links.push_back({line.millis, replaced, static_cast<std::uint32_t>(counter),
                             static_cast<std::uint32_t>(device)});
        }
    }
    return link_column.complete() && devices.all();
}

// They lie path by path.
bool FlatTable::read_values() {
    std::vector<std::size_t> next(table.paths.size() + 1), order(answers.size());
    for (const Answer& answer : answers) ++next[answer.path + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (std::size_t i = 0; i < answers.size(); ++i) order[next[answers[i].path]++] = i;
    ColumnReader sizes{table[Column::sizes]};
    std::string_view bytes = table[Column::values];
    for (const std::size_t answer : order) {
        const std::uint64_t coded = sizes.take();
        if (coded > bytes.size() + 1) return false;
        if (coded == 0) continue;
        answers[answer].value = bytes.substr(0, static_cast<std::size_t>(coded - 1));
        bytes.remove_prefix(static_cast<std::size_t>(coded - 1));
    }
    return sizes.complete() && bytes.empty();
}

bool FlatTable::is_said_by(const DeviceId& device) const {
    const std::string raw = raw_device(device);
    auto line = changes.begin();
    auto other = table.others.begin();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (i > 0 && table.subjects[i - 1] >= table.subjects[i]) return false;
        Stamp before;
        for (std::uint64_t left = runs[i]; left > 0; --left, ++line) {
            const Stamp stamp{Stamp::at(line->millis).bits | line->counter};
            if (table.devices[line->device] != raw || stamp <= before) return false;
            before = stamp;
            if (line->kind != kAnswerKind && !decode_action(line->kind, *other++)) return false;
        }
    }
    return true;
}

}  // namespace bordereau::storage
