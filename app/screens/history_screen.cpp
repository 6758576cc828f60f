#include "app/screens/history_screen.h"

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

std::string change_of(const HistoryRow& row, const text::Words& words) {
    if (row.from.empty() && row.to.empty()) return {};
    const std::string none(words("answer.none"));
    return words("history.from_to", {{"from", row.from.empty() ? none : row.from},
                                     {"to", row.to.empty() ? none : row.to}});
}

/// Two lines of equal height in every row, so that long histories can be clipped.
void draw_change(const HistoryRow& row, const text::Words& words, Commands& out) {
    ImGui::PushID(row.key.c_str());
    const bool act = row.question.empty();
    std::string detail = row.when + " \xC2\xB7 " + row.who;
    const std::string change = change_of(row, words);
    if (!change.empty()) detail += " \xC2\xB7 " + change;
    const widgets::TileView tile{.icon = act ? widgets::Icon::dot : widgets::Icon::pencil,
                                 .title = row.what,
                                 .detail = detail};
    if (widgets::tile("change", tile) && !act) out.push_back(OpenQuestion{row.question});
    ImGui::PopID();
}

}  // namespace

void draw_history(const HistoryView& view, const text::Words& words, Commands& out) {
    widgets::begin_pane("history", {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(kPageUnits);
    draw_audit_header(view.header, Place::history, words, out);
    widgets::gap();
    if (view.rows.empty())
        widgets::empty_state(widgets::Icon::history, words("history.empty"),
                             words("history.empty.next"));
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(view.rows.size()));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            draw_change(view.rows[static_cast<std::size_t>(i)], words, out);
    widgets::end_column();
    widgets::end_pane();
}

}  // namespace bordereau::app
