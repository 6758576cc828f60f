#include "app/screens/choice_fields.h"

#include <imgui.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "storage/base/text.h"

namespace bordereau::app {

namespace {

/// More choices than this are a list to search in, not to read.
constexpr std::size_t kMostButtons = 15;
/// More steps than this do not fit beside each other.
constexpr int kMostSteps = 11;

bool is_wrong(const QuestionView& question) {
    return question.problem == AnswerProblem::constraint || question.problem == AnswerProblem::type;
}

bool as_drop_down(const QuestionView& question) {
    return question.choices->size() > kMostButtons ||
           widgets::contains_value(question.appearance, "minimal") ||
           widgets::contains_value(question.appearance, "autocomplete");
}

/// "columns-3" names their number, 0: none does.
int columns_named(std::string_view appearance) {
    constexpr std::string_view kName = "columns-";
    for (const std::string_view word : words_of(appearance)) {
        int columns = 0;
        if (!word.starts_with(kName)) continue;
        const auto read =
            std::from_chars(word.data() + kName.size(), word.data() + word.size(), columns);
        if (read.ec == std::errc{} && columns > 0) return columns;
    }
    return 0;
}

/// What ODK's appearances of choices ask for; they may be combined.
widgets::ChoiceLook look_of(const QuestionView& question) {
    using widgets::ChoiceLayout;
    const auto asks = [&](std::string_view word) {
        return widgets::contains_value(question.appearance, word);
    };
    widgets::ChoiceLook look{.enabled = !question.readonly, .invalid = is_wrong(question)};
    look.across = columns_named(question.appearance);
    look.marks = !asks("no-buttons");
    if (asks("likert"))
        look.layout = ChoiceLayout::scale;
    else if (asks("columns-pack") || asks("horizontal-compact"))
        look.layout = ChoiceLayout::packed;
    else if (look.across > 0 || asks("columns") || asks("horizontal"))
        look.layout = ChoiceLayout::columns;
    return look;
}

/// Shortest writing that reads back as the same number: "0.1", "3".
std::string number_text(double number) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
    return {buffer, end.ptr};
}

int steps_of(const QuestionView& question) {
    const double span = std::abs(question.range_end - question.range_start);
    const double step = std::abs(question.range_step);
    return step > 0 ? static_cast<int>(std::lround(span / step)) + 1 : 0;
}

double step_value(const QuestionView& question, int step) {
    const double sign = question.range_end < question.range_start ? -1 : 1;
    const double value = question.range_start + sign * step * std::abs(question.range_step);
    return std::round(value * 1e9) / 1e9;  // 3 * 0.1 is 0.3 to a person
}

void draw_slider(const QuestionView& question, int steps, Commands& out) {
    double value = question.range_start;
    const std::string& text = question.value;
    std::from_chars(text.data(), text.data() + text.size(), value);
    const double offset = std::abs(value - question.range_start);
    int step = static_cast<int>(std::lround(offset / std::abs(question.range_step)));
    const std::string shown = text.empty() ? "-" : text;
    ImGui::SetNextItemWidth(std::min(ImGui::GetContentRegionAvail().x, 24 * widgets::unit()));
    if (ImGui::SliderInt("###slider", &step, 0, steps - 1, shown.c_str(),
                         ImGuiSliderFlags_NoInput | ImGuiSliderFlags_AlwaysClamp))
        out.push_back(Answer{question.key, number_text(step_value(question, step))});
    widgets::announce(question.label);
}

}  // namespace

void draw_no_choices(const QuestionView& question) {
    widgets::text_block(question.no_choices, widgets::kQuiet);
}

void draw_select_one(const QuestionView& question, widgets::DropDownUi& ui,
                     const text::Words& words, Commands& out) {
    std::string value = question.value;
    const bool drop = as_drop_down(question);
    const float width = std::min(ImGui::GetContentRegionAvail().x, 26 * widgets::unit());
    const bool chosen =
        drop ? widgets::drop_down("field", *question.choices, value, ui,
                                  {.label = question.label,
                                   .placeholder = words("fill.choose"),
                                   .shown = question.shown,
                                   .width = width,
                                   .enabled = !question.readonly,
                                   .invalid = is_wrong(question)})
             : widgets::choice_list("field", *question.choices, value, look_of(question));
    if (chosen) out.push_back(Answer{question.key, value});
    if (question.value.empty() || question.required || question.readonly) return;
    if (widgets::link("clear", words("fill.clear"))) out.push_back(Answer{question.key, ""});
}

void draw_select_multiple(const QuestionView& question, Commands& out) {
    std::string values = question.value;
    if (widgets::multi_choice("field", *question.choices, values, look_of(question)))
        out.push_back(Answer{question.key, values});
}

void draw_rank(const QuestionView& question, widgets::RankingUi& ui, const text::Words& words,
               Commands& out) {
    if (question.value.empty()) widgets::text_line(words("fill.unranked"), widgets::kSmall);
    widgets::RankingLook look{.up = words("fill.rank_up"),
                              .down = words("fill.rank_down"),
                              .enabled = !question.readonly};
    if (pressed(Shortcut::rank_up)) look.step = -1;
    if (pressed(Shortcut::rank_down)) look.step = 1;
    std::string values = question.value;
    if (widgets::ranking(question.key.c_str(), *question.choices, values, ui, look))
        out.push_back(Answer{question.key, values});
    if (!question.value.empty() || question.readonly) return;
    if (widgets::button("confirm", words("fill.confirm")))
        out.push_back(
            Answer{question.key, widgets::ranked_values(*question.choices, question.value)});
}

void draw_range(const QuestionView& question, Commands& out) {
    const int steps = steps_of(question);
    if (steps < 2) return;
    if (steps > kMostSteps) {
        ImGui::BeginDisabled(question.readonly);
        draw_slider(question, steps, out);
        ImGui::EndDisabled();
        return;
    }
    std::vector<ChoiceView> choices;
    for (int step = 0; step < steps; ++step) {
        const std::string value = number_text(step_value(question, step));
        choices.push_back({value, value});
    }
    std::string value = question.value;
    if (widgets::choice_list("field", choices, value, {.enabled = !question.readonly}))
        out.push_back(Answer{question.key, value});
}

void draw_trigger(const QuestionView& question, const text::Words& words, Commands& out) {
    bool checked = question.value == "OK";
    if (widgets::check_box("field", words("fill.confirm"), checked, !question.readonly))
        out.push_back(Answer{question.key, checked ? "OK" : ""});
}

}  // namespace bordereau::app
