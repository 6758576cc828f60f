#include "app/present/places.h"

#include <algorithm>
#include <functional>
#include <set>

#include "app/audit/scores.h"
#include "app/present/recovery_page.h"
#include "storage/rights.h"
#include "storage/teams.h"

namespace bordereau::app {
namespace {

std::string place_of(const text::Words& words, const form::Diagnostic& found) {
    std::vector<std::string> place;
    if (!found.sheet.empty()) place.push_back(found.sheet);
    if (found.row > 0) place.push_back(std::to_string(found.row));
    if (!found.column.empty()) place.push_back(found.column);
    return place.empty() ? found.path : words.list(place);
}

std::vector<FormFinding> findings_of(const text::Words& words,
                                     const form::Diagnostics& diagnostics) {
    std::vector<FormFinding> out;
    for (const form::Diagnostic& found : diagnostics)
        out.push_back({found.severity == form::Severity::error ? Tone::error : Tone::warning,
                       place_of(words, found),
                       found.message + (found.remedy.empty() ? "" : " " + found.remedy)});
    return out;
}

FormRow row_of(const text::Words& words, Desk& desk, const storage::FormSummary& form) {
    FormRow row;
    row.form = form.id;
    row.title = form.title;
    row.version = form.version;
    const auto usable = desk.forms().get(form.id, form.version);
    row.usable = usable.ok();
    if (!usable) return row;
    row.title = (*usable)->title(form_language_for(**usable, words.language()));
    row.questions = (*usable)->question_count();
    row.languages = words.list((*usable)->languages());
    row.begins = storage::may(desk.notebook().person(), storage::Act::record);
    return row;
}

}  // namespace

Result<FormsView> present_forms(const Presenting& present, Desk& desk, const FormJustAdded* added) {
    const auto forms = desk.forms().list();
    if (!forms) return forms.error();
    FormsView view;
    for (const auto& form : *forms) view.forms.push_back(row_of(present.words, desk, form));
    const auto unusable = desk.forms().unusable();
    if (!unusable) return unusable.error();
    for (const UnusableForm& form : *unusable) {
        FormRow row;
        row.title = form.file_name;
        row.usable = false;
        row.findings = findings_of(present.words, form.diagnostics);
        view.forms.push_back(std::move(row));
    }
    view.can_add = storage::may(desk.notebook().person(), storage::Act::add_forms);
    if (added == nullptr) return view;
    const auto just_added = std::ranges::find_if(view.forms, [&](const FormRow& row) {
        return row.form == added->form && row.version == added->version;
    });
    if (just_added == view.forms.end()) return view;
    just_added->findings = findings_of(present.words, added->findings);
    std::rotate(view.forms.begin(), just_added, just_added + 1);
    return view;
}

Result<PeopleView> present_people(Desk& desk) {
    auto people = storage::People{desk.notebook()}.list();
    if (!people) return people.error();
    std::ranges::stable_sort(*people, std::ranges::greater{}, &storage::Person::role);
    PeopleView view;
    for (const auto& person : *people) {
        if (!person.active) continue;
        PersonRow row;
        row.name = person.login;
        row.roles = {std::string{storage::name_of(person.role)}};
        row.self = person.id == desk.notebook().person().id;
        row.can_remove =
            !row.self && storage::may(desk.notebook().person(), storage::Act::manage_people);
        view.people.push_back(std::move(row));
    }
    view.roles = {"officer", "supervisor", "administrator"};
    view.can_add = storage::may(desk.notebook().person(), storage::Act::manage_people);
    view.can_make_recovery_key = view.can_change_key = view.can_add;
    const auto recovery = desk.notebook().has_recovery_key();
    if (!recovery) return recovery.error();
    view.has_recovery_key = *recovery;
    view.recovery_path = recovery_page_place().string();
    return view;
}

namespace {

// The latest approved audit of each unit, of the form that is scored.
Result<std::vector<storage::AuditSummary>> latest_approved(Desk& desk) {
    constexpr std::int64_t kMostAudits = 200;
    storage::AuditFilter filter;
    filter.state = storage::AuditState::approved;
    filter.form = FormId{"grpa_main"};
    filter.limit = kMostAudits;
    auto audits = storage::Audits{desk.notebook()}.list(filter);
    if (!audits) return audits;
    std::set<std::string> units;
    std::erase_if(*audits, [&](const storage::AuditSummary& audit) {
        return !units.insert(audit.unit.empty() ? audit.id.text : audit.unit).second;
    });
    return audits;
}

Status read_scores(const Presenting& present, Desk& desk, UnitScores& scores) {
    constexpr std::size_t kMostShown = 12;
    const std::uint64_t seen = desk.notebook().changes_seen();
    const text::Language language = present.words.language();
    if (scores.seen == seen && scores.language == language) return done();
    scores = {seen, language, {}, 0};
    const auto audits = latest_approved(desk);
    if (!audits) return audits.error();
    for (const storage::AuditSummary& audit : *audits) {
        if (scores.units.size() == kMostShown) {
            ++scores.further;
            continue;
        }
        const auto record = record_of(desk.records(), audit);
        if (!record) continue;  // its form is not usable
        const audit::AuditScore score = audit::score(*record);
        const std::string name =
            audit.unit.empty() ? listed_title(present, desk, audit) : audit.unit;
        scores.units.push_back({audit.id.text, name, worded_time(present, audit.changed_at),
                                score.verified_index, score.declared_index});
    }
    return done();
}

}  // namespace

Result<ReportsView> present_reports(const Presenting& present, Desk& desk,
                                    const std::vector<ReportMade>& made,
                                    const std::vector<std::string>& not_ready, UnitScores& scores) {
    storage::AuditFilter approved;
    approved.state = storage::AuditState::approved;
    const auto count = storage::Audits{desk.notebook()}.count(approved);
    if (!count) return count.error();
    ReportsView view;
    const bool any = *count > 0;
    for (const char* report : {"submission", "scorecard", "csv"}) {
        const bool allowed = storage::may(desk.notebook().person(), storage::Act::export_inside);
        ReportChoice choice{report, any && allowed, {}};
        if (!allowed)
            choice.reasons.push_back(std::string{present.words("report.not_allowed")});
        else if (!any)
            choice.reasons.push_back(std::string{present.words("report.nothing_approved")});
        else if (choice.report == "submission")
            choice.reasons = not_ready;
        view.reports.push_back(std::move(choice));
    }
    const storage::Person& me = desk.notebook().person();
    if (storage::may(me, storage::Act::export_inside)) view.audiences = {"team", "agency"};
    if (storage::may(me, storage::Act::export_public)) view.audiences.push_back("public");
    for (const ReportMade& report : made)
        view.made.push_back({std::string{present.words("report." + report.report)},
                             worded_time(present, report.at), report.audience,
                             report.file.string()});
    std::ranges::reverse(view.made);
    view.basis = present.words.count("report.basis", *count);
    if (!storage::may(me, storage::Act::export_inside)) return view;
    if (Status read = read_scores(present, desk, scores); !read) return std::move(read).error();
    view.units = scores.units;
    view.further_units = scores.further;
    return view;
}

Result<FrameView> present_frame(const Presenting& present, Desk& desk, const sync::Worker* worker) {
    const auto team = storage::Teams{desk.notebook()}.current();
    if (!team) return team.error();
    auto sync = present_sync(present, desk, worker);
    if (!sync) return std::move(sync).error();
    FrameView view;
    view.person = desk.notebook().person().login;
    view.role = storage::name_of(desk.notebook().person().role);
    view.team = team->name;
    view.places = {{Place::home, 0},  {Place::sync, 0},   {Place::reports, 0},
                   {Place::forms, 0}, {Place::people, 0}, {Place::settings, 0}};
    view.sync = sync->state;
    view.sync_line =
        sync->waiting > 0 ? present.words.count("sync.waiting_line", sync->waiting) : std::string{};
    return view;
}

std::vector<LanguageView> interface_languages() {
    std::vector<LanguageView> out;
    for (const text::Language language : text::kLanguages)
        out.push_back({std::string{text::tag_of(language)}, std::string{text::own_name(language)}});
    return out;
}

}  // namespace bordereau::app
