#include "storage/travel_log.h"

#include <array>
#include <map>
#include <set>

#include "storage/notebook.h"

namespace bordereau::storage {
namespace {

Result<std::map<std::string, std::int64_t>> audits_of(
    const sqlite::Database& db, std::span<const TravelLog::Changeset> changesets) {
    const std::set<TravelLog::Changeset> asked{changesets.begin(), changesets.end()};
    std::set<TravelLog::Changeset> of_audits;
    std::map<std::string, std::int64_t> audits;
    // One pass: a batch may hold thousands of changesets.
    auto row = db.query("SELECT audit, device, lane, number FROM audit_source");
    while (row.next()) {
        TravelLog::Changeset one{{{row.text(1)}, {row.text(2)}}, row.number(3)};
        if (!asked.contains(one)) continue;
        ++audits[row.text(0)];
        of_audits.insert(std::move(one));
    }
    if (Status read = row.status(); !read) return read.error();
    if (const std::size_t others = asked.size() - of_audits.size(); others > 0)
        audits[""] = static_cast<std::int64_t>(others);
    return audits;
}

}  // namespace

std::string_view name_of(Way way) {
    constexpr std::array<std::string_view, 3> kNames{"endpoint", "stick", "laptop"};
    return kNames.at(static_cast<std::size_t>(way));
}

std::string_view name_of(TravelEvent event) {
    constexpr std::array<std::string_view, 4> kNames{"sent", "received", "acknowledged", "refused"};
    return kNames.at(static_cast<std::size_t>(event));
}

Status TravelLog::add(Way way, TravelEvent event, std::span<const Changeset> changesets,
                      std::string_view reason) {
    if (changesets.empty()) return done();
    auto open = sqlite::Transaction::begin(notebook_.database());
    if (!open) return open.error();
    const auto audits = audits_of(notebook_.database(), changesets);
    if (!audits) return audits.error();
    for (const auto& [audit, count] : *audits)
        if (Status kept = put({0, 0, {audit}, {}, way, event, count, 0, 0, std::string{reason}});
            !kept)
            return kept;
    if (Status bounded = drop_earliest(); !bounded) return bounded;
    return (*std::move(open)).commit();
}

Status TravelLog::add_file(Way way, TravelEvent event, std::string_view hash,
                           std::string_view reason) {
    auto open = sqlite::Transaction::begin(notebook_.database());
    if (!open) return open.error();
    std::map<std::string, std::int64_t> audits;
    {
        auto row =
            notebook_.database().query("SELECT audit, size FROM attachment WHERE hash = ?", hash);
        while (row.next()) audits[row.text(0)] = row.number(1);
        if (Status read = row.status(); !read) return read;
    }
    for (const auto& [audit, bytes] : audits)
        if (Status kept = put({0, 0, {audit}, {}, way, event, 0, 1, bytes, std::string{reason}});
            !kept)
            return kept;
    if (Status bounded = drop_earliest(); !bounded) return bounded;
    return (*std::move(open)).commit();
}

Status TravelLog::put(const TravelEntry& entry) {
    return notebook_.database().run(
        "INSERT INTO travel_log(at, audit, way, event, changesets, files, bytes, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        notebook_.clock().now(), entry.audit.text, static_cast<std::int64_t>(entry.way),
        static_cast<std::int64_t>(entry.event), entry.changesets, entry.files, entry.bytes,
        entry.reason);
}

Status TravelLog::drop_earliest() {
    return notebook_.database().run(
        "DELETE FROM travel_log WHERE id <= (SELECT max(id) FROM travel_log) - ?", kMostEntries);
}

Result<std::vector<TravelEntry>> TravelLog::list(const std::optional<AuditId>& audit,
                                                 std::int64_t before, std::int64_t limit) const {
    std::vector<TravelEntry> entries;
    auto row = notebook_.database().query(
        "SELECT t.id, t.at, t.audit, coalesce(a.title, ''), t.way, t.event, t.changesets, t.files,"
        "  t.bytes, t.reason, coalesce(a.unit, ''), coalesce((SELECT p.login FROM person p"
        "  WHERE p.team = a.team AND p.id = a.created_by), '')"
        " FROM travel_log t LEFT JOIN audit a ON a.id = t.audit"
        " WHERE (?1 IS NULL OR t.audit = ?1) AND (?2 = 0 OR t.id < ?2)"
        " ORDER BY t.id DESC LIMIT ?3",
        audit ? std::optional{audit->text} : std::nullopt, before, limit);
    while (row.next())
        entries.push_back({row.number(0),
                           row.number(1),
                           {row.text(2)},
                           row.text(3),
                           static_cast<Way>(row.number(4)),
                           static_cast<TravelEvent>(row.number(5)),
                           row.number(6),
                           row.number(7),
                           row.number(8),
                           row.text(9),
                           row.text(10),
                           row.text(11)});
    if (Status read = row.status(); !read) return read.error();
    return entries;
}

}  // namespace bordereau::storage
