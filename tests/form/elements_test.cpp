// The displayed element of a node.
#include <catch2/catch_test_macros.hpp>

#include "tests/form/player.h"

namespace bordereau::form::test {
namespace {

// A group without a reference stands first; `use` is asked twice, `why` only where it is long.
constexpr std::string_view kForm =
    R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">)"
    R"(<h:head><model><instance><data id="e"><use/><why/><row><a/></row></data></instance>)"
    R"(<bind nodeset="/data/why" relevant="/data/use = 'long'"/></model></h:head><h:body>)"
    R"(<group><input ref="/data/use"><label>First</label></input></group>)"
    R"(<input ref="/data/use" appearance="multiline"><label>Second</label></input>)"
    R"(<input ref="/data/why"/>)"
    R"(<group ref="/data/row"><repeat nodeset="/data/row"><input ref="/data/row/a"/></repeat></group>)"
    R"(</h:body></h:html>)";

struct Open {
    Session session = opened();

    static Session opened() {
        const LoadedForm loaded = load_xform(kForm, {});
        REQUIRE(loaded.form != nullptr);
        return Session::start(loaded.form, environment_for_tests());
    }
    const Element* at(std::string_view path) { return session.element_of(session.find(path)); }
};

}  // namespace

TEST_CASE("a question, a repeat and its entries have each their element", "[form][elements]") {
    Open open;
    REQUIRE(open.at("/data/use") != nullptr);
    CHECK(open.session.label(*open.at("/data/use")) == "First");
    const NodeId repeat = open.session.find_key_path("/data/row");
    REQUIRE(open.session.element_of(repeat) != nullptr);
    CHECK(open.session.element_of(repeat)->kind == ElementKind::repeat);
    REQUIRE(open.at("/data/row[1]") != nullptr);
    CHECK(open.at("/data/row[1]")->kind == ElementKind::repeat_instance);
    CHECK(open.at("/data/row[1]/a") != nullptr);
}

TEST_CASE("what is not shown has no element, and nothing has that of a group without a reference",
          "[form][elements]") {
    Open open;
    CHECK(open.at("/data/why") == nullptr);
    open.session.answer(open.session.find("/data/use"), "long");
    CHECK(open.at("/data/why") != nullptr);
    CHECK(open.at("/data/nothing") == nullptr);
    CHECK(open.session.element_of(NodeId{}) == nullptr);
    const NodeId entry = open.session.find("/data/row[1]");
    REQUIRE(open.session.remove_repeat(entry));
    CHECK(open.session.element_of(entry) == nullptr);
}

}  // namespace bordereau::form::test
