#include "app/screens/reports_screen.h"

#include <imgui.h>

#include "app/screens/parts.h"
#include "app/screens/units_plot.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

void draw_audiences(const ReportsView& view, ReportsUi& ui, const text::Words& words) {
    if (ui.audience.empty() && !view.audiences.empty()) ui.audience = view.audiences.front();
    widgets::field_label(words("report.audience"));
    {
        widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
        for (const std::string& audience : view.audiences) {
            const std::string_view label = words("audience." + audience);
            row.next(widgets::tab_width(label));
            if (widgets::tab(audience.c_str(), label, audience == ui.audience))
                ui.audience = audience;
        }
    }
    widgets::text_block(words("audience." + ui.audience + ".about"), widgets::kSmall);
}

void draw_report(const ReportChoice& report, const std::string& audience, const text::Words& words,
                 Commands& out) {
    ImGui::PushID(report.report.c_str());
    widgets::begin_card("report");
    widgets::heading(words("report." + report.report), 3);
    widgets::text_block(words("report." + report.report + ".about"), widgets::kQuiet);
    if (!report.reasons.empty())
        widgets::text_line(words(report.ready ? "report.notes" : "report.reasons"), widgets::kBold);
    for (const std::string& reason : report.reasons) widgets::text_block("\xE2\x80\xA2 " + reason);
    widgets::gap(0.25f);
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary,
                                   .icon = Icon::report,
                                   .enabled = report.ready && !audience.empty()};
    if (widgets::button("make", words("report.make"), look))
        out.push_back(MakeReport{report.report, audience});
    widgets::end_card();
    ImGui::PopID();
    widgets::gap(0.25f);
}

void draw_made(const ReportsView& view, const text::Words& words) {
    widgets::gap();
    widgets::heading(words("report.made"), 2);
    if (view.made.empty()) widgets::text_block(words("report.made.empty"), widgets::kQuiet);
    for (const MadeReport& made : view.made) {
        ImGui::PushID(made.path.c_str());
        widgets::begin_card("made");
        widgets::text_line(made.title, widgets::kBold);
        widgets::text_line(
            made.when + " \xC2\xB7 " + std::string(words("audience." + made.audience)),
            widgets::kSmall);
        widgets::text_block(made.path, {.base = text::Base::left_to_right});
        if (widgets::link("copy_path", words("action.copy_path")))
            ImGui::SetClipboardText(made.path.c_str());
        widgets::end_card();
        ImGui::PopID();
    }
}

}  // namespace

void draw_reports(const ReportsView& view, ReportsUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("reports", {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(kPageUnits);
    draw_page_heading(Place::reports, words);
    if (!view.basis.empty()) widgets::text_block(view.basis, widgets::kQuiet);
    widgets::gap(0.5f);
    draw_units(view, words);
    if (!view.audiences.empty()) draw_audiences(view, ui, words);
    widgets::gap();
    for (const ReportChoice& report : view.reports) draw_report(report, ui.audience, words, out);
    draw_made(view, words);
    widgets::end_column();
    widgets::end_pane();
}

}  // namespace bordereau::app
