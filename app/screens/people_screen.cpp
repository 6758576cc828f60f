#include "app/screens/people_screen.h"

#include <imgui.h>

#include "app/screens/entry.h"
#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
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

void draw_person(const PersonRow& person, const text::Words& words) {
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
    widgets::end_card();
    ImGui::PopID();
}

void draw_roles(const PeopleView& view, PeopleUi& ui, const text::Words& words) {
    if (ui.role.empty() && !view.roles.empty()) ui.role = view.roles.front();
    widgets::field_label(words("people.role"));
    {
        widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
        for (const std::string& role : view.roles) {
            const std::string_view label = words("role." + role);
            row.next(widgets::tab_width(label));
            if (widgets::tab(role.c_str(), label, role == ui.role)) ui.role = role;
        }
    }
    widgets::text_block(words("role." + ui.role + ".about"), widgets::kSmall);
}

void add(const PeopleView& view, PeopleUi& ui, Commands& out) {
    ui.tried = true;
    if (ui.person.empty() || !passphrase_ready(ui.passphrase, ui.again, view.min_passphrase))
        return;
    out.push_back(AddPerson{ui.person, ui.role, ui.passphrase});
    wipe(ui.passphrase);
    wipe(ui.again);
    ui.person.clear();
    ui.tried = false;
}

void draw_adding(const PeopleView& view, PeopleUi& ui, const text::Words& words, Commands& out) {
    widgets::heading(words("people.add"), 2);
    widgets::text_block(words("people.add.about"), widgets::kQuiet);
    widgets::field_label(words("people.name"), true);
    widgets::input_text("person", ui.person,
                        {.label = words("people.name"), .invalid = ui.tried && ui.person.empty()});
    draw_roles(view, ui, words);
    draw_new_passphrase(ui.passphrase, ui.again, view.min_passphrase, ui.tried, words);
    if (!view.problem.empty()) widgets::message_strip("problem", Tone::error, view.problem);
    widgets::gap(0.25f);
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary, .icon = Icon::plus};
    if (widgets::button("add_person", words("people.add"), look)) add(view, ui, out);
}

}  // namespace

void draw_people(const PeopleView& view, PeopleUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("people", {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(kPageUnits);
    draw_page_heading(Place::people, words);
    for (const PersonRow& person : view.people) draw_person(person, words);
    widgets::gap();
    if (view.can_add) draw_adding(view, ui, words, out);
    widgets::end_column();
    widgets::end_pane();
}

}  // namespace bordereau::app
