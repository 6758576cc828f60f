#include "app/screens/checks.h"

#include <imgui.h>

#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

void draw_explaining(const CheckView& check, std::string& typed, const text::Words& words,
                     Commands& out) {
    const std::string_view save = words("overview.save");
    const float save_width = widgets::button_width(save);
    widgets::Row row;
    const float width = row.rest(save_width + row.gap());
    row.next(width);
    const widgets::Edit edit = widgets::input_text("explanation", typed,
                                                   {.label = words("overview.explain"),
                                                    .placeholder = words("overview.explain"),
                                                    .width = width});
    row.next(save_width);
    const bool pressed = widgets::button("save", save, {.enabled = !typed.empty()});
    if (!pressed && !(edit.finished && ImGui::IsKeyPressed(ImGuiKey_Enter))) return;
    out.push_back(ExplainCheck{check.check, typed});
    typed.clear();
}

}  // namespace

void draw_checks(const std::vector<CheckView>& checks, bool editable,
                 std::map<std::string, std::string>& typed, const text::Words& words,
                 Commands& out) {
    widgets::heading(words("overview.checks"), 2);
    if (editable) widgets::text_block(words("overview.checks.next"), widgets::kQuiet);
    for (const CheckView& check : checks) {
        ImGui::PushID(check.check.c_str());
        widgets::begin_card("check");
        widgets::message_strip("message", check.explanation.empty() ? Tone::warning : Tone::info,
                               check.message);
        if (!check.explanation.empty())
            widgets::text_block(check.explanation);
        else if (editable)
            draw_explaining(check, typed[check.check], words, out);
        if (!check.question.empty() && widgets::link("open", words("action.open")))
            out.push_back(OpenQuestion{check.question});
        widgets::end_card();
        ImGui::PopID();
    }
}

}  // namespace bordereau::app
