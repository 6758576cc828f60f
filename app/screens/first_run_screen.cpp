#include "app/screens/first_run_screen.h"

#include <imgui.h>

#include "app/screens/entry.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

bool ready(const FirstRunView& view, const FirstRunUi& ui) {
    return !ui.person.empty() && !ui.team.empty() &&
           passphrase_ready(ui.passphrase, ui.again, view.min_passphrase);
}

void draw_fields(const FirstRunView& view, FirstRunUi& ui, const text::Words& words) {
    widgets::field_label(words("entry.name"), true);
    widgets::input_text("person", ui.person,
                        {.label = words("entry.name"), .invalid = ui.tried && ui.person.empty()});
    draw_new_passphrase(ui.passphrase, ui.again, view.min_passphrase, ui.tried, words);
    widgets::field_label(words("entry.team"), true);
    widgets::input_text("team", ui.team,
                        {.label = words("entry.team"), .invalid = ui.tried && ui.team.empty()});
    widgets::text_block(words("entry.team.hint"), widgets::kSmall);
}

void create(const FirstRunView& view, FirstRunUi& ui, Commands& out) {
    ui.tried = true;
    if (!ready(view, ui)) return;
    out.push_back(CreateNotebook{ui.person, ui.passphrase, ui.team});
    ui.passphrase.wipe();
    ui.again.wipe();
    ui.tried = false;
}

}  // namespace

void draw_first_run(const FirstRunView& view, FirstRunUi& ui, const text::Words& words,
                    Commands& out) {
    begin_entry("first_run", view.languages, view.language, out);
    widgets::heading(words("first.title"), 1);
    widgets::text_block(words("app.tagline"));
    widgets::text_block(words("first.about"), widgets::kQuiet);
    widgets::gap();
    draw_fields(view, ui, words);
    widgets::gap();
    if (!view.problem.empty()) widgets::message_strip("problem", Tone::error, view.problem);
    if (view.busy) widgets::labelled_progress(words("entry.opening"), -1);
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary,
                                   .width = ImGui::GetContentRegionAvail().x,
                                   .enabled = !view.busy};
    if (widgets::button("create", words("first.create"), look)) create(view, ui, out);
    end_entry();
}

}  // namespace bordereau::app
