// Expressions looked at as text: conditions, functions, what they compare.
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/inspect/clients.h"
#include "app/form/inspect/expression_text.h"

namespace bordereau::form::test {
namespace {

TEST_CASE("conditions are split outside of parentheses and quotes only") {
    const auto pieces = split_outside("a = ' and ' and (b and c) and d", " and ");
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0] == "a = ' and '");
    CHECK(pieces[1] == "(b and c)");
    CHECK(pieces[2] == "d");
}

TEST_CASE("only parentheses around the whole are taken off") {
    CHECK(unwrapped(" ( (a) ) ") == "a");
    CHECK(unwrapped("(a) or (b)") == "(a) or (b)");
    CHECK(unwrapped("(')')") == "')'");
}

TEST_CASE("functions are found by their parentheses, not in quotes") {
    CHECK(functions_in("if(count (/d/r) > 1 and (2 = 2), 'sum(x)', jr:choice-name(., 'q'))") ==
          std::vector<std::string>{"if", "count", "jr:choice-name"});
}

TEST_CASE("comparisons with a value are understood either way round") {
    const auto text = GENERATE(as<std::string>{}, "/d/q = 'a'", "'a' =  /d/q ", "( /d/q = \"a\")");
    const auto found = comparison_in(text);
    REQUIRE(found);
    CHECK(found->path == "/d/q");
    CHECK(found->value == "a");
    CHECK(found->whole);
}

TEST_CASE("selected() is a comparison with one of several values") {
    const auto found = comparison_in("selected( ../q , 'a')");
    REQUIRE(found);
    CHECK(found->path == "../q");
    CHECK_FALSE(found->whole);
}

TEST_CASE("what is no comparison of a path with a value is left alone") {
    const auto text = GENERATE(as<std::string>{}, "/d/q != 'a'", "/d/q >= 3", "/d/q[1] = 'a'",
                               "/d/q = /d/p", "count(/d/q) = 1", "not(/d/q = 'a')", "",
                               "selected(/d/q, /d/p)", "selected(/d/q, 'a') = true()");
    CHECK_FALSE(comparison_in(text));
}

TEST_CASE("what other clients lack is named with what to write instead") {
    const auto found = lacking_in("substring(/d/q, 1, 2) | /d//p");
    REQUIRE(found.size() == 3);
    CHECK(found[0].what == "substring()");
    CHECK(found[0].clients == "ODK Collect");
    CHECK_FALSE(found[0].instead.empty());
    CHECK(lacking_in("concat('a//b|', /d/q)").empty());
}

}  // namespace
}  // namespace bordereau::form::test
