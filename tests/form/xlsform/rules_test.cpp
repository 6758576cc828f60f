// The rules of XLSForm by small forms written as Markdown tables.
#include <algorithm>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/xlsform/xlsform.h"

namespace bordereau::form::xlsform::test {
namespace {

ConvertedForm convert(std::string_view markdown) {
    auto converted = convert_xlsform(markdown, "form.md");
    for (const auto& diagnostic : converted.diagnostics) UNSCOPED_INFO(to_text(diagnostic));
    UNSCOPED_INFO(converted.xform);
    return converted;
}

bool holds(const ConvertedForm& converted, std::string_view piece) {
    return converted.xform.find(piece) != std::string::npos;
}

/// The first error at a row and column of the survey, or nothing.
const Diagnostic* error_at(const ConvertedForm& converted, int row, std::string_view column) {
    const auto found = std::ranges::find_if(converted.diagnostics, [&](const auto& diagnostic) {
        return diagnostic.severity == Severity::error && diagnostic.row == row &&
               diagnostic.column == column;
    });
    return found == converted.diagnostics.end() ? nullptr : &*found;
}

TEST_CASE("a question becomes a node, a bind and a control") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | required |
| | integer | age | Age | yes |)");
    CHECK(holds(form, R"(<data id="form"><age/>)"));
    CHECK(holds(form, R"~(<bind nodeset="/data/age" type="int" required="true()"/>)~"));
    CHECK(holds(form, R"(<input ref="/data/age"><label>Age</label></input>)"));
    CHECK(holds(form, R"(jr:preload="uid")"));
}

