#include "app/screens/unlock_screen.h"

#include <imgui.h>

#include "app/screens/entry.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

void draw_people(const UnlockView& view, UnlockUi& ui, const text::Words& words) {
    // Names are not to be read on the disk: who was not here before types theirs.
    if (!ui.proposed && !view.people.empty()) ui.person = view.people.front();
    ui.proposed = true;
    widgets::field_label(words("unlock.who"));
    if (view.people.size() > 1)
        for (const std::string& person : view.people) {
            ImGui::PushID(person.c_str());
            if (widgets::tab("person", person, person == ui.person)) ui.person = person;
            ImGui::PopID();
        }
    widgets::input_text("who", ui.person, {.label = words("unlock.who"), .enabled = !view.busy});
}

}  // namespace

void draw_unlock(const UnlockView& view, UnlockUi& ui, const text::Words& words, Commands& out) {
    begin_entry("unlock", view.languages, view.language, out);
    widgets::heading(words("unlock.title"), 1);
    widgets::text_block(view.team, widgets::kQuiet);
    widgets::gap();
    draw_people(view, ui, words);
    widgets::gap(0.25f);
    widgets::field_label(words("entry.passphrase"));
    const widgets::Edit edit = widgets::input_secret("passphrase", ui.passphrase,
                                                     {.label = words("entry.passphrase"),
                                                      .enabled = !view.busy,
                                                      .invalid = !view.problem.empty()});
    if (!view.problem.empty()) widgets::message_strip("problem", Tone::error, view.problem);
    if (view.busy) widgets::labelled_progress(words("entry.opening"), -1);
    widgets::gap(0.25f);
    const bool possible = !view.busy && !ui.passphrase.empty() && !ui.person.empty();
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary,
                                   .width = ImGui::GetContentRegionAvail().x,
                                   .enabled = possible};
    const bool pressed = widgets::button("unlock", words("unlock.open"), look);
    const bool entered = edit.finished && ImGui::IsKeyPressed(ImGuiKey_Enter);
    if (possible && (pressed || entered)) {
        out.push_back(Unlock{ui.person, ui.passphrase});
        ui.passphrase.wipe();
    }
    end_entry();
}

}  // namespace bordereau::app
