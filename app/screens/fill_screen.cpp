#include "app/screens/fill_screen.h"

#include <imgui.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "app/screens/parts.h"
#include "app/screens/sections.h"
#include "app/screens/shortcuts.h"
#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

constexpr float kSectionsUnits = 16;

const SectionView* open_section(const FillView& view) {
    const auto at = static_cast<std::size_t>(view.section);
    return view.section >= 0 && at < view.sections.size() ? &view.sections[at] : nullptr;
}

void draw_saved_badge(const FillView& view, widgets::Row& row, float width) {
    row.next(width);
    widgets::gap((widgets::target_height() - widgets::unit() * 1.4f) / 2 / widgets::unit());
    if (!view.saved.empty())
        widgets::badge(view.saved, view.saved_tone, widgets::tone_icon(view.saved_tone));
}

float ways_width(const widgets::Row& row) {
    return 3 * (widgets::target_height() + row.gap());
}

/// Back, forth again, and one question or all of them.
void draw_ways(const FillView& view, widgets::Row& row, const text::Words& words, Commands& out) {
    const float target = widgets::target_height();
    row.next(target);
    if (widgets::icon_button("undo", widgets::Icon::undo,
                             with_key(words("fill.undo"), Shortcut::undo), view.can_undo))
        out.push_back(Undo{});
    row.next(target);
    if (widgets::icon_button("redo", widgets::Icon::redo,
                             with_key(words("fill.redo"), Shortcut::redo), view.can_redo))
        out.push_back(Redo{});
    row.next(target);
    if (widgets::icon_button("one_page", view.one_page ? widgets::Icon::menu : widgets::Icon::file,
                             words(view.one_page ? "fill.whole_section" : "fill.one_page")))
        out.push_back(OnePage{!view.one_page});
}

/// What was saved when, and the way back.
void draw_saved(const FillView& view, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::keep, 0.25f);
    draw_saved_badge(view, row, row.rest(ways_width(row)));
    draw_ways(view, row, words, out);
}

/// A field that is open but was not typed in would show its old text: it is left first.
void take_undo_keys(const FillView& view, Commands& out) {
    const bool undo = view.can_undo && pressed(Shortcut::undo);
    const bool redo = view.can_redo && pressed(Shortcut::redo);
    if (undo || redo) widgets::leave_field();
    if (undo) out.push_back(Undo{});
    if (redo) out.push_back(Redo{});
}

void draw_form_languages(const FillView& view, const text::Words& words, Commands& out) {
    if (view.languages.size() < 2) return;
    widgets::gap(0.25f);
    widgets::text_line(words("fill.form_language"), widgets::kSmall);
    draw_languages(view.languages, view.language, out);
}

std::string page_words(const FillView& view, const text::Words& words) {
    return words("fill.page_of",
                 {{"n", text::format_number(std::int64_t{view.page + 1}, words.language())},
                  {"total", text::format_number(std::int64_t{view.pages}, words.language())}});
}

/// "Section 2 of 10 · 9 of 12"; empty where there is none.
std::string section_words(const FillView& view, const text::Words& words) {
    const SectionView* section = open_section(view);
    if (section == nullptr) return {};
    const text::Language language = words.language();
    return words("fill.section_of",
                 {{"n", text::format_number(std::int64_t{view.section + 1}, language)},
                  {"total", text::format_number(static_cast<std::int64_t>(view.sections.size()),
                                                language)}}) +
           " \xC2\xB7 " + words_of(section->progress, words);
}

void draw_section_title(const FillView& view, const text::Words& words) {
    const SectionView* section = open_section(view);
    if (section == nullptr) return;
    widgets::heading(section->title, widgets::narrow() || view.one_page ? 2 : 1);
    if (view.one_page && view.pages > 0)
        widgets::text_line(page_words(view, words), widgets::kSmall);
    if (section->problems > 0)
        widgets::badge(words.count("fill.problems", section->problems), Tone::error);
    widgets::gap(0.25f);
}

/// Where a page is higher than the window the keys read on first.
void take_page_turns(const FillView& view, Commands& out) {
    const bool at_end = ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - 1;
    const bool at_start = ImGui::GetScrollY() <= 0;
    const int sweep = widgets::swept();
    if ((at_end && pressed(Shortcut::page_next)) || sweep < 0)
        out.push_back(TurnPage{view.page + 1});
    else if ((at_start && pressed(Shortcut::page_back)) || sweep > 0)
        out.push_back(TurnPage{view.page - 1});
}

void draw_page_steps(const FillView& view, const text::Words& words, Commands& out) {
    const bool first = view.page == 0 && view.section == 0;
    const bool last =
        view.page + 1 >= view.pages && view.section + 1 >= static_cast<int>(view.sections.size());
    const std::string_view back = words("action.back");
    const std::string_view next = words(last ? "fill.finish" : "action.next");
    widgets::Row row(widgets::Row::Overflow::wrap);
    row.next(widgets::button_width(back, widgets::Icon::backward));
    if (widgets::button("page_back", back, {.icon = widgets::Icon::backward, .enabled = !first}))
        out.push_back(TurnPage{view.page - 1});
    const float width = widgets::button_width(next, widgets::Icon::forward);
    row.push_to_end(width);
    row.next(width);
    if (widgets::button("page_next", next,
                        {.kind = widgets::ButtonKind::primary, .icon = widgets::Icon::forward}))
        out.push_back(TurnPage{view.page + 1});
}

