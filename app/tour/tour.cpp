#include "app/tour/tour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "app/audit/scores.h"
#include "app/shell/process.h"
#include "app/tour/journey.h"
#include "assets/assets.h"
#include "storage/base/text.h"
#include "storage/crypto/keys.h"

namespace bordereau::app {
namespace {

// Invented people of an invented post.
constexpr const char* kSupervisor = "noor";
constexpr const char* kOfficer = "amina";
constexpr const char* kSupervisorWords = "seven grey herons at dusk";
constexpr const char* kOfficerWords = "a bridge over two rivers";
constexpr const char* kTeam = "Border post 7";

// An answer that is first recorded too high, noticed at review, and corrected.
constexpr const char* kCorrected = "e2";
constexpr const char* kFirstAnswer = "3";
constexpr const char* kRightAnswer = "1";

std::string_view sample(std::string_view name) {
    const auto bytes = assets::find("samples/" + std::string{name} + ".tsv");
    check(bytes.has_value(), "a worked sample is not embedded");
    return *bytes;
}

void found_notebook(Journey& on) {
    on.picture("first-run");
    on.ask(CreateNotebook{kSupervisor, kSupervisorWords, kTeam});
    on.expect(on.stage().desk() != nullptr, "a notebook was made");
    on.picture("home-empty");
    on.ask(GoTo{Place::people});
    on.ask(AddPerson{kOfficer, "officer", kOfficerWords});
    on.picture("people");
    on.ask(GoTo{Place::forms});
    on.picture("forms");
    on.ask(Lock{});
    on.picture("unlock");
}

void record_audit(Journey& on) {
    on.change_person(kOfficer, kOfficerWords);
    on.ask(NewAudit{FormId{"grpa_main"}, ""});
    on.picture("fill-begin");
    on.play(sample("grpa_main"));
    on.answer(kCorrected, kFirstAnswer);
    for (const char* question : {"a_country", "b1", "c1a", "d_grades", "e_f_lt1"}) {
        on.look_at(question);
        on.picture("fill-" + std::string{question});
    }
    on.look_at("/grpa_main/l_fin/l_item[1]/l_kind");
    on.picture("fill-findings");
}

// An answer outside its constraint stays as typed and keeps the audit from being finalized.
void refuse_to_finalize(Journey& on) {
    on.answer("e_sh_w", "500");
    on.look_at("e_sh_w");
    on.picture("fill-invalid");
    on.ask(Finalize{});
    on.picture("overview-problems");
    on.expect(on.going() && on.stage().filling() != nullptr && on.stage().filling()->editable(),
              "an invalid answer keeps an audit from being finalized");
    on.answer("e_sh_w", "47");
}

void explain_checks(Journey& on) {
    on.ask(GoTo{Place::overview});
    if (!on.going()) return;
    const auto checks = on.stage().views().overview.checks;
    for (const CheckView& check : checks)
        on.ask(ExplainCheck{check.check, "Seen on site; papers are kept at headquarters."});
    on.picture("overview");
}

void record_others(Journey& on) {
    for (const char* form : {"grpa_walk", "grpa_train"}) {
        on.ask(NewAudit{FormId{form}, ""});
        on.play(sample(form));
        on.picture("fill-" + std::string{form});
        on.ask(Finalize{});
        on.expect_equal(on.state_of(on.audit_of(form)), storage::AuditState::finalized,
                        "a record was finalized");
    }
}

void review_and_return(Journey& on, const AuditId& audit) {
    on.change_person(kSupervisor, kSupervisorWords);
    on.picture("home-review");
    on.ask(OpenAudit{audit});
    on.look_at(kCorrected);
    if (!on.going()) return;
    const form::Session& session = on.stage().filling()->session();
    on.ask(Comment{session.key_path(find_question(session, kCorrected)),
                   "No change made because of the figures was shown. Why 3?"});
    on.picture("review-comment");
    on.ask(ReturnAudit{"One answer goes beyond what was seen."});
    on.expect_equal(on.state_of(audit), storage::AuditState::has_issues, "the audit was returned");
}

void correct(Journey& on, const AuditId& audit) {
    on.change_person(kOfficer, kOfficerWords);
    on.picture("home-correct");
    on.ask(OpenAudit{audit});
    on.look_at(kCorrected);
    on.picture("fill-comment");
    on.answer(kCorrected, kRightAnswer);
    if (!on.going()) return;
    const auto comments = storage::Reviews{on.desk().notebook()}.comments(audit);
    for (const auto& comment : comments ? *comments : std::vector<storage::ReviewComment>{})
        if (!comment.resolved) on.ask(ResolveComment{comment.id});
    on.ask(GoTo{Place::history});
    on.picture("history");
    on.ask(OpenAudit{audit});
    on.ask(Finalize{});
    on.expect_equal(on.state_of(audit), storage::AuditState::edited,
                    "the corrected audit was finalized again");
}

void approve_main(Journey& on, const AuditId& audit) {
    on.change_person(kSupervisor, kSupervisorWords);
    on.ask(OpenAudit{audit});
    if (!on.going()) return;
    const ReviewView review = on.stage().views().review;
    for (const EvidenceView& evidence : review.evidence) on.ask(JudgeEvidence{evidence.key, true});
    for (const ReviewItem& item : review.list) on.ask(TickReviewItem{item.item, true});
    on.show(ReviewPage::scores);
    on.picture("review-scores");
    on.show(ReviewPage::evidence);
    on.picture("review-evidence");
    on.show(ReviewPage::decide);
    on.picture("review-decision");
    on.show(ReviewPage::answers);
    on.ask(ApproveAudit{"Complete and plausible."});
    on.expect_equal(on.state_of(audit), storage::AuditState::approved, "the audit was approved");
    on.picture("review-approved");
}

void approve_others(Journey& on) {
    for (const char* form : {"grpa_walk", "grpa_train"}) {
        const AuditId audit = on.audit_of(form);
        on.ask(OpenAudit{audit});
        on.ask(ApproveAudit{""});
        on.expect_equal(on.state_of(audit), storage::AuditState::approved, "a record was approved");
    }
    on.ask(GoTo{Place::home});
    on.picture("home");
}

// The worked sample's figures, from its description and not from this program.
void check_scores(Journey& on, const AuditId& audit) {
    if (!on.going()) return;
    constexpr std::array<double, audit::kDimensions> kDeclared{2.00, 1.33, 1.33, 1.67, 1.67,
                                                               2.00, 1.59, 2.63, 1.82, 1.67};
    constexpr std::array<double, audit::kDimensions> kVerified{2.00, 1.33, 1.33, 1.67, 1.67,
                                                               1.67, 1.46, 2.63, 1.82, 1.67};
    constexpr std::array<int, audit::kDimensions> kLevels{2, 1, 1, 2, 2, 2, 1, 3, 2, 2};
    const auto record = on.desk().record(audit);
    if (!record) return on.fail(record.error());
    const audit::AuditScore score = audit::score(*record);
    for (std::size_t i = 0; i < audit::kDimensions; ++i) {
        const std::string code{audit::dimensions()[i].code};
        on.expect(std::abs(score.declared[i].mean.value_or(-1) - kDeclared[i]) < 0.005,
                  "declared mean of " + code);
        on.expect(std::abs(score.verified[i].mean.value_or(-1) - kVerified[i]) < 0.005,
                  "verified mean of " + code);
        on.expect_equal(score.verified[i].level.value_or(-1), kLevels[i], "level of " + code);
    }
    on.expect_equal(score.declared_index.value_or(-1), 44, "declared index");
    on.expect_equal(score.verified_index.value_or(-1), 43, "verified index");
}

// Runs the endpoint's program to its end and gives what it printed.
std::string ask_endpoint(Journey& on, const std::filesystem::path& endpoint,
                         const std::vector<std::string>& words) {
    auto process = shell::Process::start(endpoint, words);
    if (!process) {
        on.fail(process.error());
        return {};
    }
    std::string out;
    on.expect(process->finish(out) == 0, "bordereau-endpoint " + words.front() + " worked");
    return out;
}

// What the endpoint holds, in its own words.
void check_endpoint(Journey& on, const std::filesystem::path& endpoint) {
    const auto data = (on.folder() / "endpoint").string();
    const auto held = nlohmann::json::parse(
        ask_endpoint(on, endpoint, {"list", "--data", data, "--json"}), nullptr, false);
    std::size_t approved = 0, others = 0;
    if (held.is_object() && held.contains("teams"))
        for (const auto& team : held["teams"])
            for (const auto& audit : team["audits"])
                ++(audit.value("state", "") == "approved" ? approved : others);
    on.expect_equal(approved, std::size_t{3}, "the endpoint holds three approved audits");
    on.expect_equal(others, std::size_t{0}, "the endpoint holds nothing else");
    ask_endpoint(on, endpoint, {"verify", "--data", data});
}

void travel(Journey& on, const std::filesystem::path& endpoint) {
    if (!on.going()) return;
    const auto data = (on.folder() / "endpoint").string();
    auto serving =
        shell::Process::start(endpoint, {"serve", "--data", data, "--listen", "127.0.0.1:0"});
    if (!serving) return on.fail(std::move(serving).error());
    const auto line = serving->read_line();
    if (!line) return on.fail(line.error());
    const std::string url = line->substr(std::min(line->size(), line->find("http")));
    ask_endpoint(on, endpoint, {"create", "--data", data, "--team", kTeam});
    std::string code = ask_endpoint(
        on, endpoint,
        {"invite", "--data", data, "--team", kTeam, "--role", "administrator", "--url", url});
    on.ask(GoTo{Place::sync});
    on.picture("sync-alone");
    on.ask(JoinTeam{std::string{trimmed(code)}});
    on.wait_for("everything to be acknowledged", [&on] {
        return on.stage().views().sync.state == SyncState::up_to_date &&
               !on.stage().views().sync.last_contact.empty();
    });
    on.picture("sync");
    check_endpoint(on, endpoint);
}

void report(Journey& on) {
    on.ask(GoTo{Place::reports});
    for (const char* kind : {"submission", "scorecard", "csv"}) on.ask(MakeReport{kind, "team"});
    on.ask(MakeReport{"scorecard", "public"});
    on.picture("reports");
    if (!on.going()) return;
    const auto team = on.folder() / "reports" / "team";
    on.expect(std::filesystem::exists(team / "submission.html") &&
                  std::filesystem::exists(team / "submission.md"),
              "the country submission is there as HTML and Markdown");
}

void look_around(Journey& on, const AuditId& audit) {
    on.ask(GoTo{Place::settings});
    on.picture("settings");
    for (const char* language : {"ar", "zh", "ru", "fr", "es"}) {
        on.ask(SetLanguage{language});
        on.ask(GoTo{Place::home});
        on.picture("home-" + std::string{language});
        on.ask(OpenAudit{audit});
        on.look_at("b1");
        on.picture("review-" + std::string{language});
    }
    on.ask(SetLanguage{"en"});
    on.ask(SetTheme{"dark"});
    on.ask(GoTo{Place::home});
    on.picture("home-dark");
    on.ask(OpenAudit{audit});
    on.picture("review-dark");
    on.ask(SetTheme{"light"});
    on.resize(360, 640);
    on.picture("review-narrow");
    on.ask(GoTo{Place::home});
    on.picture("home-narrow");
}

Status make_folders(const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder))
        return Error{ErrorCode::conflict,
                     folder.string() + " is there already; name a new folder with --out"};
    std::error_code failed;
    for (const char* part : {"pictures", "reports"})
        if (!failed) std::filesystem::create_directories(folder / part, failed);
    if (failed) return Error{ErrorCode::io, folder.string() + ": " + failed.message()};
    return done();
}

}  // namespace

Status take_tour(text::Type type, const std::filesystem::path& program,
                 const std::filesystem::path& folder) {
    const auto target = std::filesystem::absolute(folder);
    if (Status made = make_folders(target); !made) return made;
    auto window = shell::Window::open({}, std::move(type));
    if (!window) return std::move(window).error();
    const auto endpoint = program.parent_path() / "endpoint" / "bordereau-endpoint";

    Journey on{*window, target, system_services()};
    found_notebook(on);
    record_audit(on);
    refuse_to_finalize(on);
    explain_checks(on);
    on.ask(Finalize{});
    record_others(on);
    const AuditId audit = on.audit_of("grpa_main");
    on.expect_equal(on.state_of(audit), storage::AuditState::finalized, "the audit was finalized");
    review_and_return(on, audit);
    correct(on, audit);
    approve_main(on, audit);
    approve_others(on);
    check_scores(on, audit);
    travel(on, endpoint);
    report(on);
    look_around(on, audit);
    return on.status();
}

}  // namespace bordereau::app
