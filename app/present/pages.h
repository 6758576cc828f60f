// app/present/pages.h - the rows of a section one page at a time (ODK: form style "pages").
// Pure: rows in, places of rows out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/form/definition/form.h"
#include "app/screens/fill_view.h"

namespace bordereau::app {

/// Places of the rows of one page, the headings above its question among them.
using Page = std::vector<std::size_t>;

/// A page for each question, note and table, for each group with the appearance "field-list" as a
/// whole, and for each repeat that entries can be added to, after its entries.
std::vector<Page> pages_of(const std::vector<QuestionView>& rows);

/// The page that shows a question; nothing found: `otherwise`, within the pages there are.
int page_with(const std::vector<QuestionView>& rows, const std::vector<Page>& pages,
              const std::string& key, int otherwise);

/// Leaves the rows of one page in the view.
void keep_page(FillView& view, const std::string& key, int page);

/// Whether the form asks for pages by itself.
bool wants_pages(const form::Form& form);

}  // namespace bordereau::app
