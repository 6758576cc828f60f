// What a ChangesetStore tells those who watch over it, and what it notes for them.
#include "storage/changeset_store.h"

namespace bordereau::storage {

Result<StoreTotals> ChangesetStore::totals() const {
    auto pages = one_number(db().query("PRAGMA page_count"));
    if (!pages) return pages.error();
    auto page_size = one_number(db().query("PRAGMA page_size"));
    if (!page_size) return page_size.error();
    auto row = db().query(
        "SELECT (SELECT count(*) FROM changeset), (SELECT count(*) FROM waiting),"
        " (SELECT count(*) FROM quarantine), (SELECT coalesce(sum(arrivals), 0) FROM turned_away),"
        " (SELECT count(*) FROM changeset"
        "   WHERE id > coalesce((SELECT changeset FROM folded), 0))");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return Error{ErrorCode::corrupt, "no totals"};
    return StoreTotals{*pages * *page_size, row.number(0), row.number(1),
                       row.number(2),       row.number(3), row.number(4)};
}

Result<std::int64_t> ChangesetStore::unfolded() const {
    return one_number(
        db().query("SELECT count(*) FROM changeset"
                   " WHERE id > coalesce((SELECT changeset FROM folded), 0)"));
}

Result<std::map<AuditState, std::int64_t>> ChangesetStore::audits_by_state(
    const TeamId& team) const {
    std::map<AuditState, std::int64_t> counts;
    auto row = db().query(
        "SELECT state, sum(audits) FROM audit_tally WHERE team = ? GROUP BY state", team.text);
    while (row.next()) counts[static_cast<AuditState>(row.number(0))] = row.number(1);
    if (Status read = row.status(); !read) return read.error();
    return counts;
}

Result<std::int64_t> ChangesetStore::quarantined(const TeamId& team) const {
    return one_number(db().query("SELECT count(*) FROM quarantine WHERE team = ?", team.text));
}

Result<std::vector<RefusedOfDevice>> ChangesetStore::refused_by_device(const TeamId& team) const {
    std::vector<RefusedOfDevice> all;
    auto row = db().query(
        "SELECT device, fault, count(*), min(received_at), max(received_at) AS latest"
        " FROM quarantine WHERE team = ? GROUP BY device, fault ORDER BY latest DESC, device, "
        "fault",
        team.text);
    while (row.next())
        all.push_back({{row.text(0)},
                       static_cast<Fault>(row.number(1)),
                       row.number(2),
                       row.number(3),
                       row.number(4)});
    if (Status read = row.status(); !read) return read.error();
    return all;
}

Result<std::int64_t> ChangesetStore::turned_away(const TeamId& team) const {
    return Log{db()}.turned_away(team);
}

Status ChangesetStore::note_contacts(std::span<const Contact> contacts) {
    if (contacts.empty()) return done();
    auto open = sqlite::Transaction::begin(db());
    if (!open) return open.error();
    for (const Contact& contact : contacts)
        if (Status noted = db().run("INSERT INTO contact(team, device, at) VALUES (?, ?, ?)"
                                    " ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
                                    contact.team.text, contact.device.text, contact.at);
            !noted)
            return noted;
    return (*std::move(open)).commit();
}

Result<std::map<DeviceId, Millis>> ChangesetStore::contacts(const TeamId& team) const {
    std::map<DeviceId, Millis> contacts;
    auto row = db().query("SELECT device, at FROM contact WHERE team = ?", team.text);
    while (row.next()) contacts.emplace(DeviceId{row.text(0)}, row.number(1));
    if (Status read = row.status(); !read) return read.error();
    return contacts;
}

Result<std::string> ChangesetStore::setting(std::string_view name) const {
    if (Status latest = copy_->catch_up(kEndpointItself); !latest) return latest.error();
    auto row = db().query("SELECT value FROM setting WHERE name = ?", name);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found ? row.text(0) : std::string{};
}

Status ChangesetStore::set(std::string_view name, std::string_view value) {
    return copy_->write(kEndpointItself, [&](Turn& turn) {
        return turn.add(SettingMade{std::string{name}, std::string{value}}, clock_.now());
    });
}

}  // namespace bordereau::storage
