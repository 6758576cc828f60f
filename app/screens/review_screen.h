// app/screens/review_screen.h - draws the reading of a finalized audit and the decision on it.
#pragma once

#include <map>
#include <string>

#include "app/commands.h"
#include "app/screens/questions.h"
#include "app/screens/review_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// The pages of a review: words "review.answers", "review.scores", "review.evidence",
/// "review.decide".
enum class ReviewPage { answers, scores, evidence, decide };

/// What lives between frames and is nobody else's business.
struct ReviewUi {
    AuditId audit;  ///< read last; another one begins with its answers
    ReviewPage page = ReviewPage::answers;
    QuestionsUi questions;
    bool sections_open = false;
    int section = -1;
    std::string comment;  ///< on the whole, being typed
    std::string reason;   ///< of returning or rejecting; remark of approving
    bool tried = false;   ///< returning or rejecting was pressed without a reason
    bool asking = false;  ///< approving was pressed with remarks open
    std::map<std::string, std::string> explanations;
};

void draw_review(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
