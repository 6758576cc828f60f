// app/screens/shortcuts.h - the one table of keys: what screens listen to is what the sheet shows.
#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bordereau::app {

/// What a key does. Its words are the interface text that the table names.
enum class Shortcut {
    sheet,
    lock,
    place,  ///< of the side bar, by its number there
    stop_next,
    stop_back,
    move,
    press,
    close,
    undo,
    redo,
    section_next,
    section_back,
    page_next,
    page_back,
    note,
    confirm_copied,
    copy_earlier,
    rank_up,
    rank_down,
    paste_file,
    folder_above
};

/// Where the keys work: a part of the sheet. Words: "keys.<name>".
enum class KeyPart { everywhere, audit, files };

struct ShortcutRow {
    Shortcut shortcut = Shortcut::sheet;
    KeyPart part = KeyPart::everywhere;
    const char* words = "";  ///< key of the interface text
    ImGuiKeyChord chord = 0;
    ImGuiKeyChord other = 0;  ///< does the same, or the last of a range; 0: none
    bool range = false;       ///< all keys from `chord` to `other`
};
std::span<const ShortcutRow> shortcut_rows();
const ShortcutRow& row_of(Shortcut shortcut);

/// Whether its keys went down in this frame. A field that is edited takes its own keys first.
bool pressed(Shortcut shortcut);
/// Of a range: how many keys after its first; nothing: none went down.
std::optional<int> pressed_of(Shortcut shortcut);

/// "Ctrl+Z", as keyboards are labelled in every language.
std::string chord_words(ImGuiKeyChord chord);
/// All the keys of a row: "Ctrl+Shift+Z, Ctrl+Y".
std::string keys_words(const ShortcutRow& row);

/// "Undo (Ctrl+Z)": words of a button that a key presses too.
std::string with_key(std::string_view label, Shortcut shortcut);

}  // namespace bordereau::app
