#include "app/stage.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/app/stage/setting.h"
#include "tests/support/bundles.h"
#include "tests/support/media_samples.h"

namespace bordereau::app {

using test::want;

TEST_CASE("the first run makes a notebook and leads to the list of audits", "[stage]") {
    Setting on;
    CHECK(on.stage.views().scene == Scene::first_run);
    on.found();
    CHECK(on.stage.views().scene == Scene::inside);
    CHECK(on.stage.views().frame.place == Place::home);
    CHECK(on.stage.views().home.forms.size() == 3);
    CHECK(on.stage.views().frame.team == "Crossing North");
}

TEST_CASE("a wrong passphrase is said without a hint, and the right one opens", "[stage]") {
    Setting on;
    on.found();
    on.ask(Lock{});
    CHECK(on.stage.views().scene == Scene::unlock);
    on.ask(Unlock{"amina", "not this"});
    const std::string wrong = on.stage.views().unlock.problem;
    CHECK_FALSE(wrong.empty());
    on.ask(Unlock{"nobody", "not this"});
    CHECK(on.stage.views().unlock.problem == wrong);
    on.become("amina");
    CHECK(on.stage.views().frame.role == "officer");
}

TEST_CASE("an answer that a full disk did not take is neither left nor locked away nor closed",
          "[stage]") {
    Setting on;
    on.found();
    const AuditId audit = on.small();
    auto& disk = on.stage.desk()->notebook().database();
    want(disk.run("PRAGMA max_page_count = 1"));
    const std::string text(1 << 16, 'x');
    on.ask(Answer{"/data/place", text});
    REQUIRE_FALSE(on.stage.saved());
    CHECK(on.stage.views().fill.told_above);  // one strip says it, not two
    const auto stays = [&](const Command& command) {
        on.ask(command);
        CHECK(on.stage.views().frame.message.tone == Tone::error);
        REQUIRE(on.stage.filling() != nullptr);
        CHECK(on.stage.filling()->audit() == audit);
        CHECK(on.stage.views().frame.place == Place::fill);
    };
    stays(GoTo{Place::home});
    stays(OpenAudit{audit});
    stays(Lock{});
    stays(Quit{});
    CHECK_FALSE(on.stage.quit());
    SECTION("it is kept as soon as there is room") {
        want(disk.run("PRAGMA max_page_count = 1000000"));
        on.ask(GoTo{Place::home});
        CHECK(on.stage.views().frame.place == Place::home);
        const auto again = want(on.stage.desk()->read_audit(audit));
        CHECK(again.session().value(again.session().find("/data/place")) == text);
    }
    SECTION("whoever closes a second time has been told what is lost") {
        on.ask(Quit{});
        CHECK(on.stage.quit());
    }
}

TEST_CASE("answers appear in the view, with what is wrong with them", "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    on.small();
    on.ask(Answer{"/data/place", "North gate"});
    on.ask(Answer{"/data/staff", "-1"});
    CHECK(on.question("/data/place").value == "North gate");
    CHECK(on.question("/data/staff").problem == AnswerProblem::constraint);
    CHECK(on.question("/data/staff").message == "Not below none.");
    CHECK_FALSE(on.stage.views().fill.saved.empty());

    SECTION("and finalizing leads to the overview, which names them") {
        on.ask(Finalize{});
        CHECK(on.stage.views().frame.place == Place::overview);
        REQUIRE(on.stage.views().overview.problems.size() == 1);
        CHECK(on.stage.views().overview.problems[0].question == "/data/staff");
        on.ask(OpenQuestion{"/data/staff"});
        CHECK(on.stage.views().frame.place == Place::fill);
        CHECK(on.stage.views().fill.scroll_to == "/data/staff");
    }
}

TEST_CASE("undo leads to the question, says what it is again, and keeps the other answers",
          "[stage][undo]") {
    Setting on;
    on.found();
    on.become("amina");
    on.small();
    CHECK_FALSE(on.stage.views().fill.can_undo);
    on.ask(Answer{"/data/place", "North gate"});
    on.ask(Answer{"/data/staff", "14"});
    on.ask(Answer{"/data/staff", "3"});
    on.ask(OpenSection{1});
    on.ask(Undo{});
    CHECK(on.question("/data/staff").value == "14");
    CHECK(on.question("/data/place").value == "North gate");
    CHECK(on.stage.views().fill.scroll_to == "/data/staff");
    CHECK(on.stage.views().frame.message.text.find("How many? \xE2\x80\x94 14") !=
          std::string::npos);
    CHECK(on.stage.views().fill.can_redo);
    on.ask(Redo{});
    CHECK(on.question("/data/staff").value == "3");
    CHECK_FALSE(on.stage.views().fill.can_redo);

    SECTION("an entry that is added is brought into sight, the keyboard at its first question") {
        on.ask(OpenSection{1});
        const auto rows = on.stage.views().fill.questions;
        const auto addition = std::ranges::find(rows, RowKind::addition, &QuestionView::kind);
        REQUIRE(addition != rows.end());
        on.ask(AddRepeat{addition->repeat});
        const FillView& view = on.stage.views().fill;
        CHECK(on.question(view.scroll_to).kind == RowKind::instance);
        CHECK(on.question(view.keyboard_to).kind == RowKind::question);
        CHECK(view.keyboard_to.starts_with(view.scroll_to));
    }
    SECTION("an entry that was removed comes back") {
        on.ask(OpenSection{1});
        const auto rows = on.stage.views().fill.questions;
        const auto room = std::ranges::find(rows, RowKind::instance, &QuestionView::kind);
        REQUIRE(room != rows.end());
        on.ask(RemoveRepeat{room->key});
        const auto left = on.stage.views().fill.questions.size();
        on.ask(Undo{});
        CHECK(on.stage.views().fill.questions.size() > left);
    }
    SECTION("with nothing left to undo that is said, and nothing changes") {
        for (int n = 0; n < 5; ++n) on.ask(Undo{});
        on.ask(DismissMessage{});
        on.ask(Undo{});
        CHECK(on.stage.views().frame.message.text == on.stage.words()("message.nothing_to_undo"));
        CHECK(on.question("/data/place").value.empty());
    }
    SECTION("an audit that was left and opened again still knows what was done") {
        const AuditId audit = on.stage.filling()->audit();
        on.ask(GoTo{Place::home});
        on.ask(OpenAudit{audit});
        REQUIRE(on.stage.views().fill.can_undo);
        on.ask(Undo{});
        CHECK(on.question("/data/staff").value == "14");
    }
    SECTION("what was done is not kept while the notebook is locked") {
        const AuditId audit = on.stage.filling()->audit();
        on.become("amina");
        on.ask(OpenAudit{audit});
        CHECK_FALSE(on.stage.views().fill.can_undo);
    }
}

TEST_CASE("one question at a time leads through the sections to the overview, and is kept",
          "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    on.small();
    CHECK_FALSE(on.stage.views().fill.one_page);
    on.ask(OnePage{true});
    CHECK(on.stage.views().fill.one_page);
    CHECK(on.stage.views().fill.pages == 2);
    CHECK(on.stage.views().fill.page_key == "/data/place");
    on.ask(TurnPage{1});
    CHECK(on.stage.views().fill.page_key == "/data/staff");
    on.ask(Answer{"/data/staff", "14"});
    CHECK(on.stage.views().fill.page_key == "/data/staff");
    on.ask(Undo{});
    CHECK(on.stage.views().fill.page_key == "/data/staff");

    on.ask(TurnPage{2});
    CHECK(on.stage.views().fill.section == 1);
    const int last = on.stage.views().fill.pages - 1;
    on.ask(TurnPage{-1});
    CHECK(on.stage.views().fill.section == 0);
    CHECK(on.stage.views().fill.page == 1);
    on.ask(OpenQuestion{"/data/place"});
    CHECK(on.stage.views().fill.page == 0);
    on.ask(TurnPage{-1});
    CHECK(on.stage.views().fill.page == 0);

    on.ask(OpenSection{1});
    on.ask(TurnPage{last + 1});
    CHECK(on.stage.views().frame.place == Place::overview);
    on.become("amina");
    CHECK(on.stage.looks().one_page == true);
}

TEST_CASE("an audit goes from officer to supervisor and back until it is approved", "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    const AuditId audit = on.small();
    on.ask(Answer{"/data/place", "North gate"});
    on.ask(Finalize{});
    CHECK(on.stage.views().frame.place == Place::home);

    on.become("noor");
    REQUIRE(on.stage.views().home.needs.size() == 1);
    CHECK(on.stage.views().home.needs[0].audit == audit);
    on.ask(OpenAudit{audit});
    CHECK(on.stage.views().frame.place == Place::review);
    CHECK(on.stage.views().review.can_return);
    on.ask(Comment{"/data/place", "Which of the two gates?"});
    on.ask(ReturnAudit{""});
    CHECK(on.stage.views().frame.message.tone == Tone::error);
    on.ask(ReturnAudit{"One question"});
    CHECK(on.stage.views().review.header.state == AuditState::returned);

    on.become("amina");
    on.ask(OpenAudit{audit});
    const auto& row = on.question("/data/place");
    REQUIRE(row.comments.size() == 1);
    CHECK(row.comments[0].text == "Which of the two gates?");
    on.ask(Answer{"/data/place", "North gate, upper"});
    on.ask(Finalize{});

    on.become("noor");
    on.ask(OpenAudit{audit});
    on.ask(ApproveAudit{""});
    CHECK(on.stage.views().review.header.state == AuditState::approved);
    on.ask(GoTo{Place::history});
    const auto& history = on.stage.views().history.rows;
    CHECK(std::ranges::any_of(history, [](const HistoryRow& change) {
        return change.from == "North gate" && change.to == "North gate, upper";
    }));
    CHECK(history.front().sitting.find("noor") != std::string::npos);
    CHECK(std::ranges::any_of(history, [](const HistoryRow& change) {
        return change.sitting.find("amina") != std::string::npos;
    }));
    const auto all = history.size();
    on.ask(FilterHistory{"POST"});
    CHECK(on.stage.views().history.rows.size() < all);
    CHECK_FALSE(on.stage.views().history.rows.empty());
    on.ask(FilterHistory{"no such question"});
    CHECK(on.stage.views().history.rows.empty());
}

TEST_CASE("a long queue of reviews is one line that leads to the list, and each leads to the next",
          "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    std::vector<AuditId> handed_in;
    for (const char* place : {"North gate", "South gate", "East gate", "West gate"}) {
        handed_in.push_back(on.small());
        on.ask(Answer{"/data/place", place});
        on.ask(Finalize{});
    }
    on.become("noor");
    REQUIRE(on.stage.views().home.needs.size() == 1);
    CHECK(on.stage.views().home.needs[0].audit.empty());
    CHECK(on.stage.views().home.needs[0].filter == "finalized");
    CHECK(on.stage.views().home.needs[0].text == "4 audits wait for your review");
    on.ask(OpenAudit{handed_in[3]});
    CHECK(on.stage.views().review.next.empty());
    on.ask(ApproveAudit{""});
    CHECK(on.stage.views().review.waiting == 3);
    CHECK(on.stage.views().review.next == handed_in[0]);
    CHECK(on.stage.views().review.decided.starts_with("Approved: noor"));
    on.ask(GoTo{Place::home});
    CHECK(on.stage.views().home.needs.size() == 3);
}

TEST_CASE("nobody approves an audit of their own", "[stage]") {
    Setting on;
    on.found();
    const AuditId audit = on.small();
    on.ask(Answer{"/data/place", "North gate"});
    on.ask(Finalize{});
    on.ask(OpenAudit{audit});
    CHECK_FALSE(on.stage.views().review.can_approve);
    CHECK_FALSE(on.stage.views().review.why_not.empty());
    on.ask(ApproveAudit{""});
    CHECK(on.stage.views().frame.message.tone == Tone::error);
    CHECK(on.stage.views().review.header.state == AuditState::finalized);
}

TEST_CASE(
    "without input the notebook locks after ten minutes, and the person comes back to where "
    "they were",
    "[stage][lock]") {
    Setting on;
    on.found();
    on.become("amina");
    const AuditId audit = on.small();
    on.ask(GoTo{Place::history});
    on.uptime->awake = on.uptime->all = 9 * 60'000;
    CHECK_FALSE(on.stage.lock_is_due());
    on.stage.note_input();
    on.uptime->awake = on.uptime->all = 18 * 60'000;
    CHECK_FALSE(on.stage.lock_is_due());
    CHECK(on.stage.seconds_to_lock() > 59);
    on.uptime->awake = on.uptime->all = 19 * 60'000;
    CHECK(on.stage.lock_is_due());
    on.ask(Lock{});
    CHECK(on.stage.desk() == nullptr);
    CHECK(on.stage.views().scene == Scene::unlock);
    CHECK(on.stage.views().history.rows.empty());
    CHECK(on.stage.views().unlock.people == std::vector<std::string>{"amina"});

    SECTION("the same person") {
        on.ask(Unlock{"amina", std::string{test::kPassphrase}});
        CHECK(on.stage.views().frame.place == Place::history);
        REQUIRE(on.stage.filling() != nullptr);
        CHECK(on.stage.filling()->audit() == audit);
        CHECK_FALSE(on.stage.lock_is_due());
    }
    SECTION("somebody else begins at home") {
        on.ask(Unlock{"noor", std::string{test::kPassphrase}});
        CHECK(on.stage.views().frame.place == Place::home);
        CHECK(on.stage.filling() == nullptr);
    }
}

TEST_CASE("after the machine has slept the notebook is to be locked, input or not",
          "[stage][lock]") {
    Setting on;
    on.found();
    on.uptime->all += 3'000;
    on.uptime->awake += 10;
    on.stage.note_input();
    CHECK(on.stage.lock_is_due());
    CHECK(on.stage.lock_is_due());  // until it is done
    on.become("amina");
    CHECK_FALSE(on.stage.lock_is_due());
}

TEST_CASE("the time until locking is a setting of the laptop", "[stage][lock]") {
    Setting on;
    on.found();
    on.ask(SetLockAfter{2});
    on.become("amina");
    on.ask(GoTo{Place::settings});
    CHECK(on.stage.views().settings.lock_minutes == 2);
    on.uptime->awake = on.uptime->all = 2 * 60'000;
    CHECK(on.stage.lock_is_due());
}

TEST_CASE("a draft of somebody else is taken over only when that was asked for",
          "[stage][rights]") {
    Setting on;
    on.found();
    const AuditId audit = on.small();
    on.ask(Answer{"/data/place", "North gate"});
    on.become("amina");
    on.ask(OpenAudit{audit});
    CHECK(on.stage.filling() == nullptr);  // officers do not read what others record
    REQUIRE(on.stage.views().frame.offer.has_value());
    CHECK(on.stage.views().frame.offer->text.find("noor") != std::string::npos);

    SECTION("and left where it was not") {
        on.ask(DeclineOffer{});
        CHECK_FALSE(on.stage.views().frame.offer.has_value());
        CHECK(want(on.stage.desk()->audit(audit)).held_by_login == "noor");
    }
    SECTION("and then its history tells it, and the other one cannot edit it any more") {
        on.ask(TakeOver{audit});
        REQUIRE(on.stage.filling() != nullptr);
        CHECK(on.stage.filling()->editable());
        on.ask(Answer{"/data/place", "North gate, upper"});
        on.ask(GoTo{Place::history});
        const auto& rows = on.stage.views().history.rows;
        const auto taken = std::ranges::find(rows, "Taken over", &HistoryRow::what);
        REQUIRE(taken != rows.end());
        const auto heading =
            std::find_if(std::make_reverse_iterator(taken + 1), rows.rend(),
                         [](const HistoryRow& row) { return !row.sitting.empty(); });
        REQUIRE(heading != rows.rend());
        CHECK(heading->sitting.find("amina") != std::string::npos);
        on.become("noor");
        on.ask(OpenAudit{audit});
        REQUIRE(on.stage.filling() != nullptr);
        CHECK_FALSE(on.stage.filling()->editable());
        CHECK(on.stage.views().frame.offer.has_value());
    }
}

TEST_CASE("what a role does not allow is not offered, and is refused when it is asked for",
          "[stage][rights]") {
    Setting on;
    on.found();
    on.become("amina");
    on.ask(GoTo{Place::people});
    CHECK_FALSE(on.stage.views().people.can_add);
    CHECK_FALSE(on.stage.views().people.can_make_recovery_key);
    on.ask(MakeRecoveryKey{});
    CHECK(on.stage.views().people.recovery_key.empty());
    CHECK_FALSE(on.stage.views().people.problem.empty());
    on.ask(RemovePerson{"noor"});
    CHECK(on.stage.views().people.people.size() == 2);
    on.ask(GoTo{Place::reports});
    CHECK(on.stage.views().reports.audiences.empty());
    on.ask(MakeReport{"scorecard", "team"});
    CHECK(on.stage.views().frame.message.tone == Tone::error);
    on.ask(GoTo{Place::sync});
    CHECK_FALSE(on.stage.views().sync.can_join);
    on.ask(JoinTeam{"anything"});
    CHECK_FALSE(on.stage.views().sync.join_problem.empty());
}

TEST_CASE("a stick is written and read from the window, and a dropped bundle is read",
          "[stage][bundle]") {
    Setting on;
    on.found();
    const auto stick = on.folder.path() / "stick";
    std::filesystem::create_directory(stick);
    on.ask(WriteBundle{stick.string()});
    CHECK(on.stage.views().frame.message.tone == Tone::error);  // nobody else is known

    storage::Notebook other = test::new_notebook(on.folder.path() / "other", 7);
    test::team_up(on.stage.desk()->notebook(), other);
    on.ask(WriteBundle{stick.string()});
    CHECK(on.stage.views().frame.message.tone == Tone::good);
    CHECK(std::filesystem::exists(stick / "laptop-1.bordereau-bundle"));

    const AuditId audit = test::draft_with_answers(other, 2);
    want(other.journal().seal(audit));
    const auto made = want(sync::export_bundle(other, {stick, {}, false, 0}, test::kGoOn));
    on.ask(DropFiles{"", {made.files.front().string()}});
    CHECK(on.stage.views().frame.message.tone == Tone::good);
    CHECK(on.stage.desk()->audit(audit).ok());

    test::put_file(stick / "torn.bordereau-bundle", "no bundle");
    on.ask(ReadBundles{{(stick / "torn.bordereau-bundle").string()}});
    CHECK(on.stage.views().frame.message.tone == Tone::error);
    on.ask(GoTo{Place::sync});
    CHECK(on.stage.views().sync.can_carry);
}

TEST_CASE("a backup is made beside the drawing, and says that it was read back",
          "[stage][backup]") {
    Setting on;
    on.found();
    const auto file = on.folder.path() / "stick.bordereau";
    on.ask(BackUp{file.string()});
    CHECK(std::filesystem::exists(file));
    CHECK(on.stage.views().frame.message.tone == Tone::good);
    on.ask(BackUp{(on.folder.path() / "nowhere" / "x").string()});
    CHECK(on.stage.views().frame.message.tone == Tone::error);
    const auto restored = want(Desk::restore(file, on.folder.path() / "other", "noor",
                                             test::kPassphrase, test::test_services(8),
                                             [](std::int64_t, std::int64_t) { return true; }));
    CHECK(restored.complete);
    CHECK(restored.device != on.stage.desk()->notebook().device());
}

TEST_CASE("language, size, colours and large targets are kept for the next time", "[stage]") {
    Setting on;
    on.found();
    on.ask(SetLanguage{"ar"});
    on.ask(SetTheme{"sunlight"});
    on.ask(SetTextSize{500});
    on.ask(SetTouch{true});
    on.become("amina");
    CHECK(on.stage.words().direction() == text::Direction::right_to_left);
    CHECK(on.stage.looks().theme == "sunlight");
    CHECK(on.stage.looks().text_size == 200);
    CHECK(on.stage.looks().touch);
}

TEST_CASE("the list is searched and filtered", "[stage]") {
    Setting on;
    on.found();
    on.small();
    on.ask(NewAudit{FormId{"grpa_walk"}, ""});
    on.ask(GoTo{Place::home});
    CHECK(on.stage.views().home.rows.size() == 2);
    on.ask(Search{"small"});
    CHECK(on.stage.views().home.rows.size() == 1);
    on.ask(Search{""});
    on.ask(FilterByState{"approved"});
    CHECK(on.stage.views().home.rows.empty());
    CHECK(on.stage.views().home.in_all == 2);
}

namespace {

constexpr std::string_view kPhotoForm =
    "| survey |\n| | type | name | label |\n| | image | room | Room |\n| settings |\n"
    "| | form_id | version |\n| | photo | 1 |\n";

// A stage with an audit that asks for a photo, and a folder with one in it.
struct Photos : Setting {
    Photos() {
        found();
        std::ofstream{folder.path() / "photo.md"} << kPhotoForm;
        REQUIRE(test::want(stage.desk()->forms().import(folder.path() / "photo.md")).form);
        std::filesystem::create_directory(folder.path() / "home");
        std::ofstream{photo(), std::ios::binary} << test::telling_jpeg(64, 48, 1);
        ask(OpenAudit{test::want(stage.desk()->start_audit(FormId{"photo"}, ""))});
    }
    std::filesystem::path photo() const { return folder.path() / "home" / "a.jpg"; }
    const QuestionView& room() { return question("/data/room"); }
    const MessageView& message() { return stage.views().frame.message; }
};

}  // namespace

TEST_CASE("a file is browsed for, attached, looked at, copied and removed", "[stage][files]") {
    Photos on;
    CHECK(on.room().file_rule.text.find("33.6\xC2\xA0MB") != std::string::npos);
    on.ask(BrowseFiles{"/data/room"});
    on.ask(BrowseFolder{on.photo().parent_path()});
    const auto browser = on.stage.views().files.browser;
    REQUIRE(browser);
    REQUIRE(browser->entries.size() == 1);
    on.ask(AttachFile{browser->question, browser->entries[0].path});
    CHECK_FALSE(on.stage.views().files.browser);
    CHECK(on.message().tone == Tone::good);
    REQUIRE(on.room().file);
    CHECK(on.room().file->picture->width == 64);
    CHECK(on.room().file->about.find("64 \xC3\x97 48") != std::string::npos);

    on.ask(EnlargeFile{"/data/room"});
    REQUIRE(on.stage.views().files.enlarged);
    on.ask(SaveFile{"/data/room"});
    on.ask(SaveFileHere{});
    CHECK(std::filesystem::exists(on.photo().parent_path() / on.room().file->name));
    on.ask(SaveFile{"/data/room"});
    on.ask(SaveFileHere{});  // does not overwrite
    CHECK(on.message().tone == Tone::error);

    on.ask(CloseFiles{});
    on.ask(DetachFile{"/data/room"});
    CHECK_FALSE(on.room().file);
}

TEST_CASE("what is dropped or pasted in vain says why", "[stage][files]") {
    Photos on;
    on.ask(DropFiles{"", {on.photo()}});
    CHECK(on.message().tone == Tone::warning);
    on.ask(DropFiles{"/data/room", {on.photo(), on.photo()}});
    CHECK(on.message().tone == Tone::warning);
    on.ask(PasteFile{"/data/room", "a sentence"});
    CHECK(on.message().tone == Tone::warning);
    on.ask(AttachFile{"/data/room", on.folder.path() / "photo.md"});
    CHECK(on.message().tone == Tone::error);
    CHECK_FALSE(on.room().file);
    on.ask(PasteFile{"/data/room", "file://" + on.photo().string() + "\r\n"});
    CHECK(on.message().tone == Tone::good);
    CHECK(on.room().file);
}

}  // namespace bordereau::app
