#include "app/present/answer_words.h"

#include <catch2/catch_test_macros.hpp>

#include "app/form/definition/form.h"
#include "app/present/wording.h"

namespace bordereau::app {
namespace {

const std::string kForm =
    R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">)"
    R"(<h:head><model><instance><data id="f"><day/><spot/><line/><means/><sum/><code/></data></instance>)"
    R"(<bind nodeset="/data/day" type="date"/><bind nodeset="/data/spot" type="geopoint"/>)"
    R"(<bind nodeset="/data/line" type="geotrace"/>)"
    R"(<bind nodeset="/data/sum" type="decimal"/><bind nodeset="/data/code" type="int"/></model></h:head><h:body>)"
    R"(<input ref="/data/day"><label>Day</label></input>)"
    R"(<input ref="/data/spot"><label>Spot</label></input>)"
    R"(<input ref="/data/line"><label>Line</label></input>)"
    R"(<input ref="/data/sum" appearance="thousands-sep"><label>Sum</label></input>)"
    R"(<input ref="/data/code"><label>Code</label></input>)"
    R"(<select ref="/data/means"><label>Means</label>)"
    R"(<item><label>Documents</label><value>docs</value></item>)"
    R"(<item><label>A walk</label><value>walk</value></item></select></h:body></h:html>)";

}  // namespace

TEST_CASE("days, places and choices of an answer are put into words", "[present]") {
    const auto loaded = form::load_xform(kForm, {});
    REQUIRE(loaded.form);
    form::Environment environment;
    environment.clock = fixed_clock(0);
    environment.entropy = seeded_entropy(1);
    const auto session = form::Session::start(loaded.form, environment);
    const auto shown = [&](const char* path, const char* value, text::Language language) {
        for (const form::Element& element : session.elements())
            if (element.node == session.find(path))
                return answer_for_people(embedded_words(language), session, element, value);
        return std::string{"nothing is asked there"};
    };
    using text::Language;
    CHECK(shown("/data/day", "2026-02-16", Language::en) == "16 February 2026");
    CHECK(shown("/data/day", "2026-02-16", Language::fr) == "16 février 2026");
    CHECK(shown("/data/spot", "-1.2864 36.8172 0 0", Language::en) == "1.28640° S, 36.81720° E");
    CHECK(shown("/data/line", "1 2 0 0;3 4 0 0", Language::en) ==
          "1.00000° N, 2.00000° E; 3.00000° N, 4.00000° E");
    CHECK(shown("/data/means", "docs walk", Language::en) == "Documents; A walk");
    CHECK(shown("/data/means", "docs walk", Language::zh) == "Documents；A walk");
    CHECK(shown("/data/means", "docs walk", Language::ar).find("؛ ") != std::string::npos);
    CHECK(shown("/data/sum", "-1234567.5", Language::es) == "-1.234.567,5");
    CHECK(shown("/data/code", "1234567", Language::es) == "1234567");
    CHECK(shown("/data/day", "soon", Language::en) == "soon");
    CHECK(shown("/data/spot", "", Language::en).empty());
}

}  // namespace bordereau::app
