#include "app/screens/shortcuts.h"

#include <algorithm>
#include <array>

#include "app/text/words.h"
#include "app/widgets/inputs.h"
#include "app/widgets/keyboard.h"
#include "app/widgets/look.h"
#include "storage/base/check.h"

namespace bordereau::app {
namespace {

constexpr int kCtrl = ImGuiMod_Ctrl, kShift = ImGuiMod_Shift, kAlt = ImGuiMod_Alt;

// Tab, arrows, Space and Enter are Dear ImGui's own; a test presses every row of this table.
constexpr std::array kRows{
    ShortcutRow{Shortcut::sheet, KeyPart::everywhere, "key.sheet", ImGuiKey_F1},
    ShortcutRow{Shortcut::stop_next, KeyPart::everywhere, "key.stop_next", ImGuiKey_Tab},
    ShortcutRow{Shortcut::stop_back, KeyPart::everywhere, "key.stop_back", kShift | ImGuiKey_Tab},
    ShortcutRow{Shortcut::move, KeyPart::everywhere, "key.move", ImGuiKey_LeftArrow,
                ImGuiKey_DownArrow, true},
    ShortcutRow{Shortcut::press, KeyPart::everywhere, "key.press", ImGuiKey_Space, ImGuiKey_Enter},
    ShortcutRow{Shortcut::place, KeyPart::everywhere, "key.place", kAlt | ImGuiKey_1,
                kAlt | ImGuiKey_9, true},
    ShortcutRow{Shortcut::lock, KeyPart::everywhere, "key.lock", kCtrl | ImGuiKey_L},
    ShortcutRow{Shortcut::close, KeyPart::everywhere, "key.close", ImGuiKey_Escape},
    ShortcutRow{Shortcut::undo, KeyPart::audit, "key.undo", kCtrl | ImGuiKey_Z},
    ShortcutRow{Shortcut::redo, KeyPart::audit, "key.redo", kCtrl | kShift | ImGuiKey_Z,
                kCtrl | ImGuiKey_Y},
    ShortcutRow{Shortcut::section_next, KeyPart::audit, "key.section_next",
                kCtrl | ImGuiKey_PageDown},
    ShortcutRow{Shortcut::section_back, KeyPart::audit, "key.section_back",
                kCtrl | ImGuiKey_PageUp},
    ShortcutRow{Shortcut::page_next, KeyPart::audit, "key.page_next", ImGuiKey_PageDown},
    ShortcutRow{Shortcut::page_back, KeyPart::audit, "key.page_back", ImGuiKey_PageUp},
    ShortcutRow{Shortcut::note, KeyPart::audit, "key.note", kCtrl | ImGuiKey_M},
    ShortcutRow{Shortcut::confirm_copied, KeyPart::audit, "key.confirm_copied", kCtrl | ImGuiKey_K},
    ShortcutRow{Shortcut::copy_earlier, KeyPart::audit, "key.copy_earlier", kCtrl | ImGuiKey_D},
    ShortcutRow{Shortcut::rank_up, KeyPart::audit, "key.rank_up", kAlt | ImGuiKey_UpArrow},
    ShortcutRow{Shortcut::rank_down, KeyPart::audit, "key.rank_down", kAlt | ImGuiKey_DownArrow},
    ShortcutRow{Shortcut::paste_file, KeyPart::files, "key.paste_file", kCtrl | ImGuiKey_V},
    ShortcutRow{Shortcut::folder_above, KeyPart::files, "key.folder_above", ImGuiKey_Backspace},
};

// Keys that fields of text have a use of their own for.
bool belongs_to_fields(Shortcut shortcut) {
    return shortcut == Shortcut::paste_file || shortcut == Shortcut::folder_above ||
           shortcut == Shortcut::close;
}

bool taken_by_field(Shortcut shortcut) {
    if (shortcut == Shortcut::undo || shortcut == Shortcut::redo) return widgets::field_has_undo();
    return belongs_to_fields(shortcut) && ImGui::GetIO().WantTextInput;
}

/// Dear ImGui turns pages and moves with these keys, whatever is held down beside them.
bool moves(ImGuiKey key) {
    return key == ImGuiKey_PageUp || key == ImGuiKey_PageDown || key == ImGuiKey_UpArrow ||
           key == ImGuiKey_DownArrow;
}

bool down(ImGuiKeyChord chord) {
    if (chord == 0 || !ImGui::IsKeyChordPressed(chord)) return false;
    const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
    if (moves(key)) widgets::keep_from_moving(key);
    return true;
}

}  // namespace

std::span<const ShortcutRow> shortcut_rows() {
    return kRows;
}

const ShortcutRow& row_of(Shortcut shortcut) {
    const auto found = std::ranges::find(kRows, shortcut, &ShortcutRow::shortcut);
    check(found != kRows.end(), "a shortcut without keys");
    return *found;
}

bool pressed(Shortcut shortcut) {
    const ShortcutRow& row = row_of(shortcut);
    return !taken_by_field(shortcut) && (down(row.chord) || down(row.other));
}

std::optional<int> pressed_of(Shortcut shortcut) {
    const ShortcutRow& row = row_of(shortcut);
    for (int after = 0; row.chord + after <= row.other; ++after)
        if (down(row.chord + after)) return after;
    return std::nullopt;
}

std::string chord_words(ImGuiKeyChord chord) {
    std::string said;
    const text::Words& words = *widgets::look().words;
    const auto add = [&](ImGuiKey modifier, const char* name) {
        if ((chord & modifier) != 0) said += std::string{words(name)} + "+";
    };
    add(ImGuiMod_Ctrl, "key.name.ctrl");
    add(ImGuiMod_Alt, "key.name.alt");
    add(ImGuiMod_Shift, "key.name.shift");
    const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
    switch (key) {
        case ImGuiKey_LeftArrow: return said + "←";
        case ImGuiKey_DownArrow: return said + "↓";
        case ImGuiKey_UpArrow: return said + "↑";
        case ImGuiKey_PageUp: return said.append(words("key.name.page_up"));
        case ImGuiKey_PageDown: return said.append(words("key.name.page_down"));
        case ImGuiKey_Escape: return said.append(words("key.name.escape"));
        case ImGuiKey_Space: return said.append(words("key.name.space"));
        case ImGuiKey_Enter: return said.append(words("key.name.enter"));
        case ImGuiKey_Tab: return said.append(words("key.name.tab"));
        case ImGuiKey_Backspace: return said.append(words("key.name.backspace"));
        default: return said + ImGui::GetKeyName(key);
    }
}

std::string with_key(std::string_view label, Shortcut shortcut) {
    return std::string{label} + " (" + chord_words(row_of(shortcut).chord) + ")";
}

std::string keys_words(const ShortcutRow& row) {
    if (row.shortcut == Shortcut::move) return "← → ↑ ↓";
    if (row.other == 0) return chord_words(row.chord);
    return chord_words(row.chord) + (row.range ? " – " : ", ") + chord_words(row.other);
}

}  // namespace bordereau::app
