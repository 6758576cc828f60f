// Reading workbooks: cells as text, sheets one below the other, files that are none or too much.
#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "app/form/xlsform/cell_value.h"
#include "app/form/xlsform/workbook.h"
#include "app/form/xlsform/xlsform.h"

namespace bordereau::form::xlsform::test {
namespace {

std::string data_file(const std::string& name) {
    std::ifstream in{std::string{BORDEREAU_SOURCE_DIR} + "/tests/data/forms/xlsform/" + name,
                     std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST_CASE("numbers, dates and booleans of a spreadsheet become text") {
    const auto workbook = read_workbook(data_file("cells.xlsx"), "cells.xlsx");
    REQUIRE(workbook.ok());
    const auto* survey = workbook->find("survey");
    REQUIRE(survey);
    CHECK(survey->header == std::vector<std::string>{"type", "name", "label", "default", "note"});
    const std::vector<std::string> expected{"5",   "2026-03-07", "14:05:09", "2026-03-07 14:05:09",
                                            "0.1", "TRUE"};
    REQUIRE(survey->rows.size() >= expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(survey->rows[i].cells.at(3) == expected[i]);
}

TEST_CASE("rows keep the number that the spreadsheet shows") {
    const auto workbook = read_workbook(data_file("cells.xlsx"), "cells.xlsx");
    REQUIRE(workbook.ok());
    const auto& row = workbook->find("survey")->rows.at(5);
    CHECK(row.number == 8);
    CHECK(row.cells.at(2) == "B b");
}

TEST_CASE("reading stops after sixty empty rows, and says where") {
    const auto near = make_sheet("survey", {{1, {"type"}}, {2, {"note"}}, {62, {"note"}}});
    CHECK(near.rows.size() == 2);
    CHECK(near.unread_from == 0);
    const auto far = make_sheet("survey", {{1, {"type"}}, {2, {"note"}}, {63, {"note"}}});
    CHECK(far.rows.size() == 1);
    CHECK(far.unread_from == 63);
}

TEST_CASE(
    "workbooks are read as people dress them: runs, formulas, dates, styles to the last cell") {
    const auto converted = convert_xlsform(data_file("dressed.xlsx"), "dressed.xlsx");
    for (const auto& found : converted.diagnostics) UNSCOPED_INFO(to_text(found));
    CHECK(converted.diagnostics.empty());
    CHECK(converted.xform.find("<label>Plain bold end</label>") != std::string::npos);
    CHECK(converted.xform.find("<a>42</a><d>2024-02-29</d>") != std::string::npos);
}

TEST_CASE("parts are found by their relations, with strict namespaces and backslashes too") {
    const auto usual = convert_xlsform(data_file("dressed.xlsx"), "form.xlsx");
    const auto moved = convert_xlsform(data_file("moved_parts.xlsx"), "form.xlsx");
    for (const auto& found : moved.diagnostics) UNSCOPED_INFO(to_text(found));
    CHECK_FALSE(moved.xform.empty());
    CHECK(moved.xform == usual.xform);
}

TEST_CASE("formulas without a result and with an error are pointed out by their cell") {
    const auto converted = convert_xlsform(data_file("formulas.xlsx"), "formulas.xlsx");
    const auto at = [&](int row, std::string_view column) {
        return std::ranges::any_of(converted.diagnostics, [&](const auto& found) {
            return found.row == row && found.column == column &&
                   found.message.find("formula") != std::string::npos;
        });
    };
    CHECK(at(2, "label"));
    CHECK(at(3, "default"));
}

TEST_CASE("what a file really is decides what its owner is told") {
    struct Case {
        std::string bytes, name, said;
    };
    const std::string compound{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8};
    std::string encrypted = compound;
    for (const char c : std::string_view{"EncryptedPackage"}) encrypted += std::string{c, '\0'};
    const auto [bytes, name, said] = GENERATE_COPY(
        Case{"", "a.xlsx", "empty"}, Case{compound, "a.xls", "old .xls"},
        Case{compound, "a.xlsx", "old .xls"}, Case{encrypted, "a.xlsx", "password"},
        Case{"<!DOCTYPE html><html>", "a.xlsx", "web page"}, Case{"%PDF-1.7", "a.xlsx", "PDF"},
        Case{"PK\x03\x04......mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a.xlsx",
             "OpenDocument"},
        Case{"PK\x03\x04", "a.csv", "not a text file"}, Case{"type,name", "a.xlsx", "no workbook"},
        Case{data_file("dressed.xlsx").substr(0, 3000), "a.xlsx", "copied completely"});
    const auto converted = convert_xlsform(bytes, name);
    REQUIRE(converted.diagnostics.size() == 1);
    CHECK(to_text(converted.diagnostics.front()).find(said) != std::string::npos);
    CHECK(converted.xform.empty());
}

TEST_CASE("a workbook may be called .xls, as some servers do") {
    CHECK_FALSE(convert_xlsform(data_file("dressed.xlsx"), "form.xls").xform.empty());
}

TEST_CASE("number formats tell dates from numbers") {
    CHECK(number_kind("dd/mm/yyyy") == NumberKind::date_or_time);
    CHECK(number_kind("[$-409]h:mm AM/PM") == NumberKind::date_or_time);
    CHECK(number_kind("0.00") == NumberKind::plain);
    CHECK(number_kind("0 \"days\"") == NumberKind::plain);
    CHECK(number_kind("[Red]0") == NumberKind::plain);
    CHECK(number_kind(14) == NumberKind::date_or_time);
    CHECK(number_kind(2) == NumberKind::plain);
}

TEST_CASE("dates are counted from 1900 or 1904") {
    const auto date = NumberKind::date_or_time;
    CHECK(number_text("1", date, DateSystem::from_1900) == "1900-01-01");
    CHECK(number_text("61", date, DateSystem::from_1900) == "1900-03-01");
    CHECK(number_text("45000", date, DateSystem::from_1900) == "2023-03-15");
    CHECK(number_text("1", date, DateSystem::from_1904) == "1904-01-02");
    CHECK(number_text("0.5", date, DateSystem::from_1900) == "12:00:00");
    CHECK(number_text("1e300", date, DateSystem::from_1900).starts_with("1000"));
    CHECK(number_text("text", date, DateSystem::from_1900) == "text");
}

TEST_CASE("one csv file holds all sheets") {
    const auto workbook = read_workbook(
        "\xEF\xBB\xBF"
        "survey,,,\r\n,type,name,label\r\n,text,q,\"Say \"\"hi\"\", please\"\r\n"
        "choices\n,list_name,name,label\n,l,1,\"two\nlines\"\n",
        "form.csv");
    REQUIRE(workbook.ok());
    REQUIRE(workbook->find("survey"));
    CHECK(workbook->find("survey")->rows.at(0).cells.at(2) == "Say \"hi\", please");
    CHECK(workbook->find("choices")->rows.at(0).cells.at(2) == "two\nlines");
}

TEST_CASE("Markdown tables may hold escaped bars and separator lines") {
    const auto workbook = read_workbook(
        "Text around\n| survey | | |\n|---|---|---|\n| | type | name |\n| | text | a \\| b |\n",
        "form.md");
    REQUIRE(workbook.ok());
    CHECK(workbook->find("SURVEY")->rows.at(0).cells.at(1) == "a | b");
}

TEST_CASE("what is no workbook is refused with a reason") {
    const auto name = GENERATE(as<std::string>{}, "a.xlsx", "a.xlsm", "a.xls", "a.pdf", "a");
    const auto workbook = read_workbook("PK\x03\x04 and nothing more", name);
    REQUIRE_FALSE(workbook.ok());
    CHECK(!workbook.error().detail.empty());
    const auto converted = convert_xlsform("PK\x03\x04", name);
    CHECK(converted.xform.empty());
    CHECK(has_errors(converted.diagnostics));
}

TEST_CASE("text that is not UTF-8 is refused") {
    CHECK_FALSE(read_workbook("| survey |\n| | \xFF\xFE |", "a.md").ok());
}

TEST_CASE("workbooks that unpack into too much are refused before they are unpacked") {
    const auto bytes = data_file("cells.xlsx");
    WorkbookLimits tight;
    tight.unpacked_bytes = 1000;
    const auto small = read_workbook(bytes, "a.xlsx", tight);
    REQUIRE_FALSE(small.ok());
    CHECK(small.error().code == ErrorCode::refused);
    WorkbookLimits short_file;
    short_file.file_bytes = 100;
    CHECK_FALSE(read_workbook(bytes, "a.xlsx", short_file).ok());
    WorkbookLimits few_rows;
    few_rows.rows = 3;
    const auto rows = read_workbook(bytes, "a.xlsx", few_rows);
    REQUIRE_FALSE(rows.ok());
    CHECK(rows.error().code == ErrorCode::refused);
    WorkbookLimits few_cells;
    few_cells.cells = 6;
    CHECK(read_workbook(bytes, "a.xlsx", few_cells).error().detail ==
          "sheet Survey has more than 6 cells");
    WorkbookLimits little_text;
    little_text.text_bytes = 10;
    CHECK(read_workbook(bytes, "a.xlsx", little_text).error().detail ==
          "sheet Survey has more than 0 MB of text");
}

TEST_CASE("a zip bomb is refused by its ratio") {
    // 40 MiB of one letter, packed.
    const auto bomb = read_workbook(data_file("bomb.xlsx"), "bomb.xlsx");
    REQUIRE_FALSE(bomb.ok());
    CHECK(bomb.error().code == ErrorCode::refused);
}

TEST_CASE("a damaged workbook is refused wherever the damage lies") {
    const auto whole = data_file("cells.xlsx");
    const auto cut = GENERATE_COPY(range(std::size_t{0}, whole.size(), std::size_t{97}));
    auto damaged = whole;
    damaged[cut] = static_cast<char>(damaged[cut] ^ 0x55);
    (void)convert_xlsform(damaged, "a.xlsx");
    CHECK_FALSE(read_workbook(whole.substr(0, cut), "a.xlsx").ok());
}

}  // namespace
}  // namespace bordereau::form::xlsform::test
