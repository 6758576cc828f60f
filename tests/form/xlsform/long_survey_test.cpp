// A survey as long as those of the field, from its spreadsheet to a submission.
#include <array>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "app/form/inspect/report.h"
#include "app/form/session/session.h"
#include "app/form/xlsform/xlsform.h"
#include "tests/support/long_survey.h"

namespace bordereau::form::xlsform::test {
namespace {

constexpr int kQuestions = 500;

LoadedForm load(ConvertedForm& converted) {
    converted = convert_xlsform(bordereau::test::long_survey(kQuestions), "long_survey.md",
                                MissingTexts::fall_back);
    for (const auto& found : converted.diagnostics) UNSCOPED_INFO(to_text(found));
    auto loaded = load_xform(converted.xform, {});
    for (const auto& found : loaded.diagnostics) UNSCOPED_INFO(to_text(found));
    REQUIRE(loaded.form);
    return loaded;
}

std::string path_of(int question) {
    const auto module = "m" + std::to_string(question / 25 + 1);
    return "/data/" + module + "/" + module + "_in/" + module + "_q" +
           std::to_string(question % 25 + 1);
}

TEST_CASE("a survey of five hundred questions converts, loads and has nothing to remark") {
    ConvertedForm converted;
    const auto loaded = load(converted);
    CHECK(converted.diagnostics.empty());
    CHECK(loaded.diagnostics.empty());
    const auto report = inspect(*loaded.form, converted.xform, {}, converted.borrowed);
    CHECK(report.size.questions == kQuestions + 4);
    CHECK(report.size.deepest == 2);
    CHECK(report.languages.size() == 3);
    for (const auto& remark : report.remarks) UNSCOPED_INFO(to_text(remark.finding));
    CHECK(report.remarks.empty());
}

TEST_CASE("a survey of five hundred questions is filled to the end") {
    ConvertedForm converted;
    const auto loaded = load(converted);
    Environment environment;
    environment.clock = fixed_clock(0);
    environment.entropy = seeded_entropy(1);
    auto session = Session::start(loaded.form, std::move(environment));
    const auto answer = [&](const std::string& path, std::string_view value) {
        INFO(path);
        const auto node = session.find(path);
        REQUIRE(session.relevant(node));
        CHECK(session.answer(node, value) == Validity::valid);
    };
    answer("/data/consent", "yes");
    answer("/data/region", "r7");
    answer("/data/place", "r7p3");
    answer("/data/age", "40");
    constexpr std::array kValues = {"yes", "7", "s1 s30", "words", "1969-12-01"};
    for (int at = 0; at < kQuestions; ++at)
        answer(path_of(at), kValues.at(static_cast<std::size_t>(at) % kValues.size()));
    CHECK(session.problems().empty());
    CHECK(session.value(session.find("/data/m20/m20_in/m20_score")) == "5");
    session.answer(session.find("/data/consent"), "no");
    CHECK(session.submission_xml().find("m1_q1") == std::string::npos);
}

}  // namespace
}  // namespace bordereau::form::xlsform::test
