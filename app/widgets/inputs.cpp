#include "app/widgets/inputs.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "app/text/format.h"
#include "app/text/read_time.h"
#include "app/widgets/buttons.h"
#include "app/widgets/editor.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

// A typed sign as 0-9 - . in place of those of other scripts.
char32_t western(char32_t code) {
    std::string utf8;
    append_utf8(utf8, code);
    const std::string digits = text::with_western_digits(utf8);
    std::size_t at = 0;
    return next_code_point(digits, at);
}

/// A whole number keeps its point as well: without it 2.5 would become 25, and nobody would know.
char32_t number_sign(char32_t code) {
    const char32_t sign = western(code);
    if ((sign >= '0' && sign <= '9') || sign == '-') return sign;
    return sign == '.' || sign == ',' ? U'.' : U'\0';
}

}  // namespace

// Dear ImGui keeps the events that it took in for this frame.
bool had_input() {
    return !ImGui::GetCurrentContext()->InputEventsTrail.empty();
}

bool field_has_undo() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return context.ActiveId != 0 && ImGui::GetInputTextState(context.ActiveId) != nullptr &&
           context.ActiveIdHasBeenEditedBefore;
}

bool caret_leaves(bool to_the_right) {
    const ImGuiID active = ImGui::GetActiveID();
    const ImGuiInputTextState* state = active == 0 ? nullptr : ImGui::GetInputTextState(active);
    if (state == nullptr) return true;
    const int length = state->TextLen, at = state->GetCursorPos();
    if (state->HasSelection())
        return std::abs(state->GetSelectionEnd() - state->GetSelectionStart()) == length;
    return at == (to_the_right ? length : 0);
}

void leave_field() {
    ImGui::ClearActiveID();
}

Edit input_text(const char* id, std::string& value, const FieldLook& look) {
    return edit_text(id, value, {look});
}

Edit input_secret(const char* id, SecretText& value, const FieldLook& look) {
    EditorLook secret{look};
    secret.secret = true;
    return edit_text(id, value.editable(), secret);
}

// The context's memory is wiped when it is given back (see storage/base/wiped_memory.h).
void wipe_typed() {
    ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.ActiveId != 0 && context.ActiveId == context.InputTextState.ID)
        ImGui::ClearActiveID();
    std::destroy_at(&context.InputTextState);
    std::construct_at(&context.InputTextState);
    context.InputTextState.Ctx = &context;
    context.InputTextDeactivatedState.ClearFreeMemory();
    context.InputEventsTrail.clear();
    context.IO.InputQueueCharacters.clear();
}

Edit input_paragraph(const char* id, std::string& value, const FieldLook& look, int lines) {
    EditorLook paragraph{look};
    paragraph.lines = std::max(lines, 2);
    return edit_text(id, value, paragraph);
}

Edit input_search(const char* id, std::string& value, const FieldLook& look) {
    EditorLook search{look};
    search.start_inset = unit() * 1.3f;
    ImGui::PushID(id);
    Edit edit;
    {
        Row row{Row::Overflow::keep, 0.2f};
        const float room = look.width > 0 ? std::min(look.width, row.rest()) : row.rest();
        const float field = value.empty() ? room : room - target_height() - row.gap();
        row.next(field);
        search.field.width = field;
        edit = edit_text(id, value, search);
        const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
        const float sign = unit() * 0.95f, pad = unit() * 0.6f;
        draw_icon(Icon::search,
                  {mirrored() ? to.x - pad - sign : from.x + pad, (from.y + to.y - sign) / 2}, sign,
                  ink_colour(Ink::quiet));
        if (!value.empty()) {
            row.next(target_height());
            if (icon_button("clear", Icon::cross, (*widgets::look().words)("widget.clear"))) {
                value.clear();
                edit = {true, true};
            }
        }
    }
    ImGui::PopID();
    return edit;
}

Edit input_number(const char* id, std::string& value, const FieldLook& look) {
    EditorLook number{look};
    number.base = text::Base::left_to_right;
    number.filter = number_sign;
    if (number.field.width <= 0) number.field.width = unit() * 10;
    if (look.unit.empty()) return edit_text(id, value, number);
    Row row{Row::Overflow::keep, 0.4f};
    const float words = text_size(look.unit).x + 1;
    row.next(std::min(number.field.width, row.rest(words + row.gap())));
    const Edit edit = edit_text(id, value, number);
    row.next(std::min(words, row.rest()));
    middle_line(look.unit, kQuiet);
    return edit;
}

Edit input_time(const char* id, std::string& value, const FieldLook& look) {
    EditorLook time{look};
    time.base = text::Base::left_to_right;
    time.filter = western;
    if (time.field.placeholder.empty())
        time.field.placeholder = (*widgets::look().words)("widget.time_form");
    if (time.field.width <= 0) time.field.width = unit() * 6;
    const Edit edit = edit_text(id, value, time);
    if (edit.finished) value = text::time_answer(value, widgets::look().words->language());
    return edit;
}

void field_label(std::string_view label, bool required) {
    if (!required) {
        text_block(label, kBold);
        return;
    }
    text_block(std::string{label} + " *", kBold);
}

}  // namespace bordereau::widgets
