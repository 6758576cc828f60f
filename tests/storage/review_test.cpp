#include "storage/reviews.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/forms.h"
#include "storage/registers.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::want;

// A notebook where berthe (an officer) has recorded an audit; amina administers and reviews.
struct SharedLaptop {
    SharedLaptop() {
        Notebook notebook = test::new_notebook(at, 1, clock);
        want(notebook.add_person("berthe", Role::officer, test::kPassphrase));
        want(notebook.add_person("carl", Role::officer, test::kPassphrase));
    }
    Notebook as(std::string_view login) { return test::open_as(at, login, ++seed, clock); }

    test::TemporaryFolder folder;
    std::filesystem::path at = folder.path() / "n";
    test::TestClock clock;
    std::uint64_t seed = 1;
};

}  // namespace

TEST_CASE("an audit goes from draft over return and correction to approval", "[review]") {
    SharedLaptop laptop;
    AuditId audit;
    {
        Notebook berthe = laptop.as("berthe");
        audit = test::draft_with_answers(berthe, 3);
        want(Audits{berthe}.finalize(audit));
        CHECK(code_of(Answers{berthe}.record(audit, "/f/q1", "too late")) == ErrorCode::refused);
        CHECK(code_of(Reviews{berthe}.approve(audit, "")) == ErrorCode::refused);
    }
    CommentId comment;
    {
        Notebook amina = laptop.as("amina");
        Reviews reviews{amina};
        comment = want(reviews.comment(audit, "/f/q2", "Please give the year."));
        CHECK(code_of(reviews.send_back(audit, " ")) == ErrorCode::invalid);
        want(reviews.judge(audit, "/f/e[k]", Verdict::rejected, "Unreadable"));
        want(reviews.send_back(audit, "See the comment."));
        CHECK(code_of(reviews.approve(audit, "")) == ErrorCode::refused);
        CHECK(want(amina.journal().pending_count()) > 0);  // people, not the audit
        CHECK(want(Audits{amina}.get(audit))->unsealed == 0);
    }
    {
        Notebook berthe = laptop.as("berthe");
        const auto summary = want(Audits{berthe}.get(audit));
        CHECK(summary->state == AuditState::has_issues);
        CHECK(summary->reason == "See the comment.");
        CHECK(summary->open_comments == 1);
        const auto comments = want(Reviews{berthe}.comments(audit));
        REQUIRE(comments.size() == 1);
        CHECK(comments[0].path == "/f/q2");
        CHECK(comments[0].author_login == "amina");
        CHECK(want(Reviews{berthe}.verdicts(audit)).at(0).verdict == Verdict::rejected);
        want(Answers{berthe}.record(audit, "/f/q2", "1998"));
        want(Reviews{berthe}.resolve(audit, comment));
        want(Audits{berthe}.finalize(audit));
    }
    Notebook amina = laptop.as("amina");
    want(Reviews{amina}.approve(audit, "Complete."));
    const auto summary = want(Audits{amina}.get(audit));
    CHECK(summary->state == AuditState::approved);
    CHECK(summary->open_comments == 0);
    CHECK(test::answer_at(amina, audit, "/f/q2") == "1998");
    std::vector<std::string> steps;
    for (const AuditEvent& event : want(Audits{amina}.events(audit)))
        steps.emplace_back(name_of(event.state));
    CHECK(steps ==
          std::vector<std::string>{"draft", "finalized", "hasIssues", "edited", "approved"});
}

TEST_CASE("nobody reviews their own audit", "[review]") {
    SharedLaptop laptop;
    Notebook amina = laptop.as("amina");
    const AuditId audit = test::draft_with_answers(amina, 1);
    CHECK(code_of(Reviews{amina}.approve(audit, "")) == ErrorCode::refused);  // still a draft
    want(Audits{amina}.finalize(audit));
    CHECK(code_of(Reviews{amina}.approve(audit, "")) == ErrorCode::refused);
    CHECK(code_of(Reviews{amina}.reject(audit, "r")) == ErrorCode::refused);
}

