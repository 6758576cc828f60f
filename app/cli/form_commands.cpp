#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/form_file.h"
#include "app/desk/answer_script.h"
#include "app/desk/form_remarks.h"
#include "app/desk/off_list.h"
#include "app/form/session/session.h"
#include "storage/base/text.h"
#include "storage/files.h"
#include "storage/rights.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;

/// Fills a form by the steps of a script and says, by line, what did not go as written.
class Runner {
public:
    Runner(const Console& console, form::Session session, std::string script)
        : console_(console), session_(std::move(session)), script_(std::move(script)) {}

    void take(const ScriptStep& step) {
        switch (step.kind) {
            case ScriptStep::Kind::add: return add(step);
            case ScriptStep::Kind::remove: return remove(step);
            case ScriptStep::Kind::answer: return answer(step);
        }
    }

    /// What keeps the record from being valid, and answers that count for nothing.
    void look_back() {
        for (const auto& [node, step] : answered_)
            if (!session_.relevant(node)) say(step.line, "run.irrelevant", step, false);
        for (const auto& problem : session_.problems()) report(problem);
        std::ranges::stable_sort(complaints_, {}, &Complaint::line);
        for (const auto& [line, what] : complaints_)
            console_.complain(line == 0
                                  ? script_ + ": " + what
                                  : console_.words()("run.place", {{"file", script_},
                                                                   {"line", std::to_string(line)},
                                                                   {"what", what}}));
    }

    bool all_well() const { return all_well_; }
    form::Session& session() { return session_; }

private:
    void add(const ScriptStep& step) {
        const auto repeat = find_repeat(session_, step.path);
        if (repeat == form::NodeId{} || session_.add_repeat(repeat) == form::NodeId{})
            say(step.line, "run.no_repeat", step);
    }

    void remove(const ScriptStep& step) {
        const auto row = find_question(session_, step.path);
        if (row == form::NodeId{} || !session_.remove_repeat(row))
            say(step.line, "run.not_removed", step);
    }

    void answer(const ScriptStep& step) {
        const auto node = find_question(session_, step.path);
        if (node == form::NodeId{}) return say(step.line, "run.unknown", step);
        const auto validity = session_.answer(node, step.value);
        answered_.insert_or_assign(node, step);
        if (validity == form::Validity::type) return say(step.line, "run.bad_type", step);
        if (!is_offered(node, step.value)) say(step.line, "run.no_choice", step);
    }

    /// False where a value of a select is none of its choices.
    bool is_offered(form::NodeId node, const std::string& value) const {
        const form::Element* shown = session_.element_of(node);
        return shown == nullptr || off_list(session_, *shown, value).empty();
    }

    void report(const form::Problem& problem) {
        const auto found = answered_.find(problem.node);
        const bool said = problem.validity == form::Validity::type && found != answered_.end();
        if (said) return;
        const auto path = session_.xpath(problem.node);
        const auto sentence = !problem.message.empty() ? path + ": " + problem.message
                              : problem.validity == form::Validity::required
                                  ? console_.words()("run.required", {{"name", path}})
                                  : console_.words()("run.constraint", {{"name", path}});
        all_well_ = false;
        complaints_.push_back({found == answered_.end() ? 0 : found->second.line, sentence});
    }

    void say(int line, const char* key, const ScriptStep& step, bool counts = true) {
        if (counts) all_well_ = false;
        complaints_.push_back(
            {line, console_.words()(key, {{"name", step.path}, {"value", step.value}})});
    }

    /// Line 0: of the record as a whole, or a question that no line answers.
    struct Complaint {
        int line;
        std::string what;
    };

    const Console& console_;
    form::Session session_;
    std::string script_;  ///< its file, for complaints
    std::map<form::NodeId, ScriptStep> answered_;
    std::vector<Complaint> complaints_;
    bool all_well_ = true;
};

Result<std::vector<ScriptStep>> steps_in(const std::filesystem::path& file) {
    auto text = storage::read_file(file);
    if (!text) return std::move(text).error();
    return read_script(*text);
}

Status write_record(const Console& console, const std::filesystem::path& file,
                    const std::string& xml) {
    if (file != "-") return storage::replace_file(file, xml);
    console.print(xml);
    return done();
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
    if (Status allowed = (*desk)->may(storage::Act::add_forms); !allowed)
        return console.fail(Doing::importing_form, allowed.error());
    const auto imported = (*desk)->forms().import(file);
    if (!imported) return console.fail(Doing::importing_form, imported.error(), file.string());
    print_findings(console, imported->diagnostics);
    if (!imported->form)
        return console.fail(Doing::importing_form, {ErrorCode::invalid, "findings"}, file.string());
    console.print(imported->form->id() + "  " + imported->form->version());
    return Exit::ok;
}

Exit run_form(const Console& console, const RunFormOptions& options) {
    const auto bytes = storage::read_file(options.form);
    if (!bytes) return console.fail(Doing::importing_form, bytes.error(), options.form.string());
    const auto form = read_form(*bytes, options.form.filename().string(), files_of(options.form));
    if (!form.form) {
        print_findings(console, form.diagnostics);
        return Exit::refused;
    }
    const auto steps = steps_in(options.answers);
    if (!steps)
        return console.fail(Doing::recording, steps.error(),
                            options.answers.string() + ": " + steps.error().detail);
    Runner runner{console, form::Session::start(form.form, environment_for(system_services(), {})),
                  options.answers.filename().string()};
    if (!options.language.empty() && !runner.session().set_language(options.language)) {
        console.complain(console.words()("run.language", {{"name", options.language}}));
        return Exit::usage;
    }
    for (const ScriptStep& step : *steps) runner.take(step);
    runner.look_back();
    runner.session().finalize();
    if (Status written = write_record(console, options.out, runner.session().submission_xml());
        !written)
        return console.fail(Doing::recording, written.error(), options.out.string());
    return runner.all_well() ? Exit::ok : Exit::refused;
}

}  // namespace bordereau::app::cli
