// `form check`: everything an author wants to know of a form file, for people and for scripts.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "app/cli/commands.h"
#include "app/cli/form_file.h"
#include "app/desk/form_remarks.h"
#include "storage/files.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kShownPerTopic = 20;

struct Checked {
    ReadForm read;
    form::FormReport report;  ///< empty where the form cannot be used
    std::uintmax_t file_bytes = 0;
};

const char* name_of(form::Topic topic) {
    switch (topic) {
        case form::Topic::translation: return "translation";
        case form::Topic::unreachable: return "unreachable";
        case form::Topic::unused_list: return "unused_list";
        case form::Topic::file: return "file";
        case form::Topic::media: return "media";
        case form::Topic::client: break;
    }
    return "client";
}

Checked inspect(ReadForm read, const form::Resources& beside) {
    Checked checked{std::move(read), {}, 0};
    checked.report = report_on(checked.read, beside);
    // By topic, then as the author meets them going down the workbook.
    std::ranges::stable_sort(checked.report.remarks, {}, [](const form::Remark& remark) {
        return std::tuple{remark.topic, remark.finding.sheet == "choices", remark.finding.row};
    });
    return checked;
}

json size_json(const form::FormSize& size, std::uintmax_t file_bytes) {
    return {{"questions", size.questions},
            {"notes", size.notes},
            {"groups", size.groups},
            {"repeats", size.repeats},
            {"calculations", size.calculations},
            {"lists", size.lists},
            {"choices", size.choices},
            {"deepest", size.deepest},
            {"bytes", file_bytes},
            {"xform_bytes", size.bytes}};
}

json report_json(const Checked& checked) {
    json out{{"usable", checked.read.form != nullptr}, {"findings", json::array()}};
    for (const auto& found : checked.read.diagnostics) out["findings"].push_back(json_of(found));
    if (!checked.read.form) return out;
    const auto& form = *checked.read.form;
    out.update({{"form", form.id()},
                {"version", form.version()},
                {"title", form.title()},
                {"questions", form.question_count()},
                {"languages", form.languages()},
                {"size", size_json(checked.report.size, checked.file_bytes)},
                {"texts", json::array()},
                {"files", json::array()},
                {"remarks", json::array()}});
    for (const auto& language : checked.report.languages)
        out["texts"].push_back({{"language", language.language},
                                {"texts", language.texts},
                                {"missing", language.missing}});
    for (const auto& file : checked.report.files)
        out["files"].push_back(
            {{"name", file.name}, {"present", file.present}, {"media", file.media}});
    for (const auto& remark : checked.report.remarks) {
        auto entry = json_of(remark.finding);
        entry["topic"] = name_of(remark.topic);
        out["remarks"].push_back(std::move(entry));
    }
    return out;
}

/// One finding in a line: topic, severity, sheet, row, column, path, message, remedy.
void print_line(const Console& console, const char* topic, const form::Diagnostic& found) {
    std::string line = topic;
    const auto add = [&line](std::string text) {
        std::ranges::replace_if(
            text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
        line += '\t' + text;
    };
    add(found.severity == form::Severity::error ? "error" : "warning");
    add(found.sheet);
    add(found.row > 0 ? std::to_string(found.row) : "");
    add(found.column);
    add(found.path);
    add(found.message);
    add(found.remedy);
    console.print(line);
}

void print_table(const Console& console, const Checked& checked) {
    console.print("topic\tseverity\tsheet\trow\tcolumn\tpath\tmessage\tremedy");
    for (const auto& found : checked.read.diagnostics) print_line(console, "form", found);
    for (const auto& remark : checked.report.remarks)
        print_line(console, name_of(remark.topic), remark.finding);
}

void print_size(const Console& console, const Checked& checked) {
    const auto& size = checked.report.size;
    const auto& words = console.words();
    std::string line;
    const auto add = [&](const char* key, std::int64_t count) {
        if (count > 0) line += (line.empty() ? "" : ", ") + words.count(key, count);
    };
    add("forms.questions", size.questions);
    add("check.notes", size.notes);
    add("check.groups", size.groups);
    add("check.repeats", size.repeats);
    add("check.calculations", size.calculations);
    add("check.choices", static_cast<std::int64_t>(size.choices));
    console.print(line);
    console.print(words.count("check.deepest", size.deepest) + ", " +
                  words.count("check.bytes", static_cast<std::int64_t>(checked.file_bytes)));
}

void print_languages(const Console& console, const Checked& checked) {
    for (const auto& language : checked.report.languages) {
        const auto& words = console.words();
        console.print(language.language + ": " +
                      (language.missing == 0 ? std::string{words("check.complete")}
                                             : words.count("check.missing", language.missing)));
    }
}

void print_remarks(const Console& console, const form::FormReport& report) {
    std::size_t shown = 0;
    const form::Remark* before = nullptr;
    std::map<form::Topic, std::size_t> counts;
    for (const auto& remark : report.remarks) ++counts[remark.topic];
    for (const auto& remark : report.remarks) {
        if (!before || before->topic != remark.topic) {
            console.print("");
            console.print(console.words()("check.topic." + std::string{name_of(remark.topic)}));
            shown = 0;
        }
        before = &remark;
        ++shown;
        if (shown <= kShownPerTopic) console.print("  " + form::to_text(remark.finding));
        const auto count = counts[remark.topic];
        if (shown == count && count > kShownPerTopic)
            console.print("  " + console.words().count("check.more", static_cast<std::int64_t>(
                                                                         count - kShownPerTopic)));
    }
}

void print_report(const Console& console, const Checked& checked) {
    print_findings(console, checked.read.diagnostics);
    if (!checked.read.form) return;
    const auto& form = *checked.read.form;
    console.print(form.title() + "  (" + form.id() +
                  (form.version().empty() ? "" : " " + form.version()) + ")");
    print_size(console, checked);
    print_languages(console, checked);
    print_remarks(console, checked.report);
}

/// Without --strict only errors count; with it every finding and remark does.
Exit code_of(const Checked& checked, bool strict) {
    if (!checked.read.form) return Exit::refused;
    const bool anything = !checked.read.diagnostics.empty() || !checked.report.remarks.empty();
    return strict && anything ? Exit::refused : Exit::ok;
}

}  // namespace

Exit check_form(const Console& console, const CheckFormOptions& options) {
    const auto bytes = storage::read_file(options.form);
    if (!bytes) return console.fail(Doing::importing_form, bytes.error(), options.form.string());
    const auto beside = files_of(options.form);
    auto checked = inspect(read_form(*bytes, options.form.filename().string(), beside), beside);
    checked.file_bytes = bytes->size();
    if (options.table)
        print_table(console, checked);
    else if (console.json())
        console.print(report_json(checked).dump(2, ' ', false, json::error_handler_t::replace));
    else
        print_report(console, checked);
    return code_of(checked, options.strict);
}

}  // namespace bordereau::app::cli