TEST_CASE("an answer carries the person who gave it, in another one's draft too", "[review]") {
    SharedLaptop laptop;
    AuditId audit;
    PersonId berthe_id;
    {
        Notebook berthe = laptop.as("berthe");
        berthe_id = berthe.person().id;
        audit = test::draft_with_answers(berthe, 1);
    }
    Notebook carl = laptop.as("carl");
    want(Answers{carl}.record(audit, "/f/q1", "changed by carl"));
    const auto history = want(Answers{carl}.history(audit));
    REQUIRE(history.size() == 2);
    CHECK(history[0].author == berthe_id);
    CHECK_FALSE(history[0].current);
    CHECK(history[1].author == carl.person().id);
    CHECK(history[1].replaces == std::vector{history[0].version});
    CHECK(history[1].current);
    CHECK_FALSE(history[1].sealed);
}

TEST_CASE("the answers of one change are kept together or not at all", "[review]") {
    SharedLaptop laptop;
    Notebook berthe = laptop.as("berthe");
    const AuditId audit = want(Audits{berthe}.create({"f"}, "1", ""));
    Answers answers{berthe};
    want(answers.record(audit, std::vector<GivenAnswer>{
                                   {"/f/a", "1"}, {"/f/b", "2"}, {"/f/a", "3"}, {"/f/c", {}}}));
    const auto loaded = want(Answers{berthe}.load(audit));
    REQUIRE(loaded.size() == 3);
    CHECK(test::answer_at(berthe, audit, "/f/a") == "3");
    CHECK(want(answers.history(audit)).size() == 4);
    CHECK(want(answers.conflicts(audit)).empty());

    const std::vector<GivenAnswer> half{{"/f/a", "4"}, {"/f/b", "\xff"}};
    CHECK(code_of(answers.record(audit, half)) == ErrorCode::invalid);
    CHECK(test::answer_at(berthe, audit, "/f/a") == "3");
    want(answers.record(audit, "/f/a", "5"));
    CHECK(want(answers.conflicts(audit)).empty());
    want(answers.record(audit, std::vector<GivenAnswer>{}));
}

TEST_CASE("answers are kept as they were given, in the order they were given", "[review]") {
    SharedLaptop laptop;
    Notebook berthe = laptop.as("berthe");
    const AuditId audit = want(Audits{berthe}.create({"f"}, "1", ""));
    Answers answers{berthe};
    const std::string odd = "  \n\t\xD8\xB9 <&> '\"; DROP TABLE audit; -- \xF0\x9F\x98\x80";
    want(answers.record(audit, "/f/b", odd));
    want(answers.record(audit, "/f/a", ""));
    want(answers.record(audit, "/f/r[k1]", "1"));
    want(answers.record(audit, "/f/r[k1]", std::nullopt));
    CHECK(code_of(answers.record(audit, "/f/c", "\xff")) == ErrorCode::invalid);
    CHECK(code_of(answers.record(audit, "", "x")) == ErrorCode::invalid);
    CHECK(code_of(answers.record({"unknown"}, "/f/c", "x")) == ErrorCode::not_found);
    const auto expect = [&] {
        const auto loaded = want(Answers{berthe}.load(audit));
        REQUIRE(loaded.size() == 3);
        CHECK(loaded[0].path == "/f/b");
        CHECK(loaded[0].value == odd);
        CHECK(loaded[1].value == "");
        CHECK_FALSE(loaded[2].value);
    };
    expect();
    want(berthe.journal().seal_all());
    expect();
    CHECK(want(Audits{berthe}.get(audit))->answers == 2);
}

