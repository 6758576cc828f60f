#include <imgui.h>

#include <algorithm>
#include <optional>

#include "app/text/language.h"
#include "app/widgets/choices.h"
#include "app/widgets/editor.h"
#include "app/widgets/icons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/over.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

// Lists shorter than this need no field to type in.
constexpr std::size_t kShortList = 8;
constexpr int kRowsShown = 9;

const Choice* chosen_of(std::span<const Choice> choices, std::string_view value) {
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [&](const Choice& each) { return each.value == value; });
    return found == choices.end() || value.empty() ? nullptr : &*found;
}

void find_matches(std::span<const Choice> choices, std::string_view typed, DropDownUi& ui) {
    ui.of = choices.data();
    ui.matches.clear();
    const std::string wanted = text::search_key(typed);
    for (std::uint32_t index = 0; index < choices.size(); ++index)
        if (wanted.empty() ||
            text::search_key(choices[index].label).find(wanted) != std::string::npos)
            ui.matches.push_back(index);
}

// The closed field: what is chosen, and the sign that there are more.
bool draw_closed(const char* id, std::span<const Choice> choices, std::string_view value,
                 const FieldLook& look, float width) {
    const float line = unit(), pad = line * 0.6f;
    const bool pressed =
        ImGui::InvisibleButton(id, {width, target_height()}, ImGuiButtonFlags_EnableNav);
    announce(look.label.empty() ? std::string_view{id} : look.label);
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    const Palette& colours = palette();
    const bool hot = ImGui::IsItemHovered();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(from, to, colour(hot ? colours.accent_soft : colours.field), line * 0.3f);
    list->AddRect(from, to, colour(look.invalid ? colours.error : colours.strong_line), line * 0.3f,
                  0, stroke(look.invalid ? 2.0f : 1.0f));
    const float sign = line * 0.9f, y = from.y + (to.y - from.y - line) / 2;
    draw_icon(Icon::down, {mirrored() ? from.x + pad : to.x - pad - sign, y}, sign,
              ink_colour(Ink::quiet));
    // A list may be long: where the label is known it is not searched in every frame.
    std::string_view label = value.empty() ? std::string_view{} : look.shown;
    if (label.empty())
        if (const Choice* chosen = chosen_of(choices, value)) label = chosen->label;
    announce_value(label.empty() ? value : label);
    const std::string_view unknown = value.empty() ? look.placeholder : value;
    draw_text({mirrored() ? from.x + 2 * pad + sign : from.x + pad, y}, width - 3 * pad - sign,
              label.empty() ? unknown : label, {label.empty() ? Ink::quiet : Ink::text});
    return pressed;
}

// An empty value is no id for Dear ImGui, but a list may hold one.
bool draw_row(const Choice& choice, bool chosen) {
    const char* id = choice.value.empty() ? "none" : choice.value.c_str();
    const float line = unit(), height = std::max(target_height(), line * 1.6f);
    // A bar at the left takes its room from the rows; Dear ImGui sees to the one at the right.
    const bool barred = mirrored() && ImGui::GetScrollMaxY() > 0;
    if (barred) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ImGui::GetStyle().ScrollbarSize);
    const float width = ImGui::GetContentRegionAvail().x;
    const bool pressed = ImGui::InvisibleButton(id, {width, height}, ImGuiButtonFlags_EnableNav);
    announce(choice.label);
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    if (chosen || ImGui::IsItemHovered())
        ImGui::GetWindowDrawList()->AddRectFilled(
            from, to, colour(palette().accent_soft, chosen ? 1.0f : 0.6f), line * 0.25f);
    const float pad = line * 0.5f, sign = line * 0.9f;
    if (chosen)
        draw_icon(Icon::check,
                  {mirrored() ? from.x + pad : to.x - pad - sign, from.y + (height - sign) / 2},
                  sign, ink_colour(Ink::accent));
    draw_text({mirrored() ? from.x + 2 * pad + sign : from.x + pad, from.y + (height - line) / 2},
              width - 3 * pad - sign, choice.label);
    return pressed;
}

std::string letters_typed() {
    std::string letters;
    for (const ImWchar code : ImGui::GetIO().InputQueueCharacters)
        if (code > ' ') append_utf8(letters, code);
    return letters;
}

// The first choice that begins with what was typed: short lists have no field for it. A letter that
// leads nowhere begins anew.
std::optional<int> led_to(std::span<const Choice> choices, DropDownUi& ui) {
    const std::string letters = letters_typed();
    if (letters.empty()) return std::nullopt;
    for (const std::string& wanted : {ui.typed + letters, letters}) {
        ui.typed = wanted;
        const std::string key = text::search_key(wanted);
        const auto found = std::ranges::find_if(choices, [&](const Choice& each) {
            return text::search_key(each.label).starts_with(key);
        });
        if (found != choices.end()) return static_cast<int>(found - choices.begin());
    }
    return std::nullopt;
}

