#include "app/screens/questions.h"

#include <imgui.h>

#include <algorithm>
#include <span>
#include <utility>

#include "app/screens/block_rows.h"
#include "app/screens/parts.h"
#include "app/screens/shortcuts.h"
#include "app/screens/table_rows.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/question.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

int open_comments(const QuestionView& row) {
    return static_cast<int>(std::ranges::count_if(row.comments, &CommentView::open));
}

widgets::QuestionFrame frame_of(const QuestionView& row, const QuestionsRights& rights,
                                const text::Words& words) {
    const bool missing = row.problem == AnswerProblem::required;
    const bool told = row.problem != AnswerProblem::none && (!missing || rights.show_missing);
    return {.number = row.number,
            .label = row.label,
            .hint = row.hint,
            .required = row.required && rights.answer,
            .answered = !row.value.empty(),
            .tone = !told     ? Tone::neutral
                    : missing ? Tone::warning
                              : Tone::error,
            .message = told ? problem_words(row.problem, row.message, words, row.control)
                            : std::string_view(),
            .comments = open_comments(row)};
}

void draw_guidance(const QuestionView& row, QuestionsUi& ui, const text::Words& words) {
    if (row.guidance.empty()) return;
    const bool open = ui.helped.contains(row.key);
    if (widgets::link("help", words(open ? "fill.less_help" : "fill.more_help"))) {
        if (open)
            ui.helped.erase(row.key);
        else
            ui.helped.insert(row.key);
    }
    if (open) widgets::text_block(row.guidance, widgets::kQuiet);
}

void draw_answer_in_words(const QuestionView& row, const text::Words& words) {
    if (row.control == Control::note) return;
    if (row.shown.empty())
        widgets::text_line(words("answer.none"), widgets::kQuiet);
    else
        widgets::text_block(row.shown, widgets::kBold);
}

/// What stands beside the answer, comments, and the box to add one: for whoever writes notes only
/// as an answer to others' comments.
void draw_talk(const QuestionView& row, const QuestionsRights& rights, QuestionsUi& ui,
               const text::Words& words, Commands& out) {
    draw_copied(row, rights.copy, words, out);
    if (rights.copy) draw_earlier(row, words, out);
    draw_note(row, {rights.note, rights.show_missing}, ui.note, words, out);
    draw_comments(row.comments, words, out);
    if (!rights.comment || (rights.note && row.comments.empty())) return;
    if (ui.commenting != row.key) {
        if (!widgets::link("comment", rights.comment_label)) return;
        ui.commenting = row.key;
        ui.comment.clear();
        ui.comment_opened = true;
    }
    const std::size_t asked = out.size();
    draw_comment_box(row.key, ui.comment, std::exchange(ui.comment_opened, false), words, out);
    if (out.size() != asked) ui.commenting.clear();
}

void draw_question(const QuestionView& row, Date today, const QuestionsRights& rights,
                   QuestionsUi& ui, const text::Words& words, Commands& out) {
    if (row.control == Control::note) {
        widgets::message_strip("note", Tone::info, row.label);
        return;
    }
    const widgets::QuestionFrame frame = frame_of(row, rights, words);
    if (ui.keyboard_to == row.key) widgets::about_to_land();
    // Named by its question, so that who listens can tell the same question of two entries apart.
    widgets::begin_question(("question " + row.key + " ").c_str(), frame);
    draw_guidance(row, ui, words);
    if (takes_keyboard(row.key, ui)) ImGui::SetKeyboardFocusHere();
    if (rights.answer)
        draw_field(row, today, ui.fields, words, out);
    else if (row.file)
        draw_file_field(row, false, ui.fields.files, words, out);
    else
        draw_answer_in_words(row, words);
    draw_talk(row, rights, ui, words, out);
    if (ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows)) ui.at = row.key;
    if (widgets::end_question(frame) == widgets::QuestionPress::comments && rights.comment)
        ui.commenting = row.key;
}

void draw_group(const QuestionView& row) {
    widgets::gap(0.5f);
    if (!row.label.empty()) widgets::heading(row.label, row.depth == 0 ? 2 : 3);
    if (!row.hint.empty()) widgets::text_block(row.hint, widgets::kQuiet);
}

void draw_addition(const QuestionView& row, const QuestionsRights& rights, QuestionsUi& ui,
                   const text::Words& words, Commands& out) {
    if (!rights.answer) return;
    widgets::gap(0.5f);
    const std::string label = row.label.empty() ? std::string{words("fill.add_entry")}
                                                : words("fill.add_entry_of", {{"what", row.label}});
    if (takes_keyboard(row.key, ui)) ImGui::SetKeyboardFocusHere();
    if (widgets::button("add", label, {.icon = Icon::plus})) out.push_back(AddRepeat{row.repeat});
}

