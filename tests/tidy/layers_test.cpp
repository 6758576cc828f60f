#include "tests/tidy/layers.h"

#include <catch2/catch_test_macros.hpp>

namespace bordereau::test {

TEST_CASE("no include points up the house or into another room's library", "[tidy]") {
    const auto sources = sources_below(BORDEREAU_SOURCE_DIR, {"assets", "storage", "sync", "app"});
    REQUIRE(sources.size() > 20);
    for (const std::string& offence : layer_offences(sources)) {
        INFO(offence);
        CHECK(offence.empty());
    }
}

TEST_CASE("the layer test sees an offence when there is one", "[tidy]") {
    const auto offences_of = [](std::string path, std::string line) {
        return layer_offences({{std::move(path), {std::move(line)}}}).size();
    };
    CHECK(offences_of("app/screens/x.cpp", "#include \"storage/audits.h\"") == 1);
    CHECK(offences_of("storage/x.cpp", "#include \"app/desk/desk.h\"") == 1);
    CHECK(offences_of("app/form/session/x.cpp", "#include <sqlite3.h>") == 1);
    CHECK(offences_of("app/desk/x.cpp", "#include <imgui.h>") == 1);
    CHECK(offences_of("sync/exchange.cpp", "#include <signal.h>") == 1);
    CHECK(offences_of("app/screens/x.cpp", "#include \"nowhere/x.h\"") == 1);
    CHECK(offences_of("app/screens/x.cpp", "#include \"app/widgets/x.h\"") == 0);
    CHECK(offences_of("storage/sqlite/x.cpp", "#include <sqlite3.h>") == 0);
}

}  // namespace bordereau::test
