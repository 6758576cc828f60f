#include "storage/audits.h"

#include "storage/audit_queries.h"
#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/rights.h"

namespace bordereau::storage {

AuditPlace place_of(const AuditSummary& audit) {
    return {audit.state, audit.unit, audit.changed, audit.row};
}

Result<AuditId> Audits::create(const FormId& form, std::string_view form_version,
                               std::string_view title) {
    if (form.empty()) return Error{ErrorCode::invalid, "an audit without a form"};
    const AuditId audit{new_uuid(notebook_.entropy())};
    auto recorded = notebook_.journal().record(
        audit.text, AuditCreated{form, std::string{form_version}, std::string{title}});
    if (!recorded) return recorded.error();
    return audit;
}

Result<std::optional<AuditSummary>> Audits::get(const AuditId& audit) const {
    return find_audit(notebook_.database(), audit);
}

Result<std::vector<AuditSummary>> Audits::list(const AuditFilter& filter) const {
    return list_audits(notebook_.database(), notebook_.team(), filter);
}

Result<std::int64_t> Audits::count(const AuditFilter& filter) const {
    return count_audits(notebook_.database(), notebook_.team(), filter);
}

Result<StateCounts> Audits::count_by_state(const AuditFilter& filter) const {
    return count_audits_by_state(notebook_.database(), notebook_.team(), filter);
}

Result<std::vector<AuditId>> Audits::beginning_with(std::string_view start,
                                                    std::int64_t most) const {
    std::vector<AuditId> ids;
    // No id has a character beyond the letters.
    auto row = notebook_.database().query(
        "SELECT id FROM audit WHERE id >= ?1 AND id < ?1 || '~' AND form <> '' ORDER BY id LIMIT "
        "?2",
        start, most);
    while (row.next()) ids.push_back({row.text(0)});
    if (Status read = row.status(); !read) return read.error();
    return ids;
}

Status Audits::label(const AuditId& audit, std::string_view title, std::string_view unit) {
    auto present = get(audit);
    if (!present) return present.error();
    if (!*present) return Error{ErrorCode::not_found, "no such audit"};
    if ((*present)->title == title && (*present)->unit == unit) return done();
    auto recorded = notebook_.journal().record(
        audit.text, AuditLabelled{std::string{title}, std::string{unit}});
    return recorded ? done() : Status{recorded.error()};
}

Status Audits::take_over(const AuditId& audit, std::string_view reason) {
    auto present = get(audit);
    if (!present) return present.error();
    if (!*present) return Error{ErrorCode::not_found, "no such audit"};
    if (!may_take_over(notebook_.person(), **present))
        return Error{ErrorCode::refused, "this audit cannot be taken over"};
    auto recorded =
        notebook_.journal().record(audit.text, AuditTaken{std::string{trimmed(reason)}});
    return recorded ? done() : Status{recorded.error()};
}

Status Audits::finalize(const AuditId& audit) {
    auto present = get(audit);
    if (!present) return present.error();
    if (!*present) return Error{ErrorCode::not_found, "no such audit"};
    const AuditState from = (*present)->state;
    if (!editable(from)) return Error{ErrorCode::refused, "the audit is not being filled"};
    const AuditState to = from == AuditState::draft ? AuditState::finalized : AuditState::edited;
    return notebook_.journal().record_step(audit, {to, {}});
}

Result<std::vector<AuditEvent>> Audits::events(const AuditId& audit) const {
    std::vector<AuditEvent> events;
    auto row = notebook_.database().query(
        "SELECT 0, '', created_by, created_at, home, 0 FROM audit WHERE id = ?1 AND form <> ''"
        " UNION ALL SELECT state, reason, author, stamp, device, 0 FROM audit_event"
        "  WHERE audit = ?1"
        " UNION ALL SELECT coalesce((SELECT e.state FROM audit_event e WHERE e.audit = ?1"
        "   AND (e.stamp, e.device) < (t.stamp, t.device)"
        "   ORDER BY e.stamp DESC, e.device DESC LIMIT 1), 0), t.reason, t.author, t.stamp,"
        "  t.device, 1 FROM audit_taken t WHERE t.audit = ?1"
        " ORDER BY 4, 5",
        audit.text);
    while (row.next()) {
        const Stamp stamp{static_cast<std::uint64_t>(row.number(3))};
        events.push_back({static_cast<AuditState>(row.number(0)),
                          row.text(1),
                          {row.text(2)},
                          stamp.millis(),
                          {row.text(4)},
                          row.number(5) != 0});
    }
    if (Status read = row.status(); !read) return read.error();
    return events;
}

}  // namespace bordereau::storage
