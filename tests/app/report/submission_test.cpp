#include "app/report/submission.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "app/report/html.h"
#include "app/report/markdown.h"
#include "tests/app/audit/samples.h"
#include "tests/app/report/approvals.h"
#include "tests/app/report/english.h"

namespace bordereau::report {
namespace {

SubmissionRequest sample_request() {
    SubmissionRequest request;
    request.countries = {{"ALB", "Albania"}};
    request.questions = {"How do the countries you work in understand gender responsiveness?",
                         "Which good practices exist or are planned?",
                         "Which obstacles stand in the way?",
                         "Which lessons were learned, and what should change?",
                         "What can stakeholders other than governments do?"};
    request.free_text_reread = true;
    request.release = {"7", "", {2026, 4, 1}, Audience::agency};
    return request;
}

audit::LegalText strategy(const std::string& country, const std::string& name,
                          const std::string& language) {
    audit::LegalText text;
    text.country = country;
    text.kind = "strategy";
    text.title = "Migration management strategy of " + name;
    text.language = language;
    text.translation_kind = "none";
    text.remark = "Named without title, date, text or translation.";
    return text;
}

audit::Registers sample_registers() {
    audit::Registers registers;
    registers.commitments = {
        {"cedaw", "Convention on the Elimination of All Forms of Discrimination against Women",
         "treaty", "1979-12-18", true, "", "", ""},
        {"mc1853", "Staff and Programme Policies on Gender Issues, MC/1853", "organisation policy",
         "1995-11-07", false, "", "iomgep", ""},
        {"iomgep", "Gender Equality Policy 2015-2019", "organisation policy", "2015-11", false,
         "2019", "iomgep2024", ""},
        {"iomgep2024", "Gender equality policy of 2024", "organisation policy", "2024", false, "",
         "", ""}};
    registers.texts = {strategy("ALB", "Albania", "sq"), strategy("AZE", "Azerbaijan", "az")};
    registers.respondent = {"International Organization for Migration",
                            "IOM",
                            "Humane and orderly migration for the benefit of everyone.",
                            {{"founded", "1951", "", "1951", "questionnaire"},
                             {"members", "172", "states", "2018", "questionnaire"},
                             {"staff", "19000", "persons", "2025-12-31", "annual report"}},
                            "",
                            "",
                            ""};
    return registers;
}

Submission sample(const SubmissionRequest& request) {
    const std::vector<audit::Record> records{test::sample_audit(), test::sample_walk()};
    return submission(request, records, sample_registers(), english());
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

bool has_reason(const Submission& made, std::string_view part) {
    return std::ranges::any_of(made.not_ready,
                               [&](const std::string& reason) { return has(reason, part); });
}

}  // namespace

TEST_CASE("the submission of the worked sample reads as approved", "[report]") {
    const Submission made = sample(sample_request());
    test::approve("submission_agency.md", to_markdown(made.document));
}

TEST_CASE("a submission says why it is not ready", "[report]") {
    SubmissionRequest request = sample_request();
    SECTION("a text without original or translation keeps it back, a forthcoming one does not") {
        const Submission made = sample(request);
        CHECK(made.not_ready.size() == 2);
        CHECK(has_reason(made, "strategy of Albania (ALB): the original text is missing"));
        CHECK(has_reason(made, "strategy of Azerbaijan (AZE)"));
    }
    SECTION("a country without an approved audit") {
        request.countries.push_back({"AZE", "Azerbaijan"});
        CHECK(has_reason(sample(request), "Azerbaijan: there is no approved audit"));
    }
    SECTION("free text nobody has read again") {
        request.free_text_reread = false;
        CHECK(has_reason(sample(request), "personal data"));
    }
    SECTION("a question whose wording is missing") {
        request.questions[2].clear();
        CHECK(has_reason(sample(request), "question 3"));
    }
    SECTION("a language the receiving side would have to translate") {
        request.output_language = "sq";
        CHECK(has_reason(sample(request), "official languages"));
    }
}

TEST_CASE("a complete submission is ready", "[report]") {
    audit::Registers registers = sample_registers();
    registers.texts.clear();
    const std::vector<audit::Record> records{test::sample_audit()};
    const Submission made = submission(sample_request(), records, registers, english());
    CHECK(made.ready());
}

TEST_CASE("the five obstacles of the questionnaire are always printed", "[report]") {
    audit::Record record = test::sample_audit();
    record.repeats.erase("h_item");
    const std::vector<audit::Record> records{record};
    const std::string text =
        to_markdown(submission(sample_request(), records, sample_registers(), english()).document);
    for (const auto name : {"Unequal representation in the profession: not reported.",
                            "Low awareness, so low priority: not reported.",
                            "Stereotypes and traditional views of roles: not reported.",
                            "Those views in the institution's culture: not reported.",
                            "Little knowledge of mainstreaming: not reported."})
        CHECK(has(text, name));
}

TEST_CASE("old profile figures and expired policies are flagged", "[report]") {
    const std::string text = to_markdown(sample(sample_request()).document);
    CHECK(has(text, "older than 24 months, to be renewed before sending: Members."));
    CHECK(has(text, "Gender Equality Policy 2015-2019: its validity has run out"));
    CHECK(has(text, "replaced by Gender Equality Policy 2015-2019"));
}

TEST_CASE("a unit is named only among three, or by agreement", "[report]") {
    SubmissionRequest request = sample_request();
    CHECK_FALSE(has(to_markdown(sample(request).document), "Post A"));
    request.may_name_units = {"ALB"};
    CHECK(has(to_markdown(sample(request).document), "Post A"));
}

TEST_CASE("the public sees published texts only", "[report]") {
    SubmissionRequest request = sample_request();
    request.release.audience = Audience::public_use;
    const std::string text = to_markdown(sample(request).document);
    CHECK_FALSE(has(text, "Standard procedure for searches"));
    CHECK(has(text, "Migration management strategy of Albania"));
}

TEST_CASE("an audit that is not approved is not used", "[report]") {
    std::vector<audit::Record> records{test::sample_audit()};
    records[0].header.state = audit::ReviewState::received;
    const Submission made = submission(sample_request(), records, sample_registers(), english());
    CHECK(has_reason(made, "Albania: there is no approved audit"));
    CHECK_FALSE(has(to_markdown(made.document), "GRPA-ALB-1a2b3c4d"));
}

TEST_CASE("a submission is written in each of the six languages", "[report][languages]") {
    const std::string language = GENERATE("fr", "es", "ru", "ar", "zh");
    CAPTURE(language);
    const Texts texts = texts_in(language);
    const std::vector<audit::Record> records{test::sample_audit()};
    SubmissionRequest request = sample_request();
    request.questions = {};
    const Submission made = submission(request, records, sample_registers(), texts);
    CHECK(made.document.language == language);
    CHECK((made.document.direction == Direction::right_to_left) == (language == "ar"));
    CHECK(made.document.title != english()("submission.title"));
    const Submission in_english = submission(request, records, sample_registers(), english());
    REQUIRE(made.not_ready.size() == in_english.not_ready.size());
    for (std::size_t at = 0; at < made.not_ready.size(); ++at)
        CHECK(made.not_ready[at] != in_english.not_ready[at]);
    const std::string html = to_html(made.document);
    CHECK(html.find(texts("submission.role.3")) != html.npos);
    CHECK(html.find(texts("annex.units_note")) != html.npos);
}

TEST_CASE("reports write numbers, dates and plurals as their language does",
          "[report][languages]") {
    const Texts french = texts_in("fr"), russian = texts_in("ru"), chinese = texts_in("zh");
    CHECK(french.fixed(2.5, 2) == "2,50");
    CHECK(english().percent(25.94) == "25.9\u00a0%");
    CHECK(chinese.percent(25.94) == "25.9%");
    CHECK(texts_in("ar").percent(25.94) == "25.9%");
    CHECK(english().date({2026, 4, 1}) == "1 April 2026");
    CHECK(chinese.date({2026, 4, 1}) == "2026年4月1日");
    CHECK(russian.count("meaning.units", 1) == "1 подразделение");
    CHECK(russian.count("meaning.units", 3) == "3 подразделения");
    CHECK(russian.count("meaning.units", 5) == "5 подразделений");
    CHECK(english().count("meaning.units", 1) == "1 unit");
}

}  // namespace bordereau::report