/// Removing asks once more, in place: the row says what happens to the answers.
void draw_removal(const QuestionView& row, QuestionsUi& ui, const text::Words& words,
                  Commands& out) {
    if (ui.removing != row.key) {
        if (widgets::link("remove", words("fill.remove_entry"))) ui.removing = row.key;
        return;
    }
    widgets::text_block(words("fill.remove_entry.sure"), widgets::kQuiet);
    widgets::Row buttons(widgets::Row::Overflow::wrap);
    buttons.next(widgets::button_width(words("action.remove"), Icon::trash));
    if (widgets::button("remove_sure", words("action.remove"),
                        {.kind = widgets::ButtonKind::danger, .icon = Icon::trash})) {
        out.push_back(RemoveRepeat{row.key});
        ui.removing.clear();
    }
    buttons.next(widgets::button_width(words("action.cancel")));
    if (widgets::button("keep", words("action.cancel"))) ui.removing.clear();
}

void draw_instance(const QuestionView& row, const QuestionsRights& rights, QuestionsUi& ui,
                   const text::Words& words, Commands& out) {
    widgets::gap(0.5f);
    widgets::rule();
    widgets::heading(row.label, 3);
    if (row.can_remove && rights.answer) draw_removal(row, ui, words, out);
}

void draw_table_row(const QuestionView& row, Date today, const QuestionsRights& rights,
                    QuestionsUi& ui, const text::Words& words, Commands& out) {
    draw_table(
        *row.table, rights, ui, words,
        {[&](const QuestionView& cell) { draw_question(cell, today, rights, ui, words, out); },
         [&](const QuestionView& cell) { draw_talk(cell, rights, ui, words, out); }},
        out);
}

void draw_block_row(const QuestionView& row, Date today, const QuestionsRights& rights,
                    QuestionsUi& ui, const text::Words& words, Commands& out) {
    draw_block(
        *row.block, rights, ui, words,
        {[&](const QuestionView& cell) { draw_question(cell, today, rights, ui, words, out); },
         [&](const QuestionView& cell) { draw_talk(cell, rights, ui, words, out); }},
        out);
}

/// The row of a question, or of the table or block that it stands in.
std::string_view row_of(const std::vector<QuestionView>& rows, std::string_view key) {
    for (const QuestionView& row : rows) {
        const auto* inside = row.table   ? &row.table->cells
                             : row.block ? &row.block->questions
                                         : nullptr;
        if (inside != nullptr &&
            std::ranges::find(*inside, key, &QuestionView::key) != inside->end())
            return row.key;
    }
    return key;
}

/// Opens the box that the key asks for, at the question that the keyboard is at.
void take_note_key(const std::vector<QuestionView>& rows, const QuestionsRights& rights,
                   QuestionsUi& ui) {
    if (ui.at.empty() || !(rights.comment || rights.note) || !pressed(Shortcut::note)) return;
    if (rights.note) {
        const QuestionView* row = question_at(rows, ui.at);
        if (row != nullptr && ui.note.question != ui.at) open_note(*row, ui.note);
    } else if (ui.commenting != ui.at) {
        ui.commenting = ui.at;
        ui.comment.clear();
        ui.comment_opened = true;
    }
}

/// What a page asks, in the order of the form.
struct Asked {
    const QuestionView* question = nullptr;
    const TableView* table = nullptr;  ///< that it is a cell of
};

void add_asked(const QuestionView& row, std::vector<Asked>& asked) {
    if (row.table)
        for (const std::size_t cell : row.table->in_form)
            asked.push_back({&row.table->cells[cell], row.table.get()});
    else if (row.block)
        for (const QuestionView& question : row.block->questions) add_asked(question, asked);
    else
        asked.push_back({&row, nullptr});
}

/// The question that comes after another one, or after the table that it is a cell of; else where
/// one more entry is added; empty: neither is there.
std::string asked_after(const std::vector<QuestionView>& rows, std::string_view key, bool table) {
    std::vector<Asked> asked;
    for (const QuestionView& row : rows) add_asked(row, asked);
    const auto is_left = [&](const Asked& each) { return each.question->key == key; };
    const auto left = std::ranges::find_if(asked, is_left);
    if (left == asked.end()) return {};
    const auto of_table = [&](const Asked& each) { return table && each.table == left->table; };
    const std::span<const Asked> after{left + 1, asked.end()};
    const auto next = std::ranges::find_if(
        after, [&](const Asked& each) { return asks(*each.question) && !of_table(each); });
    if (next != after.end()) return next->question->key;
    const auto more = std::ranges::find_if(
        after, [](const Asked& each) { return each.question->kind == RowKind::addition; });
    return more == after.end() ? std::string{} : more->question->key;
}

