// app/screens/beside_parts.h - what stands beside an answer: that it was copied and waits, what may
// be copied to it, the officer's note; and the same for a section or an audit.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"
#include "app/screens/fill_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// The question of that key, also within a table or a block; null: none.
const QuestionView* question_at(const std::vector<QuestionView>& rows, const std::string& key);

/// The note that is being written; one at a time.
struct NoteUi {
    std::string question;  ///< its key; empty: none
    std::string text;
    bool opened = false;  ///< in this frame: the box takes the keyboard
    bool left = false;    ///< it closes when what is being pressed has been
};
void open_note(const QuestionView& row, NoteUi& ui);

/// Says that the answer was copied; with `act` it can be confirmed from here.
void draw_copied(const QuestionView& row, bool act, const text::Words& words, Commands& out);
/// Offers the answer of the earlier audit where there is none yet.
void draw_earlier(const QuestionView& row, const text::Words& words, Commands& out);
struct NoteRights {
    bool write = false;
    bool show_missing = false;  ///< one that the form requires and that is not there says so
};
/// The note, and the box for it where it may be written.
void draw_note(const QuestionView& row, NoteRights rights, NoteUi& ui, const text::Words& words,
               Commands& out);

/// Above a section: what can be copied. Nothing where there is no earlier audit.
void draw_copy_offer(const CopyView& copy, CopyEarlier::What what, const text::Words& words,
                     Commands& out);
/// Below a section, after it has been seen: confirms all that was copied in it.
void draw_confirm_section(const CopyView& copy, const text::Words& words, Commands& out);

/// What is wrong with one answer of several that stand in a table, named by its question. Nothing
/// where it is only missing and that is not to be said yet.
void draw_problem_below(const QuestionView& question, bool show_missing, const text::Words& words);

/// The keys of both, for the question that the keyboard is at.
void take_copy_keys(const std::vector<QuestionView>& rows, const std::string& at, Commands& out);

}  // namespace bordereau::app
