#include "app/screens/first_run_screen.h"

#include <imgui.h>

#include <utility>

#include "app/screens/entry.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

bool ready(const FirstRunView& view, const FirstRunUi& ui) {
    return !ui.person.empty() && !(ui.invited ? ui.invitation : ui.team).empty() &&
           passphrase_ready(ui.passphrase, ui.again, view.min_passphrase);
}

/// What was done in the last field.
widgets::Edit draw_fields(const FirstRunView& view, FirstRunUi& ui, const text::Words& words) {
    widgets::field_label(words("entry.name"), true);
    const widgets::Edit person = widgets::input_text("person", ui.person,
                                                     {.label = words("entry.name"),
                                                      .invalid = ui.tried && ui.person.empty(),
                                                      .focus = !std::exchange(ui.begun, true)});
    if (person.entered) widgets::land_here();
    if (draw_new_passphrase(ui.passphrase, ui.again, view.min_passphrase, ui.tried, words).entered)
        widgets::land_here();
    const char* label = ui.invited ? "sync.invitation" : "entry.team";
    std::string& typed = ui.invited ? ui.invitation : ui.team;
    widgets::field_label(words(label), true);
    const widgets::Edit last =
        widgets::input_text(ui.invited ? "invitation" : "team", typed,
                            {.label = words(label), .invalid = ui.tried && typed.empty()});
    widgets::text_block(words(ui.invited ? "first.invited.hint" : "entry.team.hint"),
                        widgets::kSmall);
    return last;
}

void create(const FirstRunView& view, FirstRunUi& ui, Commands& out) {
    ui.tried = true;
    if (!ready(view, ui)) return;
    out.push_back(CreateNotebook{ui.person, ui.passphrase, ui.invited ? "" : ui.team,
                                 ui.invited ? ui.invitation : ""});
    ui.passphrase.wipe();
    ui.again.wipe();
    ui.tried = false;
}

bool wide_button(const char* id, std::string_view label, bool enabled) {
    return widgets::button(id, label,
                           {.kind = widgets::ButtonKind::primary,
                            .width = ImGui::GetContentRegionAvail().x,
                            .enabled = enabled});
}

void draw_state(const FirstRunView& view, const text::Words& words) {
    widgets::gap();
    if (!view.problem.empty()) widgets::message_strip("problem", Tone::error, view.problem);
    if (view.busy) widgets::labelled_progress(words("entry.opening"), -1);
}

void draw_making(const FirstRunView& view, FirstRunUi& ui, const text::Words& words,
                 Commands& out) {
    widgets::heading(words("first.title"), 1);
    widgets::text_block(words("app.tagline"));
    widgets::text_block(words("first.about"), widgets::kQuiet);
    widgets::gap();
    const widgets::Edit last = draw_fields(view, ui, words);
    draw_state(view, words);
    const bool pressed = wide_button("create", words("first.create"), !view.busy);
    if (!view.busy && (pressed || last.entered)) create(view, ui, out);
    widgets::gap(0.25f);
    if (view.busy) return;
    if (widgets::link("invited", words(ui.invited ? "first.found" : "first.invited")))
        ui.invited = !ui.invited;
    if (widgets::link("restore", words("first.restore"))) ui.restoring = true;
}

/// Before anything else is asked: it would be asked in vain.
void draw_choosing_folder(const FirstRunView& view, FirstRunUi& ui, const text::Words& words,
                          Commands& out) {
    widgets::heading(words("first.title"), 1);
    widgets::message_strip("no_folder", Tone::error, view.folder_problem);
    widgets::gap();
    widgets::field_label(words("first.folder"), true);
    const widgets::Edit folder =
        widgets::input_text("folder", ui.folder, {.label = words("first.folder")});
    widgets::text_block(words("first.folder.hint"), widgets::kSmall);
    widgets::gap();
    const bool pressed = wide_button("use_folder", words("first.folder.use"), !ui.folder.empty());
    if (!ui.folder.empty() && (pressed || folder.entered)) out.push_back(ChooseFolder{ui.folder});
}

void draw_restoring(const FirstRunView& view, FirstRunUi& ui, const text::Words& words,
                    Commands& out) {
    widgets::heading(words("first.restore"), 1);
    widgets::text_block(words("first.restore.about"));
    widgets::text_block(words("restore.new_device"), widgets::kQuiet);
    widgets::gap();
    widgets::field_label(words("first.restore.file"), true);
    if (widgets::input_text("file", ui.file, {.label = words("first.restore.file")}).entered)
        widgets::land_here();
    widgets::field_label(words("entry.name"), true);
    if (widgets::input_text("person", ui.person, {.label = words("entry.name")}).entered)
        widgets::land_here();
    widgets::field_label(words("entry.passphrase"), true);
    const widgets::Edit passphrase =
        widgets::input_secret("passphrase", ui.passphrase, {.label = words("entry.passphrase")});
    draw_state(view, words);
    const bool possible =
        !view.busy && !ui.file.empty() && !ui.person.empty() && !ui.passphrase.empty();
    const bool pressed = wide_button("restore_open", words("first.restore.open"), possible);
    if (possible && (pressed || passphrase.entered)) {
        out.push_back(RestoreBackup{ui.file, ui.person, ui.passphrase});
        ui.passphrase.wipe();
    }
    widgets::gap(0.25f);
    if (!view.busy && widgets::link("new_notebook", words("first.instead"))) ui.restoring = false;
}

}  // namespace

void draw_first_run(const FirstRunView& view, FirstRunUi& ui, const text::Words& words,
                    Commands& out) {
    begin_entry("first_run", view.languages, view.language, out);
    if (!view.folder_problem.empty())
        draw_choosing_folder(view, ui, words, out);
    else if (ui.restoring)
        draw_restoring(view, ui, words, out);
    else
        draw_making(view, ui, words, out);
    end_entry();
}

}  // namespace bordereau::app
