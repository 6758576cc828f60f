#include <algorithm>
#include <catch2/catch_test_macros.hpp>

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
    TwoLaptops() {
        ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        REQUIRE(stage.desk() != nullptr);
        audit = test::small_audit(*stage.desk(), folder.path());
        storage::Notebook& here = stage.desk()->notebook();
        want(storage::Answers{here}.record(audit, "/data/staff", "3"));
        want(here.journal().seal_all());
        auto there = test::new_notebook(folder.path() / "there", 9);
        test::admit(here, there);
        test::hand_over(here, there);
        want(storage::Answers{here}.record(audit, "/data/staff", "14"));
        want(storage::Answers{there}.record(audit, "/data/staff", "12"));
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
