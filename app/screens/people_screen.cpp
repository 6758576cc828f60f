#include "app/screens/people_screen.h"

#include <imgui.h>

#include "app/screens/button_row.h"
#include "app/screens/entry.h"
#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

std::string roles_of(const PersonRow& person, const text::Words& words) {
    std::string roles;
    for (const std::string& role : person.roles)
        roles += (roles.empty() ? "" : " \xC2\xB7 ") + std::string(words("role." + role));
    return roles;
}

void draw_removal(const PersonRow& person, PeopleUi& ui, const text::Words& words, Commands& out) {
    if (ui.removing != person.name) {
        if (widgets::link("remove", words("people.remove"))) ui.removing = person.name;
        return;
    }
    widgets::text_block(words("people.remove.sure", {{"person", person.name}}));
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    row.next(widgets::button_width(words("people.remove")));
    if (widgets::button("remove_sure", words("people.remove"),
                        {.kind = widgets::ButtonKind::danger})) {
        out.push_back(RemovePerson{person.name});
        ui.removing.clear();
    }
    row.next(widgets::button_width(words("action.cancel")));
    if (widgets::button("keep", words("action.cancel"))) ui.removing.clear();
}

void draw_roles_to_give(const PersonRow& person, const PeopleView& view, const text::Words& words,
                        Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const std::string& role : view.roles) {
        const bool has = !person.roles.empty() && person.roles.front() == role;
        row.next(widgets::tab_width(words("role." + role)));
        const std::string id = "set_" + role;
        if (widgets::tab(id.c_str(), words("role." + role), has) && !has)
            out.push_back(SetRole{person.name, role});
    }
}

void draw_person(const PersonRow& person, const PeopleView& view, PeopleUi& ui,
                 const text::Words& words, Commands& out) {
    ImGui::PushID(person.name.c_str());
    widgets::begin_card("person");
    {
        widgets::Row row(widgets::Row::Overflow::wrap);
        const float width = widgets::text_size(person.name, widgets::kBold).x;
        row.next(width);
        widgets::text_line(person.name, widgets::kBold, width);
        if (person.self) {
            row.next(widgets::badge_width(words("people.self")));
            widgets::badge(words("people.self"), Tone::info, Icon::check);
        }
    }
    widgets::text_block(roles_of(person, words), widgets::kQuiet);
    if (!person.since.empty())
        widgets::text_line(words("people.since", {{"when", person.since}}), widgets::kSmall);
    if (person.can_remove) {
        draw_roles_to_give(person, view, words, out);
        draw_removal(person, ui, words, out);
    }
    widgets::end_card();
    ImGui::PopID();
}

void add(const PeopleView& view, PeopleUi& ui, Commands& out) {
    ui.tried = true;
    if (ui.person.empty() || !passphrase_ready(ui.passphrase, ui.again, view.min_passphrase))
        return;
    out.push_back(AddPerson{ui.person, ui.role, ui.passphrase});
    ui.passphrase.wipe();
    ui.again.wipe();
    ui.person.clear();
    ui.tried = false;
}

void draw_adding(const PeopleView& view, PeopleUi& ui, const text::Words& words, Commands& out) {
    widgets::heading(words("people.add"), 2);
    widgets::text_block(words("people.add.about"), widgets::kQuiet);
    widgets::field_label(words("people.name"), true);
    widgets::input_text("person", ui.person,
                        {.label = words("people.name"), .invalid = ui.tried && ui.person.empty()});
    draw_role_choice(view.roles, "", ui.role, words);
    widgets::text_block(words("role." + ui.role + ".about"), widgets::kSmall);
    if (draw_new_passphrase(ui.passphrase, ui.again, view.min_passphrase, ui.tried, words).entered)
        widgets::land_here();
    widgets::gap(0.25f);
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary, .icon = Icon::plus};
    if (widgets::button("add_person", words("people.add"), look)) add(view, ui, out);
}

void change(const PeopleView& view, PeopleUi& ui, Commands& out) {
    ui.changing_tried = true;
    if (!passphrase_ready(ui.after, ui.after_again, view.min_passphrase)) return;
    out.push_back(ChangePassphrase{ui.before, ui.after});
    for (SecretText* secret : {&ui.before, &ui.after, &ui.after_again}) secret->wipe();
    ui.changing_tried = false;
}

