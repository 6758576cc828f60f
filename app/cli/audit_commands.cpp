#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

#include "app/cli/audit_print.h"
#include "app/cli/commands.h"
#include "app/cli/open_audit.h"
#include "app/desk/off_list.h"
#include "storage/base/text.h"
#include "storage/files.h"

namespace bordereau::app::cli {
namespace {

// "question=value" lines as steps of a script; nothing where one has no "=".
std::optional<std::vector<ScriptStep>> steps_of(const std::vector<std::string>& answers) {
    std::vector<ScriptStep> steps;
    for (const std::string& text : answers) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0) return std::nullopt;
        steps.push_back(
            {ScriptStep::Kind::answer, text.substr(0, equals), text.substr(equals + 1), 0});
    }
    return steps;
}

std::string place_of(const ScriptStep& step) {
    return step.line == 0 ? step.path : "line " + std::to_string(step.line) + ", " + step.path;
}

// Whether a step answers with what is no choice of its question, as no screen lets anybody do.
bool is_refused(const Console& console, const Filling& filling, const ScriptStep& step) {
    if (step.kind != ScriptStep::Kind::answer) return false;
    const form::Session& session = filling.session();
    const form::Element* element = session.element_of(find_question(session, step.path));
    if (element == nullptr) return false;
    const auto unknown = off_list(session, *element, step.value);
    if (unknown.empty()) return false;
    const std::string sentence = console.words()(
        "answer.no_choice", {{"value", unknown.front()},
                             {"question", session.label(*element)},
                             {"choices", choices_in_words(console, filling, *element)}});
    console.complain("bordereau: " + place_of(step) + ": " + sentence);
    return true;
}

Exit take(const Console& console, Filling& filling, const std::vector<ScriptStep>& steps) {
    for (const ScriptStep& step : steps) {
        if (is_refused(console, filling, step)) return Exit::refused;
        Status taken = filling.take(step);
        if (!taken) return console.fail(Doing::answering, taken.error(), place_of(step));
    }
    return Exit::ok;
}

// A draft may hold them, as it may on the screen; whoever gave them is told.
bool holds_invalid(const form::Session& session, const std::vector<ScriptStep>& steps) {
    return std::ranges::any_of(steps, [&session](const ScriptStep& step) {
        if (step.kind != ScriptStep::Kind::answer) return false;
        const form::Validity validity = session.validity(find_question(session, step.path));
        return validity == form::Validity::constraint || validity == form::Validity::type;
    });
}

}  // namespace

Exit list(const Console& console, const ListOptions& options) {
    storage::AuditFilter filter;
    filter.limit = 1'000'000;
    if (!options.state.empty()) {
        const auto state = storage::audit_state(options.state);
        filter.state = state;
        if (!state) {
            std::fprintf(stderr,
                         "bordereau: a state is draft, finalized, hasIssues, edited, "
                         "approved or rejected\n");
            return Exit::usage;
        }
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    auto audits = storage::Audits{(*desk)->notebook()}.list(filter);
    if (!audits) return console.fail(Doing::opening_audit, audits.error());
    const std::string part = lower_ascii(options.text);
    std::erase_if(*audits, [&](const storage::AuditSummary& audit) {
        return lower_ascii(audit.title + "\n" + audit.unit).find(part) == std::string::npos;
    });
    print_audits(console, *audits);
    return Exit::ok;
}

Exit show(const Console& console, const ShowOptions& options) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    if (!options.choices_of.empty())
        return print_choices(console, *opened->filling, options.choices_of);
    const auto comments =
        storage::Reviews{opened->desk->notebook()}.comments(opened->filling->audit());
    if (!comments) return console.fail(Doing::opening_audit, comments.error());
    print_audit(console, *opened->filling, *comments);
    return Exit::ok;
}

Exit start(const Console& console, const NewOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto started = (*desk)->start_audit(FormId{options.form}, options.version);
    if (!started) return console.fail(Doing::opening_audit, started.error(), options.form);
    console.print(console.json() ? nlohmann::json{{"audit", started->text}}.dump() : started->text);
    return Exit::ok;
}

Exit answer(const Console& console, const AnswerOptions& options) {
    auto steps = steps_of(options.answers);
    if (!steps) {
        std::fprintf(stderr, "bordereau: an answer is written QUESTION=VALUE\n");
        return Exit::usage;
    }
    if (!options.file.empty()) {
        const auto text = storage::read_file(options.file);
        if (!text) {
            console.complain("bordereau: " +
                             console.words()("failure.unsaid.file", {{"file", options.file}}));
            return Exit::not_found;
        }
        auto script = read_script(*text);
        if (!script) {
            std::fprintf(stderr, "bordereau: %s: %s\n", options.file.c_str(),
                         script.error().detail.c_str());
            return Exit::usage;
        }
        steps->insert(steps->begin(), script->begin(), script->end());
    }
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    if (const Exit taken = take(console, *opened->filling, *steps); taken != Exit::ok) return taken;
    print_problems(console, *opened->filling, Shown::invalid_only);
    if (!holds_invalid(opened->filling->session(), *steps)) return Exit::ok;
    console.complain("bordereau: " + std::string{console.words()("answer.not_valid")});
    return Exit::refused;
}

Exit finalize(const Console& console, const std::string& audit) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, audit, code);
    if (!opened) return code;
    Status closed = opened->filling->finalize();
    if (closed) return Exit::ok;
    print_problems(console, *opened->filling, Shown::all);
    print_unconfirmed(console, *opened->filling);
    print_off_list(console, *opened->filling);
    return console.fail(Doing::finalizing, closed.error());
}

}  // namespace bordereau::app::cli
