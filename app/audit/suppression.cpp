#include "app/audit/suppression.h"

#include <algorithm>
#include <numeric>

#include "app/audit/rounding.h"
#include "storage/base/check.h"

namespace bordereau::audit {
namespace {

using Counts = std::vector<std::array<std::int64_t, 2>>;

struct Place {
    std::size_t row = 0, column = 0;
};
using Line = std::vector<Place>;  // the cells of one row or of one column

/// Which cells of a table of two columns are hidden, and the search for a set that protects them.
class Hiding {
public:
    Hiding(const Counts& counts, std::int64_t k) : counts_(counts), k_(k) {
        for (const auto& row : counts_) hidden_.push_back({small(row[kWomen]), small(row[kMen])});
    }

    bool at(Place place) const { return hidden_[place.row][place.column]; }

    /// Hides more cells until no hidden one can be worked out; false when that cannot be reached.
    bool protect() {
        for (;;) {
            while (const auto weak = weak_line())
                if (!hide_one_more(*weak)) return false;
            const auto known = determined_cell();
            if (!known) return true;
            if (!hide_one_more(row_line(known->row)) && !hide_one_more(column_line(known->column)))
                return false;
        }
    }

    /// More than half of the cells that are not zero are hidden.
    bool too_much() const {
        std::int64_t positive = 0, hidden = 0;
        for (std::size_t row = 0; row < counts_.size(); ++row)
            for (const std::size_t column : {kWomen, kMen}) {
                if (counts_[row][column] == 0) continue;
                ++positive;
                if (at({row, column})) ++hidden;
            }
        return 2 * hidden > positive;
    }

    bool any() const {
        return std::ranges::any_of(hidden_, [](const auto& row) { return row[0] || row[1]; });
    }

private:
    bool small(std::int64_t count) const { return count > 0 && count < k_; }

    Line row_line(std::size_t row) const { return {{row, kWomen}, {row, kMen}}; }
    Line column_line(std::size_t column) const {
        Line line;
        for (std::size_t row = 0; row < counts_.size(); ++row) line.push_back({row, column});
        return line;
    }

    // One hidden cell is the difference of the line; several that sum to less than k are as small.
    bool weak(const Line& line) const {
        std::int64_t sum = 0;
        int cells = 0;
        for (const Place place : line)
            if (at(place)) {
                ++cells;
                sum += counts_[place.row][place.column];
            }
        return cells == 1 || (cells > 1 && sum < k_);
    }

    std::optional<Line> weak_line() const {
        for (std::size_t row = 0; row < counts_.size(); ++row)
            if (weak(row_line(row))) return row_line(row);
        for (const std::size_t column : {kWomen, kMen})
            if (weak(column_line(column))) return column_line(column);
        return {};
    }

    // The line that crosses `line` at `place`.
    bool crossing_has_hidden(const Line& line, Place place) const {
        const bool along_row = line.front().row == line.back().row;
        const Line crossing = along_row ? column_line(place.column) : row_line(place.row);
        return std::ranges::any_of(crossing, [this](Place other) { return at(other); });
    }

    // First a cell whose other line has hidden cells already, then the smallest positive, then a 0.
    bool hide_one_more(const Line& line) {
        std::optional<Place> best;
        const auto count = [this](Place place) { return counts_[place.row][place.column]; };
        for (const Place place : line) {
            if (at(place)) continue;
            if (crossing_has_hidden(line, place)) {
                best = place;
                break;
            }
            const bool better =
                !best || (count(place) > 0 && (count(*best) == 0 || count(place) < count(*best)));
            if (better) best = place;
        }
        if (best) hidden_[best->row][best->column] = true;
        return best.has_value();
    }

