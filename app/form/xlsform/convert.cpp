#include "app/form/xlsform/convert.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/form/xlsform/body_writer.h"
#include "app/form/xlsform/checks.h"
#include "app/form/xlsform/file_kind.h"
#include "app/form/xlsform/itext.h"
#include "app/form/xlsform/model_writer.h"
#include "app/form/xlsform/survey_reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace xlsform {
namespace {

constexpr std::array kNamespaces = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"xmlns", "http://www.w3.org/2002/xforms"},
    {"xmlns:h", "http://www.w3.org/1999/xhtml"},
    {"xmlns:ev", "http://www.w3.org/2001/xml-events"},
    {"xmlns:xsd", "http://www.w3.org/2001/XMLSchema"},
    {"xmlns:jr", "http://openrosa.org/javarosa"},
    {"xmlns:orx", "http://openrosa.org/xforms"},
    {"xmlns:odk", "http://www.opendatakit.org/xforms"},
});

/// Reads a workbook step by step. Each step goes on after the errors of those before, so that an
/// author learns of all of them at once.
class Converter {
public:
    Converter(const Workbook& workbook, const FormNames& names, MissingTexts missing_texts)
        : workbook_(workbook), names_(names), missing_texts_(missing_texts) {}

    ConvertedForm run() {
        const auto* survey = survey_sheet();
        if (!survey) return finish({});
        report_unusable_cells(*survey, SheetKind::survey, findings_);
        read_settings_sheet();
        read_choice_sheets();
        read_survey_sheet(*survey);
        add_meta();
        const auto files = external_instances(*form_.survey, findings_);
        check_all(files);
        const Itext itext{form_, missing_texts_};
        check_language_codes(itext.languages(), findings_);
        borrowed_ = itext.borrowed();
        return finish(findings_.any_error() ? std::string{} : write(itext, files));
    }

private:
    ConvertedForm finish(std::string xform) {
        return {.xform = std::move(xform),
                .diagnostics = findings_.take(),
                .itemsets_csv = std::move(itemsets_csv_),
                .origins = origins(),
                .borrowed = std::move(borrowed_)};
    }

    Origins origins() const {
        Origins origins;
        if (!form_.survey) return origins;
        walk(std::as_const(*form_.survey), [&](const Element& element) {
            if (element.row > 0) origins[element.path()] = {"survey", element.row};
        });
        for (const auto& list : form_.choices)
            for (std::size_t i = 0; i < list.choices.size(); ++i)
                if (list.choices[i].row > 0)
                    origins[list.name + "-" + std::to_string(i)] = {"choices", list.choices[i].row};
        return origins;
    }

    /// The sheet named survey; a workbook of one unnamed sheet means that one.
    const Sheet* survey_sheet() {
        const auto* sheet = workbook_.find("survey");
        if (!sheet && workbook_.sheets.size() == 1 &&
            !is_known_sheet(workbook_.sheets.front().name))
            sheet =
                similar_sheets(workbook_, "survey").empty() ? &workbook_.sheets.front() : nullptr;
        if (sheet && !sheet->header.empty()) return sheet;
        findings_.error(
            {"survey", 0}, "There is no sheet named 'survey'.",
            "Add one with the columns type, name and label." + similar_sheets(workbook_, "survey"));
        return nullptr;
    }

    static bool is_known_sheet(std::string_view name) {
        const auto lower = lower_ascii(name);
        return lower == "choices" || lower == "settings" || lower == "external_choices" ||
               lower == "entities" || lower == "osm";
    }

    Table read(SheetKind kind, Spaces spaces) {
        const auto* sheet = workbook_.find(sheet_name(kind));
        if (sheet) report_unusable_cells(*sheet, kind, findings_);
        if (sheet) return read_table(*sheet, kind, spaces, findings_);
        const auto similar = similar_sheets(workbook_, sheet_name(kind));
        const bool warn = kind == SheetKind::settings || kind == SheetKind::entities;
        if (warn && !similar.empty())
            findings_.warning({std::string{sheet_name(kind)}, 0},
                              "There is no sheet named " + quoted(sheet_name(kind)) + ".",
                              "Prefix other sheets with an underscore." + similar);
        return Table{.kind = kind, .columns = {}, .rows = {}};
    }

