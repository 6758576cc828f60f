#include "storage/teams.h"

#include "storage/base/text.h"
#include "storage/journal/stamp.h"
#include "storage/notebook.h"

namespace bordereau::storage {

Result<Team> Teams::current() const {
    auto row =
        notebook_.database().query("SELECT name FROM team WHERE id = ?", notebook_.team().text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return Team{notebook_.team(), found ? row.text(0) : std::string{}};
}

Result<std::vector<Device>> Teams::devices() const {
    std::vector<Device> devices;
    auto row = notebook_.database().query(
        "SELECT d.id, d.name, d.public_key, (SELECT coalesce(sum(c.number), 0) FROM chain c"
        " WHERE c.team = d.team AND c.device = d.id), (SELECT coalesce(max(c.last_stamp), 0)"
        " FROM chain c WHERE c.team = d.team AND c.device = d.id) FROM device d"
        " WHERE d.team = ? ORDER BY d.name, d.id",
        notebook_.team().text);
    while (row.next())
        devices.push_back({{row.text(0)},
                           row.text(1),
                           row.blob(2),
                           row.number(3),
                           Stamp{static_cast<std::uint64_t>(row.number(4))}.millis()});
    if (Status read = row.status(); !read) return read.error();
    return devices;
}

Status Teams::rename_device(std::string_view name) {
    if (trimmed(name).empty()) return Error{ErrorCode::invalid, "a device without a name"};
    auto recorded = notebook_.journal().record(
        notebook_.device().text,
        DeviceSet{std::string{trimmed(name)}, notebook_.device_key().public_key()});
    return recorded ? done() : Status{recorded.error()};
}

Result<std::optional<std::string>> Teams::certificate() const {
    auto row = notebook_.database().query(
        "SELECT certificate FROM membership WHERE team = ? AND device = ?"
        " ORDER BY serial DESC LIMIT 1",
        notebook_.team().text, notebook_.device().text);
    std::optional<std::string> certificate;
    if (row.next()) certificate = row.blob(0);
    if (Status read = row.status(); !read) return read.error();
    return certificate;
}

Result<bool> Teams::founded_here() const {
    auto row =
        notebook_.database().query("SELECT 1 FROM team_key WHERE team = ?", notebook_.team().text);
    const bool founded = row.next();
    if (Status read = row.status(); !read) return read.error();
    return founded;
}

}  // namespace bordereau::storage