// Only the rows in sight are drawn, however many there are. `lead`: the row that the keyboard goes
// to now.
const Choice* draw_rows(std::span<const Choice> choices, std::string_view value,
                        const DropDownUi& ui, std::optional<int> lead) {
    const float row = std::max(target_height(), unit() * 1.6f);
    const auto count = static_cast<int>(ui.matches.size());
    const float height = row * static_cast<float>(std::min(count, kRowsShown)) + 1;
    const Choice* pressed = nullptr;
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
    if (ImGui::BeginChild("rows", {0, height}, ImGuiChildFlags_NavFlattened, scroll_flags())) {
        scroll_bar_at_end();
        ImGuiListClipper clipper;
        clipper.Begin(count, row);
        while (clipper.Step())
            for (int index = clipper.DisplayStart; index < clipper.DisplayEnd; ++index) {
                if (lead == index) ImGui::SetKeyboardFocusHere();
                const Choice& each = choices[ui.matches[static_cast<std::size_t>(index)]];
                if (draw_row(each, each.value == value)) pressed = &each;
            }
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    return pressed;
}

// The field above the rows of a long list. Letters that come before it has the keyboard are not
// lost.
Edit draw_search(DropDownUi& ui) {
    EditorLook search;
    search.field.placeholder = (*look().words)("widget.search");
    search.field.label = search.field.placeholder;
    search.field.focus = ui.fresh;
    search.search = true;
    const std::string early = ui.begun ? std::string{} : letters_typed();
    ui.typed += early;
    Edit edit = edit_text("typed", ui.typed, search);
    ui.begun = ui.begun || ImGui::IsItemActive();
    edit.changed = edit.changed || !early.empty();
    return edit;
}

// Where the whole list fits: below its field, else above it. There it stays while it is narrowed.
void place_list(ImVec2 corner, float width, std::size_t rows, bool search, bool clear) {
    const ImGuiStyle& style = ImGui::GetStyle();
    const float row = std::max(target_height(), unit() * 1.6f);
    const float high = 2 * style.WindowPadding.y + 1 +
                       row * static_cast<float>(std::min(rows, std::size_t{kRowsShown})) +
                       (search ? target_height() + style.ItemSpacing.y : 0) +
                       (clear ? row + 1 + 2 * style.ItemSpacing.y : 0);
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float below = corner.y + target_height() + 2, above = corner.y - 2;
    const float x = std::max(std::min(corner.x, screen.x - width), 0.0f);
    if (below + high <= screen.y)
        ImGui::SetNextWindowPos({x, below});
    else if (above >= high)
        ImGui::SetNextWindowPos({x, above}, ImGuiCond_Always, {0, 1});
    else
        ImGui::SetNextWindowPos({x, std::max(screen.y - high, 0.0f)});
    ImGui::SetNextWindowSize({width, 0});
}

bool draw_open(std::span<const Choice> choices, std::string& value, DropDownUi& ui) {
    if (!ImGui::BeginPopup("list")) return false;
    const text::Words& words = *look().words;
    const bool typing = choices.size() > kShortList;
    const Edit edit = typing ? draw_search(ui) : Edit{};
    const bool entered = edit.entered;
    if (edit.changed || ui.fresh || ui.of != choices.data())
        find_matches(choices, typing ? std::string_view{ui.typed} : std::string_view{}, ui);
    const auto lead = typing ? std::nullopt : led_to(choices, ui);
    // Enter that finds nothing leaves the field no less.
    ui.fresh = entered && ui.matches.empty();
    const Choice* pressed = draw_rows(choices, value, ui, lead);
    if (entered && !ui.matches.empty()) pressed = &choices[ui.matches.front()];
    if (ui.matches.empty()) text_block(words("widget.nothing_found"), kQuiet);
    bool cleared = false;
    if (!value.empty()) {
        rule();
        cleared = draw_row({"", std::string{words("widget.clear")}}, false);
    }
    if (pressed || cleared) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    if (!pressed && !cleared) return false;
    const std::string next = pressed ? pressed->value : std::string{};
    const bool changed = next != value;
    value = next;
    return changed;
}

}  // namespace

bool drop_down(const char* id, std::span<const Choice> choices, std::string& value, DropDownUi& ui,
               const FieldLook& look) {
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = look.width > 0 ? std::min(look.width, room) : room;
    align_start(width);
    ImGui::PushID(id);
    ImGui::BeginDisabled(!look.enabled);
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const bool pressed = draw_closed(id, choices, value, look, width);
    // Whoever begins to type has no need to open it first.
    const bool typed = look.enabled && ImGui::IsItemFocused() && !ImGui::IsPopupOpen("list") &&
                       !ImGui::GetIO().WantTextInput && !letters_typed().empty();
    if (pressed || typed) {
        ui = {};
        ui.fresh = true;
        ImGui::OpenPopup("list");
    }
    ImGui::EndDisabled();
    if (ImGui::IsPopupOpen("list"))
        place_list(corner, std::max(width, unit() * 12), choices.size(),
                   choices.size() > kShortList, !value.empty());
    const bool changed = draw_open(choices, value, ui);
    ImGui::PopID();
    return changed;
}

}  // namespace bordereau::widgets
