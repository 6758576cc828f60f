// app/screens/fill_head.h - what an audit being recorded has beside its questions, or above them
// where the window is narrow: folded into one line then, so that the questions have the room.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/fill_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// Null where none is open.
const SectionView* open_section(const FillView& view);
/// "Section 2 of 10 · 9 of 12"; empty where there is none.
std::string section_words(const FillView& view, const text::Words& words);

/// What was saved when; undo, redo, and one question or all of them.
void draw_saved(const FillView& view, const text::Words& words, Commands& out);
void draw_form_languages(const FillView& view, const text::Words& words, Commands& out);

/// Which audit and section, with undo and redo; pressing it folds out the rest, Escape folds it in.
/// What keeps an answer from being saved is always said in words.
void draw_fill_head(const FillView& view, bool& open, const text::Words& words, Commands& out);
/// The rest: the audit's other screens, how its questions are shown, its sections.
void draw_fill_fold(const FillView& view, const text::Words& words, Commands& out);

}  // namespace bordereau::app