    void read_settings_sheet() {
        tables_.settings = read(SheetKind::settings, Spaces::kept);
        form_.settings = read_settings(tables_.settings, names_, findings_);
    }

    void read_choice_sheets() {
        const ChoiceOptions options{form_.settings.default_language,
                                    form_.settings.allow_choice_duplicates};
        tables_.choices = read(SheetKind::choices, Spaces::kept);
        form_.choices = read_choices(tables_.choices, options, findings_);
        const ChoiceOptions lenient{form_.settings.default_language, true};
        const auto osm = read(SheetKind::osm, Spaces::kept);
        form_.osm = read_choices(osm, lenient, findings_);
        const auto external = read(SheetKind::external_choices, Spaces::kept);
        Findings labels_may_miss;
        external_ = read_choices(external, lenient, labels_may_miss);
        if (!external_.empty()) write_itemsets(external);
    }

    void write_itemsets(const Table& table) {
        const auto line = [this](const auto& cells) {
            std::string_view separator;
            for (const auto& cell : cells) {
                itemsets_csv_ += std::string{separator} + '"';
                for (const char c : cell) itemsets_csv_ += c == '"' ? "\"\"" : std::string{c};
                itemsets_csv_ += '"';
                separator = ",";
            }
            itemsets_csv_ += "\r\n";
        };
        std::vector<std::string> cells;
        for (const auto& column : table.columns) cells.push_back(column.header);
        line(cells);
        for (const auto& row : table.rows) {
            cells.clear();
            for (const auto& column : table.columns) cells.emplace_back(row.text(column.key));
            line(cells);
        }
    }

    void read_survey_sheet(const Sheet& sheet) {
        const auto spaces = form_.settings.clean_text_values ? Spaces::collapsed : Spaces::kept;
        tables_.survey = read_table(sheet, SheetKind::survey, spaces, findings_);
        // Without types every row would be at fault.
        if (!tables_.survey.has_column("type")) tables_.survey.rows.clear();
        take_settings_rows(tables_.survey, form_.settings);
        const SurveySources sources{form_.settings,
                                    form_.choices,
                                    {form_.choices, external_, similar_sheets(workbook_, "choices"),
                                     similar_sheets(workbook_, "external_choices")}};
        form_.survey = read_survey(tables_.survey, sources, findings_);
        form_.references = std::make_unique<References>(*form_.survey);
        tables_.entities = read(SheetKind::entities, Spaces::kept);
        form_.entities_version =
            place_entities(read_entities(tables_.entities, findings_), *form_.survey, findings_);
    }

    /// meta comes last and says which record this is.
    void add_meta() {
        const auto& settings = form_.settings;
        const auto add = [this](std::string name, auto fill) {
            auto element = std::make_unique<Element>();
            element->name = std::move(name);
            element->bind.set("type", "string");
            fill(element->bind);
            meta_of(*form_.survey).add(std::move(element));
        };
        if (!settings.omit_instance_id)
            add("instanceID", [&](Attributes& bind) {
                bind.set("readonly", "true()");
                bind.set("jr:preload", settings.instance_id);
            });
        if (!settings.instance_name.empty())
            add("instanceName",
                [&](Attributes& bind) { bind.set("calculate", settings.instance_name); });
        auto& children = form_.survey->children;
        std::stable_partition(children.begin(), children.end(),
                              [](const auto& child) { return child->type != "meta"; });
    }

