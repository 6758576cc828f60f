// app/widgets/editor.h - the field behind every input: Dear ImGui edits, this draws.
// Not for screens: they use inputs.h.
#pragma once

#include <functional>
#include <string>

#include "app/text/type.h"
#include "app/widgets/inputs.h"

namespace bordereau::widgets {

struct EditorLook {
    FieldLook field;
    text::Base base = text::Base::from_text;
    int lines = 1;  ///< above 1: a paragraph that grows from so many lines
    /// What a typed code point becomes; 0 refuses it. Empty: everything is taken.
    std::function<char32_t(char32_t)> filter{};
    bool secret = false;  ///< shown as dots; never moved in memory
    bool search = false;  ///< its text is added to when it gets the keyboard, and Enter ends it
    float start_inset = 0, end_inset = 0;  ///< pixels kept free for signs inside the field
};

/// Dear ImGui's own field keeps the text, undo, clipboard and keys, and is drawn transparent. The
/// shaped text, the caret and the selection are drawn in its place, and clicks, drags and vertical
/// moves are translated from what is seen to the logical text.
Edit edit_text(const char* id, std::string& value, const EditorLook& look);

}  // namespace bordereau::widgets
