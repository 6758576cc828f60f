#include "app/form/xlsform/settings.h"

#include <algorithm>

#include "app/form/xlsform/columns.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

std::string or_else(std::string_view text, std::string_view otherwise) {
    return std::string{text.empty() ? otherwise : text};
}

void read_submission(const Row& row, Attributes& submission) {
    if (row.has("submission_url")) {
        submission.set("action", std::string{row.text("submission_url")});
        submission.set("method", "post");
    }
    if (row.has("public_key"))
        submission.set("base64RsaPublicKey", std::string{row.text("public_key")});
    if (row.has("auto_send")) submission.set("orx:auto-send", std::string{row.text("auto_send")});
    if (row.has("auto_delete"))
        submission.set("orx:auto-delete", std::string{row.text("auto_delete")});
    if (yes_no(row.text("client_editable")) == YesNo::yes)
        submission.set("odk:client-editable", "true");
}

void check(const Settings& settings, const Row& row, const Table& table, Findings& findings) {
    if (!is_xml_name(settings.root))
        findings.error(table.place(std::max(1, row.number), "name"),
                       "The name " + quoted(settings.root) + " cannot be an element name.",
                       "Start with a letter or underscore; go on with letters, digits, "
                       "underscores, hyphens and periods.");
    if (settings.omit_instance_id && settings.submission.has("base64RsaPublicKey"))
        findings.error(table.place(row.number, row.header("omit_instanceID")),
                       "The instance id cannot be left out of an encrypted form.",
                       "Remove omit_instanceID or public_key.");
}

/// In the default language, where the column without one is not there.
std::string_view plain_title(const Row& row, const Settings& settings) {
    if (row.has("title")) return row.text("title");
    const auto& all = settings.titles.texts;
    const auto own = std::ranges::find(all, settings.default_language,
                                       &std::pair<std::string, std::string>::first);
    return own == all.end() ? std::string_view{} : std::string_view{own->second};
}

/// The setting that a row of the survey sheet gives by its type; null if it is a question.
std::string* setting_of(std::string_view type, Settings& settings) {
    auto spelled = lower_ascii(with_single_blanks(type));
    std::ranges::replace(spelled, ' ', '_');
    if (spelled == "form_title" || spelled == "set_form_title") return &settings.title;
    if (spelled == "form_id" || spelled == "set_form_id") return &settings.form_id;
    return nullptr;
}

/// Yes or no is wanted; anything else counts as what holds without it.
void check_yes_no(const Row& row, const Table& table, Findings& findings) {
    for (const std::string_view key :
         {"omit_instanceID", "allow_choice_duplicates", "clean_text_values", "client_editable"}) {
        if (!row.has(key) || yes_no(row.text(key)) != YesNo::neither) continue;
        findings.warning(table.place(row.number, row.header(key)),
                         "The value " + quoted(row.text(key)) + " is neither yes nor no.",
                         "Write yes or no; until then the setting is as if it were not there.");
    }
}

}  // namespace

void take_settings_rows(Table& survey, Settings& settings) {
    std::erase_if(survey.rows, [&settings](const Row& row) {
        std::string* setting = setting_of(row.text("type"), settings);
        if (setting && row.has("name")) *setting = row.text("name");
        return setting != nullptr;
    });
}

Settings read_settings(const Table& table, const FormNames& names, Findings& findings) {
    const Row none{};
    const Row& row = table.rows.empty() ? none : table.rows.front();
    const auto yes = [&row](std::string_view key) { return yes_no(row.text(key)) == YesNo::yes; };
    Settings settings;
    settings.root = or_else(row.text("name"), names.root);
    settings.form_id = or_else(row.text("id_string"), names.id);
    settings.version = row.text("version");
    settings.default_language = or_else(row.text("default_language"), "default");
    settings.titles = row.translated("title", settings.default_language);
    settings.title = or_else(plain_title(row, settings), settings.form_id);
    settings.instance_name = row.text("instance_name");
    settings.instance_id = or_else(row.text("instance_id"), "uid");
    settings.style = row.text("style");
    settings.instance_xmlns = row.text("instance_xmlns");
    settings.namespaces = row.text("namespaces");
    settings.prefix = row.text("prefix");
    settings.delimiter = row.text("delimiter");
    settings.omit_instance_id = yes("omit_instanceID");
    settings.allow_choice_duplicates = yes("allow_choice_duplicates");
    settings.clean_text_values = yes_no(row.text("clean_text_values")) != YesNo::no;
    for (const auto& cell : row.cells) {
        const auto& path = cell.column->path;
        if (path.front() == "attribute" && path.size() > 1)
            settings.root_attributes.set(path[1], cell.text);
    }
    read_submission(row, settings.submission);
    check(settings, row, table, findings);
    check_yes_no(row, table, findings);
    return settings;
}

}  // namespace bordereau::form::xlsform
