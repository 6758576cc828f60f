// app/screens/questions.h - the rows of a section: questions, group headings, repeats, comments.
// Fill and review share it; what may be done differs.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "app/screens/beside_parts.h"
#include "app/screens/fields.h"
#include "app/screens/fill_view.h"
#include "app/screens/rows.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What leads on from the page, as a place for the keyboard.
inline constexpr std::string_view kOnward = "onward";

struct QuestionsUi {
    RowsUi rows;
    FieldsUi fields;
    std::string commenting;        ///< key of the question whose comment box is open
    std::string comment;           ///< being typed there
    std::set<std::string> helped;  ///< questions whose longer help is unfolded
    std::string at;                ///< key of the question that the keyboard is at
    std::string at_row;            ///< ... and of the row that it stands in
    std::string keyboard_to;       ///< ... whose field takes it when the page has come to it; also
                                   ///< of an addition, or kOnward
    bool past_table = false;       ///< Enter left the last cell of a table, in the last frame
    bool past_last = false;        ///< Enter left the last thing that the page asks
    bool comment_opened = false;   ///< in this frame: its box takes the keyboard
    std::string cell;              ///< key of the question of a table that the keyboard is at
    NoteUi note;
    std::string removing;  ///< key of the instance whose removal is to be confirmed
};

struct QuestionsRights {
    bool answer = false;  ///< false: answers are shown as words
    bool comment = false;
    bool note = false;               ///< the note of the question may be written
    bool copy = false;               ///< what was copied may be confirmed, and more be copied
    bool show_missing = false;       ///< unanswered required questions say so
    std::string_view comment_label;  ///< of the button that opens the comment box
};

/// Whether a person may answer it here.
bool asks(const QuestionView& row);

/// Whether the keyboard is to go to the field of this question now: asked once.
bool takes_keyboard(std::string_view question, QuestionsUi& ui);

/// Draws those rows that are in sight. Where Enter left the last question, `ui.past_last` says so.
void draw_questions(const std::vector<QuestionView>& rows, Date today,
                    const QuestionsRights& rights, const RowsWish& wish, QuestionsUi& ui,
                    const text::Words& words, Commands& out);

/// A list of comments, each with its author; those that may be are marked as resolved from here.
void draw_comments(const std::vector<CommentView>& comments, const text::Words& words,
                   Commands& out);

/// A box to write a comment in; Comment is asked for with this question.
void draw_comment_box(const std::string& question, std::string& typed, bool focus,
                      const text::Words& words, Commands& out);

}  // namespace bordereau::app
