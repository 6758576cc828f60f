// What evidence is given for, as a supervisor reads it.
#include <catch2/catch_test_macros.hpp>

#include <fstream>

#include "tests/app/stage/setting.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type                  | name    | label       |
| | begin_group           | b       | B. Policy   |
| | text                  | b1      | Is there?   |
| | text                  | b2      | How far?    |
| | end_group             |         |             |
| | begin_repeat          | k_item  | Evidence    |
| | text                  | k_title | What is it? |
| | select_multiple codes | k_items | What for?   |
| | end_repeat            |         |             |
| choices |
| | list_name | name | label                   |
| | codes     | b2   | How far does it go?     |
| | codes     | z9   | Something not asked now |
| settings |
| | form_id  | form_title | version |
| | evidence | Evidence   | 1       |
)";

}  // namespace

TEST_CASE("evidence names the questions that it supports by number and words", "[stage][review]") {
    Setting on;
    on.found();
    std::ofstream{on.folder.path() / "evidence.md"} << kForm;
    const auto read = test::want(on.stage.desk()->forms().import(on.folder.path() / "evidence.md"));
    for (const auto& finding : read.diagnostics) UNSCOPED_INFO(form::to_text(finding));
    REQUIRE(read.form != nullptr);
    on.become("amina");
    const AuditId audit = test::want(on.stage.desk()->start_audit(FormId{"evidence"}, "1"));
    on.ask(OpenAudit{audit});
    const auto answer = [&](std::string_view xpath, std::string_view value) {
        const form::Session& session = on.stage.filling()->session();
        on.ask(Answer{session.key_path(session.find(xpath)), std::string{value}});
    };
    answer("/data/k_item[1]/k_title", "Order 12");
    answer("/data/k_item[1]/k_items", "b2 z9");
    on.ask(Finalize{});
    on.become("noor");
    on.ask(OpenAudit{audit});
    const auto& evidence = on.stage.views().review.evidence;
    REQUIRE(evidence.size() == 1);
    CHECK(evidence[0].title == "Order 12");
    CHECK(evidence[0].supports == "2. How far does it go?\nSomething not asked now");
}

}  // namespace bordereau::app
