#include "app/screens/home_list.h"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

/// Two lines and the room between them, the same in every row: long lists are clipped.
constexpr float kRowUnits = 2.6f;

/// People know an audit by its unit; its own name is often a code.
const std::string& name_of(const AuditRow& row) {
    return row.unit.empty() ? row.title : row.unit;
}

std::string detail_of(const AuditRow& row) {
    if (row.unit.empty() || row.title == row.form) return row.form;
    // Names that forms make often begin with the form's own.
    return row.title.starts_with(row.form) ? row.title : row.title + " \xC2\xB7 " + row.form;
}

void draw_marks(const AuditRow& row, const text::Words& words) {
    if (row.open_comments > 0)
        widgets::text_line(words.count("home.comments", row.open_comments),
                           {widgets::Ink::warning, text::Weight::regular, 0.875f});
    else if (row.waiting)
        widgets::text_line(words("home.waiting"), widgets::kSmall);
}

void draw_table_row(widgets::Table& table, const AuditRow& row, bool progress,
                    const text::Words& words, Commands& out) {
    ImGui::PushID(row.audit.text.c_str());
    table.row();
    table.cell(0);
    if (table.row_button("open", name_of(row), kRowUnits * widgets::unit()))
        out.push_back(OpenAudit{row.audit});
    widgets::text_line(name_of(row), widgets::kBold);
    widgets::text_line(row.found.empty() ? detail_of(row) : row.found, widgets::kSmall);
    table.cell(1);
    draw_state(row.state, words);
    draw_marks(row, words);
    if (progress) table.cell(2);
    if (row.progress.total > 0)
        widgets::labelled_progress(words_of(row.progress, words), share_of(row.progress));
    table.cell(progress ? 3 : 2);
    widgets::text_line(row.person);
    widgets::text_line(row.changed, widgets::kSmall);
    ImGui::PopID();
}

/// What the widest words of that column take, but at most a third of the list.
float state_units(const text::Words& words) {
    float widest = std::max(widgets::text_size(words("home.waiting"), widgets::kSmall).x,
                            widgets::text_size(words.count("home.comments", 99)).x);
    for (const AuditState state : {AuditState::draft, AuditState::finalized, AuditState::returned,
                                   AuditState::approved, AuditState::rejected})
        widest = std::max(widest, state_width(state, words));
    return std::min(widest + 1, 0.32f * ImGui::GetContentRegionAvail().x) / widgets::unit();
}

/// Rows before the last at which the next page is asked for: it is there when they come into sight.
constexpr int kAhead = 20;

void draw_table(const std::vector<AuditRow>& rows, bool more, const text::Words& words,
                Commands& out) {
    // Where nothing is in work titles have that room.
    const bool progress =
        std::ranges::any_of(rows, [](const AuditRow& row) { return row.progress.total > 0; });
    std::vector<widgets::Table::Column> columns{{words("home.audit"), 2.6f},
                                                {words("home.state"), -state_units(words)}};
    if (progress) columns.push_back({words("home.progress"), 1.1f});
    columns.push_back({words("home.person"), 1.4f});
    widgets::Table table(progress ? "audits" : "audits_at_rest", columns);
    if (!table.visible()) return;
    table.header();
    ImGuiListClipper clipper;
    const int count = static_cast<int>(rows.size());
    clipper.Begin(count);
    int last = 0;
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            draw_table_row(table, rows[static_cast<std::size_t>(i)], progress, words, out);
            last = i;
        }
    if (more && last + kAhead >= count) out.push_back(MoreAudits{});
}

/// The same facts in a few lines.
void draw_card(const AuditRow& row, const text::Words& words, Commands& out) {
    std::string detail{words(key_of(row.state))};
    if (row.progress.total > 0) detail += " \xC2\xB7 " + words_of(row.progress, words);
    detail += " \xC2\xB7 " + row.changed;
    detail += "\n" + (row.found.empty() ? detail_of(row) : row.found);
    if (widgets::tile("open",
                      {.icon = icon_of(row.state), .title = name_of(row), .detail = detail}))
        out.push_back(OpenAudit{row.audit});
}

}  // namespace

void draw_audit_list(const std::vector<AuditRow>& rows, bool more, RowsUi& ui,
                     const text::Words& words, Commands& out) {
    if (!widgets::narrow()) return draw_table(rows, more, words, out);
    std::size_t last = 0;
    draw_rows({.count = rows.size(),
               .key = [&](std::size_t i) -> const std::string& { return rows[i].audit.text; },
               .draw =
                   [&](std::size_t i) {
                       draw_card(rows[i], words, out);
                       last = i;
                   }},
              ui);
    if (more && last + kAhead >= rows.size()) out.push_back(MoreAudits{});
}

}  // namespace bordereau::app
