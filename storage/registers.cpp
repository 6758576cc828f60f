#include "storage/registers.h"

#include "storage/base/text.h"
#include "storage/notebook.h"

namespace bordereau::storage {
namespace {

RegisterRow row_in(const sqlite::Query& row) {
    const Stamp stamp{static_cast<std::uint64_t>(row.number(4))};
    return {row.text(0), row.text(1), row.text(2), {row.text(3)}, stamp.millis()};
}

Status record(Notebook& notebook, RegisterRowSet change) {
    const std::string subject = change.kind + "/" + change.key;
    auto recorded = notebook.journal().record(subject, std::move(change));
    return recorded ? done() : Status{recorded.error()};
}

}  // namespace

Status Registers::put(std::string_view kind, std::string_view key, std::string_view json) {
    if (kind.empty() || key.empty())
        return Error{ErrorCode::invalid, "a register row needs a kind and a key"};
    auto present = get(kind, key);
    if (!present) return present.error();
    if (*present && (*present)->json == json) return done();
    return record(notebook_, {std::string{kind}, std::string{key}, std::string{json}});
}

Status Registers::remove(std::string_view kind, std::string_view key) {
    auto present = get(kind, key);
    if (!present) return present.error();
    if (!*present) return Error{ErrorCode::not_found, "no such register row"};
    return record(notebook_, {std::string{kind}, std::string{key}, std::nullopt});
}

Result<std::optional<RegisterRow>> Registers::get(std::string_view kind,
                                                  std::string_view key) const {
    auto row = notebook_.database().query(
        "SELECT kind, key, json, author, stamp FROM register_row"
        " WHERE team = ? AND kind = ? AND key = ? AND json IS NOT NULL",
        notebook_.team().text, kind, key);
    std::optional<RegisterRow> found;
    if (row.next()) found = row_in(row);
    if (Status read = row.status(); !read) return read.error();
    return found;
}

Result<std::vector<RegisterRow>> Registers::list(std::string_view kind) const {
    std::vector<RegisterRow> rows;
    auto row = notebook_.database().query(
        "SELECT kind, key, json, author, stamp FROM register_row"
        " WHERE team = ? AND kind = ? AND json IS NOT NULL ORDER BY key",
        notebook_.team().text, kind);
    while (row.next()) rows.push_back(row_in(row));
    if (Status read = row.status(); !read) return read.error();
    return rows;
}

}  // namespace bordereau::storage
