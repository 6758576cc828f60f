// app/screens/parts.h - small pieces that several screens share: states, progress, headers.
#pragma once

#include <string>
#include <string_view>

#include "app/commands.h"
#include "app/screens/view_types.h"
#include "app/text/words.h"
#include "app/widgets/icons.h"
#include "app/widgets/layout.h"

namespace bordereau::app {

/// Key of the words: "state.draft", "place.home", ...
const char* key_of(AuditState state);
const char* key_of(Place place);
widgets::Icon icon_of(Place place);
Tone tone_of(AuditState state);
widgets::Icon icon_of(AuditState state);

void draw_state(AuditState state, const text::Words& words);
float state_width(AuditState state, const text::Words& words);

/// "12 of 40", and the share from 0 to 1 (1 where there is nothing to do).
std::string words_of(const ProgressView& progress, const text::Words& words);
float share_of(const ProgressView& progress);

/// Title and state of an audit, the way back to the list, and tabs for its other screens.
void draw_audit_header(const AuditHeader& header, Place here, const text::Words& words,
                       Commands& out);

/// Heading of a page that is not about one audit.
void draw_page_heading(Place here, const text::Words& words);

/// Columns of pages, in units.
inline constexpr float kPageUnits = 48;

/// A column in the middle of the window that scrolls. Unlike widgets::begin_column() it is no
/// window of its own, so that rows know what is in sight.
class MiddleColumn {
public:
    explicit MiddleColumn(float units);

private:
    widgets::Row row_;
};

/// Buttons for the language of the interface, each under its own name.
void draw_languages(const std::vector<LanguageView>& languages, const std::string& chosen,
                    Commands& out);

/// What is said of an answer that stands in the way: the form's words or the interface's. Of one
/// that is not of its question's kind, how to write it, where `control` says what it is.
std::string_view problem_words(AnswerProblem problem, const std::string& message,
                               const text::Words& words, Control control = Control::text);

}  // namespace bordereau::app