/// An answer that is wrong is corrected first.
void go_on_after_enter(const std::vector<QuestionView>& rows, QuestionsUi& ui) {
    const std::string left = std::exchange(ui.fields.entered, {});
    const bool table = std::exchange(ui.past_table, false);
    const QuestionView* row = left.empty() ? nullptr : question_at(rows, left);
    if (row == nullptr || row->problem == AnswerProblem::constraint ||
        row->problem == AnswerProblem::type)
        return;
    std::string next = asked_after(rows, left, table);
    ui.past_last = next.empty();
    if (!next.empty()) ui.keyboard_to = std::move(next);
}

/// Where keys led to another row all of it is seen: its choices, and what is said of the one left.
void note_row(std::string_view row, QuestionsUi& ui) {
    if (row == ui.at_row) return;
    ui.at_row = row;
    if (!row.empty() && widgets::by_keys()) show_whole_row(ui.rows);
}

void draw_row(const QuestionView& row, Date today, const QuestionsRights& rights, QuestionsUi& ui,
              const text::Words& words, Commands& out) {
    switch (row.kind) {
        case RowKind::question: draw_question(row, today, rights, ui, words, out); break;
        case RowKind::group:
        case RowKind::repeat: draw_group(row); break;
        case RowKind::instance: draw_instance(row, rights, ui, words, out); break;
        case RowKind::addition: draw_addition(row, rights, ui, words, out); break;
        case RowKind::table: draw_table_row(row, today, rights, ui, words, out); break;
        case RowKind::block: draw_block_row(row, today, rights, ui, words, out); break;
    }
}

}  // namespace

bool takes_keyboard(std::string_view question, QuestionsUi& ui) {
    // In the first frame of a card Dear ImGui skips what is in it.
    if (ui.keyboard_to != question || ui.rows.scroll_frames > 0 || ImGui::IsWindowAppearing())
        return false;
    ui.keyboard_to.clear();
    widgets::give_up_keyboard();
    // Space presses only what is seen to have the keyboard.
    ImGui::SetNavCursorVisible(true);
    return true;
}

void draw_comments(const std::vector<CommentView>& comments, const text::Words& words,
                   Commands& out) {
    for (const CommentView& comment : comments) {
        ImGui::PushID(comment.id.text.c_str());
        widgets::begin_card("comment");
        widgets::text_line(comment.author + " \xC2\xB7 " + comment.when, widgets::kSmall);
        widgets::text_block(comment.text, comment.open ? widgets::TextStyle{} : widgets::kQuiet);
        if (!comment.open)
            widgets::badge(words("comment.resolved"), Tone::good, Icon::check);
        else if (comment.can_resolve && widgets::link("resolve", words("comment.resolve")))
            out.push_back(ResolveComment{comment.id});
        widgets::end_card();
        ImGui::PopID();
    }
}

void draw_comment_box(const std::string& question, std::string& typed, bool focus,
                      const text::Words& words, Commands& out) {
    widgets::input_paragraph(
        "comment_text", typed,
        {.label = words("comment.write"), .placeholder = words("comment.write"), .focus = focus},
        2);
    const widgets::ButtonLook look{.icon = Icon::comment, .enabled = !typed.empty()};
    if (!widgets::button("comment_send", words("comment.send"), look)) return;
    out.push_back(Comment{question, typed});
    typed.clear();
}

bool asks(const QuestionView& row) {
    return row.kind == RowKind::question && row.control != Control::note && !row.readonly;
}

void draw_questions(const std::vector<QuestionView>& rows, Date today,
                    const QuestionsRights& rights, const RowsWish& wish, QuestionsUi& ui,
                    const text::Words& words, Commands& out) {
    if (rights.answer) go_on_after_enter(rows, ui);
    take_note_key(rows, rights, ui);
    if (rights.copy) take_copy_keys(rows, ui.at, out);
    note_row(row_of(rows, ui.at), ui);
    const std::string coming{row_of(rows, ui.keyboard_to)};  // drawing changes where it goes
    draw_rows({.count = rows.size(),
               .key = [&](std::size_t i) -> const std::string& { return rows[i].key; },
               .draw = [&](std::size_t i) { draw_row(rows[i], today, rights, ui, words, out); }},
              ui.rows,
              {row_of(rows, wish.scroll_to), wish.scroll_request, row_of(rows, wish.held),
               ui.at_row, coming});
}

}  // namespace bordereau::app
