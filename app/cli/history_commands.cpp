#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/desk/audit_log.h"
#include "app/desk/trail.h"
#include "app/form/definition/question_text.h"
#include "storage/base/time.h"
#include "storage/files.h"

namespace bordereau::app::cli {
namespace {

using Kind = TrailStep::Kind;
using nlohmann::json;

constexpr report::AuditLogColumns kAllColumns{
    .location = false, .changes = true, .user = true, .change_reasons = true};

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::begun: return "begun";
        case Kind::taken: return "taken over";
        case Kind::answered: return "answered";
        case Kind::confirmed: return "confirmed";
        case Kind::noted: return "note";
        case Kind::added: return "row added";
        case Kind::removed: return "removed";
        case Kind::settled: return "settled";
        case Kind::state: return "state";
        case Kind::commented: return "comment";
        case Kind::resolved: return "comment dealt with";
        case Kind::judged: return "judged";
    }
    return "";
}

std::string_view name_of(storage::Verdict verdict) {
    switch (verdict) {
        case storage::Verdict::open: return "open";
        case storage::Verdict::accepted: return "accepted";
        case storage::Verdict::rejected: return "rejected";
    }
    return "";
}

bool has_values(Kind kind) {
    return kind == Kind::answered || kind == Kind::settled || kind == Kind::removed ||
           kind == Kind::noted;
}

json to_json(const TrailStep& step) {
    json out{{"at", to_iso(step.at, 0)}, {"kind", name_of(step.kind)}, {"person", step.login},
             {"device", step.device},    {"path", step.path},          {"sealed", step.sealed}};
    if (has_values(step.kind)) {
        out["from"] = step.from;
        out["to"] = step.to;
    }
    if (step.kind == Kind::state) out["state"] = storage::name_of(step.state);
    if (step.kind == Kind::judged) out["verdict"] = name_of(step.verdict);
    if (!step.text.empty()) out["reason"] = step.text;
    if (!step.copied_from.empty()) out["copied_from"] = step.copied_from.text;
    if (step.unaware) out["conflict"] = true;
    if (step.other_hand) out["other_hand"] = true;
    return out;
}

std::string clock_time(Millis at, int offset) {
    return to_iso(at, offset).substr(11, 8);
}

std::string what_of(const TrailStep& step, const form::Session* session) {
    const bool asked = session != nullptr && !step.path.empty();
    const std::string label = asked ? asked_at(*session, step.path) : step.path;
    switch (step.kind) {
        case Kind::begun: return "began the audit";
        case Kind::taken:
            return "took the audit over" + (step.text.empty() ? std::string{} : ": " + step.text);
        case Kind::state:
            return std::string{storage::name_of(step.state)} +
                   (step.text.empty() ? "" : ": " + step.text);
        case Kind::added:
        case Kind::removed:
            if (step.path.ends_with(']')) return std::string{name_of(step.kind)} + ": " + label;
            return label + ": " + step.from + " -> (not asked any more)";
        case Kind::answered:
        case Kind::settled:
            return label + ": " + (step.from.empty() ? "-" : step.from) + " -> " +
                   (step.to.empty() ? "-" : step.to) +
                   (step.kind == Kind::settled ? "  (settles a conflict)" : "");
        case Kind::confirmed: return "confirmed: " + label;
        case Kind::noted:
            return "note, " + label + ": " + (step.to.empty() ? "(taken away)" : step.to);
        case Kind::judged:
            return std::string{name_of(step.verdict)} + ": " + step.path +
                   (step.text.empty() ? "" : ": " + step.text);
        case Kind::commented:
        case Kind::resolved:
            return std::string{name_of(step.kind)} + (label.empty() ? "" : ", " + label) + ": " +
                   step.text;
    }
    return {};
}

std::string notes_on(const TrailStep& step) {
    std::string notes;
    if (!step.copied_from.empty())
        notes += "  (copied from " + step.copied_from.text.substr(0, 8) + ", not confirmed)";
    if (step.unaware) notes += "  (made without knowing of another answer)";
    if (step.other_hand) notes += "  (by another hand)";
    if (!step.sealed) notes += "  (not sealed yet)";
    return notes;
}

void print(const Console& console, const std::vector<TrailStep>& steps,
           const form::Session* session, const Clock& clock) {
    for (const Sitting& sitting : sittings_of(steps)) {
        const int offset = clock.utc_offset_minutes(sitting.begin);
        console.print(to_iso(sitting.begin, offset).substr(0, 10) + "  " +
                      (sitting.login.empty() ? "?" : sitting.login) + ", " + sitting.device);
        for (const TrailStep& step : sitting.steps)
            console.print("  " + clock_time(step.at, offset) + "  " + what_of(step, session) +
                          notes_on(step));
    }
}

Exit write_csv(const Console& console, const HistoryOptions& options,
               const std::vector<TrailStep>& steps, const form::Form& form) {
    report::AuditLogColumns columns = kAllColumns;
    if (options.as_form) {
        const auto asked = audit_columns_of(form);
        if (!asked) {
            std::fprintf(stderr, "bordereau: this form asks for no log of its filling\n");
            return Exit::refused;
        }
        columns = *asked;
    }
    const Status written =
        storage::replace_file(options.csv, report::audit_csv(audit_log_of(steps, form), columns));
    return written ? Exit::ok
                   : console.fail(Doing::reporting, written.error(), options.csv.string());
}

}  // namespace

Exit history(const Console& console, const HistoryOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto audit = (*desk)->find_audit(options.audit);
    if (!audit) return console.fail(Doing::opening_audit, audit.error(), options.audit);
    auto steps = trail_of(**desk, *audit);
    if (!steps) return console.fail(Doing::opening_audit, steps.error(), options.audit);
    const auto form = (*desk)->forms().get(audit->form, audit->form_version);
    const form::Form* known = form ? form->get() : nullptr;
    if (!options.csv.empty()) {
        if (known == nullptr) return console.fail(Doing::opening_audit, form.error());
        return write_csv(console, options, *steps, *known);
    }
    if (!options.question.empty()) *steps = about_question(*std::move(steps), options.question);
    if (!console.json()) {
        if (known != nullptr) *steps = asked_steps(*std::move(steps), *known);
        const auto filling = (*desk)->read_audit(audit->id);
        print(console, *steps, filling ? &filling->session() : nullptr, (*desk)->services().clock);
        return Exit::ok;
    }
    json out = json::array();
    for (const TrailStep& step : *steps) out.push_back(to_json(step));
    console.print(out.dump(-1, ' ', false, json::error_handler_t::replace));
    return Exit::ok;
}

}  // namespace bordereau::app::cli
