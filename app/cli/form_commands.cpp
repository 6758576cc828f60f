#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/desk/answer_script.h"
#include "app/form/session/session.h"
#include "storage/files.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;

json to_json(const form::Diagnostic& found) {
    return {{"severity", found.severity == form::Severity::error ? "error" : "warning"},
            {"sheet", found.sheet},
            {"row", found.row},
            {"column", found.column},
            {"path", found.path},
            {"message", found.message},
            {"remedy", found.remedy}};
}

void print_findings(const Console& console, const form::Diagnostics& findings) {
    for (const form::Diagnostic& found : findings)
        console.print((found.severity == form::Severity::error ? "error: " : "warning: ") +
                      form::to_text(found));
}

Result<ReadForm> read(const std::filesystem::path& file) {
    auto bytes = storage::read_file(file);
    if (!bytes) return std::move(bytes).error();
    return read_form(*bytes, file.filename().string(), files_in(file.parent_path()));
}

form::NodeId target_of(const form::Session& session, const ScriptStep& step) {
    return step.kind == ScriptStep::Kind::add ? find_repeat(session, step.path)
                                              : find_question(session, step.path);
}

// False where the step names nothing or is not allowed.
bool take(form::Session& session, const ScriptStep& step) {
    const form::NodeId node = target_of(session, step);
    if (node == form::NodeId{}) return false;
    switch (step.kind) {
        case ScriptStep::Kind::add: return session.add_repeat(node) != form::NodeId{};
        case ScriptStep::Kind::remove: return session.remove_repeat(node);
        case ScriptStep::Kind::answer: session.answer(node, step.value); return true;
    }
    return false;
}

Result<std::vector<ScriptStep>> steps_in(const std::filesystem::path& file) {
    auto text = storage::read_file(file);
    if (!text) return std::move(text).error();
    return read_script(*text);
}

}  // namespace

Exit list_forms(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto forms = (*desk)->forms().list();
    if (!forms) return console.fail(Doing::opening_audit, forms.error());
    const auto unusable = (*desk)->forms().unusable();
    if (!unusable) return console.fail(Doing::opening_audit, unusable.error());
    json out = json::array();
    for (const auto& form : *forms) {
        if (console.json())
            out.push_back(
                {{"form", form.id.text}, {"version", form.version}, {"title", form.title}});
        else
            console.print(form.id.text + "  " + form.version + "  " + form.title);
    }
    for (const auto& form : *unusable) {
        if (console.json())
            out.push_back({{"file", form.file_name}, {"usable", false}});
        else {
            console.print(form.file_name + "  " + std::string{console.words()("forms.unusable")});
            print_findings(console, form.diagnostics);
        }
    }
    if (console.json()) console.print(out.dump(2));
    return Exit::ok;
}

Exit add_form(const Console& console, const std::filesystem::path& file) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto imported = (*desk)->forms().import(file);
    if (!imported) return console.fail(Doing::importing_form, imported.error(), file.string());
    print_findings(console, imported->diagnostics);
    if (!imported->form)
        return console.fail(Doing::importing_form, {ErrorCode::invalid, "findings"}, file.string());
    console.print(imported->form->id() + "  " + imported->form->version());
    return Exit::ok;
}

Exit check_form(const Console& console, const std::filesystem::path& file) {
    const auto form = read(file);
    if (!form) return console.fail(Doing::importing_form, form.error(), file.string());
    if (console.json()) {
        json out{{"usable", form->form != nullptr}, {"findings", json::array()}};
        for (const auto& found : form->diagnostics) out["findings"].push_back(to_json(found));
        if (form->form) {
            out["form"] = form->form->id();
            out["version"] = form->form->version();
            out["questions"] = form->form->question_count();
            out["languages"] = form->form->languages();
        }
        console.print(out.dump(2));
        return form->form ? Exit::ok : Exit::refused;
    }
    print_findings(console, form->diagnostics);
    if (!form->form) return Exit::refused;
    std::string languages;
    for (const std::string& language : form->form->languages())
        languages += (languages.empty() ? "" : ", ") + language;
    console.print(form->form->title() + "  (" + form->form->id() + " " + form->form->version() +
                  ")");
    console.print(console.words().count("forms.questions", form->form->question_count()) +
                  (languages.empty() ? "" : "  " + languages));
    return Exit::ok;
}

Exit run_form(const Console& console, const RunFormOptions& options) {
    const auto form = read(options.form);
    if (!form) return console.fail(Doing::importing_form, form.error(), options.form.string());
    if (!form->form) {
        print_findings(console, form->diagnostics);
        return Exit::refused;
    }
    const auto steps = steps_in(options.answers);
    if (!steps) return console.fail(Doing::recording, steps.error(), options.answers.string());
    auto session = form::Session::start(form->form, environment_for(system_services(), {}));
    Exit code = Exit::ok;
    for (const ScriptStep& step : *steps)
        if (!take(session, step))
            code = console.fail(Doing::recording, {ErrorCode::not_found, step.path},
                                "line " + std::to_string(step.line) + ", " + step.path);
    for (const auto& problem : session.problems()) {
        console.print(session.xpath(problem.node) + ": " + problem.message);
        code = Exit::refused;
    }
    session.finalize();
    if (Status written = storage::replace_file(options.out, session.submission_xml()); !written)
        return console.fail(Doing::recording, written.error(), options.out.string());
    return code;
}

}  // namespace bordereau::app::cli
