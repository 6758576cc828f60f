#include "storage/audit_queries.h"

#include <algorithm>

#include "storage/journal/answer_set.h"
#include "storage/journal/fold.h"
#include "storage/journal/journal.h"
#include "storage/journal/pending.h"

namespace bordereau::storage {
namespace {

Millis millis_of(std::int64_t stamp) {
    return Stamp{static_cast<std::uint64_t>(stamp)}.millis();
}

// Columns in the order of the SELECT below.
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
    audit.changed = {static_cast<std::uint64_t>(row.number(9))};
    audit.answers = row.number(10);
    audit.conflicts = row.number(11);
    audit.unsealed = row.number(12);
    audit.open_comments = row.number(13);
    audit.created_by_login = row.text(14);
    audit.held_by = {row.text(15)};
    audit.held_by_login = row.text(16);
    audit.row = row.number(17);
    return audit;
}

Result<std::optional<AuditSummary>> summary_at(const sqlite::Database& db, std::int64_t at) {
    auto row = db.query(
        "SELECT a.id, a.form, a.form_version, a.title, a.unit, a.state, a.reason, a.created_by,"
        "  a.created_at, max(a.changed_at, coalesce("
        "   (SELECT max(stamp) FROM pending p WHERE p.subject = a.id), 0)),"
        "  a.answers, a.conflicts, (SELECT count(*) FROM pending p WHERE p.subject = a.id),"
        "  (SELECT count(*) FROM comment c WHERE c.audit = a.id AND NOT EXISTS"
        "   (SELECT 1 FROM comment_resolved r WHERE r.audit = c.audit AND r.comment = c.id)),"
        "  coalesce((SELECT login FROM person p WHERE p.team = a.team AND p.id = a.created_by),"
        "   ''),"
        "  h.held_by,"
        "  coalesce((SELECT login FROM person p WHERE p.team = a.team AND p.id = h.held_by), ''),"
        "  a.rowid"
        " FROM audit a CROSS JOIN held_audit h ON h.id = a.id WHERE a.rowid = ? AND a.form <> ''",
        at);
    std::optional<AuditSummary> found;
    if (row.next()) found = summary_in(row);
    if (Status read = row.status(); !read) return read.error();
    return found;
}

}  // namespace

Result<std::vector<AuditSummary>> summaries_at(const sqlite::Database& db,
                                               const std::vector<std::int64_t>& rows) {
    std::vector<AuditSummary> audits;
    audits.reserve(rows.size());
    for (const std::int64_t row : rows) {
        auto audit = summary_at(db, row);
        if (!audit) return audit.error();
        if (*audit) audits.push_back(**std::move(audit));
    }
    return audits;
}

Result<std::optional<AuditSummary>> find_audit(const sqlite::Database& db, const AuditId& audit) {
    auto row = db.query("SELECT rowid FROM audit WHERE id = ?", audit.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return std::optional<AuditSummary>{};
    return summary_at(db, row.number(0));
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
    // What a step has concluded is in the record already.
    std::ranges::sort(*record, {}, &Change::version);
    const auto same = [](const Change& a, const Change& b) { return a.version == b.version; };
    record->erase(std::unique(record->begin(), record->end(), same), record->end());
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
