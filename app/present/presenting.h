// app/present/presenting.h - what every presenter needs: words, language and time for people.
#pragma once

#include <string>

#include "app/desk/desk.h"
#include "app/form/session/session.h"
#include "app/screens/view_types.h"
#include "app/text/words.h"
#include "storage/audits.h"
#include "storage/base/time.h"

namespace bordereau::app {

struct Presenting {
    const text::Words& words;
    Clock clock;
};

/// "7 March 2026, 14:05", local time.
std::string worded_moment(const Presenting& present, Millis at);
/// "14:05" today, else as worded_moment().
std::string worded_time(const Presenting& present, Millis at);

/// The five states that people tell apart: edited counts as finalized, hasIssues as returned.
AuditState shown_state(storage::AuditState state);
/// The filter's name: "draft", "finalized", "returned", "approved", "rejected".
std::string_view state_name(AuditState state);

/// The form's language that is the interface's; empty: it has none.
std::string form_language_for(const form::Form& form, text::Language wanted);

/// What an audit is called in lists. Where it has no name of its own that is its form's title, in
/// the interface's language if the form gives it one.
std::string listed_title(const Presenting& present, Desk& desk, const storage::AuditSummary& audit);
/// ... after its unit.
std::string listed_name(const Presenting& present, Desk& desk, const storage::AuditSummary& audit);

AuditHeader header_of(const storage::AuditSummary& audit, const form::Session& session);

}  // namespace bordereau::app
