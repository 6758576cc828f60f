#include "app/present/blocks.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "app/form/definition/definition.h"
#include "app/present/outline.h"

namespace bordereau::app {
namespace {

constexpr int kLine = 4;  // Enketo's grid theme: a line is w4 wide unless its group says otherwise
constexpr int kWidest = 10;
constexpr std::size_t kMostChoices = 12;

// w1 to w10; 0: the appearance names none.
int share_of(const QuestionView& row) {
    for (int share = 1; share <= kWidest; ++share)
        if (has_word(row.appearance, "w" + std::to_string(share))) return share;
    return 0;
}

bool is_select(const QuestionView& row) {
    return row.kind == RowKind::question &&
           (row.control == Control::select_one || row.control == Control::select_multiple) &&
           row.choices && !row.choices->empty() && row.choices->size() <= kMostChoices;
}

bool in_a_table(const QuestionView& row) {
    return is_select(row) &&
           (has_word(row.appearance, "list-nolabel") || has_word(row.appearance, "list") ||
            has_word(row.appearance, "label") || has_word(row.appearance, "likert"));
}

// A heading of choices that asks for nothing: what pyxform puts above the rows of a table-list.
bool is_table_heading(const QuestionView& row) {
    return is_select(row) && has_word(row.appearance, "label");
}

bool same_choices(const ChoiceList& a, const ChoiceList& b) {
    const auto same = [](const ChoiceView& one, const ChoiceView& other) {
        return one.value == other.value && one.label == other.label;
    };
    return a == b || std::ranges::equal(*a, *b, same);
}

// One past the rows after `at` that go on with what it begins.
std::size_t end_of_table(const std::vector<QuestionView>& rows, std::size_t at) {
    if (!in_a_table(rows[at])) return at;
    std::size_t end = at + 1;
    while (end < rows.size() && rows[end].depth == rows[at].depth && in_a_table(rows[end]) &&
           same_choices(rows[end].choices, rows[at].choices) && !is_table_heading(rows[end]))
        ++end;
    const bool single = end == at + 1;
    return single && !has_word(rows[at].appearance, "likert") ? at : end;
}

std::size_t end_of_line(const std::vector<QuestionView>& rows, std::size_t at, int room) {
    int used = 0;
    std::size_t end = at;
    while (end < rows.size() && rows[end].kind == RowKind::question &&
           rows[end].depth == rows[at].depth && rows[end].control != Control::note) {
        const int share = share_of(rows[end]);
        if (share == 0 || used + share > room) break;
        used += share;
        ++end;
    }
    return end > at + 1 ? end : at;
}

QuestionView block_of(std::vector<QuestionView>& rows, std::size_t at, std::size_t end,
                      bool table) {
    auto block = std::make_shared<BlockView>();
    if (table) block->choices = rows[at].choices;
    QuestionView row;
    row.kind = RowKind::block;
    row.key = "block " + rows[at].key;
    row.depth = rows[at].depth;
    for (std::size_t i = at; i < end; ++i) {
        if (!table) block->shares.push_back(share_of(rows[i]));
        block->questions.push_back(std::move(rows[i]));
    }
    row.block = std::move(block);
    return row;
}

}  // namespace

bool has_grid(const form::Form& form) {
    return has_word(form.definition().body_class, "theme-grid");
}

std::vector<QuestionView> fold_blocks(std::vector<QuestionView> rows, bool grid) {
    std::vector<QuestionView> out;
    out.reserve(rows.size());
    std::vector<std::pair<int, int>> groups;  // depth and width of those that are open
    for (std::size_t i = 0; i < rows.size();) {
        while (!groups.empty() && rows[i].depth <= groups.back().first) groups.pop_back();
        if (rows[i].kind == RowKind::group && share_of(rows[i]) > 0)
            groups.emplace_back(rows[i].depth, share_of(rows[i]));
        const int room = groups.empty() ? kLine : groups.back().second;
        std::size_t end = end_of_table(rows, i);
        const bool table = end > i;
        if (!table && grid) end = end_of_line(rows, i, room);
        if (end > i) {
            out.push_back(block_of(rows, i, end, table));
            i = end;
        } else {
            out.push_back(std::move(rows[i++]));
        }
    }
    return out;
}

std::vector<QuestionView> unfold_blocks(std::vector<QuestionView> rows) {
    std::vector<QuestionView> out;
    out.reserve(rows.size());
    for (QuestionView& row : rows)
        if (row.kind == RowKind::block)
            std::ranges::move(row.block->questions, std::back_inserter(out));
        else
            out.push_back(std::move(row));
    return out;
}

std::vector<QuestionView*> questions_in(std::vector<QuestionView>& rows) {
    std::vector<QuestionView*> out;
    out.reserve(rows.size());
    for (QuestionView& row : rows) {
        out.push_back(&row);
        if (row.block)
            for (QuestionView& inside : row.block->questions) out.push_back(&inside);
        if (row.table)
            for (QuestionView& inside : row.table->cells) out.push_back(&inside);
    }
    return out;
}

}  // namespace bordereau::app
