// app/screens/fields.h - the field of a question: a fitting widget for every kind of answer.
// Typed text becomes an Answer when the field is left, choices at once.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/commands.h"
#include "app/screens/file_field.h"
#include "app/screens/fill_view.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "app/widgets/map.h"
#include "app/widgets/ranking.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// Of questions of place.
struct PlacesUi {
    std::map<std::string, widgets::MapUi> maps;  ///< by key of their question
    std::set<std::string> opened;                ///< whose map was asked for
    std::string opening;                         ///< ... in the last frame: it takes the keyboard
    std::string adding;                          ///< a point of a line, being typed
    std::string adding_for;                      ///< key of its question
};

/// At most one field is edited at a time.
struct FieldsUi {
    std::string question;  ///< key of the question being typed; empty: none
    std::string part;      ///< which field of it, where it has several
    std::string typed;     ///< text of that field
    std::string answer;    ///< the answer it makes
    bool let_go = false;   ///< by a press of the mouse that lasts: asked for when it ends
    std::string focus;     ///< key of the question whose number takes the keyboard next
    std::string refused;   ///< key of the question whose field did not take all that was typed
    std::string entered;   ///< key of the question that was left with Enter, in the last frame
    widgets::DropDownUi drop_down;
    widgets::CalendarUi calendar;
    widgets::RankingUi ranking;
    FileUi files;
    PlacesUi places;
};

/// Typed but not yet asked to be recorded. Call before leaving the screen: what a field holds is
/// lost when the field is no longer drawn.
std::optional<Answer> take_unsaved(FieldsUi& ui);

/// Call before drawing what can be pressed: an answer may move the page, and what moves away under
/// a finger is not pressed. So it waits until the press that left its field has been made.
void ask_for_let_go(FieldsUi& ui, Commands& out);

void draw_field(const QuestionView& question, Date today, FieldsUi& ui, const text::Words& words,
                Commands& out);

/// A number in a column of them: at the end edge, where its total stands too.
void draw_number_cell(const QuestionView& question, FieldsUi& ui, Commands& out);

}  // namespace bordereau::app
