// app/form/xlsform/settings.h - the settings sheet: what holds for the whole form.
#pragma once

#include <string>
#include <string_view>

#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/survey_tree.h"
#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

/// What a form is called where its settings do not say.
struct FormNames {
    std::string root = "data";  ///< element name of the record
    std::string id = "data";    ///< form id
};

struct Settings {
    std::string root;
    std::string form_id;
    std::string title;
    Translated titles;  ///< with languages: this project's own columns, "form_title::Français (fr)"
    std::string version;
    std::string default_language = "default";
    std::string instance_name;  ///< expression
    std::string instance_id = "uid";
    std::string style;
    std::string instance_xmlns;
    std::string namespaces;
    std::string prefix, delimiter;  ///< of the compact representation
    Attributes root_attributes;
    Attributes submission;  ///< attributes of the submission element; empty: none
    bool omit_instance_id = false;
    bool allow_choice_duplicates = false;
    bool clean_text_values = true;
};

/// Reads the first row of a settings sheet; `table` may have no rows.
Settings read_settings(const Table& table, const FormNames& names, Findings& findings);

/// Old forms name themselves on the survey sheet, by rows of the type "set form title" or "set form
/// id". Takes such rows off the table and their names into the settings.
void take_settings_rows(Table& survey, Settings& settings);

}  // namespace bordereau::form::xlsform
