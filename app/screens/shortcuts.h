// app/screens/shortcuts.h - the one table of keys: what screens listen to is what the sheet shows.
#pragma once

#include <imgui.h>

#include <span>
#include <string>

namespace bordereau::app {

/// What a key does. Its words are the interface text "key.<name>" of the table.
enum class Shortcut { undo, redo, section_next, section_back };

struct ShortcutRow {
    Shortcut shortcut = Shortcut::undo;
    const char* words = "";  ///< key of the interface text
    ImGuiKeyChord chord = 0;
    ImGuiKeyChord other = 0;  ///< does the same; 0: none
};
std::span<const ShortcutRow> shortcut_rows();
const ShortcutRow& row_of(Shortcut shortcut);

/// Whether its keys went down in this frame. A field that is edited takes its own keys first.
bool pressed(Shortcut shortcut);

/// "Ctrl+Z", as keyboards are labelled in every language.
std::string chord_words(ImGuiKeyChord chord);

}  // namespace bordereau::app
