#include "app/screens/conflicts_screen.h"

#include <imgui.h>

#include <algorithm>
#include <variant>

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {
namespace {

using widgets::Icon;

std::string_view words_of(const ConflictSide& side, bool entry, const text::Words& words) {
    if (entry) return words(side.removed ? "conflict.entry_removed" : "conflict.entry_kept");
    return side.shown.empty() ? words("answer.none") : std::string_view{side.shown};
}

void draw_side(const ConflictView& conflict, const ConflictSide& side, bool can_decide,
               const text::Words& words, Commands& out) {
    const bool entry = conflict.question.kind == RowKind::instance;
    ImGui::PushID(side.key.c_str());
    widgets::begin_card("side");
    widgets::text_block(words_of(side, entry, words), widgets::kBold);
    if (!side.unlike.empty())
        widgets::text_block(words("conflict.unlike", {{"part", side.unlike}}),
                            {widgets::Ink::warning, text::Weight::regular, 0.875f});
    widgets::text_block(
        words("conflict.by", {{"person", side.who}, {"device", side.device}, {"when", side.when}}),
        widgets::kSmall);
    if (side.used) widgets::badge(words("conflict.used"), Tone::info, Icon::check);
    if (can_decide) {
        widgets::gap(0.15f);
        const std::string_view label = words("conflict.take");
        if (widgets::button("take", label, {.icon = Icon::check}))
            out.push_back(DecideAnswer{conflict.question.key, side.value, side.removed});
    }
    widgets::end_card();
    ImGui::PopID();
}

/// Beside each other where there is room, so that they are compared at a glance.
void draw_sides(const ConflictView& conflict, bool can_decide, const text::Words& words,
                Commands& out) {
    constexpr float kLeastUnits = 14;
    const float all = ImGui::GetContentRegionAvail().x, gap = widgets::unit() * 0.5f;
    const auto count = static_cast<float>(std::max<std::size_t>(conflict.sides.size(), 1));
    const float each = (all - gap * (count - 1)) / count;
    const bool beside = each >= kLeastUnits * widgets::unit();
    widgets::Row row(widgets::Row::Overflow::wrap, 0.5f);
    for (const ConflictSide& side : conflict.sides) {
        row.next(beside ? each - 1 : all);
        draw_side(conflict, side, can_decide, words, out);
    }
}

/// The field of the question itself; what it asks to be recorded waits for the button.
void draw_other(const ConflictView& conflict, Date today, ConflictsUi& ui, const text::Words& words,
                Commands& out) {
    const std::string& key = conflict.question.key;
    if (ui.other != key) {
        if (!widgets::link("other", words("conflict.other"))) return;
        ui.other = key;
        ui.answer = conflict.question.value;
    }
    QuestionView question = conflict.question;
    question.value = ui.answer;
    Commands given;
    ask_for_let_go(ui.fields, given);
    draw_field(question, today, ui.fields, words, given);
    for (const Command& command : given)
        if (const auto* answer = std::get_if<Answer>(&command)) ui.answer = answer->text;
    if (ui.fields.question == key) ui.answer = ui.fields.answer;
    widgets::gap(0.15f);
    widgets::Row row(widgets::Row::Overflow::wrap);
    row.next(widgets::button_width(words("conflict.use_other")));
    const bool use = widgets::button("use_other", words("conflict.use_other"),
                                     {.kind = widgets::ButtonKind::primary});
    row.next(widgets::button_width(words("action.cancel")));
    const bool cancel = widgets::button("cancel_other", words("action.cancel"));
    if (use) out.push_back(DecideAnswer{key, ui.answer});
    if (!use && !cancel) return;
    ui.other.clear();
    ui.fields.question.clear();
}

void draw_conflict(const ConflictView& conflict, const ConflictsView& view, ConflictsUi& ui,
                   const text::Words& words, Commands& out) {
    widgets::gap(0.5f);
    if (!conflict.section.empty()) widgets::heading(conflict.section, 3);
    if (widgets::link("open", conflict.question.label))
        out.push_back(OpenQuestion{conflict.question.key});
    draw_sides(conflict, view.can_decide, words, out);
    if (view.can_decide && conflict.question.kind == RowKind::question &&
        conflict.question.file_rule.text.empty())
        draw_other(conflict, view.today, ui, words, out);
    widgets::rule();
}

}  // namespace

void draw_conflicts(const ConflictsView& view, ConflictsUi& ui, const text::Words& words,
                    Commands& out) {
    widgets::begin_pane("conflicts", {0, 0}, widgets::PaneLook::page);
    {
        const MiddleColumn column(kPageUnits);
        draw_audit_header(view.header, Place::conflicts, words, out);
        widgets::gap();
        if (view.conflicts.empty())
            widgets::empty_state(Icon::check, words("conflict.none"), words("conflict.none.next"));
        else
            widgets::text_block(words("conflict.about"), widgets::kQuiet);
        if (!view.conflicts.empty() && !view.can_decide)
            widgets::message_strip("not_yours", Tone::info, words("conflict.not_yours"));
        draw_rows(
            {.count = view.conflicts.size(),
             .key = [&](std::size_t i) -> const std::string& {
                 return view.conflicts[i].question.key;
             },
             .draw =
                 [&](std::size_t i) { draw_conflict(view.conflicts[i], view, ui, words, out); }},
            ui.rows, {{}, 0, ui.other});
    }
    widgets::end_pane();
}

}  // namespace bordereau::app
