// app/present/conflicts.h - answers that stand beside each other, for the screen that settles them.
#pragma once

#include "app/desk/desk.h"
#include "app/present/presenting.h"
#include "app/screens/conflicts_view.h"
#include "app/screens/home_view.h"
#include "storage/base/result.h"

namespace bordereau::app {

/// How many answers of an audit wait for a decision, those decided on this device left out. What
/// the form notes by itself is no answer: the later one stays.
Result<int> conflicts_in(Desk& desk, const AuditId& audit);

Result<ConflictsView> present_conflicts(const Presenting& present, Desk& desk,
                                        const Filling& filling);

/// One for each audit in conflict that this person may settle.
Result<std::vector<NeedView>> conflict_needs(const Presenting& present, Desk& desk);

/// Whether this person may decide: those who may review always, others while they record it.
bool may_settle(const storage::Person& person, const storage::AuditSummary& audit);

}  // namespace bordereau::app
