#include "app/screens/fields.h"

#include <imgui.h>

#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include "app/screens/choice_fields.h"
#include "app/screens/code_field.h"
#include "app/screens/place_field.h"
#include "app/screens/typing.h"
#include "app/text/format.h"
#include "app/text/read_date.h"
#include "app/text/read_time.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "storage/base/typed.h"

namespace bordereau::app {

namespace {

using widgets::Edit;
using widgets::FieldLook;

constexpr float kNumberUnits = 10;

std::string as_typed(const std::string& text) {
    return text;
}

void draw_text_field(const QuestionView& question, FieldsUi& ui, Commands& out) {
    const FieldLook look = look_of(question);
    const bool many_lines = has_appearance(question, "multiline");
    const Typing typing{"", question.value, many_lines};
    type_into(
        question, typing, ui, out,
        [&](std::string& text) {
            return many_lines ? widgets::input_paragraph("field", text, look)
                              : widgets::input_text("field", text, look);
        },
        as_typed);
}

void draw_number(const QuestionView& question, bool at_end, FieldsUi& ui, Commands& out) {
    FieldLook look = look_of(question, kNumberUnits);
    look.at_end = at_end;
    look.focus = ui.focus == question.key;
    if (look.focus) ui.focus.clear();
    type_into(
        question, {"", question.value}, ui, out,
        [&](std::string& text) { return widgets::input_number("field", text, look); }, as_typed);
}

/// As people write it, beside the field: nothing below it moves while digits are typed. ODK's
/// appearance thousands-sep asks for it.
void draw_grouped(const QuestionView& question, const FieldsUi& ui) {
    if (!has_appearance(question, "thousands-sep")) return;
    const std::string& typed = ui.question == question.key ? ui.answer : question.value;
    const std::string grouped = text::format_written(typed, widgets::look().words->language());
    if (grouped == typed) return;
    const float beside = (widgets::target_height() - widgets::unit()) / 2;
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + beside);
    widgets::text_line(grouped, widgets::kQuiet);
}

/// With room beside it for the same number in groups.
void draw_number_field(const QuestionView& question, FieldsUi& ui, Commands& out) {
    widgets::Row row;
    row.next(widgets::unit() * kNumberUnits);
    draw_number(question, false, ui, out);
    row.next(row.rest());
    draw_grouped(question, ui);
}

std::string as_date(const std::string& typed) {
    return text::date_answer(typed, widgets::look().words->language());
}

/// Where a field left out some of what was typed or pasted it says so, until something else is.
void draw_refused(const QuestionView& question, const FieldsUi& ui, const char* key) {
    if (ui.refused == question.key)
        widgets::text_block((*widgets::look().words)(key), {widgets::Ink::warning});
}

void draw_date_field(const QuestionView& question, Date today, FieldsUi& ui, Commands& out) {
    type_into(
        question, {"", question.value}, ui, out,
        [&](std::string& text) {
            return widgets::input_date("field", text, today, ui.calendar, look_of(question, 12));
        },
        as_date);
}

std::string as_time(const std::string& typed) {
    return text::time_answer(typed, widgets::look().words->language());
}

/// XForms times may carry seconds and an offset; the field shows hours and minutes.
std::string minutes_of(const std::string& time) {
    return time.substr(0, 5);
}

void draw_time_field(const QuestionView& question, FieldsUi& ui, Commands& out) {
    type_into(
        question, {"", minutes_of(question.value)}, ui, out,
        [&](std::string& text) { return widgets::input_time("field", text, look_of(question, 8)); },
        as_time);
}

/// Day and time of an XForms dateTime, which a T keeps apart.
void draw_date_time_field(const QuestionView& question, Date today, FieldsUi& ui, Commands& out) {
    const std::size_t mark = question.value.find('T');
    const std::string day = question.value.substr(0, mark);
    const std::string time = mark == std::string::npos ? "" : question.value.substr(mark + 1);
    widgets::Row row(widgets::Row::Overflow::wrap);
    row.next(look_of(question, 12).width);
    type_into(
        question, {"day", day}, ui, out,
        [&](std::string& text) {
            return widgets::input_date("day", text, today, ui.calendar, look_of(question, 12));
        },
        [&](const std::string& text) {
            if (text.empty()) return std::string();
            return as_date(text) + "T" + (time.empty() ? "00:00" : time);
        });
    row.next(look_of(question, 8).width);
    FieldLook look = look_of(question, 8);
    look.enabled = look.enabled && !day.empty();
    type_into(
        question, {"time", minutes_of(time)}, ui, out,
        [&](std::string& text) { return widgets::input_time("time", text, look); },
        [&](const std::string& text) { return day + "T" + as_time(text); });
}

std::optional<Answer> take_let_go(FieldsUi& ui) {
    return ui.let_go ? take_unsaved(ui) : std::nullopt;
}

}  // namespace

