// A follow-up of the main form beside the audit of the unit that it follows.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "app/desk/answer_script.h"
#include "assets/assets.h"
#include "tests/app/stage/setting.h"

namespace bordereau::app {
namespace {

constexpr const char* kRoadPost[][2] = {{"a_authority_ok", "yes"}, {"a_type", "follow_up"},
                                        {"a_country", "ALB"},      {"a_agency", "alb_demo_bg"},
                                        {"a_level", "bcp"},        {"a_unit", "alb_demo_road"}};

// Noor's worked audit of the road post, whose actions are all open.
void first_audit(Setting& on) {
    Desk& desk = *on.stage.desk();
    const AuditId audit = test::want(desk.start_audit(FormId{"grpa_main"}, ""));
    Filling filling = test::want(desk.open_audit(audit));
    const auto steps = test::want(read_script(assets::find("samples/grpa_main.tsv").value_or("")));
    for (const ScriptStep& step : steps) test::want(filling.take(step));
    test::want(filling.finalize());
}

void give(Setting& on, std::string_view question, std::string_view value) {
    const form::Session& session = on.stage.filling()->session();
    on.ask(Answer{session.key_path(find_question(session, question)), std::string{value}});
}

const CheckView* readiness(Setting& on) {
    on.ask(GoTo{Place::overview});
    const auto& checks = on.stage.views().overview.checks;
    const auto found = std::ranges::find(checks, "X17", &CheckView::check);
    return found == checks.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a follow-up that calls the unit ready is asked about what was agreed before",
          "[stage][checks]") {
    Setting on;
    on.found();
    first_audit(on);
    on.ask(NewAudit{FormId{"grpa_main"}, ""});
    REQUIRE(on.stage.filling() != nullptr);
    for (const auto& [question, value] : kRoadPost) give(on, question, value);
    CHECK(readiness(on) == nullptr);
    give(on, "i1", "3");
    REQUIRE(readiness(on) != nullptr);
    CHECK(readiness(on)->question == "/grpa_main/i_les/i1");
    give(on, "a_type", "baseline");
    CHECK(readiness(on) == nullptr);
}

}  // namespace bordereau::app
