#include "app/form/xlsform/checks.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "app/form/xlsform/body_writer.h"
#include "app/form/xlsform/columns.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

bool is_disabled(const Row& row) {
    return yes_no(row.text("disabled")) == YesNo::yes;
}

void check_cells(const Table& table, const Row& row, const References& references,
                 const std::set<std::string_view>& first_steps, Findings& findings) {
    for (const auto& cell : row.cells)
        if (first_steps.contains(cell.column->path.front()))
            references.check(cell.text, table.place(row.number, cell.column->header), findings);
}

/// Column and languages of the translatable columns of a table.
std::map<std::string, std::set<std::string>> translated_columns(const Table& table) {
    constexpr std::array kColumns = std::to_array<std::string_view>(
        {"label", "hint", "guidance_hint", "media::image", "media::big-image", "media::audio",
         "media::video", "bind::jr:constraintMsg", "bind::jr:requiredMsg"});
    std::map<std::string, std::set<std::string>> columns;
    for (const auto& column : table.columns) {
        for (const auto name : kColumns) {
            if (!column.key.starts_with(name)) continue;
            const auto rest = std::string_view{column.key}.substr(name.size());
            if (rest.empty()) columns[std::string{name}].insert("");
            if (rest.starts_with("::")) columns[std::string{name}].emplace(rest.substr(2));
        }
    }
    return columns;
}

/// "media::image" as authors know it: "image".
std::string_view friendly(std::string_view column) {
    if (column == "bind::jr:constraintMsg") return "constraint_message";
    if (column == "bind::jr:requiredMsg") return "required_message";
    return column.starts_with("media::") ? column.substr(7) : column;
}

void check_languages(const Table& table, Findings& findings) {
    const auto columns = translated_columns(table);
    std::set<std::string> languages;
    for (const auto& [column, present] : columns) languages.insert(present.begin(), present.end());
    if (languages.size() < 2) return;
    for (const auto& language : languages) {
        std::string missing;
        for (const auto& [column, present] : columns)
            if (!present.contains(language))
                missing += (missing.empty() ? "" : ", ") + std::string{friendly(column)};
        if (missing.empty()) continue;
        const auto name =
            language.empty() ? "The default language" : "The language " + quoted(language);
        findings.warning(table.place(1, {}), name + " lacks the columns: " + missing + ".",
                         "Add them; until then people who use this language read another one.");
    }
}

