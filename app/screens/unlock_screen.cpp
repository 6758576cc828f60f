#include "app/screens/unlock_screen.h"

#include <imgui.h>

#include <utility>

#include "app/screens/entry.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
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
    const bool focus = ui.person.empty() && !std::exchange(ui.begun, true);
    const widgets::Edit who = widgets::input_text(
        "who", ui.person, {.label = words("unlock.who"), .enabled = !view.busy, .focus = focus});
    if (who.entered) widgets::land_here();
}

bool wide_button(const char* id, std::string_view label, bool enabled) {
    return widgets::button(id, label,
                           {.kind = widgets::ButtonKind::primary,
                            .width = ImGui::GetContentRegionAvail().x,
                            .enabled = enabled});
}

void draw_state(const UnlockView& view, const text::Words& words) {
    if (!view.problem.empty()) widgets::message_strip("problem", Tone::error, view.problem);
    if (view.busy) widgets::labelled_progress(words("entry.opening"), -1);
    widgets::gap(0.25f);
}

void draw_with_passphrase(const UnlockView& view, UnlockUi& ui, const text::Words& words,
                          Commands& out) {
    // Refused: it is typed once more.
    if (ui.asked && !view.busy && !view.problem.empty()) ui.asked = ui.begun = false;
    widgets::field_label(words("entry.passphrase"));
    const widgets::Edit edit = widgets::input_secret("passphrase", ui.passphrase,
                                                     {.label = words("entry.passphrase"),
                                                      .enabled = !view.busy,
                                                      .invalid = !view.problem.empty(),
                                                      .focus = !std::exchange(ui.begun, true)});
    draw_state(view, words);
    const bool possible = !view.busy && !ui.passphrase.empty() && !ui.person.empty();
    const bool pressed = wide_button("unlock", words("unlock.open"), possible);
    if (possible && (pressed || edit.entered)) {
        out.push_back(Unlock{ui.person, ui.passphrase});
        ui.asked = true;
        ui.passphrase.wipe();
    }
    widgets::gap(0.25f);
    if (!view.busy && widgets::link("recover", words("unlock.recover"))) ui.recovering = true;
}

void recover(const UnlockView& view, UnlockUi& ui, Commands& out) {
    ui.tried = true;
    if (!passphrase_ready(ui.after, ui.again, view.min_passphrase)) return;
    out.push_back(RecoverNotebook{ui.key, ui.person, ui.after});
    for (SecretText* secret : {&ui.after, &ui.again}) secret->wipe();
    ui.tried = false;
}

void draw_with_key(const UnlockView& view, UnlockUi& ui, const text::Words& words, Commands& out) {
    widgets::text_block(words("unlock.recover.about"), widgets::kQuiet);
    widgets::field_label(words("people.recovery"));
    const widgets::Edit key = widgets::input_secret(
        "recovery_key", ui.key, {.label = words("people.recovery"), .enabled = !view.busy});
    if (key.entered) widgets::land_here();
    const widgets::Edit last =
        draw_new_passphrase(ui.after, ui.again, view.min_passphrase, ui.tried, words);
    draw_state(view, words);
    const bool possible = !view.busy && !ui.key.empty() && !ui.person.empty();
    const bool pressed = wide_button("recover_open", words("unlock.recover.open"), possible);
    if (possible && (pressed || last.entered)) recover(view, ui, out);
    widgets::gap(0.25f);
    if (view.busy || !widgets::link("with_passphrase", words("unlock.instead"))) return;
    ui.recovering = false;
    ui.key.wipe();
}

}  // namespace

void draw_unlock(const UnlockView& view, UnlockUi& ui, const text::Words& words, Commands& out) {
    begin_entry("unlock", view.languages, view.language, out);
    widgets::heading(words("unlock.title"), 1);
    if (!view.team.empty()) widgets::text_block(view.team, widgets::kQuiet);  // known once open
    widgets::gap();
    draw_people(view, ui, words);
    widgets::gap(0.25f);
    if (ui.recovering)
        draw_with_key(view, ui, words, out);
    else
        draw_with_passphrase(view, ui, words, out);
    end_entry();
}

}  // namespace bordereau::app
