#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/tidy/sources.h"

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;

bool names(const Source& list, const std::string& file) {
    return std::ranges::any_of(list.lines, [&file](const std::string& line) {
        const std::size_t at = line.find(file);
        if (at == line.npos) return false;
        return at == 0 || line[at - 1] == ' ' || line[at - 1] == '/';
    });
}

// Whether the list of a folder, or of one around it, names it.
bool is_built(const fs::path& root, const fs::path& test) {
    for (fs::path folder = test.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        const fs::path list = root / folder / "CMakeLists.txt";
        if (fs::exists(list) && names(read_source(root, list), test.filename())) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("every file of tests is built", "[tidy]") {
    for (const Source& source : sources_below(BORDEREAU_SOURCE_DIR, {"tests"})) {
        if (!source.path.ends_with("_test.cpp")) continue;
        INFO(source.path);
        CHECK(is_built(BORDEREAU_SOURCE_DIR, source.path));
    }
}

TEST_CASE("a file of tests that no list names is seen", "[tidy]") {
    CHECK(is_built(BORDEREAU_SOURCE_DIR, "tests/tidy/built_test.cpp"));
    CHECK_FALSE(is_built(BORDEREAU_SOURCE_DIR, "tests/tidy/unbuilt_test.cpp"));
    CHECK_FALSE(is_built(BORDEREAU_SOURCE_DIR, "tests/tidy/uilt_test.cpp"));
}

}  // namespace bordereau::test
