#include <algorithm>
#include <array>
#include <utility>

#include "app/desk/finding.h"
#include "app/present/audits.h"
#include "app/present/conflicts.h"
#include "app/present/copied.h"
#include "app/present/outline.h"
#include "app/text/format.h"
#include "storage/base/text.h"

namespace bordereau::app {
namespace {

using Summaries = std::vector<storage::AuditSummary>;
using States = std::vector<storage::AuditState>;

/// A search reads each audit that it shows, so it shows fewer at a time than a list.
constexpr std::int64_t kFoundPage = 25;
/// More than so many would be no list of what comes first.
constexpr std::int64_t kMostNeeds = 50;

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

// Audits in any of the states (all, where there are none), latest first.
Result<Summaries> find(Desk& desk, const States& states, std::int64_t limit) {
    storage::AuditFilter filter;
    for (const auto state : states) filter.state.add(state);
    filter.limit = limit;
    return storage::Audits{desk.notebook()}.list(filter);
}

/// Counts answers of so many audits before a list is shown; the others' follow with the next
/// change of the notebook. Few people have more in work.
class Counting {
public:
    Counting(Desk& desk, HomePages& pages) : desk_(desk), pages_(pages) {}

    // As the audit's overview says it. Nothing: all is answered, it is somebody else's, or it
    // waits for its turn.
    ProgressView progress(const storage::AuditSummary& audit) {
        if (!storage::editable(audit.state)) return {};
        const auto known = pages_.progress.find(audit.id);
        if (known != pages_.progress.end() && known->second.first == audit.changed)
            return known->second.second;
        if (left_ == 0) return {};
        const auto filling = desk_.read_audit(audit.id);
        if (!filling) return {};
        --left_;
        const form::Session& session = filling->session();
        const ProgressView counted = progress_of(session, 0, session.elements().size());
        pages_.progress.insert_or_assign(audit.id, std::pair{audit.changed, counted});
        return counted;
    }

private:
    Desk& desk_;
    HomePages& pages_;
    int left_ = 20;
};

AuditRow row_of(const Presenting& present, Desk& desk, const storage::AuditSummary& audit,
                Counting& counting) {
    AuditRow row;
    row.audit = audit.id;
    row.title = listed_title(present, desk, audit);
    row.unit = audit.unit;
    row.state = shown_state(audit.state);
    row.person = audit.created_by_login;
    row.changed = worded_time(present, audit.changed_at);
    row.progress = counting.progress(audit);
    row.open_comments = static_cast<int>(audit.open_comments);
    row.waiting = audit.unsealed > 0 && !storage::editable(audit.state);
    const auto form = desk.forms().get(audit.form, audit.form_version);
    row.form = form ? (*form)->title(form_language_for(**form, present.words.language()))
                    : audit.form.text;
    return row;
}

Status add_filters(Desk& desk, HomeView& view) {
    const auto counts = storage::Audits{desk.notebook()}.count_by_state({});
    if (!counts) return counts.error();
    for (const AuditState shown : kShown) {
        std::int64_t sum = 0;
        for (const auto state : stored_states(shown))
            sum += counts->at(static_cast<std::size_t>(state));
        view.in_all += static_cast<int>(sum);
        if (sum > 0)
            view.filters.push_back({std::string{state_name(shown)}, static_cast<int>(sum)});
    }
    return done();
}

// Few are named one by one; of many the list tells more, and stays in sight.
void add_few(HomeView& view, std::vector<NeedView> needs, NeedView all) {
    constexpr std::size_t kMostNamed = 3;
    if (needs.size() > kMostNamed)
        view.needs.push_back(std::move(all));
    else
        std::ranges::move(needs, std::back_inserter(view.needs));
}

Status add_corrections(const Presenting& present, Desk& desk, HomeView& view) {
    const auto returned = find(desk, stored_states(AuditState::returned), kMostNeeds);
    if (!returned) return returned.error();
    std::vector<NeedView> needs;
    for (const auto& audit : *returned)
        if (audit.held_by == desk.notebook().person().id)
            needs.push_back(
                {Tone::warning,
                 present.words("home.need.correct", {{"title", listed_title(present, desk, audit)},
                                                     {"reason", audit.reason}}),
                 audit.id, Place::fill});
    const std::string all = present.words.count("home.need.corrections", std::ssize(needs));
    add_few(view, std::move(needs),
            {Tone::warning, all, {}, Place::home, std::string{state_name(AuditState::returned)}});
    return done();
}

// Of a longer queue the further ones are counted without a look at who may judge them.
Status add_reviews(const Presenting& present, Desk& desk, HomeView& view) {
    const auto waiting = find(desk, stored_states(AuditState::finalized), kMostNeeds);
    if (!waiting) return waiting.error();
    std::vector<NeedView> needs;
    for (const auto& audit : *waiting)
        if (storage::may_judge(desk.notebook().person(), audit))
            needs.push_back(
                {Tone::info,
                 present.words("home.need.review", {{"title", listed_name(present, desk, audit)},
                                                    {"person", audit.created_by_login}}),
                 audit.id, Place::review});
    const std::string state{state_name(AuditState::finalized)};
    const auto shown = std::ranges::find(view.filters, state, &StateFilter::state);
    const std::int64_t further = std::ssize(*waiting) < kMostNeeds || shown == view.filters.end()
                                     ? 0
                                     : std::max<std::int64_t>(0, shown->count - kMostNeeds);
    const std::string all = present.words.count("home.need.reviews", std::ssize(needs) + further);
    add_few(view, std::move(needs), {Tone::info, all, {}, Place::home, state});
    return done();
}

// That a laptop was copied is nothing that waits: with each day both copies go on, more is kept
// aside.
Status add_copies(const Presenting& present, Desk& desk, HomeView& view) {
    auto sentences = sentences_of_copies(present.words, desk.notebook());
    if (!sentences) return std::move(sentences).error();
    for (std::string& sentence : *sentences)
        view.needs.push_back({Tone::warning, std::move(sentence), {}, Place::sync});
    return done();
}

// What waits for this person, the most urgent first: laptops that were copied, answers that
// contradict each other, an officer's corrections, a supervisor's reviews.
Status add_needs(const Presenting& present, Desk& desk, HomeView& view) {
    if (Status added = add_copies(present, desk, view); !added) return added;
    auto conflicts = conflict_needs(present, desk);
    if (!conflicts) return std::move(conflicts).error();
    std::ranges::move(*conflicts, std::back_inserter(view.needs));
    if (Status added = add_corrections(present, desk, view); !added) return added;
    if (!storage::may(desk.notebook().person(), storage::Act::review)) return done();
    return add_reviews(present, desk, view);
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
        view.forms.push_back(
            {form.id, form.version,
             (*usable)->title(form_language_for(**usable, present.words.language())), about});
    }
    return done();
}

std::optional<AuditState> state_named(std::string_view name) {
    for (const AuditState state : kShown)
        if (state_name(state) == name) return state;
    return std::nullopt;
}

storage::AuditStates states_of(const HomeQuery& query) {
    storage::AuditStates states;
    if (const auto shown = state_named(query.state))
        for (const auto state : stored_states(*shown)) states.add(state);
    return states;
}

Status add_listed(const Presenting& present, Desk& desk, HomePages& pages) {
    storage::AuditFilter filter;
    filter.state = states_of(pages.query);
    filter.after = pages.after;
    filter.limit = pages.query.rows - std::ssize(pages.rows);
    const auto audits = storage::Audits{desk.notebook()}.list(filter);
    if (!audits) return audits.error();
    Counting counting{desk, pages};
    for (const auto& audit : *audits) pages.rows.push_back(row_of(present, desk, audit, counting));
    pages.more = std::ssize(*audits) == filter.limit;
    if (!audits->empty()) pages.after = storage::place_of(audits->back());
    return done();
}

std::string found_in_words(const Presenting& present, const FoundAudit& found) {
    using Kind = storage::SearchField::Kind;
    if (found.hit.where <= Kind::unit) return {};
    const std::string text = with_marks(found.hit.snippet, found.hit.marks);
    std::string_view key = "home.found.answer";
    if (found.hit.where == Kind::comment) key = "home.found.comment";
    if (found.hit.where == Kind::reason) key = "home.found.reason";
    return present.words(key, {{"question", found.label}, {"text", text}});
}

// What a person should know about a search: filters that nobody knows, audits not looked at.
std::string note_on(const Presenting& present, const Findings& findings) {
    if (!findings.not_understood.empty())
        return present.words("home.not_understood", {{"filter", findings.not_understood.front()}});
    if (findings.unindexed > 0) return present.words.count("home.unindexed", findings.unindexed);
    return {};
}

Status add_found(const Presenting& present, Desk& desk, HomePages& pages) {
    FindRequest request;
    request.typed = pages.query.text;
    request.typing = true;
    request.language = text::tag_of(present.words.language());
    request.filter.state = states_of(pages.query);
    request.filter.limit = std::min(kFoundPage, pages.query.rows - std::ssize(pages.rows));
    request.after = pages.after_found;
    const auto findings = find_audits(desk, request);
    if (!findings && findings.error().code == ErrorCode::invalid) return done();
    if (!findings) return findings.error();
    Counting counting{desk, pages};
    for (const auto& found : findings->audits) {
        pages.rows.push_back(row_of(present, desk, found.hit.audit, counting));
        pages.rows.back().found = found_in_words(present, found);
    }
    pages.after_found = findings->next;
    pages.more = findings->next.has_value();
    pages.note = note_on(present, *findings);
    return done();
}

// Only the rows that are not there yet, unless anything has changed.
Status read_pages(const Presenting& present, Desk& desk, const HomeQuery& query, HomePages& pages) {
    const std::uint64_t seen = desk.notebook().changes_seen();
    const auto language = present.words.language();
    if (pages.seen != seen || pages.language != language || pages.query.text != query.text ||
        pages.query.state != query.state || pages.rows.empty())
        pages = {query, seen, language, {}, {}, {}, true, {}, std::move(pages.progress)};
    pages.query.rows = query.rows;
    if (!pages.more || std::ssize(pages.rows) >= query.rows) return done();
    pages.more = false;
    return trimmed(query.text).empty() ? add_listed(present, desk, pages)
                                       : add_found(present, desk, pages);
}

}  // namespace

Result<HomeView> present_home(const Presenting& present, Desk& desk, const HomeQuery& query,
                              HomePages& pages) {
    HomeView view;
    view.search = query.text;
    if (state_named(query.state)) view.filter = query.state;
    if (Status added = add_filters(desk, view); !added) return std::move(added).error();
    if (Status added = add_needs(present, desk, view); !added) return std::move(added).error();
    if (Status added = add_forms(present, desk, view); !added) return std::move(added).error();
    if (Status read = read_pages(present, desk, query, pages); !read)
        return std::move(read).error();
    view.rows = pages.rows;
    view.more = pages.more;
    view.note = pages.note;
    return view;
}

}  // namespace bordereau::app