    // The equations of row and column totals leave a cell open only where hidden cells close a
    // ring; with two columns that takes two rows with both cells hidden.
    std::optional<Place> determined_cell() const {
        const auto full = [](const auto& row) { return row[kWomen] && row[kMen]; };
        const auto rings = std::ranges::count_if(hidden_, full);
        for (std::size_t row = 0; row < hidden_.size(); ++row)
            for (const std::size_t column : {kWomen, kMen})
                if (at({row, column}) && !(full(hidden_[row]) && rings >= 2))
                    return Place{row, column};
        return {};
    }

    const Counts& counts_;
    std::int64_t k_;
    std::vector<std::array<bool, 2>> hidden_;
};

bool small(std::int64_t count, std::int64_t k) {
    return count > 0 && count < k;
}

Counts grouped(const CountTable& table, const Step& step) {
    Counts counts;
    for (const Category& category : step) {
        std::array<std::int64_t, 2> sums{};
        for (const std::size_t row : category.rows)
            for (const std::size_t sex : {kWomen, kMen}) sums[sex] += table.cells[row][sex];
        counts.push_back(sums);
    }
    return counts;
}

std::array<std::int64_t, 2> column_totals(const Counts& counts) {
    std::array<std::int64_t, 2> totals{};
    for (const auto& row : counts)
        for (const std::size_t sex : {kWomen, kMen}) totals[sex] += row[sex];
    return totals;
}

bool small_totals(const Counts& counts, std::int64_t k) {
    const auto totals = column_totals(counts);
    const bool columns = counts.size() > 1 && (small(totals[kWomen], k) || small(totals[kMen], k));
    return columns || std::ranges::any_of(counts, [k](const auto& row) {
               return small(row[kWomen] + row[kMen], k);
           });
}

void note_unrecorded(PublishedTable& out, const CountTable& table) {
    out.includes_unrecorded = table.unrecorded > 0;
    if (!small(table.unrecorded, out.k)) out.unrecorded = table.unrecorded;
    if (out.kind == PublishedTable::Kind::exact) out.unrecorded = table.unrecorded;
}

PublishedTable with_rows(const CountTable& table, const Step& step, const Counts& counts,
                         const Hiding* hiding) {
    PublishedTable out;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        out.rows.push_back(step[row].key);
        auto& cells = out.cells.emplace_back();
        for (const std::size_t sex : {kWomen, kMen})
            if (!hiding || !hiding->at({row, sex})) cells[sex] = counts[row][sex];
        out.row_totals.push_back(counts[row][kWomen] + counts[row][kMen]);
    }
    out.column_totals = column_totals(counts);
    out.total = table.total();
    return out;
}

/// The table of one step, or nothing when that step says too much.
std::optional<PublishedTable> try_step(const CountTable& table, const Step& step, std::int64_t k) {
    const Counts counts = grouped(table, step);
    if (small_totals(counts, k)) return {};
    Hiding hiding{counts, k};
    if (counts.size() == 1) {
        if (hiding.any()) return {};
    } else if (!hiding.protect() || hiding.too_much()) {
        return {};
    }
    PublishedTable out = with_rows(table, step, counts, &hiding);
    out.kind = PublishedTable::Kind::categories;
    out.k = k;
    note_unrecorded(out, table);
    if (small(table.unrecorded, k)) out.total.reset();
    return out;
}

Step each_row(const CountTable& table) {
    Step step;
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        step.push_back({table.rows[row], {row}});
    return step;
}

Step everybody(std::size_t rows) {
    std::vector<std::size_t> all(rows);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return {{"all", all}};
}

}  // namespace

std::int64_t CountTable::total() const {
    std::int64_t sum = unrecorded;
    for (const auto& row : cells) sum += row[kWomen] + row[kMen];
    return sum;
}

Ladder age_ladder(const Served& people) {
    if (!people.by_age) return {everybody(1)};
    return {{{"lt1", {0}}, {"1_5", {1}}, {"6_17", {2}}, {"18_59", {3}}, {"60", {4}}, {"au", {5}}},
            {{"0_5", {0, 1}}, {"6_17", {2}}, {"18_59", {3}}, {"60", {4}}, {"au", {5}}},
            {{"0_17", {0, 1, 2}}, {"18", {3, 4}}, {"au", {5}}},
            everybody(kAgeBands)};
}