TEST_CASE("the list shows the latest changed first, drafts' answers included", "[review]") {
    SharedLaptop laptop;
    Notebook berthe = laptop.as("berthe");
    Audits audits{berthe};
    const AuditId first = test::draft_with_answers(berthe, 1);
    const AuditId second = test::draft_with_answers(berthe, 1);
    const AuditId third = test::draft_with_answers(berthe, 1);
    want(audits.label(second, "Harbour", "H1"));
    want(audits.finalize(second));
    want(Answers{berthe}.record(first, "/f/q1", "again"));
    const auto ids = [&](const AuditFilter& filter) {
        std::vector<AuditId> found;
        for (const auto& audit : want(audits.list(filter))) found.push_back(audit.id);
        CHECK(want(audits.count(filter)) >= static_cast<std::int64_t>(found.size()));
        return found;
    };
    CHECK(ids({}) == std::vector{first, second, third});
    CHECK(ids({.state = AuditState::finalized}) == std::vector{second});
    CHECK(ids({.state = AuditState::draft}) == std::vector{first, third});
    CHECK(ids({.unit = "H1"}) == std::vector{second});
    CHECK(ids({.form = {"other"}}).empty());
    CHECK(ids({.created_by = berthe.person().id}).size() == 3);
    const AuditPlace place = place_of(want(audits.get(first)).value());
    CHECK(ids({.after = place, .limit = 1}) == std::vector{second});
    const Millis moment = want(audits.get(second))->changed_at;
    CHECK(ids({.changed_from = moment}) == std::vector{first, second});
    CHECK(ids({.changed_before = moment}) == std::vector{third});
    CHECK(want(audits.list({}))[0].created_by_login == "berthe");
}

TEST_CASE("labelling an audit as it is already records nothing", "[review]") {
    SharedLaptop laptop;
    Notebook berthe = laptop.as("berthe");
    const AuditId audit = test::draft_with_answers(berthe, 1);
    want(Audits{berthe}.label(audit, "T", "U"));
    const auto before = want(berthe.journal().pending_count());
    want(Audits{berthe}.label(audit, "T", "U"));
    CHECK(want(berthe.journal().pending_count()) == before);
}

TEST_CASE("a form is kept once, and another content under its version is refused", "[review]") {
    SharedLaptop laptop;
    Notebook amina = laptop.as("amina");
    Forms forms{amina};
    const StoredForm form{{{"f"}, "1", "A form"}, "<xml/>", {{"list.csv", std::string{"a\0b", 3}}}};
    want(forms.put(form));
    const auto pending = want(amina.journal().pending_count());
    want(forms.put(form));
    CHECK(want(amina.journal().pending_count()) == pending);
    StoredForm other = form;
    other.definition = "<other/>";
    CHECK(code_of(forms.put(other)) == ErrorCode::conflict);
    other.summary.version = "2";
    want(forms.put(other));
    CHECK(want(forms.list()).size() == 2);
    const auto kept = want(forms.get({"f"}, "1"));
    REQUIRE(kept);
    CHECK(kept->definition == "<xml/>");
    CHECK(kept->resources == form.resources);
    CHECK_FALSE(want(forms.get({"f"}, "3")));
}

TEST_CASE("register rows are put, replaced and removed", "[review]") {
    SharedLaptop laptop;
    Notebook amina = laptop.as("amina");
    Registers registers{amina};
    want(registers.put("unit", "b", "{\"n\":1}"));
    want(registers.put("unit", "a", "{}"));
    want(registers.put("unit", "b", "{\"n\":2}"));
    want(registers.put("policy", "b", "{}"));
    const auto units = want(registers.list("unit"));
    REQUIRE(units.size() == 2);
    CHECK(units[0].key == "a");
    CHECK(units[1].json == "{\"n\":2}");
    want(registers.remove("unit", "b"));
    CHECK_FALSE(want(registers.get("unit", "b")));
    CHECK(code_of(registers.remove("unit", "b")) == ErrorCode::not_found);
    CHECK(code_of(registers.put("", "b", "{}")) == ErrorCode::invalid);
}

}  // namespace bordereau::storage
