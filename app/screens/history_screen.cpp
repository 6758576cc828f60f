#include "app/screens/history_screen.h"

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
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
    std::string detail = row.when + " \xC2\xB7 " + row.who;
    const std::string change = change_of(row, words);
    if (!change.empty()) detail += " \xC2\xB7 " + change;
    const widgets::TileView tile{.icon = act ? widgets::Icon::dot : widgets::Icon::pencil,
                                 .title = row.what,
                                 .detail = detail};
    if (widgets::tile("change", tile) && !act) out.push_back(OpenQuestion{row.question});
}

}  // namespace

void draw_history(const HistoryView& view, HistoryUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("history", {0, 0}, widgets::PaneLook::page);
    {
        const MiddleColumn column(kPageUnits);
        draw_audit_header(view.header, Place::history, words, out);
        widgets::gap();
        if (view.rows.empty())
            widgets::empty_state(widgets::Icon::history, words("history.empty"),
                                 words("history.empty.next"));
        draw_rows({.count = view.rows.size(),
                   .key = [&](std::size_t i) -> const std::string& { return view.rows[i].key; },
                   .draw = [&](std::size_t i) { draw_change(view.rows[i], words, out); }},
                  ui.rows);
    }
    widgets::end_pane();
}

}  // namespace bordereau::app