TEST_CASE("columns and types are known by their older spellings too") {
    const auto form = convert(R"(
| survey | | | | | |
| | command | tag | Caption | relevance | Constraint Message |
| | add integer prompt | age | Age | 1 = 1 | Too old |
| | gps | place | Where | | |
| | photo | picture | Picture | | |)");
    CHECK(holds(form,
                R"(nodeset="/data/age" type="int" relevant="1 = 1" jr:constraintMsg="Too old")"));
    CHECK(holds(form, R"(nodeset="/data/place" type="geopoint")"));
    CHECK(holds(form, R"(<upload ref="/data/picture" mediatype="image/*">)"));
}

TEST_CASE("all errors are found at once, with sheet, row, column and remedy") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | relevant |
| | integer | 1st | One | |
| | colour | two | Two | |
| | text | three | Three | ${nowhere} = 1 |
| | select_one missing | four | Four | |
| | begin_group | g | G | |)");
    CHECK(form.xform.empty());
    CHECK(error_at(form, 2, "name"));
    CHECK(error_at(form, 3, "type"));
    REQUIRE(error_at(form, 4, "relevant"));
    CHECK(error_at(form, 4, "relevant")->sheet == "survey");
    CHECK(error_at(form, 4, "relevant")->message == "There is no question 'nowhere'.");
    CHECK(error_at(form, 5, "type"));
    CHECK(error_at(form, 6, "type"));
    for (const auto& diagnostic : form.diagnostics) CHECK(!diagnostic.remedy.empty());
}

TEST_CASE("an end without its begin is reported where it stands") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | begin_repeat | r | R |
| | text | q | Q |
| | end_group | | |
| | end_repeat | | |)");
    CHECK(error_at(form, 4, "type"));
    CHECK(form.diagnostics.size() == 1);
}

TEST_CASE("names must be unique among siblings but not across groups") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | text | q | Q |
| | begin_group | g | G |
| | text | q | Q |
| | end_group | | |
| | text | q | Again |)");
    CHECK(error_at(form, 6, "name"));
    CHECK_FALSE(error_at(form, 4, "name"));
}

TEST_CASE("a reference to a name used twice is refused") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | text | q | Q |
| | begin_group | g | G |
| | text | q | Q |
| | note | n | ${q} |
| | end_group | | |)");
    CHECK(error_at(form, 5, "label"));
}

TEST_CASE("a malformed reference is refused") {
    const auto cell = GENERATE(as<std::string>{}, "${a b}", "${", "${a", "$ {a} ${}");
    const auto form = convert(
        "| survey | | | |\n| | type | name | label |\n| | text | a | A |\n"
        "| | note | n | " +
        cell + " |");
    CHECK(error_at(form, 3, "label"));
}

TEST_CASE("references are absolute outside repeats and relative inside") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | relevant |
| | text | out | Out | |
| | begin_repeat | r | R | |
| | text | a | A | ${out} = 1 |
| | begin_group | g | G | |
| | text | b | B ${a} | ${a} = 1 |
| | end_group | | | |
| | end_repeat | | | |
| | calculate | total | | |
| | text | after | After | count(${a}) > 1 |)");
    // The calculation is missing on purpose: the paths are looked at below without it.
    CHECK(error_at(form, 9, "calculation"));
    const auto mended = convert(R"(
| survey | | | | |
| | type | name | label | relevant |
| | text | out | Out | |
| | begin_repeat | r | R | |
| | text | a | A | ${out} = 1 |
| | begin_group | g | G | |
| | text | b | B ${a} | ${a} = 1 |
| | end_group | | | |
| | end_repeat | | | |
| | text | after | After | count(${a}) > 1 |)");
    CHECK(holds(mended, R"(nodeset="/data/r/a" type="string" relevant=" /data/out  = 1")"));
    CHECK(holds(mended, R"(nodeset="/data/r/g/b" type="string" relevant=" ../../a  = 1")"));
    CHECK(holds(mended, R"(<label>B <output value=" ../../a "/></label>)"));
    CHECK(holds(mended, R"(relevant="count( /data/r/a ) &gt; 1")"));
}

TEST_CASE("indexed-repeat keeps nodes and repeats absolute and its indexes relative") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | calculation |
| | begin_repeat | r | R | |
| | integer | i | I | |
| | calculate | c | | indexed-repeat(${i}, ${r}, ${i}) |
| | end_repeat | | | |)");
    CHECK(holds(form, R"~(calculate="indexed-repeat( /data/r/i ,  /data/r ,  ../i )")~"));
}

TEST_CASE("choice filters in repeats start at current()") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | choice_filter |
| | text | k | K | |
| | begin_repeat | r | R | |
| | text | a | A | |
| | select_one l | s | S | x = ${a} and y = ${k} |
| | end_repeat | | | |
| choices | | | | |
| | list_name | name | label | x |
| | l | 1 | One | 5 |)");
    CHECK(holds(form, R"(instance('l')/root/item[x =  current()/../a  and y =  /data/k ])"));
    CHECK(holds(form, "<item><name>1</name><label>One</label><x>5</x></item>"));
}

TEST_CASE("the answers of a repeat can be choices") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | begin_repeat | person | Person |
| | text | who | Name |
| | end_repeat | | |
| | select_one ${who} | head | Head |)");
    CHECK(holds(form, R"(<itemset nodeset="/data/person[./who != '']"><value ref="who"/>)"));
}

TEST_CASE("a count that is an expression gets a question of its own") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | repeat_count |
| | integer | n | N | |
| | begin_repeat | r | R | ${n} + 1 |
| | text | q | Q | |
| | end_repeat | | | |)");
    CHECK(holds(
        form,
        R"~(<bind nodeset="/data/r_count" type="string" readonly="true()" calculate=" /data/n  + 1"/>)~"));
    CHECK(holds(form, R"(<repeat nodeset="/data/r" jr:count=" /data/r_count ">)"));
}

TEST_CASE("defaults are text, or expressions carried out at first load and in new instances") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | default |
| | text | plain | P | a-b |
| | date | day | D | 2026-03-07 |
| | integer | sum | S | 1 + 1 |
| | begin_repeat | r | R | |
| | date | when | W | today() |
| | end_repeat | | | |)");
    CHECK(holds(form, "<plain>a-b</plain><day>2026-03-07</day><sum/>"));
    CHECK(holds(form,
                R"(<setvalue ref="/data/sum" event="odk-instance-first-load" value="1 + 1"/>)"));
    CHECK(holds(
        form,
        R"~(<setvalue ref="/data/r/when" event="odk-new-repeat" value="today()"/></repeat>)~"));
}

TEST_CASE("a time with its zone is a default as it stands, not a sum") {
    const auto value = GENERATE(as<std::string>{}, "01:02:55Z", "01:02:55+00:00", "01:02:55-07:00",
                                "2022-03-14T01:02:55.5+10:00", "-2022-03-14T01:02:55");
    const auto form =
        convert("| survey | | | | |\n| | type | name | label | default |\n| | dateTime | t | T | " +
                value + " |");
    CHECK(holds(form, "<t>" + value + "</t>"));
    CHECK_FALSE(holds(form, "setvalue"));
}

TEST_CASE("a triggered calculation runs when the other question is answered") {
    const auto form = convert(R"(
| survey | | | | | |
| | type | name | label | trigger | calculation |
| | text | a | A | | |
| | dateTime | b | | ${a} | now() |)");
    CHECK(holds(form, R"(<bind nodeset="/data/b" type="dateTime"/>)"));
    CHECK(holds(
        form,
        R"~(<label>A</label><setvalue ref="/data/b" event="xforms-value-changed" value="now()"/></input>)~"));
}

TEST_CASE("what nobody sees cannot trigger anything") {
    const auto form = convert(R"(
| survey | | | | | |
| | type | name | label | trigger | calculation |
| | calculate | a | | | 1 |
| | text | b | B | ${a} | now() |)");
    CHECK(error_at(form, 3, "trigger"));
}

TEST_CASE("or_other adds a choice and a question") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | select_one l or_other | s | S |
| choices | | | |
| | list_name | name | label |
| | l | a | A |)");
    CHECK(holds(form, "<item><name>other</name><label>Other</label></item>"));
    CHECK(holds(
        form,
        R"~(<bind nodeset="/data/s_other" type="string" relevant="selected(../s, 'other')"/>)~"));
}

TEST_CASE("choices may come from files") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | parameters |
| | select_one_from_file towns.csv | a | A | value=code label=town |
| | select_multiple_from_file sites.geojson | b | B | |)");
    CHECK(holds(form, R"(<instance id="towns" src="jr://file-csv/towns.csv"/>)"));
    CHECK(holds(form, R"(<value ref="code"/><label ref="town"/>)"));
    CHECK(holds(form, R"(<instance id="sites" src="jr://file/sites.geojson"/>)"));
    CHECK(holds(form, R"(<value ref="id"/><label ref="title"/>)"));
}

TEST_CASE("choices found by search() stand in the body") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | appearance |
| | select_one l | a | A | search('towns') |
| choices | | | | |
| | list_name | name | label | |
| | l | code | town | |)");
    CHECK(holds(form, "<item><label>town</label><value>code</value></item>"));
    CHECK_FALSE(holds(form, R"(<instance id="l")"));
}

TEST_CASE("languages get a dash where they lack a text, or fall back") {
    constexpr std::string_view kForm = R"(
| survey | | | | |
| | type | name | label::English (en) | label::French (fr) |
| | text | a | A | |
| | text | b | B | Bé |)";
    const auto dashed = convert(kForm);
    CHECK(holds(
        dashed,
        R"~(<translation lang="French (fr)"><text id="/data/b:label"><value>Bé</value></text><text id="/data/a:label"><value>-</value>)~"));
    const auto open = convert_xlsform(kForm, "form.md", MissingTexts::fall_back);
    CHECK(open.xform.find("<value>-</value>") == std::string::npos);
}

TEST_CASE("a picture without a language goes with the texts of every language") {
    const auto form = convert_xlsform(R"(
| survey | | | | | |
| | type | name | label::English (en) | label::French (fr) | image |
| | text | a | A | Â | a.png |
| | text | b | B | | |)",
                                      "form.md", MissingTexts::fall_back);
    CHECK(holds(
        form,
        R"~(<translation lang="French (fr)"><text id="/data/a:label"><value>Â</value><value form="image">jr://images/a.png</value></text></translation>)~"));
    CHECK(holds(form, R"~(<translation lang="default" default="true()">)~"));
    const auto start = form.xform.find(R"(<translation lang="default")");
    const auto nameless =
        form.xform.substr(start, form.xform.find("</translation>", start) - start);
    CHECK(nameless.find("<value>A</value>") != std::string::npos);
    CHECK(nameless.find("<value>B</value>") != std::string::npos);
    CHECK(form.borrowed.empty());
}

TEST_CASE("what the default language lacks it borrows, and that is known") {
    const auto form = convert_xlsform(R"(
| settings | |
| | default_language |
| | French (fr) |
| survey | | | | |
| | type | name | label::English (en) | label::French (fr) |
| | text | a | A | |
| | text | b | B | Bé |)",
                                      "form.md", MissingTexts::fall_back);
    CHECK(form.borrowed == BorrowedTexts{{"French (fr)", "/data/a:label"}});
}

TEST_CASE("media and guidance stand in itext") {
    const auto form = convert(R"(
| survey | | | | | |
| | type | name | label | image | guidance_hint |
| | text | a | A | a.png | Ask twice |)");
    CHECK(holds(form, R"(<value form="image">jr://images/a.png</value>)"));
    CHECK(holds(form, R"(<value form="guidance">Ask twice</value>)"));
    CHECK(holds(
        form,
        R"~(<label ref="jr:itext('/data/a:label')"/><hint ref="jr:itext('/data/a:hint')"/>)~"));
}

TEST_CASE("messages with references are looked up, so that the value shows in them") {
    const auto form = convert(R"(
| survey | | | | | |
| | type | name | label | constraint | constraint_message |
| | integer | a | A | | |
| | integer | b | B | . < ${a} | Below ${a} |)");
    CHECK(holds(form, R"~(jr:constraintMsg="jr:itext('/data/b:jr:constraintMsg')")~"));
    CHECK(holds(form, R"(<value>Below <output value=" /data/a "/></value>)"));
}

TEST_CASE("parameters are checked for each type") {
    const auto row =
        GENERATE(as<std::string>{}, "range | start=a", "range | step=0", "range | stop=3",
                 "text | rows=many", "photo | max-pixels=big", "audio | quality=superb",
                 "geopoint | capture-accuracy=x", "geotrace | capture-accuracy=5",
                 "select_one l | seed=5", "select_one l | randomize=maybe", "integer | a b");
    const auto bar = row.find('|');
    const auto form = convert("| survey | | | | |\n| | type | name | label | parameters |\n| | " +
                              row.substr(0, bar) + " | q | Q | " + row.substr(bar + 1) +
                              " |\n| choices | | | |\n| | list_name | name | label |\n"
                              "| | l | a | A |");
    CHECK(error_at(form, 2, "parameters"));
}

TEST_CASE("points are added one by one, or as the person likes") {
    const auto form_with = [](std::string_view value) {
        return convert(
            "| survey | | | | |\n| | type | name | label | parameters |\n"
            "| | geotrace | q | Q | incremental=" +
            std::string{value} + " |");
    };
    CHECK(holds(form_with("yes"), R"(incremental="true")"));
    CHECK(error_at(form_with("false"), 2, "parameters"));
}

TEST_CASE("groups and repeats cannot be required") {
    const auto section = GENERATE(as<std::string>{}, "group", "repeat");
    const auto form_with = [&](std::string_view required) {
        return convert("| survey | | | | |\n| | type | name | label | required |\n| | begin_" +
                       section + " | g | G | " + std::string{required} +
                       " |\n| | text | q | Q | |\n| | end_" + section + " | | | |");
    };
    CHECK(error_at(form_with("yes"), 2, "required"));
    CHECK_FALSE(has_errors(form_with("no").diagnostics));
}

TEST_CASE("files are attached to the form, not to the instances of a repeat") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | begin_repeat | r | R |
| | csv-external | towns | |
| | text | q | Q |
| | end_repeat | | |)");
    CHECK(error_at(form, 3, "type"));
}

TEST_CASE("a select says what to choose from") {
    const auto type = GENERATE(as<std::string>{}, "select_one", "select multiple", "rank");
    const auto form =
        convert("| survey | | | |\n| | type | name | label |\n| | " + type + " | q | Q |");
    CHECK(error_at(form, 2, "type"));
}

TEST_CASE("types written with capitals are understood, with a warning for other programs") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | Text | a | A |
| | dateTime | b | B |)");
    CHECK(holds(form, R"(<input ref="/data/a">)"));
    REQUIRE(form.diagnostics.size() == 1);
    CHECK(form.diagnostics.front().row == 2);
}

TEST_CASE("old forms name themselves on the survey sheet") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | set form title | A census | |
| | set form id | census | |
| | text | a | A |)");
    CHECK(holds(form, "<h:title>A census</h:title>"));
    CHECK(holds(form, R"(<data id="census">)"));
}

TEST_CASE("a setting that is neither yes nor no is pointed out") {
    const auto form = convert(R"(
| settings | |
| | allow_choice_duplicates |
| | Bob |
| survey | | | |
| | type | name | label |
| | text | a | A |)");
    REQUIRE(form.diagnostics.size() == 1);
    CHECK(form.diagnostics.front().sheet == "settings");
    CHECK(form.diagnostics.front().column == "allow_choice_duplicates");
}

TEST_CASE("entities that are updated come with the list to find them in") {
    const auto form_with = [](std::string_view row) {
        return convert("| survey | | | |\n| | type | name | label |\n| | text | id | Id |\n" +
                       std::string{row} +
                       "\n| entities | | |\n| | list_name | entity_id |\n| | trees | ${id} |");
    };
    const auto alone = form_with("");
    CHECK(std::ranges::any_of(alone.diagnostics, [](const auto& found) {
        return found.sheet == "entities" && found.row == 2 && found.severity == Severity::error;
    }));
    CHECK_FALSE(has_errors(form_with("| | csv-external | trees | |").diagnostics));
}

TEST_CASE("the audit log takes its parameters as attributes of its bind") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | parameters |
| | audit | | | location-priority=balanced location-min-interval=60 location-max-age=120 track-changes=true |
| | text | q | Q | |)");
    CHECK(holds(form, "<meta><audit/><instanceID/></meta>"));
    CHECK(holds(
        form,
        R"(odk:location-max-age="120" odk:location-min-interval="60" odk:location-priority="balanced")"));
}

TEST_CASE("settings name the form, its version, its root and its look") {
    const auto form = convert(R"(
| settings | | | | | | |
| | form_title | form_id | version | name | style | instance_name |
| | A title | an_id | 3 | root | pages | concat('x', ${q}) |
| survey | | | |
| | type | name | label |
| | text | q | Q |)");
    CHECK(holds(form, "<h:title>A title</h:title>"));
    CHECK(holds(form, R"(<root id="an_id" version="3">)"));
    CHECK(holds(form, R"(<h:body class="pages">)"));
    CHECK(holds(form, R"~(calculate="concat('x',  /root/q )")~"));
}

TEST_CASE("an entity is created where its values are filled in") {
    const auto form = convert(R"(
| survey | | | | |
| | type | name | label | save_to |
| | begin_repeat | tree | Tree | |
| | text | kind | Kind | species |
| | end_repeat | | | |
| entities | | | | |
| | list_name | label | | |
| | trees | ${kind} | | |)");
    CHECK(holds(form, R"(entities:entities-version="2025.1.0")"));
    CHECK(holds(
        form, R"(<meta><entity dataset="trees" create="1" id=""><label/></entity></meta></tree>)"));
    CHECK(holds(form, R"(nodeset="/data/tree/kind" type="string" entities:saveto="species")"));
    CHECK(holds(form, R"(nodeset="/data/tree/meta/entity/label" calculate=" ../../../kind ")"));
}

TEST_CASE("choices need names, each once") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | select_multiple l | s | S |
| choices | | | |
| | list_name | name | label |
| | l | a | A |
| | l | a | B |
| | l | b c | C |)");
    const auto row_of = [&](int row) {
        return std::ranges::count_if(form.diagnostics, [&](const auto& diagnostic) {
            return diagnostic.sheet == "choices" && diagnostic.row == row;
        });
    };
    CHECK(row_of(3) == 1);
    CHECK(row_of(4) == 1);
}

TEST_CASE("typographic quotes become plain ones and blanks shrink") {
    const auto form = convert(
        "| survey | | | | |\n| | type | name | label | relevant |\n"
        "| | text | a | It\u2019s   here | |\n"
        "| | text | b | B | ${a} = \u2018x\u2019 |");
    CHECK(holds(form, "<label>It&apos;s here</label>") != holds(form, "<label>It's here</label>"));
    CHECK(holds(form, "relevant=\" /data/a  = 'x'\""));
}

TEST_CASE("a sheet with a misspelt name is pointed out") {
    const auto form = convert(R"(
| survey | | | |
| | type | name | label |
| | select_one l | s | S |
| chioces | | | |
| | list_name | name | label |
| | l | a | A |)");
    REQUIRE(error_at(form, 2, "type"));
    CHECK(error_at(form, 2, "type")->remedy.find("'chioces'") != std::string::npos);
}

TEST_CASE("disabled rows and remarks are left out with a warning") {
    const auto form = convert(R"(
| survey | | | | | |
| | type | name | label | disabled | remark |
| | text | a | A | yes | |
| | text | b | B | | |
| | | | | | for later |)");
    CHECK_FALSE(has_errors(form.diagnostics));
    CHECK_FALSE(holds(form, "/data/a"));
    CHECK(form.diagnostics.size() == 2);
}

}  // namespace
}  // namespace bordereau::form::xlsform::test
