// What a change costs, counted in evaluations, and what questions share. Nothing here is timed.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "app/form/session/session.h"

namespace bordereau::form {
namespace {

std::string form_around(const std::string& instance, const std::string& model,
                        const std::string& body) {
    return R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml")"
           R"( xmlns:jr="http://openrosa.org/javarosa"><h:head><model><instance>)" +
           instance + "</instance>" + model + "</model></h:head><h:body>" + body +
           "</h:body></h:html>";
}

/// Each question hangs on the one before and adds to a sum of the two.
std::string chain_of(int questions) {
    std::string instance = "<data id=\"chain\">", model, body;
    for (int at = 1; at <= questions; ++at) {
        const auto own = std::to_string(at), before = "/data/q" + std::to_string(at - 1);
        instance += "<q" + own + "/><t" + own + "/>";
        model += "<bind nodeset=\"/data/q" + own + "\" type=\"int\" constraint=\". &lt; 1000\"";
        if (at > 1) model += " relevant=\"" + before + " != ''\"";
        model += "/><bind nodeset=\"/data/t" + own + "\" calculate=\"/data/q" + own;
        model += (at > 1 ? " + " + before : "") + "\"/>";
        body += "<input ref=\"/data/q" + own + "\"><label>Question</label></input>";
    }
    return form_around(instance + "</data>", model, body);
}

/// Rows of a chain of ten questions, with their number.
std::string rows_of_ten() {
    std::string instance = "<data id=\"rows\"><row jr:template=\"\">", model, body;
    for (int at = 1; at <= 10; ++at) {
        const auto own = std::to_string(at);
        instance += "<q" + own + "/>";
        model += "<bind nodeset=\"/data/row/q" + own + "\" type=\"int\"";
        if (at > 1) model += " relevant=\"../q" + std::to_string(at - 1) + " != ''\"";
        model += "/>";
        body += "<input ref=\"/data/row/q" + own + "\"><label>Question " + own +
                (at == 2 ? " after <output value=\"../q1\"/>" : "") + "</label></input>";
    }
    model += "<bind nodeset=\"/data/count\" calculate=\"count(/data/row)\"/>";
    return form_around(instance + "</row><count/></data>", model,
                       "<group ref=\"/data/row\"><label>Row</label><repeat nodeset=\"/data/row\">" +
                           body + "</repeat></group>");
}

/// A filtered select in each row, and one at the top that shows everything.
std::string lists() {
    std::string list = "<instance id=\"places\"><root>";
    for (int at = 0; at < 12; ++at) {
        const auto own = std::to_string(at);
        list += "<item><name>p" + own + "</name><label>Place " + own + "</label><region>r" +
                std::to_string(at % 3) + "</region></item>";
    }
    const auto select = [](const std::string& path, const std::string& filter) {
        return "<select1 ref=\"" + path + "\"><label>Place</label><itemset nodeset=\"" +
               "instance('places')/root/item" + filter +
               "\"><value ref=\"name\"/><label ref=\"label\"/></itemset></select1>";
    };
    return form_around(
        "<data id=\"lists\"><region/><note/><any/><row jr:template=\"\"><place/></row></data>",
        list + "</root></instance>",
        "<input ref=\"/data/region\"><label>Region</label></input>"
        "<input ref=\"/data/note\"><label>Note</label></input>" +
            select("/data/any", "") + "<group ref=\"/data/row\"><repeat nodeset=\"/data/row\">" +
            select("/data/row/place", "[region = /data/region]") + "</repeat></group>");
}

Session session_of(const std::string& xml) {
    auto loaded = load_xform(xml, {});
    for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(to_text(finding));
    REQUIRE(loaded.form);
    Environment environment;
    environment.clock = fixed_clock(0);
    environment.entropy = seeded_entropy(1);
    return Session::start(loaded.form, environment);
}

Element element_at(const Session& session, std::string_view path) {
    for (const auto& element : session.elements())
        if (element.node == session.find(path)) return element;
    FAIL("no element at " << path);
    return {};
}

std::uint64_t evaluations_of(Session& session, std::string_view path, std::string_view text) {
    const auto before = session.evaluations();
    session.answer(session.find(path), text);
    return session.evaluations() - before;
}

void add_rows(Session& session, int rows) {
    for (int at = 0; at < rows; ++at)
        REQUIRE(session.add_repeat(session.find("/data/row")) != NodeId{});
}

}  // namespace

TEST_CASE("an answer evaluates what depends on it, however long the form is", "[form][cost]") {
    const int questions = GENERATE(20, 400);
    auto session = session_of(chain_of(questions));
    for (int at = 1; at <= 10; ++at)
        session.answer(session.find("/data/q" + std::to_string(at)), "5");

    // Its constraint, the sums of its own and of the next question, and whether that is shown.
    CHECK(evaluations_of(session, "/data/q5", "6") == 4);
    CHECK(session.value(session.find("/data/t6")) == "11");
    CHECK(evaluations_of(session, "/data/q5", "6") == 0);
}

TEST_CASE("what is in no row's way costs the same in the first row and the last", "[form][cost]") {
    const int rows = GENERATE(3, 100);
    auto session = session_of(rows_of_ten());
    add_rows(session, rows);

    const auto last = "/data/row[" + std::to_string(rows) + "]/q1";
    // Whether the next question is shown; that it is now, and so whether the one after it is.
    CHECK(evaluations_of(session, "/data/row[1]/q1", "5") == 2);
    CHECK(evaluations_of(session, last, "5") == 2);
    CHECK(session.relevant(session.find("/data/row[1]/q2")));
    CHECK_FALSE(session.relevant(session.find("/data/row[2]/q2")));
}

TEST_CASE("a new row evaluates its own questions and what counts rows", "[form][cost]") {
    const int rows = GENERATE(0, 3, 100);
    auto session = session_of(rows_of_ten());
    add_rows(session, rows);
    const auto before = session.evaluations();
    add_rows(session, 1);
    CHECK(session.evaluations() - before == 9 + 1);
    CHECK(session.value(session.find("/data/count")) == std::to_string(rows + 1));
}

TEST_CASE("rows with the same choices share one list", "[form][choices]") {
    auto session = session_of(lists());
    add_rows(session, 3);
    session.answer(session.find("/data/region"), "r1");
    const auto list = session.choice_list(element_at(session, "/data/row[1]/place"));
    REQUIRE(list->size() == 4);
    CHECK(list->front().label == "Place 1");
    CHECK(session.choice_list(element_at(session, "/data/row[2]/place")) == list);
    CHECK(session.choice_list(element_at(session, "/data/row[3]/place")) == list);

    SECTION("and keep it while other questions are answered") {
        session.answer(session.find("/data/note"), "seen");
        CHECK(session.choice_list(element_at(session, "/data/row[1]/place")) == list);
    }
    SECTION("which stays as it was for whoever holds it when the filter changes") {
        session.answer(session.find("/data/region"), "r2");
        const auto other = session.choice_list(element_at(session, "/data/row[1]/place"));
        CHECK(other != list);
        CHECK(other->front().label == "Place 2");
        CHECK(list->front().label == "Place 1");
    }
    SECTION("and find it again when the filter comes back") {
        session.answer(session.find("/data/region"), "r2");
        (void)session.choices(element_at(session, "/data/row[1]/place"));
        session.answer(session.find("/data/region"), "r1");
        CHECK(session.choice_list(element_at(session, "/data/row[1]/place")) == list);
    }
}

TEST_CASE("the stamp of an element changes with what it shows, and only then", "[form]") {
    auto session = session_of(rows_of_ten());
    add_rows(session, 2);
    session.answer(session.find("/data/row[1]/q1"), "5");
    session.answer(session.find("/data/row[1]/q2"), "5");
    const auto stamp = [&](const char* path) { return session.stamp(element_at(session, path)); };
    const auto answered = stamp("/data/row[1]/q1"), next = stamp("/data/row[1]/q3");
    const auto quoting = stamp("/data/row[1]/q2"), other = stamp("/data/row[2]/q1");

    session.answer(session.find("/data/row[1]/q1"), "6");
    CHECK(stamp("/data/row[1]/q1") != answered);
    CHECK(stamp("/data/row[1]/q2") != quoting);  // its label shows the answer
    CHECK(stamp("/data/row[1]/q3") == next);
    CHECK(stamp("/data/row[2]/q1") == other);

    session.answer(session.find("/data/row[2]/q1"), "many");  // not a number
    CHECK(stamp("/data/row[2]/q1") != other);
}

TEST_CASE("rows are found by key among many, and after some of them went", "[form][entries]") {
    auto session = session_of(rows_of_ten());
    const int rows = GENERATE(5, 40);
    add_rows(session, rows);
    std::vector<std::string> paths;
    for (int at = 1; at <= rows; ++at) {
        const auto row = session.find("/data/row[" + std::to_string(at) + "]");
        session.answer(session.find("/data/row[" + std::to_string(at) + "]/q1"),
                       std::to_string(at));
        paths.push_back(session.key_path(row));
    }
    REQUIRE(session.remove_repeat(session.find_key_path(paths[1])));
    REQUIRE(session.remove_repeat(session.find_key_path(paths.back())));
    CHECK(session.find_key_path(paths[1]) == NodeId{});
    CHECK(session.xpath(session.find_key_path(paths[2])) == "/data/row[2]");

    const auto entries = session.all_entries();
    const auto resumed =
        Session::resume(std::make_shared<Form>(session.form()), entries, {}, ResumeMode::edit);
    CHECK(resumed.all_entries() == entries);
    CHECK(resumed.submission_xml() == session.submission_xml());
}

}  // namespace bordereau::form
