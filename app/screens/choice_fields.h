// app/screens/choice_fields.h - fields whose answer is picked: each pick is an Answer at once.
#pragma once

#include "app/commands.h"
#include "app/screens/fill_view.h"
#include "app/widgets/choices.h"
#include "app/widgets/ranking.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// Why there is nothing to pick.
void draw_no_choices(const QuestionView& question);
/// Radio buttons, or a drop-down for long lists and the appearances minimal and autocomplete.
void draw_select_one(const QuestionView& question, widgets::DropDownUi& ui,
                     const text::Words& words, Commands& out);
void draw_select_multiple(const QuestionView& question, Commands& out);
/// All choices in the order of the answer, moved by buttons.
void draw_rank(const QuestionView& question, widgets::RankingUi& ui, const text::Words& words,
               Commands& out);
/// The steps of a range side by side, or a slider where they are many.
void draw_range(const QuestionView& question, Commands& out);
/// A box to tick; the answer is "OK" (XForms trigger, ODK acknowledge).
void draw_trigger(const QuestionView& question, const text::Words& words, Commands& out);

}  // namespace bordereau::app
