// Questions that take remarks on other questions: Enketo's appearance "comment" with a question.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "app/form/definition/definition.h"
#include "app/form/xlsform/xlsform.h"
#include "tests/form/player.h"

namespace bordereau::form::test {
namespace {

std::string form_with(const std::string& on, const std::string& more = {}) {
    return R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" )"
           R"(xmlns:enk="http://enketo.org/xforms"><h:head><model><instance><data id="r"><use/>)"
           R"(<why/><row><a/><b/></row></data></instance>)"
           R"(<bind nodeset="/data/use" type="int" relevant="/data/row/a != 'x'"/>)"
           R"(<bind nodeset="/data/why" required="/data/use &gt; 5" enk:for=")" +
           on + R"("/>)" + more +
           R"(</model></h:head><h:body><input ref="/data/use"><label>U</label>)"
           R"(</input><group ref="/data/row"><repeat nodeset="/data/row"><input ref="/data/row/a"/>)"
           R"(<input ref="/data/row/b" appearance="comment"/></repeat></group>)"
           R"(<input ref="/data/why" appearance="multiline comment"><label>W</label></input>)"
           R"(</h:body></h:html>)";
}

struct Open {
    LoadedForm loaded;
    Session session;

    explicit Open(const std::string& xml)
        : loaded(load_xform(xml, {})), session(Session::start(form(), environment_for_tests())) {}
    std::shared_ptr<const Form> form() const {
        for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(finding.message);
        REQUIRE(loaded.form != nullptr);
        return loaded.form;
    }
    NodeId at(std::string_view path) const { return session.find(path); }
    const Element& element(std::string_view path) const {
        const auto& elements = session.elements();
        const auto found = std::ranges::find(elements, at(path), &Element::node);
        REQUIRE(found != elements.end());
        return *found;
    }
};

}  // namespace

TEST_CASE("a question with the appearance comment is the remark of the question that it is for",
          "[form][remarks]") {
    for (const char* on : {" /data/use ", "../use"}) {
        Open open{form_with(on)};
        CHECK(open.loaded.diagnostics.empty());
        CHECK(open.element("/data/why").remark_on == open.at("/data/use"));
        CHECK(open.session.remark(open.at("/data/use")) == open.at("/data/why"));
        CHECK(open.session.remark(open.at("/data/why")) == NodeId{});
        CHECK(open.element("/data/use").remark_on == NodeId{});
    }
}

TEST_CASE("a remark is an answer of the record, and may be required", "[form][remarks]") {
    Open open{form_with("/data/use")};
    open.session.answer(open.at("/data/use"), "7");
    REQUIRE(open.session.problems().size() == 1);
    CHECK(open.session.problems()[0].node == open.at("/data/why"));
    open.session.answer(open.at("/data/why"), "counted twice");
    CHECK(open.session.problems().empty());
    CHECK(open.session.submission_xml().find("<why>counted twice</why>") != std::string::npos);
}

TEST_CASE("a remark whose question is not asked now is asked by itself", "[form][remarks]") {
    Open open{form_with("/data/use")};
    open.session.answer(open.at("/data/row[1]/a"), "x");
    CHECK(open.element("/data/why").remark_on == NodeId{});
    CHECK(open.session.remark(open.at("/data/use")) == NodeId{});
}

TEST_CASE("in a repeat each entry's question has the remark of its entry", "[form][remarks]") {
    Open open{form_with("/data/use", R"(<bind nodeset="/data/row/b" enk:for="/data/row/a"/>)")};
    REQUIRE(open.session.add_repeat(open.session.find_key_path("/data/row")) != NodeId{});
    CHECK(open.session.remark(open.at("/data/row[2]/a")) == open.at("/data/row[2]/b"));
    CHECK(open.element("/data/row[1]/b").remark_on == open.at("/data/row[1]/a"));
}

TEST_CASE("a comment that is for no question of its own is asked like others, and that is said",
          "[form][remarks]") {
    for (const char* on : {"/data/nothing", "/data/why", "/data/row", "/data/row/a", ""}) {
        Open open{form_with(on)};
        CHECK(open.loaded.diagnostics.size() == 1);
        CHECK(open.element("/data/why").remark_on == NodeId{});
    }
    const Open second{
        form_with("/data/use", R"(<bind nodeset="/data/row/b" enk:for="/data/use"/>)")};
    CHECK(second.loaded.diagnostics.size() == 1);
}

TEST_CASE("an XLSForm writes it as bind::enk:for", "[form][remarks]") {
    const auto read = convert_xlsform(R"(
| survey |
| | type | name | label   | appearance | bind::enk:for |
| | text | use  | Use     |            |               |
| | text | why  | Comment | comment    | ${use}        |
| settings |
| | form_id | namespaces                       |
| | r       | enk="http://enketo.org/xforms"   |
)",
                                      "r.md");
    for (const auto& finding : read.diagnostics) UNSCOPED_INFO(finding.message);
    REQUIRE(!read.xform.empty());
    Open open{read.xform};
    CHECK(open.session.remark(open.at("/data/use")) == open.at("/data/why"));
}

}  // namespace bordereau::form::test
