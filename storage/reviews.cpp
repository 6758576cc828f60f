#include "storage/reviews.h"

#include "storage/audits.h"
#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/rights.h"

namespace bordereau::storage {
namespace {

Millis millis_of(std::int64_t stamp) {
    return Stamp{static_cast<std::uint64_t>(stamp)}.millis();
}

Error refused(const char* why) {
    return {ErrorCode::refused, why};
}

Result<AuditSummary> existing(Notebook& notebook, const AuditId& audit) {
    auto found = Audits{notebook}.get(audit);
    if (!found) return found.error();
    if (!*found) return Error{ErrorCode::not_found, "no such audit"};
    return **std::move(found);
}

}  // namespace

Result<CommentId> Reviews::comment(const AuditId& audit, std::string_view path,
                                   std::string_view text) {
    if (trimmed(text).empty()) return Error{ErrorCode::invalid, "an empty comment"};
    if (auto found = existing(notebook_, audit); !found) return found.error();
    const CommentId comment{new_uuid(notebook_.entropy())};
    auto recorded = notebook_.journal().record(
        audit.text, CommentMade{comment, std::string{path}, std::string{trimmed(text)}});
    if (!recorded) return recorded.error();
    return comment;
}

Status Reviews::resolve(const AuditId& audit, const CommentId& comment) {
    auto row = notebook_.database().query("SELECT 1 FROM comment WHERE audit = ? AND id = ?",
                                          audit.text, comment.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read;
    if (!found) return Error{ErrorCode::not_found, "no such comment"};
    auto recorded = notebook_.journal().record(audit.text, CommentResolved{comment});
    return recorded ? done() : Status{recorded.error()};
}

Result<std::vector<ReviewComment>> Reviews::comments(const AuditId& audit) const {
    std::vector<ReviewComment> comments;
    auto row = notebook_.database().query(
        "SELECT c.id, c.path, c.text, c.author, c.stamp, r.comment IS NOT NULL,"
        "  coalesce((SELECT login FROM person p WHERE p.team = ?2 AND p.id = c.author), '')"
        " FROM comment c"
        " LEFT JOIN comment_resolved r ON r.audit = c.audit AND r.comment = c.id"
        " WHERE c.audit = ?1 ORDER BY c.stamp, c.device",
        audit.text, notebook_.team().text);
    while (row.next())
        comments.push_back({{row.text(0)},
                            row.text(1),
                            row.text(2),
                            {row.text(3)},
                            row.text(6),
                            millis_of(row.number(4)),
                            row.number(5) != 0});
    if (Status read = row.status(); !read) return read.error();
    return comments;
}

// Reviewer and auditor must be different people, also where an audit has changed hands twice.
Status Reviews::may_judge(const AuditSummary& audit) const {
    const Person& me = notebook_.person();
    if (!may(me, Act::review)) return refused("only supervisors review");
    if (audit.state != AuditState::finalized && audit.state != AuditState::edited)
        return refused("the audit is not waiting for review");
    auto row = notebook_.database().query(
        "SELECT 1 FROM audit_taken WHERE audit = ? AND author = ?", audit.id.text, me.id.text);
    const bool took_part = row.next();
    if (Status read = row.status(); !read) return read;
    if (took_part || !storage::may_judge(me, audit))
        return refused("nobody reviews their own audit");
    return done();
}

Status Reviews::review(const AuditId& audit, AuditState to, std::string_view reason) {
    auto found = existing(notebook_, audit);
    if (!found) return found.error();
    if (Status allowed = may_judge(*found); !allowed) return allowed;
    if (to != AuditState::approved && trimmed(reason).empty())
        return Error{ErrorCode::invalid, "a reason is needed"};
    return notebook_.journal().record_step(audit, {to, std::string{trimmed(reason)}});
}

Status Reviews::send_back(const AuditId& audit, std::string_view reason) {
    return review(audit, AuditState::has_issues, reason);
}

Status Reviews::approve(const AuditId& audit, std::string_view remark) {
    return review(audit, AuditState::approved, remark);
}

Status Reviews::reject(const AuditId& audit, std::string_view reason) {
    return review(audit, AuditState::rejected, reason);
}

Status Reviews::judge(const AuditId& audit, std::string_view evidence, Verdict verdict,
                      std::string_view reason) {
    auto found = existing(notebook_, audit);
    if (!found) return found.error();
    if (Status allowed = may_judge(*found); !allowed) return allowed;
    auto recorded = notebook_.journal().record(
        audit.text, EvidenceJudged{std::string{evidence}, verdict, std::string{reason}});
    return recorded ? done() : Status{recorded.error()};
}

Result<std::vector<Remark>> Reviews::remarks(const AuditId& audit) const {
    std::vector<Remark> remarks;
    auto row = notebook_.database().query(
        "SELECT 0, path, text, 0, author, device, stamp FROM comment WHERE audit = ?1"
        " UNION ALL SELECT 1, c.path, c.text, 0, r.author, r.device, r.stamp"
        " FROM comment_resolved r JOIN comment c ON c.audit = r.audit AND c.id = r.comment"
        " WHERE r.audit = ?1"
        " UNION ALL SELECT 2, evidence, reason, verdict, author, device, stamp FROM verdict"
        " WHERE audit = ?1 ORDER BY 7, 6, 1, 2",
        audit.text);
    while (row.next())
        remarks.push_back({static_cast<Remark::Kind>(row.number(0)),
                           row.text(1),
                           row.text(2),
                           static_cast<Verdict>(row.number(3)),
                           {row.text(4)},
                           {row.text(5)},
                           millis_of(row.number(6))});
    if (Status read = row.status(); !read) return read.error();
    return remarks;
}

Result<std::vector<EvidenceVerdict>> Reviews::verdicts(const AuditId& audit) const {
    std::vector<EvidenceVerdict> verdicts;
    auto row = notebook_.database().query(
        "SELECT evidence, verdict, reason, author, stamp FROM verdict WHERE audit = ?"
        " ORDER BY evidence",
        audit.text);
    while (row.next())
        verdicts.push_back({row.text(0),
                            static_cast<Verdict>(row.number(1)),
                            row.text(2),
                            {row.text(3)},
                            millis_of(row.number(4))});
    if (Status read = row.status(); !read) return read.error();
    return verdicts;
}

}  // namespace bordereau::storage
