#include "app/screens/beside_parts.h"

#include <imgui.h>

#include <algorithm>

#include "app/screens/parts.h"
#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"
#include "storage/base/typed.h"

namespace bordereau::app {
namespace {

using widgets::Icon;

/// Longer answers are shown by their beginning.
constexpr std::size_t kMostShown = 120;

std::string beginning_of(const std::string& text) {
    if (text.size() <= kMostShown) return text;
    std::size_t end = kMostShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "\xE2\x80\xA6";
}

/// A button as wide as its words, wrapped where the window is narrower.
bool wide_button(const char* id, std::string_view label, widgets::ButtonLook look) {
    const float room = ImGui::GetContentRegionAvail().x;
    if (widgets::button_width(label, look.icon) > room) look.width = room;
    return widgets::button(id, label, look);
}

/// A sign with words beside it.
void draw_sign(Icon icon, Tone tone, std::string_view words, const widgets::TextStyle& style) {
    widgets::Row row(widgets::Row::Overflow::keep, 0.4f);
    row.next(widgets::unit());
    widgets::icon_item(icon, widgets::colour(widgets::tone_colour(tone)));
    const float rest = row.rest();
    row.next(rest);
    widgets::text_block(words, style, rest);
}

}  // namespace

const QuestionView* question_at(const std::vector<QuestionView>& rows, const std::string& key) {
    for (const QuestionView& row : rows) {
        if (row.key == key) return &row;
        const auto* inside = row.table   ? &row.table->cells
                             : row.block ? &row.block->questions
                                         : nullptr;
        if (inside == nullptr) continue;
        const auto found = std::ranges::find(*inside, key, &QuestionView::key);
        if (found != inside->end()) return &*found;
    }
    return nullptr;
}

void open_note(const QuestionView& row, NoteUi& ui) {
    ui = {row.key, row.note, true};
}

void draw_copied(const QuestionView& row, bool act, const text::Words& words, Commands& out) {
    if (row.copied.empty()) return;
    widgets::gap(0.15f);
    draw_sign(Icon::history, Tone::warning, row.copied, {widgets::Ink::warning});
    if (!act) return;
    if (wide_button("confirm_copied", with_key(words("copy.confirm"), Shortcut::confirm_copied),
                    {.icon = Icon::check}))
        out.push_back(ConfirmCopied{{row.key}});
}

void draw_earlier(const QuestionView& row, const text::Words& words, Commands& out) {
    if (row.earlier.empty()) return;
    if (wide_button("copy_earlier", words("copy.as_then", {{"answer", beginning_of(row.earlier)}}),
                    {.kind = widgets::ButtonKind::quiet, .icon = Icon::history}))
        out.push_back(CopyEarlier{CopyEarlier::What::question, row.key});
}

namespace {

std::string_view note_title(const QuestionView& row, const text::Words& words) {
    return row.remark && !row.remark->label.empty() ? row.remark->label : words("note.title");
}

std::string note_link(const QuestionView& row, const text::Words& words) {
    if (!row.note.empty()) return std::string{words("note.edit")};
    if (!row.remark || row.remark->label.empty()) return std::string{words("fill.note")};
    return row.remark->label + (row.remark->required ? " *" : "");
}

void draw_remark_problem(const RemarkView& remark, bool show_missing, const text::Words& words) {
    const bool missing = remark.problem == AnswerProblem::required;
    if (remark.problem == AnswerProblem::none || (missing && !show_missing)) return;
    const Tone tone = missing ? Tone::warning : Tone::error;
    draw_sign(widgets::tone_icon(tone), tone, problem_words(remark.problem, remark.message, words),
              {missing ? widgets::Ink::warning : widgets::Ink::error});
}

}  // namespace

void draw_note(const QuestionView& row, NoteRights rights, NoteUi& ui, const text::Words& words,
               Commands& out) {
    const bool closed = row.remark ? row.remark->readonly : row.readonly;
    const bool write = rights.write && !closed;
    const bool writing = write && ui.question == row.key;
    if (!writing && !row.note.empty()) {
        widgets::gap(0.15f);
        draw_sign(Icon::pencil, Tone::info,
                  std::string{note_title(row, words)} + ": " + words.list({&row.note, 1}), {});
    }
    if (row.remark) draw_remark_problem(*row.remark, rights.show_missing, words);
    if (!write) return;
    if (!writing) {
        if (widgets::link("note", note_link(row, words))) open_note(row, ui);
        return;
    }
    const widgets::Edit edit = widgets::input_paragraph(
        "note_text", ui.text,
        {.label = note_title(row, words), .placeholder = words("note.write"), .focus = ui.opened},
        2);
    ui.opened = false;
    if (ImGui::IsItemDeactivated()) ui.left = true;
    if (ImGui::IsItemActive()) ui.left = false;
    if (edit.finished || (edit.changed && ends_word(ui.text)))
        out.push_back(WriteNote{row.key, ui.text});
    // What is being pressed below would move away under the pointer.
    if (ui.left && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) ui = {};
}

void draw_copy_offer(const CopyView& copy, CopyEarlier::What what, const text::Words& words,
                     Commands& out) {
    const bool section = what == CopyEarlier::What::section;
    if (copy.from.empty() || (section && copy.here == 0)) return;
    if (wide_button(section ? "copy_section" : "copy_all",
                    words(section ? "copy.section" : "copy.all", {{"audit", copy.from}}),
                    {.icon = Icon::history}))
        out.push_back(CopyEarlier{what, {}});
    widgets::gap(0.25f);
}

void draw_confirm_section(const CopyView& copy, const text::Words& words, Commands& out) {
    if (copy.waiting_here == 0) return;
    draw_sign(Icon::history, Tone::warning, words.count("copy.waiting_here", copy.waiting_here),
              {widgets::Ink::warning});
    if (wide_button("confirm_section", words("copy.confirm_section"), {.icon = Icon::check}))
        out.push_back(ConfirmCopied{});
    widgets::gap();
}

void take_copy_keys(const std::vector<QuestionView>& rows, const std::string& at, Commands& out) {
    const bool confirm = pressed(Shortcut::confirm_copied);
    const bool copy = pressed(Shortcut::copy_earlier);
    if (!confirm && !copy) return;
    const QuestionView* row = question_at(rows, at);
    if (row == nullptr) return;
    if (confirm && !row->copied.empty()) out.push_back(ConfirmCopied{{row->key}});
    if (!copy || row->earlier.empty()) return;
    widgets::leave_field();  // it would go on showing its old text
    out.push_back(CopyEarlier{CopyEarlier::What::question, row->key});
}

void draw_problem_below(const QuestionView& question, bool show_missing, const text::Words& words) {
    const bool missing = question.problem == AnswerProblem::required;
    if (question.problem == AnswerProblem::none || (missing && !show_missing)) return;
    const Tone tone = missing ? Tone::warning : Tone::error;
    widgets::Row row(widgets::Row::Overflow::keep, 0.4f);
    row.next(widgets::unit());
    widgets::icon_item(widgets::tone_icon(tone), widgets::colour(widgets::tone_colour(tone)));
    const float rest = row.rest();
    row.next(rest);
    widgets::text_block(
        question.label + " \xC2\xB7 " +
            std::string{problem_words(question.problem, question.message, words, question.control)},
        {missing ? widgets::Ink::warning : widgets::Ink::error}, rest);
}

}  // namespace bordereau::app
