#include "app/screens/fill_screen.h"

#include <imgui.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "app/screens/fill_head.h"
#include "app/screens/parts.h"
#include "app/screens/sections.h"
#include "app/screens/shortcuts.h"
#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

constexpr float kSectionsUnits = 16;

/// A field that is open but was not typed in would show its old text: it is left first.
void take_undo_keys(const FillView& view, Commands& out) {
    const bool undo = pressed(Shortcut::undo);  // where there is nothing, that is said
    const bool redo = view.can_redo && pressed(Shortcut::redo);
    if (undo || redo) widgets::leave_field();
    if (undo) out.push_back(Undo{});
    if (redo) out.push_back(Redo{});
}

std::string page_words(const FillView& view, const text::Words& words) {
    return words("fill.page_of",
                 {{"n", text::format_number(std::int64_t{view.page + 1}, words.language())},
                  {"total", text::format_number(std::int64_t{view.pages}, words.language())}});
}

void draw_problems_badge(const SectionView& section, const text::Words& words) {
    if (section.problems > 0)
        widgets::badge(words.count("fill.problems", section.problems), Tone::error);
    else
        ImGui::Dummy({0, widgets::badge_height()});
}

/// The badge has its room beside the title, or below it where there is little, before it is there:
/// questions do not move when it comes, so that the second of two clicks means what the first did.
void draw_title_and_problems(const SectionView& section, int level, const text::Words& words) {
    constexpr float kLeastTitle = 14;  // units
    const float badge = widgets::badge_width(words.count("fill.problems", 99));
    if (ImGui::GetContentRegionAvail().x < badge + kLeastTitle * widgets::unit()) {
        widgets::heading(section.title, level);
        return draw_problems_badge(section, words);
    }
    widgets::Row row;
    const float title = row.rest(badge + row.gap());
    row.next(title);
    widgets::heading(section.title, level);
    row.next(badge);
    draw_problems_badge(section, words);
}

