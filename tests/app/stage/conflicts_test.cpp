#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "app/stage.h"
#include "storage/answers.h"
#include "storage/audits.h"
#include "tests/support/desks.h"

namespace bordereau::app {
namespace {

using test::want;

// An audit whose answer "staff" two laptops changed without knowing of each other.
struct TwoLaptops {
    test::TemporaryFolder folder;
    Stage stage{options()};
    AuditId audit;

    StageOptions options() const {
        StageOptions out;
        out.folder = folder.path() / "notebook";
        out.services = test::test_services();
        return out;
    }
    void ask(const Command& command) {
        stage.carry_out(command);
        stage.settle();
    }
    struct Apart {
        std::string path, here, there;
    };
    TwoLaptops() {
        found();
        audit = test::small_audit(*stage.desk(), folder.path());
        want(storage::Answers{stage.desk()->notebook()}.record(audit, "/data/staff", "3"));
        part({{"/data/staff", "14", "12"}});
    }
    TwoLaptops(std::string_view form, const std::vector<Apart>& answers) {
        found();
        const auto file = folder.path() / "form.md";
        std::ofstream{file} << form;
        REQUIRE(want(stage.desk()->forms().import(file)).form != nullptr);
        audit = want(stage.desk()->start_audit(FormId{"parted"}, ""));
        part(answers);
    }
    void found() {
        ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        REQUIRE(stage.desk() != nullptr);
    }
    void part(const std::vector<Apart>& answers) {
        storage::Notebook& here = stage.desk()->notebook();
        want(here.journal().seal_all());
        auto there = test::new_notebook(folder.path() / "there", 9);
        test::admit(here, there);
        test::hand_over(here, there);
        for (const Apart& one : answers) {
            want(storage::Answers{here}.record(audit, one.path, one.here));
            want(storage::Answers{there}.record(audit, one.path, one.there));
        }
        want(here.journal().seal_all());
        want(there.journal().seal_all());
        test::hand_over(there, here);
    }
    std::string staff() {
        for (const auto& answer : want(storage::Answers{stage.desk()->notebook()}.load(audit)))
            if (answer.path == "/data/staff") return answer.value.value_or("");
        return {};
    }
    std::vector<std::string> staff_history() {
        std::vector<std::string> values;
        for (const auto& version : want(storage::Answers{stage.desk()->notebook()}.history(audit)))
            if (version.path == "/data/staff") values.push_back(version.value.value_or(""));
        std::ranges::sort(values);
        return values;
    }
};

}  // namespace

TEST_CASE("an answer that two devices changed is said at home and settled by a person",
          "[stage][conflicts]") {
    TwoLaptops on;
    on.ask(GoTo{Place::home});
    const auto& needs = on.stage.views().home.needs;
    const auto need = std::ranges::find(needs, Place::conflicts, &NeedView::place);
    REQUIRE(need != needs.end());
    CHECK(need->audit == on.audit);
    CHECK(need->text.starts_with("1 answer "));

    on.ask(OpenAudit{on.audit});
    on.ask(GoTo{Place::overview});
    CHECK(on.stage.views().overview.conflicts == 1);
    on.ask(GoTo{Place::conflicts});
    const ConflictsView view = on.stage.views().conflicts;
    REQUIRE(view.conflicts.size() == 1);
    CHECK(view.can_decide);
    CHECK(view.conflicts[0].question.label == "How many?");
    CHECK(view.conflicts[0].question.control == Control::integer);
    REQUIRE(view.conflicts[0].sides.size() == 2);
    CHECK(view.conflicts[0].sides[0].used);
    CHECK(view.conflicts[0].sides[0].who != "");
    CHECK(view.conflicts[0].sides[0].value != view.conflicts[0].sides[1].value);

    std::string decided = "13";
    SECTION("by the one that was not used") {
        decided = view.conflicts[0].sides[1].value;
    }
    SECTION("by a third") {}
    on.ask(DecideAnswer{"/data/staff", decided});
    CHECK(on.staff() == decided);
    CHECK(on.stage.filling()->session().value(on.stage.filling()->session().find("/data/staff")) ==
          decided);
    CHECK(on.stage.views().conflicts.conflicts.empty());
    CHECK(on.stage.views().frame.message.tone == Tone::good);
    CHECK(on.staff_history() == [&] {
        std::vector<std::string> all{"12", "14", "3", decided};
        std::ranges::sort(all);
        return all;
    }());
    on.ask(GoTo{Place::home});
    CHECK(std::ranges::find(on.stage.views().home.needs, Place::conflicts, &NeedView::place) ==
          on.stage.views().home.needs.end());
}

TEST_CASE("conflicts stand in the form's order under their sections, without what the form notes",
          "[stage][conflicts]") {
    constexpr std::string_view kForm = R"(
| survey |
| | type        | name     | label              |
| | start       | begun    |                    |
| | begin_group | z_first  | The post           |
| | text        | z_place  | Which post?        |
| | text        | a_road   | How to get there?  |
| | end_group   |          |                    |
| | begin_group | a_second | The people         |
| | integer     | staff    | How many?          |
| | end_group   |          |                    |
| settings |
| | form_id | form_title  | version |
| | parted  | Small visit | 1       |
)";
    TwoLaptops on{
        kForm,
        {{"/data/meta/instanceID", "uuid:1", "uuid:2"},
         {"/data/begun", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"},
         {"/data/a_second/staff", "14", "12"},
         {"/data/z_first/a_road", "by the old road to the gate", "by the new road to the gate"},
         {"/data/z_first/z_place", "North", "South"}}};
    on.ask(GoTo{Place::home});
    REQUIRE(on.stage.views().home.needs.size() == 1);
    CHECK(on.stage.views().home.needs[0].text.starts_with("3 answers "));
    on.ask(OpenAudit{on.audit});
    on.ask(GoTo{Place::conflicts});
    const auto& conflicts = on.stage.views().conflicts.conflicts;
    std::vector<std::string> asked;
    for (const ConflictView& conflict : conflicts)
        asked.push_back(conflict.section + ": " + conflict.question.label);
    CHECK(asked == std::vector<std::string>{"The post: Which post?", ": How to get there?",
                                            "The people: How many?"});
    REQUIRE(conflicts.size() == 3);
    for (const ConflictSide& side : conflicts[0].sides) CHECK(side.unlike == "");
    for (const ConflictSide& side : conflicts[1].sides)
        CHECK(side.unlike == (side.value.find("old") == side.value.npos ? "new" : "old"));
}

TEST_CASE("where only what the form notes by itself differs, nobody is asked",
          "[stage][conflicts]") {
    TwoLaptops on{R"(
| survey |
| | type | name  | label       |
| | text | place | Which post? |
| settings |
| | form_id | form_title  | version |
| | parted  | Small visit | 1       |
)",
                  {{"/data/meta/instanceID", "uuid:1", "uuid:2"}}};
    on.ask(GoTo{Place::home});
    CHECK(on.stage.views().home.needs.empty());
    on.ask(OpenAudit{on.audit});
    const auto& places = on.stage.views().fill.header.places;
    CHECK(std::ranges::find(places, Place::conflicts) == places.end());
}

TEST_CASE("an officer who does not record an audit sees no decision to make",
          "[stage][conflicts]") {
    TwoLaptops on;
    on.ask(AddPerson{"brahim", "officer", std::string{test::kPassphrase}});
    on.ask(Lock{});
    on.ask(Unlock{"brahim", std::string{test::kPassphrase}});
    REQUIRE(on.stage.desk() != nullptr);
    for (const NeedView& need : on.stage.views().home.needs) CHECK(need.place != Place::conflicts);
    on.ask(OpenAudit{on.audit});
    on.ask(DecideAnswer{"/data/staff", "1"});
    CHECK(on.staff() != "1");
}

}  // namespace bordereau::app
