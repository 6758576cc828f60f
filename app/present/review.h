// app/present/review.h - a finalized audit as a supervisor reads it, with its scores.
#pragma once

#include "app/audit/scores.h"
#include "app/desk/desk.h"
#include "app/present/fill.h"
#include "app/screens/review_view.h"
#include "app/screens/scores_view.h"

namespace bordereau::app {

Result<ReviewView> present_review(const Presenting& present, Desk& desk, const Filling& filling,
                                  const Reading& reading);

ScoresView present_scores(const Presenting& present, const form::Session& session,
                          const std::vector<Section>& sections, const audit::AuditScore& score);

}  // namespace bordereau::app
