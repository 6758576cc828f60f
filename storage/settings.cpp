#include "storage/settings.h"

#include "storage/notebook.h"

namespace bordereau::storage {

Result<std::optional<std::string>> Settings::get(std::string_view name) const {
    auto row = notebook_.database().query("SELECT value FROM setting WHERE name = ?", name);
    std::optional<std::string> found;
    if (row.next()) found = row.text(0);
    if (Status read = row.status(); !read) return read.error();
    return found;
}

Status Settings::set(std::string_view name, std::string_view value) {
    return notebook_.database().run(
        "INSERT INTO setting(name, value) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value",
        name, value);
}

Status Settings::remove(std::string_view name) {
    return notebook_.database().run("DELETE FROM setting WHERE name = ?", name);
}

}  // namespace bordereau::storage
