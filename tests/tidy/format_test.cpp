#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>

#include "tests/tidy/sources.h"

namespace bordereau::test {

TEST_CASE("all sources are laid out by clang-format", "[tidy]") {
    if (std::system("clang-format --version >/dev/null 2>&1") != 0) SKIP("no clang-format here");
    const std::string root = BORDEREAU_SOURCE_DIR;
    const std::string find = "find " + root + "/assets " + root + "/storage " + root + "/sync " +
                             root + "/app " + root + "/tests -name '*.h' -o -name '*.cpp'";
    CHECK(std::system((find + " | xargs -P2 -n40 clang-format --dry-run -Werror").c_str()) == 0);
}

TEST_CASE("headers say first what they are for", "[tidy]") {
    for (const Source& source :
         sources_below(BORDEREAU_SOURCE_DIR, {"assets", "storage", "sync", "app"})) {
        if (!source.path.ends_with(".h")) continue;
        INFO(source.path);
        REQUIRE_FALSE(source.lines.empty());
        CHECK(source.lines.front().starts_with("// " + source.path + " - "));
    }
}

}  // namespace bordereau::test
