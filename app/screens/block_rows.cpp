#include "app/screens/block_rows.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/choices.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"
#include "storage/base/text.h"

namespace bordereau::app {
namespace {

constexpr widgets::TextStyle kMiddle{widgets::Ink::text, text::Weight::bold, 1,
                                     widgets::Align::centre};
constexpr float kTitleUnits = 8, kMarkUnits = 3, kNarrowestUnits = 9;

bool is_heading(const QuestionView& question) {
    return widgets::contains_value(question.appearance, "label");
}

// As wide as the longest word of any label, so that none is cut.
float column_units(const BlockView& block) {
    float widest = 0;
    for (const ChoiceView& choice : *block.choices)
        for (const std::string_view word : bordereau::words_of(choice.label))
            widest = std::max(widest, widgets::text_size(word, widgets::kBold).x);
    return std::max(kMarkUnits, std::ceil(widest / widgets::unit() * 10) / 10 + 1.2f);
}

bool fits_a_table(const BlockView& block) {
    const float columns = column_units(block) * static_cast<float>(block.choices->size());
    return ImGui::GetContentRegionAvail().x >= (kTitleUnits + columns + 1) * widgets::unit();
}

bool fits_a_line(const BlockView& block) {
    const int all = std::accumulate(block.shares.begin(), block.shares.end(), 0);
    const int least = *std::ranges::min_element(block.shares);
    const auto share = static_cast<float>(least) / static_cast<float>(std::max(all, 1));
    return ImGui::GetContentRegionAvail().x * share >= kNarrowestUnits * widgets::unit();
}

std::string with_choice(const QuestionView& question, const ChoiceView& choice) {
    const bool several = question.control == Control::select_multiple;
    if (!several) return choice.value;
    std::string values;
    for (const ChoiceView& each : *question.choices)
        if (widgets::contains_value(question.value, each.value) != (each.value == choice.value))
            values.append(values.empty() ? "" : " ").append(each.value);
    return values;
}

void draw_marks(const QuestionView& question, widgets::Table& grid, QuestionsUi& ui,
                Commands& out) {
    const bool several = question.control == Control::select_multiple;
    int column = 1;
    bool focus = takes_keyboard(question.key, ui);
    for (const ChoiceView& choice : *question.choices) {
        grid.cell(column++);
        if (std::exchange(focus, false)) ImGui::SetKeyboardFocusHere();
        const bool chosen = widgets::contains_value(question.value, choice.value);
        if (widgets::choice_mark(choice.value.c_str(), question.label + ": " + choice.label,
                                 several, chosen, !question.readonly) &&
            (several || !chosen))
            out.push_back(Answer{question.key, with_choice(question, choice)});
        if (ImGui::IsItemFocused() || ImGui::IsItemActive()) ui.at = ui.cell = question.key;
    }
}

void draw_title(const QuestionView& question, bool answering) {
    const bool mark = question.required && answering;
    const std::string title = (question.number.empty() ? "" : question.number + "  ") +
                              question.label + (mark ? " *" : "");
    if (question.hint.empty()) return widgets::middle_block(title);
    widgets::text_block(title);
    widgets::text_block(question.hint, widgets::kSmall);
}

void draw_choice_table(const BlockView& block, const QuestionsRights& rights, QuestionsUi& ui,
                       Commands& out) {
    const float units = column_units(block);
    const bool titled = is_heading(block.questions.front());
    const std::string title = titled ? block.questions.front().label : std::string{};
    std::vector<widgets::Table::Column> columns{{title, 1}};
    for (const ChoiceView& choice : *block.choices) columns.push_back({choice.label, -units});
    widgets::Table grid("choices", columns);
    if (!grid.visible()) return;
    grid.row();
    grid.cell(0);
    widgets::text_block(title, widgets::kBold);
    int column = 1;
    for (const ChoiceView& choice : *block.choices) {
        grid.cell(column++);
        widgets::text_block(choice.label, kMiddle);
    }
    for (const QuestionView& question : block.questions) {
        if (is_heading(question)) continue;
        ImGui::PushID(question.key.c_str());
        grid.row();
        grid.cell(0);
        draw_title(question, rights.answer);
        QuestionView shown = question;
        shown.readonly = question.readonly || !rights.answer;
        draw_marks(shown, grid, ui, out);
        ImGui::PopID();
    }
}

/// What belongs to single rows of the table, below it.
void draw_beside(const BlockView& block, QuestionsUi& ui, const TableParts& parts) {
    for (const QuestionView& question : block.questions) {
        if (is_heading(question)) continue;
        const bool here = ui.cell == question.key;
        if (!here && question.comments.empty() && question.note.empty() && question.copied.empty())
            continue;
        ImGui::PushID(here ? "here" : question.key.c_str());
        widgets::text_block(question.label, widgets::kSmall);
        parts.talk(question);
        ImGui::PopID();
    }
}

void draw_line(const BlockView& block, const TableParts& parts) {
    const auto count = static_cast<float>(block.questions.size());
    const int all = std::accumulate(block.shares.begin(), block.shares.end(), 0);
    widgets::Row row(widgets::Row::Overflow::keep);
    const float room = row.rest() - row.gap() * (count - 1);
    for (std::size_t i = 0; i < block.questions.size(); ++i) {
        row.next(std::floor(room * static_cast<float>(block.shares[i]) / static_cast<float>(all)));
        ImGui::PushID(block.questions[i].key.c_str());
        parts.question(block.questions[i]);
        ImGui::PopID();
    }
}

}  // namespace

void draw_block(const BlockView& block, const QuestionsRights& rights, QuestionsUi& ui,
                const text::Words& words, const TableParts& parts, Commands& out) {
    const bool table = block.choices != nullptr;
    if (!(table ? fits_a_table(block) : fits_a_line(block))) {
        for (const QuestionView& question : block.questions) {
            if (table && is_heading(question)) continue;
            ImGui::PushID(question.key.c_str());
            parts.question(question);
            ImGui::PopID();
        }
        return;
    }
    if (!table) return draw_line(block, parts);
    widgets::begin_card("choice_table");
    draw_choice_table(block, rights, ui, out);
    for (const QuestionView& question : block.questions)
        draw_problem_below(question, rights.show_missing, words);
    draw_beside(block, ui, parts);
    widgets::end_card();
}

}  // namespace bordereau::app
