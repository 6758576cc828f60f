// app/screens/fill_screen.h - draws the recording of an audit: sections at the side, one open.
#pragma once

#include "app/commands.h"
#include "app/screens/fill_view.h"
#include "app/screens/questions.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct FillUi {
    QuestionsUi questions;
    bool head_open = false;       ///< in a narrow window what is folded there covers the questions
    AuditId audit;                ///< drawn last; another one begins at its top
    int section = -1;             ///< ... as does another section
    int page = 0;                 ///< ... and another page of it
    bool turned_by_keys = false;  ///< to another of them: the keyboard goes to its first question
    bool landing = false;         ///< the page has just opened: the keyboard comes to a question
    std::string resumed;          ///< key of the question to go on at, in a page that has opened
};

/// Before another screen is drawn, ask take_unsaved(ui.questions.fields) for what is still typed.
void draw_fill(const FillView& view, FillUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
