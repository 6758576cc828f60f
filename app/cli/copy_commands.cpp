// Copying from the last audit of the same unit, confirming what was copied, and notes.
#include <algorithm>

#include "app/cli/audit_print.h"
#include "app/cli/commands.h"
#include "app/cli/open_audit.h"
#include "app/form/definition/question_text.h"
#include "app/present/outline.h"
#include "storage/base/text.h"

namespace bordereau::app::cli {
namespace {

// Paths of a section named by its title, its number from 1, or the name of its group.
std::vector<std::string> paths_in(const form::Session& session, std::string_view section) {
    std::vector<std::string> paths;
    const auto sections = sections_of(session);
    const auto& elements = session.elements();
    for (std::size_t at = 0; at < sections.size(); ++at) {
        const Section& one = sections[at];
        const std::string path = session.xpath(elements[one.begin].node);
        const bool meant = section == std::to_string(at + 1) || section == one.title ||
                           section == path.substr(path.rfind('/') + 1);
        for (std::size_t i = one.begin; meant && i < one.end; ++i)
            if (std::string own = session.xpath(elements[i].node); !own.empty())
                paths.push_back(std::move(own));
    }
    return paths;
}

const char* reason_of(LeftOut::Why why) {
    switch (why) {
        case LeftOut::Why::changed: return "asked otherwise now";
        case LeftOut::Why::no_choice: return "no such choice any more";
        case LeftOut::Why::not_allowed: return "not allowed by the form";
    }
    return "";
}

// The audit that was named, or the last one of the same unit.
Result<std::optional<Filling>> source_of(Desk& desk, const Filling& filling,
                                         const std::string& from) {
    if (from.empty()) return open_earlier(desk, filling);
    const auto found = desk.find_audit(from);
    if (!found) return found.error();
    if (found->form != filling.summary().form)
        return Error{ErrorCode::refused, "an audit with another form"};
    auto earlier = desk.read_audit(found->id);
    if (!earlier) return std::move(earlier).error();
    return std::optional<Filling>{*std::move(earlier)};
}

void print_outcome(const Console& console, const Filling& filling, const CopyOutcome& outcome) {
    console.print("copied: " + std::to_string(outcome.copied) +
                  ", each waits to be confirmed (bordereau confirm)");
    for (const LeftOut& one : outcome.left_out)
        console.print(
            "not copied: " + form::question_label(filling.session().form(), one.question, "") +
            " (" + one.answer + "): " + reason_of(one.why));
}

}  // namespace

Exit copy(const Console& console, const CopyOptions& options) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    Filling& filling = *opened->filling;
    const auto earlier = source_of(*opened->desk, filling, options.from);
    if (!earlier) return console.fail(Doing::opening_audit, earlier.error(), options.from);
    if (!*earlier)
        return console.fail(Doing::opening_audit,
                            {ErrorCode::not_found, "no earlier audit of the same unit"});
    CopyScope scope;
    if (!options.section.empty()) {
        scope.paths = paths_in(filling.session(), options.section);
        if (scope.paths.empty())
            return console.fail(Doing::answering, {ErrorCode::not_found, options.section});
    }
    const auto outcome = filling.copy(**earlier, scope);
    if (!outcome) return console.fail(Doing::answering, outcome.error());
    print_outcome(console, filling, *outcome);
    return Exit::ok;
}

Exit confirm(const Console& console, const ConfirmOptions& options) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    Filling& filling = *opened->filling;
    std::vector<form::NodeId> questions;
    for (const std::string& name : options.questions) {
        questions.push_back(find_question(filling.session(), name));
        if (questions.back() == form::NodeId{})
            return console.fail(Doing::answering, {ErrorCode::not_found, name}, name);
    }
    if (options.all) questions = filling.unconfirmed();
    if (Status confirmed = filling.confirm(questions); !confirmed)
        return console.fail(Doing::answering, confirmed.error());
    print_unconfirmed(console, filling);
    return Exit::ok;
}

Exit note(const Console& console, const NoteOptions& options) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    const form::NodeId question = find_question(opened->filling->session(), options.question);
    if (question == form::NodeId{})
        return console.fail(Doing::answering, {ErrorCode::not_found, options.question},
                            options.question);
    const Status written = opened->filling->write_note(question, options.text);
    return written ? Exit::ok : console.fail(Doing::answering, written.error());
}

}  // namespace bordereau::app::cli