void type_into(const QuestionView& question, const Typing& typing, FieldsUi& ui, Commands& out,
               const DrawInput& draw, const ToAnswer& to_answer) {
    const bool mine = ui.question == question.key && ui.part == typing.part;
    std::string text = mine ? ui.typed : typing.value;
    const Edit edit = draw(text);
    // A day is followed by its time.
    if (edit.entered && typing.part != "day") ui.entered = question.key;
    if (edit.refused)
        ui.refused = question.key;
    else if (edit.changed || edit.finished)
        ui.refused.clear();
    if (edit.changed) {
        if (auto other = mine ? std::nullopt : take_let_go(ui)) out.push_back(*std::move(other));
        ui.question = question.key;
        ui.part = typing.part;
        ui.typed = text;
        ui.answer = to_answer(text);
    }
    const bool open = ui.question == question.key && ui.part == typing.part;
    if (edit.finished && open && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        ui.let_go = true;
        return;
    }
    // Nothing to record where Escape leaves what is recorded already.
    const bool kept = edit.finished && ImGui::IsKeyPressed(ImGuiKey_Escape) && text == typing.value;
    const bool due = edit.finished || (edit.changed && typing.each_word && ends_word(text));
    if (due && !kept && (mine || edit.changed))
        out.push_back(Answer{question.key, to_answer(text)});
    if (edit.finished && open) ui.question.clear();
}

widgets::FieldLook look_of(const QuestionView& question, float width_units) {
    const float rest = ImGui::GetContentRegionAvail().x;
    const float wanted = width_units * widgets::unit();
    return {.label = question.label,
            .unit = question.unit,
            .width = wanted > 0 && wanted < rest ? wanted : rest,
            .enabled = !question.readonly,
            .invalid = question.problem == AnswerProblem::constraint ||
                       question.problem == AnswerProblem::type};
}

bool has_appearance(const QuestionView& question, std::string_view word) {
    return widgets::contains_value(question.appearance, word);
}

void ask_for_let_go(FieldsUi& ui, Commands& out) {
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
    if (auto answer = take_let_go(ui)) out.push_back(*std::move(answer));
}

std::optional<Answer> take_unsaved(FieldsUi& ui) {
    ui.let_go = false;
    if (ui.question.empty()) return std::nullopt;
    Answer answer{ui.question, ui.answer};
    ui.question.clear();
    return answer;
}

void draw_field(const QuestionView& question, Date today, FieldsUi& ui, const text::Words& words,
                Commands& out) {
    if (!question.no_choices.empty()) return draw_no_choices(question);
    switch (question.control) {
        case Control::integer:
        case Control::decimal:
            draw_number_field(question, ui, out);
            return draw_refused(question, ui, "field.only_digits");
        case Control::date:
            draw_date_field(question, today, ui, out);
            return draw_refused(question, ui, "field.only_date");
        case Control::time: return draw_time_field(question, ui, out);
        case Control::date_time: return draw_date_time_field(question, today, ui, out);
        case Control::select_one: return draw_select_one(question, ui.drop_down, words, out);
        case Control::select_multiple: return draw_select_multiple(question, out);
        case Control::rank: return draw_rank(question, ui.ranking, words, out);
        case Control::range: return draw_range(question, out);
        case Control::geopoint: return draw_place_field(question, ui, words, out);
        case Control::geotrace:
        case Control::geoshape: return draw_places_field(question, ui, words, out);
        case Control::barcode: return draw_code_field(question, ui, words, out);
        case Control::image:
        case Control::audio:
        case Control::video:
        case Control::file: return draw_file_field(question, true, ui.files, words, out);
        case Control::trigger: return draw_trigger(question, words, out);
        case Control::note: return;
        case Control::text:
        case Control::other: return draw_text_field(question, ui, out);
    }
}

void draw_number_cell(const QuestionView& question, FieldsUi& ui, Commands& out) {
    draw_number(question, true, ui, out);
}

}  // namespace bordereau::app
