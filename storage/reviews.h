// storage/reviews.h - what a supervisor does with a finalized audit: comment, return, approve,
// reject.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

struct AuditSummary;
class Notebook;

struct ReviewComment {
    CommentId id;
    std::string path;  ///< empty: on the audit as a whole
    std::string text;
    PersonId author;
    std::string author_login;
    Millis at = 0;
    bool resolved = false;
};

struct EvidenceVerdict {
    std::string evidence;
    Verdict verdict = Verdict::open;
    std::string reason;
    PersonId author;
    Millis at = 0;
};

/// One act of a review, for the history: a comment, its being dealt with, a verdict.
struct Remark {
    enum class Kind { comment, resolution, verdict };
    Kind kind = Kind::comment;
    std::string path;  ///< of the question or piece of evidence; empty: the audit as a whole
    std::string text;  ///< of the comment, or the verdict's reason
    Verdict verdict = Verdict::open;
    PersonId author;
    DeviceId device;
    Millis at = 0;
};

/// The reviewer must be a supervisor or administrator and not the one who created the audit.
/// Each decision counts at once, and travels with the next round.
class Reviews {
public:
    explicit Reviews(Notebook& notebook) : notebook_(notebook) {}

    /// refused: this person may not, or the audit is not waiting for it.
    Status may_judge(const AuditSummary& audit) const;

    /// Anybody of the team may comment. invalid: an empty text.
    Result<CommentId> comment(const AuditId& audit, std::string_view path, std::string_view text);
    Status resolve(const AuditId& audit, const CommentId& comment);
    Result<std::vector<ReviewComment>> comments(const AuditId& audit) const;  ///< oldest first

    /// refused: not finalized or edited, or the person may not review it. A reason is needed to
    /// return or reject (invalid).
    Status send_back(const AuditId& audit, std::string_view reason);
    Status approve(const AuditId& audit, std::string_view remark);
    Status reject(const AuditId& audit, std::string_view reason);

    Status judge(const AuditId& audit, std::string_view evidence, Verdict verdict,
                 std::string_view reason);
    /// Oldest first. Of verdicts the last on each piece of evidence.
    Result<std::vector<Remark>> remarks(const AuditId& audit) const;
    Result<std::vector<EvidenceVerdict>> verdicts(const AuditId& audit) const;  ///< by path

private:
    Status review(const AuditId& audit, AuditState to, std::string_view reason);

    Notebook& notebook_;
};

}  // namespace bordereau::storage
