#include "app/form/xlsform/row_checks.h"

#include <algorithm>

#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

bool check_external_list(const RowReport& report, const std::string& list,
                         const ListSources& sources) {
    if (!report.row.has("choice_filter"))
        report.warning("choice_filter", "select_one_external is meant for filtered lists.",
                       "Add a choice_filter, or use select_one.");
    if (sources.external.find(list)) return true;
    report.error("type", "The list " + quoted(list) + " is not on the external_choices sheet.",
                 "Add a sheet 'external_choices' with the columns list_name and name." +
                     sources.external_hint);
    return false;
}

/// The answers of a select_multiple are separated by blanks.
void check_blanks(const ChoiceList& list, Findings& findings) {
    for (const auto& choice : list.choices) {
        if (choice.name.find(' ') == std::string::npos) continue;
        findings.error({"choices", choice.row, "name"},
                       "The choice " + quoted(choice.name) + " of the list " + quoted(list.name) +
                           " has a blank in its name.",
                       "Lists of select_multiple need names without blanks.");
    }
}

bool has_media(const Element& question, std::string_view form) {
    return std::ranges::any_of(question.media,
                               [form](const auto& media) { return media.form == form; });
}

}  // namespace

void RowReport::error(std::string_view key, std::string message, std::string remedy) const {
    findings.error(place(key), std::move(message), std::move(remedy));
}

void RowReport::warning(std::string_view key, std::string message, std::string remedy) const {
    findings.warning(place(key), std::move(message), std::move(remedy));
}

bool check_list(const RowReport& report, const SelectType& select, const ListSources& sources) {
    if (select.canonical == "select one external")
        return check_external_list(report, select.list, sources);
    const bool file = !external_file_ending(select.list).empty();
    if (select.from_file && !file) {
        report.error("type", "The file " + quoted(select.list) + " is of no known kind.",
                     "Use a name that ends in .csv, .xml or .geojson.");
        return false;
    }
    if (file || has_reference(select.list)) return true;
    const auto* list = sources.choices.find(select.list);
    if (!list) {
        report.error("type", "The list " + quoted(select.list) + " is not on the choices sheet.",
                     sources.choices.empty()
                         ? "Add a sheet 'choices' with the columns list_name, name and label." +
                               sources.choices_hint
                         : "Check the spelling, or add choices with this list_name.");
        return false;
    }
    if (select.canonical == "select multiple") check_blanks(*list, report.findings);
    return true;
}

void check_calculation(const RowReport& report, const Element& question) {
    const bool calculated = question.bind.has("calculate");
    if (question.type == "calculate" && !calculated && !question.default_is_dynamic)
        report.error("bind::calculate", "The calculation is missing.",
                     "Fill in the calculation column.");
    if (question.type != "background-geopoint") return;
    if (question.triggers.empty())
        report.error("trigger", "A background-geopoint needs a trigger.",
                     "Name the question whose answer asks for the position: ${name}.");
    if (calculated)
        report.error("bind::calculate", "A background-geopoint cannot have a calculation.",
                     "Remove the calculation.");
}

void check_shown(const RowReport& report, const Element& question) {
    const auto* type = find_question_type(question.type);
    if (!type || type->control.empty()) return;
    const bool labelled = !question.label.empty() || !question.media.empty();
    const bool worked_out = question.bind.has("calculate") || !question.triggers.empty();
    const bool guided_only = question.hint.empty() && !question.guidance.empty();
    if (!labelled && question.hint.empty() && (guided_only || !worked_out))
        report.error("label",
                     "The question " + quoted(question.name) + " has no label and no hint.",
                     "Fill in the label.");
    if (has_media(question, "big-image") && !has_media(question, "image"))
        report.error("media::big-image", "A big-image needs an image beside it.",
                     "Fill in the image column too.");
}

void check_section(const RowReport& report, const Element& section) {
    const auto required = section.bind.get("required");
    if (required.empty() || required == "false()") return;
    report.error("bind::required", "A group or repeat cannot be required.",
                 "Clear the cell, or require a question inside " + quoted(section.name) + ".");
}

bool check_list_named(const RowReport& report) {
    if (!is_select_without_list(report.row.text("type"))) return true;
    report.error("type", "The question names no list to choose from.",
                 "Write the list_name of the choices sheet behind the type: select_one LIST.");
    return false;
}

void warn_of_capitals(const RowReport& report) {
    const auto words = words_of(report.row.text("type"));
    if (words.empty() || words.front() == "dateTime" || words.front() == lower_ascii(words.front()))
        return;
    report.warning("type", "The type " + quoted(words.front()) + " is written with capitals.",
                   "Write it in lower case; other programs refuse it otherwise.");
}

void warn_of_withdrawn_type(const RowReport& report, std::string_view type) {
    if (type != "subscriberid" && type != "simserial") return;
    report.warning("type", "Devices of today do not tell their " + std::string{type} + ".",
                   "Remove the question; its answer stays empty.");
}

}  // namespace bordereau::form::xlsform
