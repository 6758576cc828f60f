// app/screens/review_view.h - a finalized audit read by a supervisor: comments, evidence, verdict.
// Nothing here changes an answer.
#pragma once

#include <string>
#include <vector>

#include "app/screens/fill_view.h"
#include "app/screens/overview_view.h"
#include "app/screens/scores_view.h"
#include "app/screens/view_types.h"

namespace bordereau::app {

enum class Verdict { open, accepted, rejected };

struct EvidenceView {
    std::string key;  ///< for JudgeEvidence
    std::string title;
    std::string supports;  ///< the questions it is given for, "4. How far ...?" in a line each
    Verdict verdict = Verdict::open;
};

/// One line of the review list. Words: "review.list.<item>".
struct ReviewItem {
    std::string item;
    bool done = false;
};

/// A remark that nobody has answered.
struct OpenRemark {
    std::string question;  ///< "4. How far ...?"; empty: on the whole
    std::string text;
};

struct ReviewView {
    AuditHeader header;
    std::string auditor;
    std::string finalized;  ///< worded moment; empty: not yet
    std::vector<SectionView> sections;
    int section = 0;
    /// Rows of the open section: `shown` holds the answer in words, nothing else of it is drawn.
    std::vector<QuestionView> questions;
    std::string scroll_to;
    int scroll_request = 0;
    std::vector<CommentView> comments;  ///< on the audit as a whole
    std::vector<CheckView> checks;
    std::vector<EvidenceView> evidence;
    std::vector<ReviewItem> list;
    ScoresView scores;
    bool can_comment = false;
    bool can_judge = false;  ///< evidence and review list
    bool can_return = false;
    bool can_approve = false;
    bool can_reject = false;
    std::string why_not;  ///< why there is no verdict to give, or empty
    std::vector<OpenRemark> open_remarks;
    std::string decided;  ///< "Approved: Boris, 27 November 2026, 10:04", and the reason; or empty
    AuditId next;         ///< another audit that waits for this person's review; empty: none
    int waiting = 0;      ///< how many do
};

}  // namespace bordereau::app
