#include "app/screens/home_screen.h"

#include <imgui.h>

#include "app/screens/home_list.h"
#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

void draw_needs(const HomeView& view, const text::Words& words, Commands& out) {
    if (view.needs.empty()) return;
    widgets::text_block(words("home.needs"), widgets::kBold);
    for (std::size_t i = 0; i < view.needs.size(); ++i) {
        const NeedView& need = view.needs[i];
        ImGui::PushID(static_cast<int>(i));
        if (widgets::tile("need", {.icon = widgets::tone_icon(need.tone), .title = need.text})) {
            if (!need.filter.empty())
                out.push_back(FilterByState{need.filter});
            else if (need.audit.empty())
                out.push_back(GoTo{need.place});
            else
                out.push_back(OpenAudit{need.audit});
            if (need.place == Place::conflicts) out.push_back(GoTo{need.place});
        }
        ImGui::PopID();
    }
    widgets::gap();
}

void draw_form_choice(const HomeView& view, HomeUi& ui, const text::Words& words, Commands& out) {
    if (!ui.choosing_form) return;
    widgets::begin_card("new_audit_forms");
    widgets::text_line(words(view.forms.empty() ? "home.no_forms" : "home.new.choose"),
                       widgets::kBold);
    for (const FormChoice& form : view.forms) {
        ImGui::PushID((form.form.text + " " + form.version).c_str());
        if (widgets::tile("form",
                          {.icon = Icon::form, .title = form.title, .detail = form.about})) {
            out.push_back(NewAudit{form.form, form.version});
            ui.choosing_form = false;
        }
        ImGui::PopID();
    }
    if (widgets::button("cancel_new", words("action.cancel"), {.kind = widgets::ButtonKind::quiet}))
        ui.choosing_form = false;
    widgets::end_card();
    widgets::gap();
}

void draw_title(HomeUi& ui, const text::Words& words) {
    const std::string_view label = words("home.new");
    widgets::Row row;
    float width = row.rest();
    if (!widgets::narrow()) {  // there the line above the screen says where one is
        width = widgets::button_width(label, Icon::plus);
        const float title = row.rest(width + row.gap());
        row.next(title);
        widgets::text_line(words("place.home"), {.weight = text::Weight::bold, .size = 1.5f},
                           title);
    }
    row.next(width);
    const widgets::ButtonLook look{
        .kind = widgets::ButtonKind::primary, .icon = Icon::plus, .width = width};
    if (widgets::button("new_audit", label, look)) ui.choosing_form = !ui.choosing_form;
}

void draw_filters(const HomeView& view, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    const auto filter = [&](const char* id, std::string_view label, int count,
                            const std::string& state) {
        row.next(widgets::tab_width(label, count));
        if (widgets::tab(id, label, view.filter == state, count))
            out.push_back(FilterByState{state});
    };
    filter("filter.all", words("filter.all"), view.in_all, "");
    for (const StateFilter& state : view.filters) {
        const std::string key = "filter." + state.state;
        filter(key.c_str(), words(key), state.count, state.state);
    }
}

void draw_search(const HomeView& view, HomeUi& ui, const text::Words& words, Commands& out) {
    if (!ui.searching) ui.search = view.search;
    const widgets::Edit edit = widgets::input_search(
        "search", ui.search, {.label = words("home.search"), .placeholder = words("home.search")});
    if (edit.changed) {
        ui.searching = true;
        out.push_back(Search{ui.search});
    }
    if (edit.finished) ui.searching = false;
}

void draw_nothing(const HomeView& view, const text::Words& words, Commands& out) {
    widgets::gap();
    if (view.in_all == 0) {
        widgets::empty_state(Icon::form, words("home.empty"), words("home.empty.next"));
        return;
    }
    widgets::empty_state(Icon::search, words("home.nothing_found"),
                         words("home.nothing_found.next"));
    const std::string_view label = words("home.show_all");
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                         (ImGui::GetContentRegionAvail().x - widgets::button_width(label)) / 2);
    if (!widgets::button("show_all", label)) return;
    out.push_back(Search{""});
    out.push_back(FilterByState{""});
}

}  // namespace

void draw_home(const HomeView& view, HomeUi& ui, const text::Words& words, Commands& out) {
    const bool landing = widgets::landing();
    widgets::begin_pane("home", {0, 0}, widgets::PaneLook::page);
    draw_title(ui, words);
    widgets::gap();
    draw_form_choice(view, ui, words, out);
    draw_needs(view, words, out);
    if (view.in_all > 0) {
        draw_search(view, ui, words, out);
        draw_filters(view, words, out);
        widgets::gap(0.25f);
    }
    if (!view.note.empty())
        widgets::text_block(view.note, {.ink = widgets::Ink::warning, .size = 0.875f});
    if (landing && !view.rows.empty()) widgets::land_here();
    if (view.rows.empty())
        draw_nothing(view, words, out);
    else
        draw_audit_list(view.rows, view.more, ui.rows, words, out);
    widgets::end_pane();
}

}  // namespace bordereau::app
