#include "storage/audit_queries.h"

#include <algorithm>

#include "storage/base/text.h"
#include "storage/journal/answer_set.h"
#include "storage/journal/fold.h"
#include "storage/journal/journal.h"

namespace bordereau::storage {
namespace {

Millis millis_of(std::int64_t stamp) {
    return Stamp{static_cast<std::uint64_t>(stamp)}.millis();
}

// Columns in the order of the two SELECTs below.
AuditSummary summary_in(const sqlite::Query& row) {
    AuditSummary audit;
    audit.id = {row.text(0)};
    audit.form = {row.text(1)};
    audit.form_version = row.text(2);
    audit.title = row.text(3);
    audit.unit = row.text(4);
    audit.state = static_cast<AuditState>(row.number(5));
    audit.reason = row.text(6);
    audit.created_by = {row.text(7)};
    audit.created_at = millis_of(row.number(8));
    audit.changed_at = millis_of(row.number(9));
    audit.answers = row.number(10);
    audit.conflicts = row.number(11);
    audit.unsealed = row.number(12);
    audit.open_comments = row.number(13);
    audit.created_by_login = row.text(14);
    audit.held_by = {row.text(15)};
    audit.held_by_login = row.text(16);
    return audit;
}

std::int64_t state_of(const AuditFilter& filter) {
    return filter.state ? static_cast<std::int64_t>(*filter.state) : -1;
}

std::int64_t first_stamp(Millis from) {
    return static_cast<std::int64_t>(Stamp::at(from).bits);
}

}  // namespace

// Audits with unsealed changes are few, and sorted by the latest of those; the others come in the
// order of the index. SQLite merges the two and stops at the limit, however many audits there are.
Result<std::vector<AuditSummary>> list_audits(const sqlite::Database& db, const TeamId& team,
                                              const AuditFilter& filter) {
    auto row = db.query(
        "WITH unsealed AS MATERIALIZED ("
        " SELECT subject, count(*) AS changes, max(stamp) AS last FROM pending GROUP BY subject),"
        " page AS ("
        " SELECT a.id, max(a.changed_at, u.last) AS changed, u.changes AS unsealed"
        " FROM unsealed u CROSS JOIN audit a ON a.id = u.subject WHERE a.team = ?1"
        " AND a.form <> '' AND (?2 < 0 OR a.state = ?2) AND (?3 = '' OR a.form = ?3)"
        " AND (?4 = '' OR a.created_by = ?4) AND (?5 = '' OR a.unit = ?5)"
        " AND (?6 = '' OR instr(lower(a.title), ?6) OR instr(lower(a.unit), ?6))"
        " AND (?7 = 0 OR max(a.changed_at, u.last) >= ?7) AND (?8 = 0 OR max(a.changed_at, u.last) "
        "< ?8)"
        " UNION ALL"
        " SELECT a.id, a.changed_at, 0 FROM audit a WHERE a.team = ?1"
        " AND NOT EXISTS (SELECT 1 FROM pending p WHERE p.subject = a.id)"
        " AND a.form <> '' AND (?2 < 0 OR a.state = ?2) AND (?3 = '' OR a.form = ?3)"
        " AND (?4 = '' OR a.created_by = ?4) AND (?5 = '' OR a.unit = ?5)"
        " AND (?6 = '' OR instr(lower(a.title), ?6) OR instr(lower(a.unit), ?6))"
        " AND (?7 = 0 OR a.changed_at >= ?7) AND (?8 = 0 OR a.changed_at < ?8)"
        " ORDER BY changed DESC, id DESC LIMIT ?9 OFFSET ?10)"
        " SELECT a.id, a.form, a.form_version, a.title, a.unit, a.state, a.reason, a.created_by,"
        " a.created_at, p.changed, a.answers, a.conflicts, p.unsealed,"
        " (SELECT count(*) FROM comment c WHERE c.audit = a.id AND NOT EXISTS"
        "  (SELECT 1 FROM comment_resolved r WHERE r.audit = c.audit AND r.comment = c.id)),"
        " coalesce((SELECT login FROM person q WHERE q.team = a.team AND q.id = a.created_by), ''),"
        " a.held_by, coalesce((SELECT login FROM person q"
        "  WHERE q.team = a.team AND q.id = a.held_by), '')"
        " FROM page p CROSS JOIN held_audit a ON a.id = p.id ORDER BY p.changed DESC, p.id DESC",
        team.text, state_of(filter), filter.form.text, filter.created_by.text, filter.unit,
        lower_ascii(filter.text), first_stamp(filter.changed_from),
        first_stamp(filter.changed_before), filter.limit, filter.offset);
    std::vector<AuditSummary> audits;
    while (row.next()) audits.push_back(summary_in(row));
    if (Status read = row.status(); !read) return read.error();
    return audits;
}

Result<std::int64_t> count_audits(const sqlite::Database& db, const TeamId& team,
                                  const AuditFilter& filter) {
    auto row = db.query(
        "SELECT count(*) FROM audit a"
        " WHERE a.team = ?1 AND a.form <> '' AND (?2 < 0 OR a.state = ?2)"
        "  AND (?3 = '' OR a.form = ?3) AND (?4 = '' OR a.created_by = ?4)"
        "  AND (?5 = '' OR a.unit = ?5)"
        "  AND (?6 = '' OR instr(lower(a.title), ?6) OR instr(lower(a.unit), ?6))"
        "  AND (?7 = 0 OR max(a.changed_at, coalesce("
        "   (SELECT max(stamp) FROM pending p WHERE p.subject = a.id), 0)) >= ?7)"
        "  AND (?8 = 0 OR max(a.changed_at, coalesce("
        "   (SELECT max(stamp) FROM pending p WHERE p.subject = a.id), 0)) < ?8)",
        team.text, state_of(filter), filter.form.text, filter.created_by.text, filter.unit,
        lower_ascii(filter.text), first_stamp(filter.changed_from),
        first_stamp(filter.changed_before));
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found ? row.number(0) : 0;
}

Result<std::optional<AuditSummary>> find_audit(const sqlite::Database& db, const AuditId& audit) {
    auto row = db.query(
        "SELECT a.id, a.form, a.form_version, a.title, a.unit, a.state, a.reason, a.created_by,"
        "  a.created_at, max(a.changed_at, coalesce("
        "   (SELECT max(stamp) FROM pending p WHERE p.subject = a.id), 0)),"
        "  a.answers, a.conflicts, (SELECT count(*) FROM pending p WHERE p.subject = a.id),"
        "  (SELECT count(*) FROM comment c WHERE c.audit = a.id AND NOT EXISTS"
        "   (SELECT 1 FROM comment_resolved r WHERE r.audit = c.audit AND r.comment = c.id)),"
        "  coalesce((SELECT login FROM person p WHERE p.team = a.team AND p.id = a.created_by), "
        "''),"
        "  a.held_by,"
        "  coalesce((SELECT login FROM person p WHERE p.team = a.team AND p.id = a.held_by), '')"
        " FROM held_audit a WHERE a.id = ? AND a.form <> ''",
        audit.text);
    std::optional<AuditSummary> found;
    if (row.next()) found = summary_in(row);
    if (Status read = row.status(); !read) return read.error();
    return found;
}

Result<std::vector<Change>> answer_changes(const sqlite::Database& db, const AuditId& audit,
                                           const DeviceId& device) {
    auto record = read_record(db, audit);
    if (!record) return record;
    auto pending = read_pending(db, audit.text, device);
    if (!pending) return pending;
    for (Change& change : *pending)
        if (std::holds_alternative<AnswerGiven>(change.action))
            record->push_back(std::move(change));
    std::ranges::sort(*record, {}, &Change::version);
    return record;
}

std::vector<RecordedAnswer> recorded_answers(const std::vector<Change>& changes) {
    std::vector<RecordedAnswer> answers;
    for (const StandingAnswers& standing : standing_answers(changes)) {
        const Change& change = *standing.versions.front();
        answers.push_back({std::string{standing.path}, std::get<AnswerGiven>(change.action).value,
                           change.version, change.author, standing.conflict()});
    }
    std::ranges::sort(answers, {}, &RecordedAnswer::version);
    return answers;
}

}  // namespace bordereau::storage