    void check_all(const std::vector<ExternalInstance>& files) {
        check_references(tables_, *form_.references, findings_);
        check_triggers_are_shown(form_, findings_);
        check_search(form_, findings_);
        check_list_names(form_, files, findings_);
        check_languages(tables_, findings_);
        std::vector<std::string> instances;
        for (const auto& file : files)
            if (file.attached) instances.push_back(file.id);
        check_updated_lists(form_, tables_.entities, instances, findings_);
        for (const auto& row : tables_.entities.rows) instances.emplace_back(row.text("list_name"));
        check_reference_geometry(form_, instances, findings_);
    }

    std::string write(const Itext& itext, const std::vector<ExternalInstance>& files) const {
        XmlWriter xml;
        xml.open("h:html");
        for (const auto& [name, uri] : kNamespaces) xml.attribute(name, uri);
        write_more_namespaces(xml);
        xml.open("h:head").open("h:title").text(form_.settings.title).close();
        write_model(xml, form_, itext, files);
        xml.close();
        write_body(xml, form_);
        xml.close();
        return xml.take();
    }

    /// The settings' own, written as prefix="uri" prefix2="uri2".
    void write_more_namespaces(XmlWriter& xml) const {
        if (!form_.entities_version.empty())
            xml.attribute("xmlns:entities", "http://www.opendatakit.org/xforms/entities");
        for (const auto word : words_of(form_.settings.namespaces)) {
            const auto pieces = split(word, '=');
            if (pieces.size() != 2 || pieces.front().empty()) continue;
            const auto name = "xmlns:" + std::string{pieces.front()};
            const bool ours =
                std::ranges::find(kNamespaces, name,
                                  &std::pair<std::string_view, std::string_view>::first) !=
                kNamespaces.end();
            if (ours || name == "xmlns:entities") continue;
            std::string uri{pieces.back()};
            std::erase_if(uri, [](char c) { return c == '"' || c == '\''; });
            xml.attribute(name, uri);
        }
    }

    const Workbook& workbook_;
    const FormNames& names_;
    MissingTexts missing_texts_;
    Findings findings_;
    Tables tables_;
    ChoiceLists external_;
    FormSource form_;
    std::string itemsets_csv_;
    BorrowedTexts borrowed_;
};

std::string stem_of(std::string_view file_name) {
    const auto slash = file_name.find_last_of("/\\");
    if (slash != std::string_view::npos) file_name.remove_prefix(slash + 1);
    return std::string{file_name.substr(0, file_name.rfind('.'))};
}

/// Why a workbook cannot be read, and what to do about it.
Refusal in_words(const Error& error) {
    const auto message = "The file cannot be read: " + error.detail + ".";
    switch (error.code) {
        case ErrorCode::corrupt:
            return {message, "It may not have been copied completely: copy or download it again."};
        case ErrorCode::refused:
            return {message, "Forms are smaller: remove what is not part of the form."};
        default: return {message, "Save it again as .xlsx."};
    }
}

ConvertedForm refusal(const Refusal& refused) {
    Findings findings;
    findings.error({}, refused.message, refused.remedy);
    return {.xform = {}, .diagnostics = findings.take()};
}

}  // namespace

ConvertedForm convert_workbook(const Workbook& workbook, const FormNames& names,
                               MissingTexts missing_texts) {
    return Converter{workbook, names, missing_texts}.run();
}

}  // namespace xlsform

ConvertedForm convert_xlsform(std::string_view bytes, std::string_view file_name,
                              MissingTexts missing_texts) {
    const auto refused = xlsform::refuse_by_content(bytes, file_name);
    if (refused) return xlsform::refusal(*refused);
    const auto workbook = xlsform::read_workbook(bytes, file_name);
    if (!workbook) return xlsform::refusal(xlsform::in_words(workbook.error()));
    xlsform::FormNames names;
    if (auto stem = xlsform::stem_of(file_name); !stem.empty()) names.id = std::move(stem);
    return xlsform::convert_workbook(*workbook, names, missing_texts);
}

}  // namespace bordereau::form
