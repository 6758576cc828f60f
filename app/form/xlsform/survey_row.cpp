#include "app/form/xlsform/survey_row.h"

#include <algorithm>
#include <array>

#include "app/form/xlsform/choices.h"
#include "app/form/xlsform/columns.h"
#include "app/form/xlsform/default_value.h"
#include "app/form/xlsform/question_types.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::array kMessages =
    std::to_array<std::string_view>({"jr:constraintMsg", "jr:requiredMsg", "jr:noAppErrorString"});
constexpr std::array kConditions = std::to_array<std::string_view>(
    {"readonly", "required", "relevant", "constraint", "calculate"});

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

/// Everything behind the first step of a column: bind::orx:max-pixels gives orx:max-pixels.
std::string attribute_name(const Column& column) {
    return column.key.substr(column.path.front().size() + 2);
}

/// Authors write yes and no; XForms wants functions.
std::string condition(std::string_view name, std::string_view text) {
    if (!contains(kConditions, name)) return std::string{text};
    switch (yes_no(text)) {
        case YesNo::yes: return "true()";
        case YesNo::no: return "false()";
        case YesNo::neither: break;
    }
    return std::string{text};
}

void read_attributes(const Row& row, Element& element) {
    for (const auto& cell : row.cells) {
        if (cell.column->path.size() < 2) continue;
        const auto& first = cell.column->path.front();
        const auto name = attribute_name(*cell.column);
        if (first == "bind" && !contains(kMessages, cell.column->path[1]))
            element.bind.set(name, condition(name, cell.text));
        if (first == "control") element.control.set(name, cell.text);
        if (first == "instance") element.instance.set(name, cell.text);
    }
}

void add_dynamic_default(Element& question, bool in_repeat) {
    const auto& value = question.default_value;
    question.actions.push_back(
        {.element = "setvalue", .event = "odk-instance-first-load", .value = value});
    if (in_repeat)
        question.actions.push_back(
            {.element = "setvalue", .event = "odk-new-repeat", .value = value});
}

}  // namespace

std::unique_ptr<Element> read_element(const Row& row, std::string_view default_language) {
    auto element = std::make_unique<Element>();
    element->row = row.number;
    element->name = row.text("name");
    element->label = row.translated("label", default_language);
    element->hint = row.translated("hint", default_language);
    element->guidance = row.translated("guidance_hint", default_language);
    element->media = read_media(row, default_language);
    for (const auto message : kMessages) {
        auto text = row.translated("bind::" + std::string{message}, default_language);
        if (!text.empty()) element->messages.emplace_back(message, std::move(text));
    }
    read_attributes(row, *element);
    element->default_value = row.text("default");
    element->choice_filter = row.text("choice_filter");
    if (row.has("intent")) element->control.set("intent", std::string{row.text("intent")});
    // The choices under a heading of their own need no text beside them.
    if (element->control.get("appearance") == "label" && element->label.empty())
        element->label = Translated::of(" ");
    return element;
}

std::vector<std::string> read_triggers(std::string_view text, const Place& place,
                                       Findings& findings) {
    std::vector<std::string> names;
    for (const auto piece : split(text, ',')) {
        if (is_blank(piece)) continue;
        const auto name = sole_reference(piece);
        if (!name) {
            findings.error(place, "The trigger " + quoted(trimmed(piece)) + " is no reference.",
                           "Write ${name}; separate several with commas.");
            continue;
        }
        names.emplace_back(*name);
    }
    return names;
}

void complete_question(Element& question, bool in_repeat) {
    const auto* type = find_question_type(question.type);
    if (!type) return;
    Attributes bind;
    if (type->readonly) bind.set("readonly", "true()");
    if (!type->bind_type.empty()) bind.set("type", std::string{type->bind_type});
    if (!type->constraint.empty()) bind.set("constraint", std::string{type->constraint});
    if (!type->preload.empty()) {
        bind.set("jr:preload", std::string{type->preload});
        bind.set("jr:preloadParams", std::string{type->preload_parameters});
    }
    for (const auto& [name, value] : question.bind) bind.set(name, value);
    question.bind = std::move(bind);
    if (question.hint.empty() && !type->hint.empty())
        question.hint = Translated::of(std::string{type->hint});
    if (question.default_value.empty()) return;
    question.default_is_dynamic = is_dynamic_default(question.default_value, question.type);
    const bool image = question.type == "photo" &&
                       question.default_value.find("jr://images/") == std::string::npos;
    if (question.default_is_dynamic) {
        add_dynamic_default(question, in_repeat);
    } else if (image) {
        question.default_value.insert(0, "jr://images/");
    }
}

}  // namespace bordereau::form::xlsform
