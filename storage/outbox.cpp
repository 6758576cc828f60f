#include "storage/outbox.h"

#include "storage/journal/action_codec.h"
#include "storage/notebook.h"

namespace bordereau::storage {

Result<VersionVector> Outbox::acknowledged() const {
    VersionVector vector;
    auto row = notebook_.database().query(
        "SELECT device, lane, number, mark FROM outbox WHERE endpoint = ?", endpoint_);
    while (row.next())
        vector.emplace(ChainId{{row.text(0)}, {row.text(1)}},
                       ChainEnd{row.number(2), static_cast<std::uint64_t>(row.number(3))});
    if (Status read = row.status(); !read) return read.error();
    return vector;
}

Status Outbox::acknowledge(const VersionVector& vector) {
    auto open = sqlite::Transaction::begin(notebook_.database());
    if (!open) return open.error();
    for (const auto& [chain, end] : vector)
        if (Status kept = notebook_.database().run(
                "INSERT INTO outbox(endpoint, device, lane, number, mark) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET number = excluded.number, mark = excluded.mark"
                " WHERE excluded.number > number",
                endpoint_, chain.device.text, chain.lane.text, end.number,
                static_cast<std::int64_t>(end.mark));
            !kept)
            return kept;
    return (*std::move(open)).commit();
}

// What this device may not hand on does not wait for anybody.
Result<Waiting> Outbox::waiting() const {
    const auto admission = notebook_.journal().own_admission();
    if (!admission) return admission.error();
    auto unsealed = notebook_.journal().travel_count();
    if (!unsealed) return unsealed.error();
    Waiting waiting{0, 0, *unsealed};
    auto row = notebook_.database().query(
        "SELECT c.lane, count(*), coalesce(sum(length(s.bytes)), 0) FROM chain c"
        " LEFT JOIN outbox o ON o.endpoint = ?1 AND o.device = c.device AND o.lane = c.lane"
        " JOIN changeset s ON s.team = c.team AND s.device = c.device AND s.lane = c.lane"
        "  AND s.number > coalesce(o.number, 0)"
        " WHERE c.team = ?2 AND c.number > coalesce(o.number, 0) GROUP BY c.lane",
        endpoint_, notebook_.team().text);
    while (row.next()) {
        if (!admission->covers(notebook_.device(), {row.text(0)})) continue;
        waiting.changesets += row.number(1);
        waiting.bytes += row.number(2);
    }
    if (Status read = row.status(); !read) return read.error();
    return waiting;
}

Status Outbox::acknowledge_file(std::string_view hash) {
    return notebook_.database().run(
        "INSERT INTO outbox_file(endpoint, hash) VALUES (?, ?) ON CONFLICT DO NOTHING", endpoint_,
        hash);
}

// A file that was attached since the latest seal waits for the next one: no one else knows of it.
Result<std::vector<NamedFile>> Outbox::files_waiting() const {
    const auto admission = notebook_.journal().own_admission();
    if (!admission) return admission.error();
    std::vector<NamedFile> files;
    auto row = notebook_.database().query(
        "SELECT a.hash, a.size, d.home FROM attachment a JOIN audit d ON d.id = a.audit"
        " WHERE a.size > 0 AND d.home <> ''"
        "  AND NOT EXISTS (SELECT 1 FROM outbox_file o WHERE o.endpoint = ? AND o.hash = a.hash)"
        "  AND NOT EXISTS (SELECT 1 FROM pending p WHERE p.subject = a.audit AND p.kind = ?)"
        " GROUP BY a.hash ORDER BY a.hash",
        endpoint_, kind_of(AttachmentNamed{}));
    while (row.next()) {
        NamedFile file{row.text(0), row.number(1), lane_of_home({row.text(2)})};
        if (admission->covers(notebook_.device(), file.lane)) files.push_back(std::move(file));
    }
    if (Status read = row.status(); !read) return read.error();
    return files;
}

Result<Delivery> Outbox::delivery(const AuditId& audit) const {
    auto row = notebook_.database().query(
        "SELECT EXISTS (SELECT 1 FROM pending WHERE subject = ?1),"
        "  EXISTS (SELECT 1 FROM audit_source s"
        "   LEFT JOIN outbox o ON o.endpoint = ?2 AND o.device = s.device AND o.lane = s.lane"
        "   WHERE s.audit = ?1 AND s.number > coalesce(o.number, 0))",
        audit.text, endpoint_);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (found && row.number(0) != 0) return Delivery::unsealed;
    return found && row.number(1) != 0 ? Delivery::waiting : Delivery::acknowledged;
}

}  // namespace bordereau::storage
