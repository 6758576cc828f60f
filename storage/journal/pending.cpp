#include "storage/journal/pending.h"

#include <algorithm>

#include "storage/journal/action_codec.h"
#include "storage/journal/log.h"

namespace bordereau::storage {

Status insert_pending(sqlite::Database& db, const Change& change) {
    return db.run("INSERT INTO pending(subject, stamp, author, kind, body) VALUES (?, ?, ?, ?, ?)",
                  change.subject, static_cast<std::int64_t>(change.version.stamp.bits),
                  change.author.text, kind_of(change.action),
                  sqlite::Blob{encode_action(change.action)});
}

Result<std::vector<Change>> read_changes_of(sqlite::Query& row, const DeviceId& device,
                                            std::size_t* size) {
    std::vector<Change> changes;
    while (row.next()) {
        auto action = decode_action(row.number(3), row.view(4));
        if (!action) return Error{ErrorCode::corrupt, "a pending change"};
        if (size) *size += row.view(4).size();
        changes.push_back({{{static_cast<std::uint64_t>(row.number(1))}, device},
                           {row.text(2)},
                           row.text(0),
                           *std::move(action)});
    }
    if (Status read = row.status(); !read) return read.error();
    return changes;
}

Result<std::vector<Change>> read_pending(const sqlite::Database& db, std::string_view subject,
                                         const DeviceId& device, std::size_t* size) {
    auto row = db.query(
        "SELECT subject, stamp, author, kind, body FROM pending WHERE subject = ? ORDER BY stamp",
        subject);
    return read_changes_of(row, device, size);
}

Result<Stamp> greatest_stamp(sqlite::Database& db) {
    const auto pending = one_number(db.query("SELECT max(stamp) FROM pending"));
    if (!pending) return pending.error();
    auto logged = Log{db}.last_stamp();
    if (!logged) return logged;
    return std::max(Stamp{static_cast<std::uint64_t>(*pending)}, *logged);
}

}  // namespace bordereau::storage
