#include "app/screens/history_screen.h"

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

std::string change_of(const HistoryRow& row, const text::Words& words) {
    if (row.from.empty() && row.to.empty()) return {};
    const std::string none(words("answer.none"));
    return words("history.from_to", {{"from", row.from.empty() ? none : row.from},
                                     {"to", row.to.empty() ? none : row.to}});
}

void draw_change(const HistoryRow& row, const text::Words& words, Commands& out) {
    const bool act = row.question.empty();
    std::string detail = row.when;
    const std::string change = change_of(row, words);
    if (!change.empty()) detail += " \xC2\xB7 " + change;
    if (!row.why.empty()) detail += " \xC2\xB7 " + row.why;
    if (!row.sitting.empty()) {
        widgets::gap(0.5f);
        widgets::text_line(row.sitting, widgets::kBold);
    }
    const widgets::Icon icon = row.tone == Tone::warning ? widgets::tone_icon(row.tone)
                               : act                     ? widgets::Icon::dot
                                                         : widgets::Icon::pencil;
    const widgets::TileView tile{.icon = icon, .title = row.what, .detail = detail};
    if (widgets::tile("change", tile) && !act) out.push_back(OpenQuestion{row.question});
}

void draw_filter(const HistoryView& view, HistoryUi& ui, const text::Words& words, Commands& out) {
    if (!ui.filtering) ui.filter = view.filter;
    const std::string_view label = words("history.filter");
    const widgets::Edit edit =
        widgets::input_search("history_filter", ui.filter, {.label = label, .placeholder = label});
    if (edit.changed) {
        ui.filtering = true;
        out.push_back(FilterHistory{ui.filter});
    }
    if (edit.finished) ui.filtering = false;
}

}  // namespace

void draw_history(const HistoryView& view, HistoryUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("history", {0, 0}, widgets::PaneLook::page);
    {
        const MiddleColumn column(kPageUnits);
        draw_audit_header(view.header, Place::history, words, out);
        widgets::gap();
        if (view.in_all > 0) draw_filter(view, ui, words, out);
        if (view.in_all == 0)
            widgets::empty_state(widgets::Icon::history, words("history.empty"),
                                 words("history.empty.next"));
        else if (view.rows.empty())
            widgets::empty_state(widgets::Icon::search, words("home.nothing_found"),
                                 words("history.filter.next"));
        draw_rows({.count = view.rows.size(),
                   .key = [&](std::size_t i) -> const std::string& { return view.rows[i].key; },
                   .draw = [&](std::size_t i) { draw_change(view.rows[i], words, out); }},
                  ui.rows);
    }
    widgets::end_pane();
}

}  // namespace bordereau::app
