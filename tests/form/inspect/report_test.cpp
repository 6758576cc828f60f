// What the report says of small forms written as Markdown tables.
#include <algorithm>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/inspect/report.h"
#include "app/form/xlsform/xlsform.h"

namespace bordereau::form::test {
namespace {

FormReport report_of(std::string_view markdown, const Resources& beside = {}) {
    const auto converted = convert_xlsform(markdown, "form.md", MissingTexts::fall_back);
    for (const auto& found : converted.diagnostics) UNSCOPED_INFO(to_text(found));
    const auto loaded = load_xform(converted.xform, beside);
    REQUIRE(loaded.form);
    auto report = inspect(*loaded.form, converted.xform, beside, converted.borrowed);
    for (auto& remark : report.remarks) place_in_workbook(remark.finding, converted.origins);
    for (const auto& remark : report.remarks) UNSCOPED_INFO(to_text(remark.finding));
    return report;
}

std::vector<Diagnostic> about(const FormReport& report, Topic topic) {
    std::vector<Diagnostic> found;
    for (const auto& remark : report.remarks)
        if (remark.topic == topic) found.push_back(remark.finding);
    return found;
}

TEST_CASE("size counts questions, notes, groups, repeats, calculations, choices and depth") {
    const auto size = report_of(R"(
| survey | | | | |
| | type | name | label | calculation |
| | begin_group | g | G | |
| | begin_repeat | r | R | |
| | select_one yn | a | A | |
| | note | n | N | |
| | calculate | c | | 1 + 1 |
| | end_repeat | | | |
| | end_group | | | |
| | integer | b | B | |
| choices | | | |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |)")
                          .size;
    CHECK(size.questions == 2);
    CHECK(size.notes == 1);
    CHECK(size.groups == 1);
    CHECK(size.repeats == 1);
    CHECK(size.calculations == 1);
    CHECK(size.lists == 1);
    CHECK(size.choices == 2);
    CHECK(size.deepest == 2);
    CHECK(size.bytes > 500);
}

TEST_CASE("a missing translation is named by language, sheet, row and column") {
    const auto report = report_of(R"(
| survey | | | | |
| | type | name | label::English (en) | label::French (fr) |
| | select_one yn | a | A | |
| | text | b | B | Bé |
| choices | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | y | Yes | Oui |
| | yn | n | No | |)");
    const auto found = about(report, Topic::translation);
    REQUIRE(found.size() == 2);
    const auto in = [&](std::string_view sheet, int row) {
        return std::ranges::any_of(found, [&](const auto& finding) {
            return finding.sheet == sheet && finding.row == row && finding.column == "label" &&
                   finding.message.find("French (fr)") != std::string::npos;
        });
    };
    CHECK(in("survey", 2));
    CHECK(in("choices", 3));
    REQUIRE(report.languages.size() == 2);
    CHECK(report.languages[0].missing == 0);
    CHECK(report.languages[1].missing == 2);
    CHECK(report.languages[1].texts == 4);
}

/// A select_one q (a, b), a select_multiple m of the same list, and a text with this relevance.
std::string form_with_relevance(const std::string& relevance) {
    return "| survey | | | | |\n| | type | name | label | relevant |\n"
           "| | select_one ab | q | Q | |\n| | select_multiple ab | m | M | |\n"
           "| | integer | i | I | |\n| | text | t | T | " +
           relevance +
           " |\n| | text | later | L | ${t} = 'x' |\n"
           "| choices | | | |\n| | list_name | name | label |\n| | ab | a | A |\n| | ab | b | B "
           "|\n";
}

TEST_CASE("a question whose relevance cannot hold is unreachable, and so is what waits for it") {
    const auto relevance =
        GENERATE(as<std::string>{}, "false()", "no", "${q} = 'c'", "selected(${m}, 'c')",
                 "${i} > 3 and ${q} = 'c'", "(${q} = 'c' or ${q} = 'd') and true()",
                 "${q} = 'a' and ${q} = 'b'");
    INFO(relevance);
    const auto found = about(report_of(form_with_relevance(relevance)), Topic::unreachable);
    REQUIRE(found.size() == 2);
    CHECK(found[0].path == "/data/t");
    CHECK(found[0].row == 5);
    CHECK(found[1].path == "/data/later");
}

TEST_CASE("what may hold is not called unreachable") {
    const auto relevance =
        GENERATE(as<std::string>{}, "", "${q} = 'a'", "${q} = 'c' or ${i} = 1", "${q} != 'c'",
                 "not(${q} = 'c')", "${q} = ''", "selected(${m}, 'a') and selected(${m}, 'b')",
                 "${i} = 77", "${q} = ${i}", "yes");
    INFO(relevance);
    CHECK(about(report_of(form_with_relevance(relevance)), Topic::unreachable).empty());
}

TEST_CASE("values that the form itself writes are not taken for impossible") {
    const auto column = GENERATE(as<std::string>{}, "default | c", "default | concat('c', '')",
                                 "calculation | 'c'");
    INFO(column);
    const auto bar = column.find('|');
    const auto report = report_of(
        "| survey | | | | | |\n| | type | name | label | relevant | " + column.substr(0, bar) +
        " |\n| | select_one ab | q | Q | | " + column.substr(bar + 1) +
        " |\n| | text | t | T | ${q} = 'c' | |\n"
        "| choices | | | |\n| | list_name | name | label |\n| | ab | a | A |\n");
    CHECK(about(report, Topic::unreachable).empty());
}

TEST_CASE("of an unreachable group only the group is named, with how much it holds") {
    const auto report = report_of(R"(
| survey | | | | |
| | type | name | label | relevant |
| | begin_group | g | G | false() |
| | text | a | A | |
| | begin_group | h | H | false() |
| | text | b | B | |
| | end_group | | | |
| | end_group | | | |)");
    const auto found = about(report, Topic::unreachable);
    REQUIRE(found.size() == 1);
    CHECK(found[0].row == 2);
    CHECK(found[0].message.find("2 questions") != std::string::npos);
}

TEST_CASE("lists and files that nothing uses are named") {
    const auto report = report_of(R"(
| survey | | | |
| | type | name | label |
| | select_one ab | q | Q |
| | csv-external | towns | |
| choices | | | |
| | list_name | name | label |
| | ab | a | A |
| | cd | c | C |)");
    const auto found = about(report, Topic::unused_list);
    REQUIRE(found.size() == 2);
    CHECK(found[0].message.find("'cd'") != std::string::npos);
    CHECK(found[1].message.find("'towns.csv'") != std::string::npos);
}

TEST_CASE("files and media are looked for beside the form") {
    const Resources beside = [](std::string_view name) -> Result<std::string> {
        if (name == "here.csv") return std::string{"name,label\na,A\n"};
        if (name == "here.png") return std::string{"png"};
        return Error{ErrorCode::not_found, "no such file"};
    };
    const auto report = report_of(R"(
| survey | | | | |
| | type | name | label | image |
| | select_one_from_file here.csv | a | A | here.png |
| | select_one_from_file gone.csv | b | B | gone.png |)",
                                  beside);
    REQUIRE(report.files.size() == 4);
    const auto files = about(report, Topic::file), media = about(report, Topic::media);
    REQUIRE(files.size() == 1);
    CHECK(files[0].message.find("'gone.csv'") != std::string::npos);
    REQUIRE(media.size() == 1);
    CHECK(media[0].message.find("'gone.png'") != std::string::npos);
    CHECK(media[0].row == 3);
}

TEST_CASE("functions that other clients lack are named once, where they are first used") {
    const auto report = report_of(R"(
| survey | | | | |
| | type | name | label | calculation |
| | text | q | Q | |
| | calculate | c | | substring(${q}, 1, 2) |
| | calculate | d | | substring(${q}, 2, 2) |)");
    const auto found = about(report, Topic::client);
    REQUIRE(found.size() == 1);
    CHECK(found[0].row == 3);
    CHECK(found[0].message == "substring() is unknown to ODK Collect.");
}

TEST_CASE("what goes wrong when the converted form is loaded has its row and column too") {
    auto converted = convert_xlsform(
        "| survey | | | | |\n| | type | name | label | relevant |\n| | text | a | A | nope( |\n",
        "form.md");
    auto loaded = load_xform(converted.xform, {});
    REQUIRE(has_errors(loaded.diagnostics));
    place_in_workbook(loaded.diagnostics, converted.origins);
    CHECK(loaded.diagnostics.front().sheet == "survey");
    CHECK(loaded.diagnostics.front().row == 2);
    CHECK(loaded.diagnostics.front().column == "relevant");
}

}  // namespace
}  // namespace bordereau::form::test
