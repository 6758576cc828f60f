#include "app/desk/nearby.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "storage/base/uuid.h"

namespace bordereau::app {

TEST_CASE("where no Avahi daemon runs, nothing is announced or found, and that is said",
          "[desk][lan]") {
    REQUIRE(setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1) == 0);
    const TeamId team{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60"};
    const auto told = Announcement::make(team, 8644, seeded_entropy(1));
    REQUIRE_FALSE(told.ok());
    CHECK(told.error().code == ErrorCode::offline);
    const auto looking = Nearby::look(team, [] {});
    REQUIRE_FALSE(looking.ok());
    CHECK(looking.error().code == ErrorCode::offline);
}

TEST_CASE("an announcement tells members which team it is, and nobody else", "[desk][lan]") {
    const TeamId team{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60"};
    const TeamId other{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f61"};
    CHECK(announced_hint(team, "k7qx3") == announced_hint(team, "k7qx3"));
    CHECK(announced_hint(team, "k7qx3") != announced_hint(other, "k7qx3"));
    CHECK(announced_hint(team, "k7qx3") != announced_hint(team, "k7qx4"));
    CHECK(announced_hint(team, "k7qx3").find("2f1c8a52") == std::string::npos);
}

}  // namespace bordereau::app
