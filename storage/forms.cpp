#include "storage/forms.h"

#include <algorithm>

#include "storage/journal/fold.h"
#include "storage/notebook.h"

namespace bordereau::storage {
namespace {

// The contents kept under one id and version, the earliest first; normally one.
Result<std::vector<FormAdded>> contents(const Notebook& notebook, const FormId& id,
                                        std::string_view version) {
    std::vector<FormAdded> found;
    auto row = notebook.database().query(
        "SELECT content FROM form WHERE team = ? AND id = ? AND version = ?"
        " ORDER BY stamp, device",
        notebook.team().text, id.text, version);
    while (row.next()) {
        auto form = unpack_form(row.view(0));
        if (!form) return form.error();
        found.push_back(*std::move(form));
    }
    if (Status read = row.status(); !read) return read.error();
    return found;
}

}  // namespace

Status Forms::put(const StoredForm& form) {
    const FormSummary& summary = form.summary;
    if (summary.id.empty()) return Error{ErrorCode::invalid, "a form without an id"};
    FormAdded added{summary.version, summary.title, form.definition, form.resources};
    auto present = contents(notebook_, summary.id, summary.version);
    if (!present) return present.error();
    if (std::ranges::find(*present, added) != present->end()) return done();
    if (!present->empty())
        return Error{ErrorCode::conflict, "another form has this id and version"};
    auto recorded = notebook_.journal().record(summary.id.text, std::move(added));
    return recorded ? done() : Status{recorded.error()};
}

Result<std::optional<StoredForm>> Forms::get(const FormId& id, std::string_view version) const {
    auto present = contents(notebook_, id, version);
    if (!present) return present.error();
    if (present->empty()) return std::optional<StoredForm>{};
    FormAdded& form = present->front();
    return std::optional{StoredForm{
        {id, form.version, form.title}, std::move(form.definition), std::move(form.resources)}};
}

Result<std::vector<FormSummary>> Forms::list() const {
    std::vector<FormSummary> forms;
    auto row = notebook_.database().query(
        "SELECT id, version, title FROM form WHERE team = ? GROUP BY id, version"
        " HAVING stamp = min(stamp) ORDER BY title, stamp DESC",
        notebook_.team().text);
    while (row.next()) forms.push_back({{row.text(0)}, row.text(1), row.text(2)});
    if (Status read = row.status(); !read) return read.error();
    return forms;
}

}  // namespace bordereau::storage
