// app/widgets/bursts.h - what one undo within a field takes back: a word, not a letter.
// Dear ImGui records each letter apart; the records of a word are joined as they come in.
#pragma once

#include <imgui.h>

struct ImGuiInputTextState;

namespace bordereau::widgets {

/// Records that a field can undo.
int undo_records(const ImGuiInputTextState& state);

/// Joins the records from `earlier` on, made by letters that were typed in one frame, with the one
/// before them where they go on with the same word. Chinese, which has no spaces, is taken back by
/// what its input method wrote at a time.
void join_typed(ImGuiInputTextState& state, int earlier);

}  // namespace bordereau::widgets