/// The question that a person at the keyboard answers first; empty: none.
std::string first_asked(const std::vector<QuestionView>& rows) {
    for (const QuestionView& row : rows) {
        if (row.table) return first_asked(row.table->cells);
        if (row.block) return first_asked(row.block->questions);
        if (row.kind == RowKind::question && row.control != Control::note && !row.readonly)
            return row.key;
    }
    return {};
}

void draw_section_body(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    if (ui.section != view.section || ui.page != view.page) {
        if (auto unsaved = take_unsaved(ui.questions.fields)) out.push_back(*std::move(unsaved));
        if (ui.section >= 0) ImGui::SetScrollY(0);
        ui.section = view.section;
        ui.page = view.page;
        if (std::exchange(ui.turned_by_keys, false))
            ui.questions.keyboard_to = first_asked(view.questions);
    }
    draw_section_title(view, words);
    if (view.questions.empty())
        widgets::empty_state(widgets::Icon::check, words("fill.empty"), words("fill.empty.next"));
    draw_copy_offer(view.copy, CopyEarlier::What::section, words, out);
    const QuestionsRights rights{.answer = true,
                                 .comment = view.can_comment,
                                 .note = true,
                                 .copy = true,
                                 .show_missing = view.show_missing,
                                 .comment_label = words("comment.write")};
    if (view.scroll_request != ui.questions.rows.scroll_request)
        ui.questions.keyboard_to = view.keyboard_to;
    const RowsWish wish{view.scroll_to, view.scroll_request, ui.questions.fields.question};
    draw_questions(view.questions, view.today, rights, wish, ui.questions, words, out);
    widgets::gap();
    draw_confirm_section(view.copy, words, out);
    if (view.one_page) {
        draw_page_steps(view, words, out);
        return take_page_turns(view, out);
    }
    if (draw_section_steps(view.section, static_cast<int>(view.sections.size()),
                           words("fill.finish"), words, out))
        out.push_back(GoTo{Place::overview});
}

void draw_wide(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::keep, 0);
    const float side = kSectionsUnits * widgets::unit();
    row.next(side);
    widgets::begin_pane("sections", {side, 0}, widgets::PaneLook::page);
    draw_audit_header(view.header, Place::fill, words, out);
    draw_saved(view, words, out);
    draw_form_languages(view, words, out);
    widgets::gap();
    draw_sections(view.sections, view.section, out);
    widgets::end_pane();
    const float rest = row.rest();
    row.next(rest);
    widgets::begin_pane("questions", {rest, 0}, widgets::PaneLook::page);
    {
        const MiddleColumn column(kPageUnits);
        widgets::text_line(section_words(view, words), widgets::kSmall);
        draw_section_body(view, ui, words, out);
    }
    widgets::end_pane();
}

/// The list of sections folded into a button that says which one is open.
void draw_sections_button(const FillView& view, FillUi& ui, const text::Words& words, float width) {
    const std::string place = section_words(view, words);
    if (widgets::button(
            "sections", place.empty() ? words("fill.sections") : place,
            {.icon = ui.sections_open ? widgets::Icon::up : widgets::Icon::down, .width = width}))
        ui.sections_open = !ui.sections_open;
}

/// In one line where there is room: a low window shows as much of the questions as it can.
void draw_tools(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    constexpr float kButtonUnits = 16;
    const float room = ImGui::GetContentRegionAvail().x;
    const float badge = view.saved.empty() ? 1 : widgets::badge_width(view.saved);
    const float ways = 3.5f * widgets::target_height();
    if (room < badge + ways + kButtonUnits * widgets::unit()) {
        draw_saved(view, words, out);
        return draw_sections_button(view, ui, words, room);
    }
    widgets::Row row(widgets::Row::Overflow::keep, 0.25f);
    const float button = row.rest(badge + row.gap() + ways_width(row));
    row.next(button);
    draw_sections_button(view, ui, words, button);
    draw_saved_badge(view, row, badge);
    draw_ways(view, row, words, out);
}

bool turns(const Command& command) {
    return std::holds_alternative<OpenSection>(command) ||
           std::holds_alternative<TurnPage>(command);
}

void draw_narrow(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("questions", {0, 0}, widgets::PaneLook::page);
    draw_audit_header(view.header, Place::fill, words, out);
    draw_tools(view, ui, words, out);
    if (ui.sections_open) {
        draw_form_languages(view, words, out);
        if (draw_sections(view.sections, view.section, out)) ui.sections_open = false;
    } else {
        widgets::gap(0.25f);
        draw_section_body(view, ui, words, out);
    }
    widgets::end_pane();
}

}  // namespace

void draw_fill(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    ask_for_let_go(ui.questions.fields, out);
    take_section_keys(view.section, static_cast<int>(view.sections.size()), out);
    take_undo_keys(view, out);
    if (has_room_for_sections())
        draw_wide(view, ui, words, out);
    else
        draw_narrow(view, ui, words, out);
    // A hand on the mouse, or a finger, has no use for the keyboard there.
    if (std::ranges::any_of(out, turns) && !ImGui::IsMouseReleased(ImGuiMouseButton_Left))
        ui.turned_by_keys = true;
}

}  // namespace bordereau::app