void draw_own_passphrase(const PeopleView& view, PeopleUi& ui, const text::Words& words,
                         Commands& out) {
    widgets::heading(words("people.passphrase"), 2);
    ImGui::PushID("own");
    widgets::field_label(words("people.passphrase.before"));
    widgets::input_secret("before", ui.before, {.label = words("people.passphrase.before")});
    if (draw_new_passphrase(ui.after, ui.after_again, view.min_passphrase, ui.changing_tried, words)
            .entered)
        widgets::land_here();
    ImGui::PopID();
    widgets::gap(0.25f);
    if (widgets::button("change_passphrase", words("people.passphrase.change"),
                        {.enabled = !ui.before.empty()}))
        change(view, ui, out);
    widgets::gap();
}

void draw_recovery(const PeopleView& view, PeopleUi& ui, const text::Words& words, Commands& out) {
    widgets::heading(words("people.recovery"), 2);
    widgets::text_block(words("people.recovery.about"), widgets::kQuiet);
    if (view.recovery_key.empty()) {
        if (view.has_recovery_key) widgets::text_block(words("people.recovery.there"));
        if (widgets::button("make_recovery_key", words("people.recovery.make")))
            out.push_back(MakeRecoveryKey{});
    } else {
        widgets::secret_block(view.recovery_key, words("people.recovery"), widgets::kBold);
        widgets::text_block(words("people.recovery.once"));
        if (ui.page_path.empty()) ui.page_path = view.recovery_path;
        widgets::field_label(words("people.recovery.path"));
        widgets::input_text("page_path", ui.page_path, {.label = words("people.recovery.path")});
        widgets::gap(0.25f);
        if (widgets::button("save_recovery_page", words("people.recovery.save"),
                            {.enabled = !ui.page_path.empty()}))
            out.push_back(SaveRecoveryPage{ui.page_path});
    }
    widgets::gap();
}

/// Takes some time and has the notebook to itself: asked once more, in place.
void draw_new_key(PeopleUi& ui, const text::Words& words, Commands& out) {
    widgets::heading(words("people.key"), 2);
    widgets::text_block(words("people.key.about"), widgets::kQuiet);
    if (!ui.changing_key) {
        if (widgets::button("change_key", words("people.key.change"))) ui.changing_key = true;
        return widgets::gap();
    }
    {
        widgets::Row buttons(widgets::Row::Overflow::wrap);
        const std::string_view sure = words("people.key.sure");
        buttons.next(widgets::button_width(sure, Icon::lock));
        if (widgets::button("change_key_sure", sure,
                            {.kind = widgets::ButtonKind::primary, .icon = Icon::lock})) {
            out.push_back(ChangeKey{});
            ui.changing_key = false;
        }
        buttons.next(widgets::button_width(words("action.cancel")));
        if (widgets::button("change_key_not", words("action.cancel"))) ui.changing_key = false;
    }
    widgets::gap();
}

void draw_page(const PeopleView& view, PeopleUi& ui, const text::Words& words, Commands& out) {
    draw_page_heading(Place::people, words);
    const auto& people = view.people;
    draw_rows({.count = people.size(),
               .key = [&](std::size_t i) -> const std::string& { return people[i].name; },
               .draw = [&](std::size_t i) { draw_person(people[i], view, ui, words, out); }},
              ui.rows);
    if (!view.problem.empty()) widgets::message_strip("problem", Tone::error, view.problem);
    widgets::gap();
    draw_own_passphrase(view, ui, words, out);
    if (view.can_make_recovery_key) draw_recovery(view, ui, words, out);
    if (view.can_change_key) draw_new_key(ui, words, out);
    if (view.can_add) draw_adding(view, ui, words, out);
    draw_laptops(view.laptops, ui.laptops, words, out);
}

}  // namespace

void draw_people(const PeopleView& view, PeopleUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("people", {0, 0}, widgets::PaneLook::page);
    {
        const MiddleColumn column(kPageUnits);
        draw_page(view, ui, words, out);
    }
    widgets::end_pane();
}

}  // namespace bordereau::app
