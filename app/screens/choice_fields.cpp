#include "app/screens/choice_fields.h"

#include <imgui.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"

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

/// The choices in ranked order: those of the answer, then those it lacks.
std::vector<const ChoiceView*> ranked(const QuestionView& question) {
    std::vector<const ChoiceView*> order;
    std::string_view rest = question.value;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        const std::string_view value = rest.substr(0, end);
        const auto found = std::ranges::find(*question.choices, value, &ChoiceView::value);
        if (found != question.choices->end()) order.push_back(&*found);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (const ChoiceView& choice : *question.choices)
        if (std::ranges::find(order, &choice) == order.end()) order.push_back(&choice);
    return order;
}

std::string joined(const std::vector<const ChoiceView*>& order) {
    std::string text;
    for (const ChoiceView* choice : order) text += (text.empty() ? "" : " ") + choice->value;
    return text;
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
             : widgets::choice_list("field", *question.choices, value,
                                    {.enabled = !question.readonly, .invalid = is_wrong(question)});
    if (chosen) out.push_back(Answer{question.key, value});
    if (question.value.empty() || question.required || question.readonly) return;
    if (widgets::link("clear", words("fill.clear"))) out.push_back(Answer{question.key, ""});
}

void draw_select_multiple(const QuestionView& question, Commands& out) {
    std::string values = question.value;
    if (widgets::multi_choice("field", *question.choices, values,
                              {.enabled = !question.readonly, .invalid = is_wrong(question)}))
        out.push_back(Answer{question.key, values});
}

void draw_rank(const QuestionView& question, const text::Words& words, Commands& out) {
    std::vector<const ChoiceView*> order = ranked(question);
    if (question.value.empty()) widgets::text_line(words("fill.unranked"), widgets::kSmall);
    for (std::size_t i = 0; i < order.size(); ++i) {
        ImGui::PushID(order[i]->value.c_str());
        widgets::Row row(widgets::Row::Overflow::keep, 0.25f);
        const float target = widgets::target_height();
        const auto move = [&](const char* id, widgets::Icon icon, std::string_view label,
                              bool possible, std::size_t other) {
            row.next(target);
            if (!widgets::icon_button(id, icon, label, possible && !question.readonly)) return;
            std::swap(order[i], order[other]);
            out.push_back(Answer{question.key, joined(order)});
        };
        const std::string label = std::to_string(i + 1) + ". " + order[i]->label;
        move("up", widgets::Icon::up, words("fill.rank_up"), i > 0, i - 1);
        move("down", widgets::Icon::down, words("fill.rank_down"), i + 1 < order.size(), i + 1);
        row.next(row.rest());
        ImGui::AlignTextToFramePadding();
        widgets::text_line(label);
        ImGui::PopID();
    }
    if (!question.value.empty() || question.readonly) return;
    if (widgets::button("confirm", words("fill.confirm")))
        out.push_back(Answer{question.key, joined(order)});
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
