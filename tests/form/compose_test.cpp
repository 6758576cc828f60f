// Letters with marks have one spelling.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/values/compose.h"

namespace bordereau::form::test {

TEST_CASE("a letter and its marks are stored as one character where Unicode has one") {
    const auto [given, stored] = GENERATE(table<std::string, std::string>({
        {"Jose\u0301", "José"},
        {"plain", "plain"},
        {"déjà", "déjà"},
        // two marks, whatever their order of typing
        {"a\u0302\u0323", "\u1EAD"},
        {"a\u0323\u0302", "\u1EAD"},
        {"\u1EA1\u0302", "\u1EAD"},
        // no such letter: the mark stays beside it
        {"x\u0301", "x\u0301"},
        // a mark with nothing before it
        {"\u0301e", "\u0301e"},
        {"\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글"},
        {"\u0627\u0653", "\u0622"},
        {"\u0438\u0306", "й"},
    }));
    CHECK(composed(given) == stored);
    CHECK(composed(stored) == stored);
}

}  // namespace bordereau::form::test
