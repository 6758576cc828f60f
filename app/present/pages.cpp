#include "app/present/pages.h"

#include <algorithm>

#include "app/form/definition/definition.h"
#include "app/present/outline.h"
#include "app/present/tables.h"

namespace bordereau::app {
namespace {

bool is_heading(const QuestionView& row) {
    return row.kind == RowKind::group || row.kind == RowKind::repeat ||
           row.kind == RowKind::instance;
}

// The headings that a row lies in, outermost first. Entries and additions name their repeat.
Page headings_above(const std::vector<QuestionView>& rows, std::size_t at) {
    Page above;
    int depth = rows[at].depth;
    for (std::size_t i = at; i-- > 0 && depth > 0;) {
        if (rows[i].depth >= depth || !is_heading(rows[i])) continue;
        depth = rows[i].depth;
        const bool named = rows[i].kind == RowKind::repeat && rows[i].can_add;
        if (!named) above.push_back(i);
    }
    std::ranges::reverse(above);
    return above;
}

std::size_t end_of(const std::vector<QuestionView>& rows, std::size_t at) {
    std::size_t end = at + 1;
    while (end < rows.size() && rows[end].depth > rows[at].depth) ++end;
    return end;
}

// What a heading that is no page of its own leaves to the rows in it; else one past its page.
std::size_t end_of_page(const std::vector<QuestionView>& rows, std::size_t at) {
    const QuestionView& row = rows[at];
    if (!is_heading(row)) return at + 1;
    if (row.kind == RowKind::group && has_word(row.appearance, "field-list"))
        return end_of(rows, at);
    return at;
}

}  // namespace

std::vector<Page> pages_of(const std::vector<QuestionView>& rows) {
    std::vector<Page> pages;
    for (std::size_t i = 0; i < rows.size();) {
        const std::size_t end = end_of_page(rows, i);
        if (end == i) {
            ++i;
            continue;
        }
        Page page = headings_above(rows, i);
        for (; i < end; ++i) page.push_back(i);
        pages.push_back(std::move(page));
    }
    return pages;
}

int page_with(const std::vector<QuestionView>& rows, const std::vector<Page>& pages,
              const std::string& key, int otherwise) {
    const QuestionView* sought = key.empty() ? nullptr : row_showing(rows, key);
    if (sought != nullptr) {
        const auto at = static_cast<std::size_t>(sought - rows.data());
        // Of an entry or a group: the first page under that heading.
        for (std::size_t page = 0; page < pages.size(); ++page)
            if (std::ranges::find(pages[page], at) != pages[page].end())
                return static_cast<int>(page);
    }
    const int last = static_cast<int>(pages.size()) - 1;
    if (otherwise < 0) return std::max(last, 0);
    return std::clamp(otherwise, 0, std::max(last, 0));
}

void keep_page(FillView& view, const std::string& key, int page) {
    const std::vector<Page> pages = pages_of(view.questions);
    view.one_page = true;
    view.pages = static_cast<int>(pages.size());
    view.page = page_with(view.questions, pages, key, page);
    if (pages.empty()) return;
    std::vector<QuestionView> kept;
    for (const std::size_t at : pages[static_cast<std::size_t>(view.page)])
        kept.push_back(std::move(view.questions[at]));
    view.questions = std::move(kept);
    const auto first = std::ranges::find_if_not(view.questions, is_heading);
    view.page_key = first == view.questions.end() ? view.questions.back().key : first->key;
}

bool wants_pages(const form::Form& form) {
    return has_word(form.definition().body_class, "pages");
}

}  // namespace bordereau::app
