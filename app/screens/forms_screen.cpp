#include "app/screens/forms_screen.h"

#include <imgui.h>

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

void draw_findings(const FormRow& form) {
    for (std::size_t i = 0; i < form.findings.size(); ++i) {
        const FormFinding& finding = form.findings[i];
        ImGui::PushID(static_cast<int>(i));
        const std::string text =
            finding.place.empty() ? finding.text : finding.place + ": " + finding.text;
        widgets::message_strip("finding", finding.tone, text);
        ImGui::PopID();
    }
}

void draw_form(const FormRow& form, const text::Words& words, Commands& out) {
    widgets::begin_card("form");
    widgets::heading(form.title, 3);
    {
        widgets::Row row(widgets::Row::Overflow::wrap);
        const std::string_view state = words(form.usable ? "forms.usable" : "forms.unusable");
        const std::string version = words("forms.version", {{"version", form.version}});
        const std::string questions = words.count("forms.questions", form.questions);
        row.next(widgets::badge_width(state));
        widgets::badge(state, form.usable ? Tone::good : Tone::error);
        for (const std::string& fact : {questions, version, form.form.text}) {
            const float width = widgets::text_size(fact, widgets::kQuiet).x;
            row.next(width);
            widgets::text_line(fact, widgets::kQuiet, width);
        }
    }
    if (!form.languages.empty())
        widgets::text_block(words("forms.languages", {{"languages", form.languages}}),
                            widgets::kSmall);
    if (form.begins && widgets::button("begin", words("home.new"), {.icon = widgets::Icon::plus}))
        out.push_back(NewAudit{form.form, form.version});
    draw_findings(form);
    widgets::end_card();
    widgets::gap(0.25f);
}

}  // namespace

void draw_forms(const FormsView& view, const text::Words& words, Commands& out) {
    widgets::begin_pane("forms", {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(kPageUnits);
    draw_page_heading(Place::forms, words);
    if (view.forms.empty())
        widgets::empty_state(widgets::Icon::form, words("forms.empty"), words("forms.empty.next"));
    for (const FormRow& form : view.forms) {
        ImGui::PushID((form.form.text + " " + form.version).c_str());
        draw_form(form, words, out);
        ImGui::PopID();
    }
    widgets::gap();
    widgets::heading(words("forms.adding"), 2);
    widgets::text_block(words("forms.adding.about"));
    if (view.can_add &&
        widgets::button("add_form", words("forms.add"), {.icon = widgets::Icon::folder}))
        out.push_back(BrowseFor{BrowseFor::What::form});
    widgets::end_column();
    widgets::end_pane();
}

}  // namespace bordereau::app
