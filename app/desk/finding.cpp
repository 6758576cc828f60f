#include "app/desk/finding.h"

#include "app/desk/desk.h"
#include "app/form/definition/question_text.h"
#include "storage/base/text.h"
#include "storage/notebook.h"

namespace bordereau::app {
namespace {

constexpr std::int64_t kMostRegisterRows = 20;
constexpr Millis kMinute = 60'000;

/// People say "returned" and "finalized" for what ODK calls hasIssues and received or edited.
std::optional<storage::AuditStates> states_named(std::string_view name) {
    storage::AuditStates states;
    const std::string lower = lower_ascii(name);
    for (int number = 0; number < 6; ++number) {
        const auto state = static_cast<storage::AuditState>(number);
        if (lower_ascii(storage::name_of(state)) == lower) states.add(state);
    }
    if (lower == "returned") states.add(storage::AuditState::has_issues);
    if (lower == "finalized") states.add(storage::AuditState::edited);
    if (states.empty()) return std::nullopt;
    return states;
}

Millis midnight(const Clock& clock, Date date) {
    const Millis utc = days_of(date) * 24 * 60 * kMinute;
    return utc - clock.utc_offset_minutes(utc) * kMinute;
}

// Puts what was typed into the filter; what nobody knows goes to `not_understood`.
Status resolve(Desk& desk, const storage::SearchQuestion& question, storage::AuditFilter& filter,
               std::vector<std::string>& not_understood) {
    if (!question.state.empty()) {
        if (const auto states = states_named(question.state))
            filter.state = *states;
        else
            not_understood.push_back("state:" + question.state);
    }
    if (!question.form.empty()) filter.form = {question.form};
    if (!question.unit.empty()) filter.unit = question.unit;
    if (!question.person.empty()) {
        const auto person = storage::People{desk.notebook()}.find_login(question.person);
        if (!person) return person.error();
        if (*person)
            filter.created_by = (*person)->id;
        else
            not_understood.push_back("person:" + question.person);
    }
    const Clock& clock = desk.services().clock;
    if (question.from) filter.changed_from = midnight(clock, *question.from);
    if (question.to)
        filter.changed_before = midnight(clock, date_of_days(days_of(*question.to) + 1));
    return done();
}

// The form's language for a tag: "fr" for "Français (fr)".
std::string form_language(const form::Form& form, std::string_view tag) {
    for (const std::string& language : form.languages())
        if (language == tag || language.ends_with("(" + std::string{tag} + ")")) return language;
    return form.default_language();
}

FoundAudit described(Desk& desk, storage::SearchHit hit, std::string_view language) {
    FoundAudit found{std::move(hit), {}, {}};
    const auto form = desk.forms().get(found.hit.audit.form, found.hit.audit.form_version);
    if (!form) {
        found.form = found.hit.audit.form.text;
        return found;
    }
    const std::string spoken = form_language(**form, language);
    found.form = (*form)->title(spoken);
    if (!found.hit.path.empty()) found.label = form::question_label(**form, found.hit.path, spoken);
    return found;
}

}  // namespace

Result<Findings> find_audits(Desk& desk, const FindRequest& request) {
    Findings findings;
    storage::SearchAsked asked{storage::understand(request.typed, request.typing), request.filter,
                               request.after};
    findings.not_understood = asked.question.not_understood;
    if (Status resolved = resolve(desk, asked.question, asked.filter, findings.not_understood);
        !resolved)
        return std::move(resolved).error();
    if (!findings.not_understood.empty()) return findings;
    auto page = desk.search().find(asked);
    if (!page) return std::move(page).error();
    findings.next = page->next;
    findings.unindexed = page->unindexed;
    for (auto& hit : page->hits)
        findings.audits.push_back(described(desk, std::move(hit), request.language));
    if (request.after) return findings;
    auto registers = desk.search().find_registers(asked.question, kMostRegisterRows);
    if (!registers) return std::move(registers).error();
    findings.registers = *std::move(registers);
    return findings;
}

std::string with_marks(std::string_view snippet, const std::vector<storage::SearchMark>& marks) {
    std::string out;
    std::size_t at = 0;
    for (const auto& mark : marks) {
        out.append(snippet.substr(at, mark.begin - at)).append("\xC2\xAB");
        out.append(snippet.substr(mark.begin, mark.end - mark.begin)).append("\xC2\xBB");
        at = mark.end;
    }
    return out.append(snippet.substr(at));
}

}  // namespace bordereau::app