std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const auto cost = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({cost, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// Two to eight letters in parentheses at the end, regions behind hyphens: "(fr)", "(zh-Hant)".
bool has_language_code(std::string_view language) {
    const auto open = language.rfind('(');
    if (open == std::string_view::npos || !language.ends_with(')')) return false;
    const auto code = language.substr(open + 1, language.size() - open - 2);
    const auto primary = code.substr(0, code.find('-'));
    return primary.size() >= 2 && primary.size() <= 8 && std::ranges::all_of(code, [](char c) {
               return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9');
           });
}

}  // namespace

void check_references(const Tables& tables, const References& references, Findings& findings) {
    const std::set<std::string_view> survey{
        "type",    "label", "hint",     "guidance_hint", "default",       "bind",
        "control", "media", "instance", "parameters",    "choice_filter", "intent"};
    for (const auto& row : tables.survey.rows)
        if (row.has("type") && !is_disabled(row))
            check_cells(tables.survey, row, references, survey, findings);
    for (const auto& row : tables.choices.rows)
        if (row.has("list_name"))
            check_cells(tables.choices, row, references, {"label", "media"}, findings);
    if (!tables.settings.rows.empty())
        check_cells(tables.settings, tables.settings.rows.front(), references, {"instance_name"},
                    findings);
    for (const auto& row : tables.entities.rows)
        check_cells(tables.entities, row, references,
                    {"entity_id", "create_if", "update_if", "label"}, findings);
}

void check_triggers_are_shown(const FormSource& form, Findings& findings) {
    walk(std::as_const(*form.survey), [&](const Element& element) {
        for (const auto& name : element.triggers) {
            const auto* source = form.references->find(name);
            if (!source || is_shown(*source)) continue;
            findings.error(
                {"survey", element.row, "trigger"},
                "The question " + quoted(name) + " is not visible, so it cannot trigger anything.",
                "Use a question that people answer.");
        }
    });
}

void check_reference_geometry(const FormSource& form, const std::vector<std::string>& instances,
                              Findings& findings) {
    walk(std::as_const(*form.survey), [&](const Element& element) {
        const auto source = element.parameters.get("reference-geometry");
        if (source.empty()) return;
        const auto name = sole_reference(source);
        const auto* target = name ? form.references->find(*name) : nullptr;
        const bool repeat = target && target->kind == ElementKind::repeat;
        const bool instance =
            form.choices.find(source) || std::ranges::find(instances, source) != instances.end();
        if (repeat || instance) return;
        findings.error({"survey", element.row, "parameters"},
                       "The reference-geometry " + quoted(source) + " leads nowhere.",
                       "Name a choice list, an entity list or an attached file, or a repeat as "
                       "${name}.");
    });
}

void check_updated_lists(const FormSource& form, const Table& entities,
                         const std::vector<std::string>& files, Findings& findings) {
    for (const auto& row : entities.rows) {
        const auto list = row.text("list_name");
        const bool known = form.choices.find(list) || std::ranges::find(files, list) != files.end();
        if (!row.has("entity_id") || known) continue;
        findings.error(entities.place(row.number, row.header("list_name")),
                       "The entities of " + quoted(list) +
                           " are updated, but the form has no list "
                           "of that name to find them in.",
                       "Add a row of the type csv-external with this name to the survey sheet, or "
                       "use select_one_from_file " +
                           std::string{list} + ".csv.");
    }
}

void check_list_names(const FormSource& form, const std::vector<ExternalInstance>& files,
                      Findings& findings) {
    for (const auto& list : form.choices) {
        const auto file = std::ranges::find(files, list.name, &ExternalInstance::id);
        if (list.used_by_search || file == files.end()) continue;
        findings.error({"survey", file->row, "type"},
                       "The name " + quoted(list.name) + " stands for " + file->source +
                           " and for a list of the choices sheet.",
                       "Rename the list or the file.");
    }
}

void check_search(FormSource& form, Findings& findings) {
    std::map<std::string, int> search_rows, other_rows;
    walk(std::as_const(*form.survey), [&](const Element& element) {
        if (element.itemset.empty() || !element.query.empty()) return;
        (uses_search(element) ? search_rows : other_rows).emplace(element.itemset, element.row);
    });
    for (const auto& [list, row] : search_rows) {
        auto* choices = form.choices.find(list);
        const Place place{"survey", row, "appearance"};
        if (!choices) {
            findings.error(place, "search() does not go with a list from a file.",
                           "Remove search(), or use select_one with a list of the choices sheet.");
            continue;
        }
        choices->used_by_search = true;
        if (const auto other = other_rows.find(list); other != other_rows.end())
            findings.error(place,
                           "The list " + quoted(list) +
                               " is used with search() here and without "
                               "it in row " +
                               std::to_string(other->second) + ".",
                           "Use search() for both, or give one of them a list of its own.");
    }
}

void check_languages(const Tables& tables, Findings& findings) {
    check_languages(tables.survey, findings);
    check_languages(tables.choices, findings);
}

void check_language_codes(const std::vector<std::string>& languages, Findings& findings) {
    for (const auto& language : languages) {
        if (language == "default" || has_language_code(language)) continue;
        findings.warning({"survey", 1, {}},
                         "The language " + quoted(language) + " has no language code.",
                         "Write it as in label::French (fr), so that clients recognise it.");
    }
}

void report_unusable_cells(const Sheet& sheet, SheetKind kind, Findings& findings) {
    const std::string name{sheet_name(kind)};
    for (const auto& [place, error] : sheet.unusable) {
        const auto column = static_cast<std::size_t>(place.column);
        if (column >= sheet.header.size() || sheet.header[column].empty()) continue;
        const Place at{name, place.row, sheet.header[column]};
        if (error.empty())
            findings.warning(at, "The formula in this cell has not been worked out.",
                             "Open the file in a spreadsheet program and save it there.");
        else
            findings.warning(at, "The formula in this cell comes to the error " + error + ".",
                             "Correct the formula, or write the value itself.");
    }
    if (sheet.unread_from > 0)
        findings.warning({name, sheet.unread_from},
                         "From here on nothing is read, since so many empty rows stand above.",
                         "Remove the empty rows.");
}

std::string similar_sheets(const Workbook& workbook, std::string_view name) {
    std::string similar;
    for (const auto& sheet : workbook.sheets) {
        const auto other = lower_ascii(sheet.name);
        if (other == name || other.starts_with('_') || distance(other, name) > 2) continue;
        similar += (similar.empty() ? "" : ", ") + quoted(sheet.name);
    }
    return similar.empty() ? "" : " Is it spelled " + similar + "?";
}

}  // namespace bordereau::form::xlsform
