// Questions that a form asks as remarks on other questions.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <fstream>

#include "app/desk/records.h"
#include "tests/app/stage/setting.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type    | name  | label            | appearance | required    | bind::enk:for |
| | integer | women | Women on duty    |            |             |               |
| | text    | why   | Why so many?     | comment    | ${women}>50 | ${women}      |
| | text    | notes | What was seen?   |            |             |               |
| settings |
| | form_id | form_title | version | namespaces                     |
| | remarks | Remarks    | 1       | enk="http://enketo.org/xforms" |
)";

struct Remarking : Setting {
    AuditId audit;

    Remarking() {
        found();
        std::ofstream{folder.path() / "remarks.md"} << kForm;
        const auto read = test::want(stage.desk()->forms().import(folder.path() / "remarks.md"));
        for (const auto& finding : read.diagnostics) UNSCOPED_INFO(form::to_text(finding));
        REQUIRE(read.form != nullptr);
        audit = test::want(stage.desk()->start_audit(FormId{"remarks"}, "1"));
        ask(OpenAudit{audit});
    }
    const std::string& value(std::string_view path) {
        const form::Session& session = stage.filling()->session();
        return session.value(session.find(path));
    }
    const QuestionView& women() { return question("/data/women"); }
};

}  // namespace

TEST_CASE("a remark that the form asks for is the note of its question, not a question beside it",
          "[stage][remarks]") {
    Remarking on;
    const auto& rows = on.stage.views().fill.questions;
    CHECK(std::ranges::find(rows, "/data/why", &QuestionView::key) == rows.end());
    CHECK(on.question("/data/notes").number == "2");
    REQUIRE(on.women().remark != nullptr);
    CHECK(on.women().remark->label == "Why so many?");
    CHECK(on.question("/data/notes").remark == nullptr);

    on.ask(WriteNote{"/data/women", " a festival "});
    CHECK(on.women().note == "a festival");
    CHECK(on.value("/data/why") == "a festival");
    on.ask(OpenAudit{on.audit});
    CHECK(on.women().note == "a festival");
    // Notes of the officer's own go their own way.
    on.ask(WriteNote{"/data/notes", "hardly readable"});
    CHECK(on.question("/data/notes").note == "hardly readable");
    CHECK(on.value("/data/notes").empty());
}

TEST_CASE("a remark is undone at its question, and stands once in the export", "[stage][remarks]") {
    Remarking on;
    on.ask(WriteNote{"/data/women", "a festival"});
    on.ask(Undo{});
    CHECK(on.women().note.empty());
    CHECK(on.stage.views().fill.scroll_to == "/data/women");
    on.ask(Redo{});
    CHECK(on.women().note == "a festival");

    on.ask(WriteNote{"/data/notes", "hardly readable"});
    const auto record = test::want(on.stage.desk()->record(on.audit));
    CHECK(record.answers.value("why") == "a festival");
    CHECK(record.answers.value("women@note").empty());
    CHECK(record.answers.value("notes@note") == "hardly readable");
}

TEST_CASE("a remark that is required keeps an audit open and is found at its question",
          "[stage][remarks]") {
    Remarking on;
    on.ask(Answer{"/data/women", "60"});
    CHECK(on.women().problem == AnswerProblem::none);
    REQUIRE(on.women().remark != nullptr);
    CHECK(on.women().remark->problem == AnswerProblem::required);
    on.ask(GoTo{Place::overview});
    const auto& problems = on.stage.views().overview.problems;
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].question == "/data/women");
    CHECK(problems[0].label == "Why so many?");
    on.ask(GoTo{Place::fill});
    on.ask(WriteNote{"/data/women", "a festival"});
    CHECK(on.women().remark->problem == AnswerProblem::none);
}

}  // namespace bordereau::app