Ladder grade_ladder(const CountTable& staff) {
    Category command{"command_senior", {}}, others{"others", {}};
    for (std::size_t row = 0; row < staff.rows.size(); ++row) {
        const bool senior = staff.rows[row] == "command" || staff.rows[row] == "senior";
        (senior ? command : others).rows.push_back(row);
    }
    return {each_row(staff), {command, others}, everybody(staff.rows.size())};
}

CountTable table_of(const Served& people) {
    CountTable table;
    table.unrecorded = people.unrecorded;
    if (!people.by_age) {
        table.rows = {"all"};
        table.cells = {{people.total_women, people.total_men}};
        return table;
    }
    const Ladder ladder = age_ladder(people);
    for (const Category& band : ladder.front()) {
        table.rows.push_back(band.key);
        table.cells.push_back({people.women[band.rows[0]], people.men[band.rows[0]]});
    }
    return table;
}

CountTable table_of(const Staffing& staff) {
    CountTable table;
    table.unrecorded = staff.unrecorded;
    for (const GradeStaff& grade : staff.grades) {
        table.rows.push_back(grade.grade);
        table.cells.push_back({grade.women, grade.men});
    }
    return table;
}

PublishedTable publish(const CountTable& table, const Ladder& ladder, std::int64_t k,
                       Audience audience) {
    check(table.rows.size() == table.cells.size(), "a table has one line of cells for each row");
    PublishedTable out;
    out.k = k;
    out.total = table.total();
    if (audience == Audience::team) {
        const Step rows = each_row(table);
        out = with_rows(table, rows, grouped(table, rows), nullptr);
        out.kind = PublishedTable::Kind::exact;
        note_unrecorded(out, table);
        return out;
    }
    if (table.total() == 0) return out;
    if (small(table.total(), k)) {
        out.kind = PublishedTable::Kind::fewer;
        out.total.reset();
        return out;
    }
    for (std::size_t step = 0; step < ladder.size(); ++step)
        if (auto printed = try_step(table, ladder[step], k)) {
            printed->step = step;
            return std::move(*printed);
        }
    out.kind = PublishedTable::Kind::total_only;
    note_unrecorded(out, table);
    return out;
}

bool may_stand_beside(const CountTable& earlier, const CountTable& next, std::int64_t k) {
    check(earlier.rows == next.rows, "tables are compared row by row");
    CountTable difference = next;
    difference.unrecorded = std::abs(next.unrecorded - earlier.unrecorded);
    for (std::size_t row = 0; row < next.cells.size(); ++row)
        for (const std::size_t sex : {kWomen, kMen})
            difference.cells[row][sex] = std::abs(next.cells[row][sex] - earlier.cells[row][sex]);
    const Counts counts = grouped(difference, each_row(difference));
    return !small_totals(counts, k) && !Hiding{counts, k}.any() && !small(difference.unrecorded, k);
}

std::optional<std::int64_t> publish_count(std::int64_t count, std::int64_t k, Audience audience) {
    if (audience != Audience::team && small(count, k)) return {};
    return count;
}

std::optional<double> publish_share(std::int64_t part, std::int64_t whole, std::int64_t least_whole,
                                    std::int64_t k, Audience audience) {
    if (whole <= 0) return {};
    const double share = percent(part, whole);
    if (audience == Audience::team) return share;
    if (whole < least_whole) return {};
    const bool all_or_none = part == 0 || part == whole;
    if (all_or_none && whole < kLeastForShare) return {};
    const bool reveals = small(part, k) || small(whole - part, k);
    if (audience == Audience::public_use && reveals) return {};
    return share;
}

}  // namespace bordereau::audit