void draw_section_title(const FillView& view, const text::Words& words) {
    const SectionView* section = open_section(view);
    if (section == nullptr) return;
    draw_title_and_problems(*section, widgets::narrow() || view.one_page ? 2 : 1, words);
    if (view.one_page && view.pages > 0)
        widgets::text_line(page_words(view, words), widgets::kSmall);
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

void draw_page_steps(const FillView& view, bool focus, const text::Words& words, Commands& out) {
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
    if (focus) ImGui::SetKeyboardFocusHere();
    if (widgets::button("page_next", next,
                        {.kind = widgets::ButtonKind::primary, .icon = widgets::Icon::forward}))
        out.push_back(TurnPage{view.page + 1});
}

enum class Wanted { any, unanswered };

/// The question that a person at the keyboard answers first; empty: none.
std::string first_asked(const std::vector<QuestionView>& rows, Wanted wanted) {
    for (const QuestionView& row : rows) {
        const auto* inside = row.table   ? &row.table->cells
                             : row.block ? &row.block->questions
                                         : nullptr;
        std::string found;
        if (inside != nullptr)
            found = first_asked(*inside, wanted);
        else if (asks(row) && (wanted == Wanted::any || row.value.empty()))
            found = row.key;
        if (!found.empty()) return found;
    }
    return {};
}

/// What a person at the keyboard comes to who turned to a page: where nothing is asked, what adds
/// an entry or leads on.
std::string where_to_begin(const std::vector<QuestionView>& rows) {
    std::string question = first_asked(rows, Wanted::any);
    if (!question.empty()) return question;
    const auto more = std::ranges::find(rows, RowKind::addition, &QuestionView::kind);
    return more == rows.end() ? std::string{kOnward} : more->key;
}

/// Where a person goes on who comes to this page: where they were led before, else at what is not
/// answered yet.
std::string to_go_on(const FillView& view) {
    const QuestionView* led = question_at(view.questions, view.scroll_to);
    if (led != nullptr && asks(*led)) return led->key;
    return first_asked(view.questions, Wanted::unanswered);
}

/// In a page that has just opened the keyboard comes to a question.
void take_landing(const FillView& view, FillUi& ui) {
    widgets::land_here();
    if (!widgets::by_keys() || !ui.questions.keyboard_to.empty()) return;
    ui.resumed = to_go_on(view);
    if (ui.resumed.empty()) ui.resumed = first_asked(view.questions, Wanted::any);
    ui.questions.keyboard_to = ui.resumed;
}

/// What was not among the rows that are drawn is brought into sight first.
void follow_landing(FillUi& ui) {
    if (!ui.resumed.empty() && ui.questions.keyboard_to == ui.resumed)
        follow_row(ui.questions.rows);
}

RowsWish wish_of(const FillView& view, FillUi& ui) {
    if (view.scroll_request != ui.questions.rows.scroll_request) {
        ui.questions.keyboard_to = view.keyboard_to;
        ui.resumed.clear();
    }
    return {ui.resumed.empty() ? view.scroll_to : ui.resumed, view.scroll_request,
            ui.questions.fields.question};
}

/// Enter in the last question leads to the next page, or to what leads on from the section: there
/// is more to see in one before it is left.
void draw_steps(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    const bool past_last = std::exchange(ui.questions.past_last, false);
    if (past_last && view.one_page) out.push_back(TurnPage{view.page + 1});
    if (past_last && !view.one_page) ui.questions.keyboard_to = kOnward;
    const bool focus = takes_keyboard(kOnward, ui.questions);
    if (view.one_page) {
        draw_page_steps(view, focus, words, out);
        return take_page_turns(view, out);
    }
    if (draw_section_steps(view.section, static_cast<int>(view.sections.size()),
                           words("fill.finish"), focus, words, out))
        out.push_back(GoTo{Place::overview});
}

void draw_section_body(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    const bool another = ui.audit != view.header.audit;
    if (another || ui.section != view.section || ui.page != view.page) {
        // Of another audit it was recorded when that one was left.
        auto unsaved = take_unsaved(ui.questions.fields);
        if (unsaved && !another) out.push_back(*std::move(unsaved));
        ui.questions.rows.to_top = true;
        ui.audit = view.header.audit;
        ui.section = view.section;
        ui.page = view.page;
        if (std::exchange(ui.turned_by_keys, false))
            ui.questions.keyboard_to = where_to_begin(view.questions);
        ui.resumed.clear();
    }
    if (ui.landing) take_landing(view, ui);
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
    draw_questions(view.questions, view.today, rights, wish_of(view, ui), ui.questions, words, out);
    if (ui.landing) follow_landing(ui);
    widgets::gap();
    draw_confirm_section(view.copy, words, out);
    draw_steps(view, ui, words, out);
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
    draw_sections(view.sections, view.section, out, ui.section != view.section);
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

bool turns(const Command& command) {
    return std::holds_alternative<OpenSection>(command) ||
           std::holds_alternative<TurnPage>(command);
}

bool leads_on(const Command& command) {
    return turns(command) || std::holds_alternative<GoTo>(command);
}

/// The questions keep their place while the fold lies over them.
void draw_narrow(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    draw_fill_head(view, ui.head_open, words, out);
    widgets::begin_pane(ui.head_open ? "fold" : "questions", {0, 0}, widgets::PaneLook::page);
    if (ui.head_open)
        draw_fill_fold(view, words, out);
    else
        draw_section_body(view, ui, words, out);
    widgets::end_pane();
}

}  // namespace

void draw_fill(const FillView& view, FillUi& ui, const text::Words& words, Commands& out) {
    ui.landing = widgets::landing();
    ask_for_let_go(ui.questions.fields, out);
    take_section_keys(view.section, static_cast<int>(view.sections.size()), out);
    take_undo_keys(view, out);
    if (has_room_for_sections())
        draw_wide(view, ui, words, out);
    else
        draw_narrow(view, ui, words, out);
    // A hand on the mouse, or a finger, has no use for the keyboard there.
    if (std::ranges::any_of(out, leads_on)) ui.head_open = false;
    if (std::ranges::any_of(out, turns) && widgets::by_keys()) ui.turned_by_keys = true;
}

}  // namespace bordereau::app
