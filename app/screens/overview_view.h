// app/screens/overview_view.h - an audit at a glance: progress, what is missing, finishing it.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

/// A missing or invalid answer; pressing it opens the question.
struct ProblemView {
    std::string question;  ///< key of its QuestionView
    std::string section;   ///< title
    std::string number;
    std::string label;
    AnswerProblem problem = AnswerProblem::required;
    std::string message;  ///< empty: the interface's own words
    Control control = Control::text;
};

/// A consistency check that fires: two answers, or an answer and an observation, disagree.
struct CheckView {
    std::string check;  ///< "X7"
    std::string message;
    std::string question;     ///< where to look; may be empty
    std::string explanation;  ///< the line the auditor gave, or empty
};

struct OverviewView {
    AuditHeader header;
    ProgressView progress;
    CopyView copy;
    std::vector<SectionView> sections;
    std::vector<ProblemView> problems;
    std::vector<CheckView> checks;  ///< warnings: they do not keep an audit from being finalized
    int conflicts = 0;              ///< answers that two devices changed, waiting for a decision
    bool editable = true;
    bool can_finalize = false;
};

}  // namespace bordereau::app
