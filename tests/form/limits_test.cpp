// What asks for too much memory or time is refused, or cut short, with a sentence that says so.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/xform/reader.h"
#include "app/form/xlsform/xlsform.h"
#include "tests/form/player.h"

namespace bordereau::form::test {
namespace {

std::string form_with(const std::string& instance, const std::string& model = {},
                      const std::string& body = {}) {
    return R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" )"
           R"(xmlns:jr="http://openrosa.org/javarosa"><h:head><model><instance>)" +
           instance + "</instance>" + model + "</model></h:head><h:body>" + body +
           "</h:body></h:html>";
}

std::string why_refused(const std::string& xml) {
    const auto loaded = load_xform(xml, {});
    REQUIRE(loaded.form == nullptr);
    return loaded.diagnostics.front().message;
}

Session started(const std::string& xml) {
    const auto loaded = load_xform(xml, {});
    for (const auto& finding : loaded.diagnostics) INFO(finding.message);
    REQUIRE(loaded.form != nullptr);
    return Session::start(loaded.form, environment_for_tests());
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

bool tells(const Diagnostics& findings, std::string_view sentence) {
    for (const auto& finding : findings)
        if (finding.message.find(sentence) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("a record stays readable whatever was pasted into an answer", "[form][limits]") {
    const auto loaded =
        load_xform(form_with("<data id='p'><a/></data>", {}, "<input ref='/data/a'/>"), {});
    REQUIRE(loaded.form != nullptr);
    auto session = Session::start(loaded.form, environment_for_tests());
    using namespace std::string_literals;
    const std::string pasted = "one\r\ntwo\tthree \x01\x1f\0<&>\"'"s;
    session.answer(session.find("/data/a"), pasted);
    const auto again =
        Session::load_instance(loaded.form, session.submission_xml(), environment_for_tests());
    REQUIRE(again.ok());
    CHECK(again->value(again->find("/data/a")) == "one\r\ntwo\tthree <&>\"'");
    CHECK(again->submission_xml() == session.submission_xml());
}

TEST_CASE("a record or form that is not UTF-8 is refused", "[form][limits]") {
    CHECK(why_refused(form_with("<data id='u'><a>\xFF\xFE</a></data>")) ==
          "The file cannot be read as a form: its text is not UTF-8.");
    const auto loaded = load_xform(form_with("<data id='u'><a/></data>"), {});
    REQUIRE(loaded.form != nullptr);
    CHECK_FALSE(Session::load_instance(loaded.form, "<data id='u'><a>\xC0\x80</a></data>",
                                       environment_for_tests()));
    const std::string latin = "<?xml version='1.0' encoding='ISO-8859-1'?><data><a>\xE9</a></data>";
    const auto session = Session::load_instance(loaded.form, latin, environment_for_tests());
    REQUIRE(session.ok());
    CHECK(session->value(session->find("/data/a")) == "\xC3\xA9");
}

TEST_CASE("a form whose elements lie too deep is refused", "[form][limits]") {
    const auto xml = form_with(repeated("<g>", 100'000) + repeated("</g>", 100'000));
    CHECK(why_refused(xml) ==
          "The file cannot be read as a form: elements are nested more than 200 deep.");
}

TEST_CASE("a form with thousands of attributes at one element is refused", "[form][limits]") {
    std::string attributes;
    for (int i = 0; i < 50'000; ++i) attributes += " a" + std::to_string(i) + "='1'";
    CHECK(why_refused(form_with("<data" + attributes + "/>")) ==
          "The file cannot be read as a form: an element has more than 1,000 attributes.");
}

TEST_CASE("a form that declares thousands of namespaces is refused", "[form][limits]") {
    std::string children;
    for (int i = 0; i < 5'000; ++i) {
        const auto number = std::to_string(i);
        children += "<p" + number + ":a xmlns:p" + number + "='urn:" + number + "'/>";
    }
    CHECK(why_refused(form_with("<data>" + children + "</data>")) ==
          "The file cannot be read as a form: more than 1,000 namespaces are declared.");
}

TEST_CASE("entities that would grow stay as they are written", "[form][limits]") {
    std::string entities = "<!ENTITY e0 'boom'>";
    for (int i = 1; i < 40; ++i) {
        const auto before = "&e" + std::to_string(i - 1) + ";";
        entities += "<!ENTITY e" + std::to_string(i) + " '" + before + before + "'>";
    }
    const auto session =
        started("<!DOCTYPE x [" + entities + "]>" + form_with("<data id='e'><a>&e39;</a></data>"));
    CHECK(session.value(session.find("/data/a")) == "&e39;");
}

TEST_CASE("a list with too many rows, columns or cells is refused", "[form][limits]") {
    const auto [csv, reason] = GENERATE(
        table<std::string, std::string>({{"a,b\n1,2\n1,2\n1,2\n1,2\n", "it has more than 3 rows"},
                                         {"a,b,c,d,e\n1\n", "it has more than 4 columns"},
                                         {"a,b,c,d\n1\n2\n3\n", "it has more than 12 cells"}}));
    const ListLimits limits{.rows = 3, .columns = 4, .cells = 12};
    const auto list = read_csv_list(csv, std::make_shared<Names>(), limits);
    REQUIRE_FALSE(list);
    CHECK(list.error().detail == reason);
}

TEST_CASE("a million rows are read, and one more is refused", "[form][limits][.long]") {
    std::string csv = "name\n" + repeated("a\n", 1'000'000);
    CHECK(read_csv_list(csv, std::make_shared<Names>()));
    CHECK(read_csv_list(csv + "a\n", std::make_shared<Names>()).error().detail ==
          "it has more than 1,000,000 rows");
}

TEST_CASE("places nested too deep, or too large, are refused", "[form][limits]") {
    const auto names = std::make_shared<Names>();
    CHECK(read_geojson_list(repeated("[", 500'000), names).error().detail ==
          "it is nested more than 100 deep");
    const std::string brackets =
        R"({"type":"FeatureCollection","features":[],"x":")" + repeated("[", 500) + R"(\"["})";
    CHECK(read_geojson_list(brackets, names));
    const std::string feature =
        R"({"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}})";
    const std::string two =
        R"({"type":"FeatureCollection","features":[)" + feature + "," + feature + "]}";
    CHECK(read_geojson_list(two, names, {.cells = 3}).error().detail ==
          "it has more than 3 properties");
    CHECK(read_geojson_list(two, names, {.json_bytes = 10}).error().detail ==
          "it is larger than 0 MB");
}

TEST_CASE("members of the wrong kind in places are an error, not an end", "[form][limits]") {
    const auto names = std::make_shared<Names>();
    CHECK_FALSE(read_geojson_list(R"({"type":1,"features":[]})", names));
    CHECK_FALSE(
        read_geojson_list(R"({"type":"FeatureCollection","features":[{"type":[]}]})", names));
    CHECK_FALSE(read_geojson_list(
        R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":null,"coordinates":[]}}]})",
        names));
}

TEST_CASE("a count by mistake makes no more instances than a record can hold", "[form][limits]") {
    const auto session = started(form_with(
        "<data id='c'><n>1000000000</n><r><a/></r></data>", "<bind nodeset='/data/n' type='int'/>",
        "<repeat nodeset='/data/r' jr:count='/data/n'><input ref='/data/r/a'/></repeat>"));
    CHECK(session.find("/data/r[20000]/a") != NodeId{});
    CHECK(session.find("/data/r[20001]") == NodeId{});
    CHECK(tells(session.failures(),
                "The repeat /data/r asks for 1000000000 instances; the first 20,000 are there."));
}

TEST_CASE("counts within counts do not multiply without end", "[form][limits][.long]") {
    const auto session = started(
        form_with("<data id='c'><n>1000000000</n><r><s><a/></s></r></data>",
                  "<bind nodeset='/data/n' type='int'/>",
                  "<repeat nodeset='/data/r' jr:count='/data/n'><repeat nodeset='/data/r/s' "
                  "jr:count='/data/n'><input ref='/data/r/s/a'/></repeat></repeat>"));
    CHECK(tells(session.failures(), "The repeat /data/r/s asks for 1000000000 instances"));
}

TEST_CASE("texts that double with every question end with a failure", "[form][limits]") {
    std::string fields = "<q0>" + std::string(1000, 'x') + "</q0>", binds;
    for (int i = 1; i <= 40; ++i) {
        const auto own = std::to_string(i), before = "/data/q" + std::to_string(i - 1);
        fields += "<q" + own + "/>";
        binds += "<bind nodeset='/data/q" + own + "' calculate='concat(" + before + ", " + before +
                 ")'/>";
    }
    const auto session = started(form_with("<data id='d'>" + fields + "</data>", binds));
    CHECK(session.value(session.find("/data/q11")).size() == 2'048'000);
    CHECK(session.value(session.find("/data/q13")).empty());
    CHECK(tells(session.failures(), "the result is longer than 4 MB"));
}

TEST_CASE("expressions that all read the whole form are refused", "[form][limits][.long]") {
    std::string fields, binds;
    for (int i = 0; i < 6'000; ++i) {
        const auto name = "q" + std::to_string(i);
        fields += "<" + name + "/>";
        binds += "<bind nodeset='/data/" + name + "' required='count(//x" + std::to_string(i) +
                 ") &gt; 0'/>";
    }
    CHECK(why_refused(form_with("<data id='w'>" + fields + "</data>", binds))
              .ends_with("reads the whole form, as too many others do."));
}

TEST_CASE("a spreadsheet with groups in groups without end is refused with its row",
          "[form][limits]") {
    std::string sheet = "| survey |\n| | type | name | label |\n";
    for (int i = 0; i < 20'000; ++i)
        sheet += "| | begin_group | g" + std::to_string(i) + " | G |\n";
    const auto converted = convert_xlsform(sheet, "deep.md");
    CHECK(converted.xform.empty());
    REQUIRE(has_errors(converted.diagnostics));
    const auto& first = converted.diagnostics.front();
    CHECK(first.message == "Groups and repeats are nested more than 60 deep.");
    CHECK(first.row == 62);
}

TEST_CASE("an error is not lost among hundreds of warnings", "[form][limits]") {
    std::string sheet = "| survey |\n| | type | name | label |\n";
    for (int i = 0; i < 700; ++i)
        sheet += "| | begin_repeat | r" + std::to_string(i) + " | |\n| | text | t" +
                 std::to_string(i) + " | T |\n| | end_repeat | | |\n";
    const auto converted = convert_xlsform(sheet + "| | nonsense | x | X |\n", "warned.md");
    CHECK(converted.xform.empty());
    CHECK(has_errors(converted.diagnostics));
}

TEST_CASE("what an expression cannot mean is told with its question when the form is read",
          "[form][limits]") {
    const auto [calculation, message, remedy] =
        GENERATE(table<std::string, std::string, std::string>(
            {{"foo(1)",
              "calculate \"foo(1)\" cannot be used: at character 1: unknown function foo().",
              "Correct the expression."},
             {"substr('a')",
              "calculate \"substr('a')\" cannot be used: at character 1: substr() takes 2 to 3 "
              "arguments, not 1.",
              "Correct the expression."},
             {"/data/nothing + 1",
              "The expression \"/data/nothing + 1\" refers to /data/nothing, which the form does "
              "not have.",
              "Correct the name; until then it counts as empty."},
             {"count(instance('towns')/root/item)",
              "The expression \"count(instance('towns')/root/item)\" refers to the list \"towns\", "
              "which the form does not have.",
              "Correct the name; until then it counts as empty."}}));
    const auto loaded =
        load_xform(form_with("<data id='u'><a/></data>",
                             "<bind nodeset='/data/a' calculate=\"" + calculation + "\"/>"),
                   {});
    REQUIRE(loaded.diagnostics.size() == 1);
    CHECK(loaded.diagnostics.front().path == "/data/a");
    CHECK(loaded.diagnostics.front().message == message);
    CHECK(loaded.diagnostics.front().remedy == remedy);
}

}  // namespace bordereau::form::test
