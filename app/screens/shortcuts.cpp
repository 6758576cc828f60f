#include "app/screens/shortcuts.h"

#include <algorithm>
#include <array>

#include "app/widgets/inputs.h"
#include "storage/base/check.h"

namespace bordereau::app {
namespace {

constexpr std::array kRows{
    ShortcutRow{Shortcut::undo, "key.undo", ImGuiMod_Ctrl | ImGuiKey_Z},
    ShortcutRow{Shortcut::redo, "key.redo", ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z,
                ImGuiMod_Ctrl | ImGuiKey_Y},
    ShortcutRow{Shortcut::section_next, "key.section_next", ImGuiMod_Ctrl | ImGuiKey_PageDown},
    ShortcutRow{Shortcut::section_back, "key.section_back", ImGuiMod_Ctrl | ImGuiKey_PageUp},
};

// Keys that fields of text have a use of their own for.
bool edits_text(Shortcut shortcut) {
    return shortcut == Shortcut::undo || shortcut == Shortcut::redo;
}

bool down(ImGuiKeyChord chord) {
    return chord != 0 && ImGui::IsKeyChordPressed(chord);
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
    if (edits_text(shortcut) && widgets::field_has_undo()) return false;
    const ShortcutRow& row = row_of(shortcut);
    return down(row.chord) || down(row.other);
}

std::string chord_words(ImGuiKeyChord chord) {
    std::string words;
    if ((chord & ImGuiMod_Ctrl) != 0) words += "Ctrl+";
    if ((chord & ImGuiMod_Alt) != 0) words += "Alt+";
    if ((chord & ImGuiMod_Shift) != 0) words += "Shift+";
    return words + ImGui::GetKeyName(static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_));
}

}  // namespace bordereau::app
