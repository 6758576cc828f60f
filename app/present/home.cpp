#include <algorithm>
#include <array>
#include <map>

#include "app/present/audits.h"
#include "app/text/format.h"

namespace bordereau::app {
namespace {

using Summaries = std::vector<storage::AuditSummary>;
using States = std::vector<storage::AuditState>;

constexpr std::array kShown{AuditState::draft, AuditState::returned, AuditState::finalized,
                            AuditState::approved, AuditState::rejected};

// The stored states that people see as one.
States stored_states(AuditState shown) {
    switch (shown) {
        case AuditState::draft: return {storage::AuditState::draft};
        case AuditState::finalized:
            return {storage::AuditState::finalized, storage::AuditState::edited};
        case AuditState::returned: return {storage::AuditState::has_issues};
        case AuditState::approved: return {storage::AuditState::approved};
        case AuditState::rejected: return {storage::AuditState::rejected};
    }
    return {};
}

Result<std::int64_t> count(Desk& desk, const States& states) {
    std::int64_t sum = 0;
    for (const auto state : states) {
        storage::AuditFilter filter;
        filter.state = state;
        const auto found = storage::Audits{desk.notebook()}.count(filter);
        if (!found) return found.error();
        sum += *found;
    }
    return sum;
}

// Audits in any of the states (all, where there are none), latest first.
Result<Summaries> find(Desk& desk, const States& states, const std::string& text) {
    storage::AuditFilter filter;
    filter.text = text;
    filter.limit = 2000;
    if (states.empty()) return storage::Audits{desk.notebook()}.list(filter);
    Summaries out;
    for (const auto state : states) {
        filter.state = state;
        auto found = storage::Audits{desk.notebook()}.list(filter);
        if (!found) return found;
        std::ranges::move(*found, std::back_inserter(out));
    }
    std::ranges::sort(out, std::ranges::greater{}, &storage::AuditSummary::changed_at);
    return out;
}

AuditRow row_of(const Presenting& present, Desk& desk, const storage::AuditSummary& audit) {
    AuditRow row;
    row.audit = audit.id;
    row.title = audit.title;
    row.unit = audit.unit;
    row.state = shown_state(audit.state);
    row.person = audit.created_by_login;
    row.changed = worded_time(present, audit.changed_at);
    row.progress.done = static_cast<int>(audit.answers);
    row.open_comments = static_cast<int>(audit.open_comments);
    row.waiting = audit.unsealed > 0 && !storage::editable(audit.state);
    if (const auto form = desk.forms().get(audit.form, audit.form_version)) {
        row.form = (*form)->title();
        row.progress.total = (*form)->question_count();
        row.progress.done = std::min(row.progress.done, row.progress.total);
    } else {
        row.form = audit.form.text;
    }
    return row;
}

Status add_filters(Desk& desk, HomeView& view) {
    const auto all = storage::Audits{desk.notebook()}.count({});
    if (!all) return all.error();
    view.in_all = static_cast<int>(*all);
    for (const AuditState state : kShown) {
        const auto found = count(desk, stored_states(state));
        if (!found) return found.error();
        if (*found > 0)
            view.filters.push_back({std::string{state_name(state)}, static_cast<int>(*found)});
    }
    return done();
}

// As lists show it in one line.
std::string full_title(const storage::AuditSummary& audit) {
    return header_of(audit, {}).title;
}

// What waits for this person: a supervisor's reviews, an officer's corrections.
Status add_needs(const Presenting& present, Desk& desk, HomeView& view) {
    const storage::Person& me = desk.notebook().person();
    const auto returned = find(desk, stored_states(AuditState::returned), {});
    if (!returned) return returned.error();
    for (const auto& audit : *returned)
        if (audit.held_by == me.id)
            view.needs.push_back({Tone::warning,
                                  present.words("home.need.correct",
                                                {{"title", audit.title}, {"reason", audit.reason}}),
                                  audit.id, Place::fill});
    if (!storage::may(me, storage::Act::review)) return done();
    const auto waiting = find(desk, stored_states(AuditState::finalized), {});
    if (!waiting) return waiting.error();
    for (const auto& audit : *waiting)
        if (storage::may_judge(me, audit))
            view.needs.push_back(
                {Tone::info,
                 present.words("home.need.review",
                               {{"title", full_title(audit)}, {"person", audit.created_by_login}}),
                 audit.id, Place::review});
    return done();
}

Status add_forms(const Presenting& present, Desk& desk, HomeView& view) {
    const auto forms = desk.forms().list();
    if (!forms) return forms.error();
    for (const auto& form : *forms) {
        const auto usable = desk.forms().get(form.id, form.version);
        if (!usable) continue;
        const std::string about =
            present.words.count("forms.questions", (*usable)->question_count()) + " · " +
            present.words("forms.version", {{"version", form.version}});
        view.forms.push_back({form.id, form.version, form.title, about});
    }
    return done();
}

std::optional<AuditState> state_named(std::string_view name) {
    for (const AuditState state : kShown)
        if (state_name(state) == name) return state;
    return std::nullopt;
}

}  // namespace

Result<HomeView> present_home(const Presenting& present, Desk& desk, const HomeQuery& query) {
    HomeView view;
    view.search = query.text;
    const auto state = state_named(query.state);
    if (state) view.filter = query.state;
    if (Status added = add_filters(desk, view); !added) return std::move(added).error();
    if (Status added = add_needs(present, desk, view); !added) return std::move(added).error();
    if (Status added = add_forms(present, desk, view); !added) return std::move(added).error();
    const auto audits = find(desk, state ? stored_states(*state) : States{}, query.text);
    if (!audits) return audits.error();
    for (const auto& audit : *audits) view.rows.push_back(row_of(present, desk, audit));
    return view;
}

}  // namespace bordereau::app
