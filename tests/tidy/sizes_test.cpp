#include "tests/tidy/sizes.h"

#include <catch2/catch_test_macros.hpp>

namespace bordereau::test {
namespace {

Source function_of(std::size_t lines) {
    Source source{"app/x.cpp", {"void long_one(int a) {"}};
    source.lines.insert(source.lines.end(), lines - 2, "    work();");
    source.lines.push_back("}");
    return source;
}

}  // namespace

TEST_CASE("no file and no function is longer than a person can hold in mind", "[tidy]") {
    for (const std::string& offence : size_offences(
             sources_below(BORDEREAU_SOURCE_DIR, {"assets", "storage", "sync", "app", "tests"}))) {
        INFO(offence);
        CHECK(offence.empty());
    }
}

TEST_CASE("the size test sees an offence when there is one", "[tidy]") {
    CHECK(size_offences({function_of(kLongestFunction)}).empty());
    CHECK(size_offences({function_of(kLongestFunction + 1)}).size() == 1);
    CHECK(size_offences({{"app/x.cpp", std::vector<std::string>(kLongestFile + 1, "x")}}).size() ==
          1);
}

}  // namespace bordereau::test
