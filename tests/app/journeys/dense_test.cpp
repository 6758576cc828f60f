// A screen of 4K, of which the desktop says that everything is to be twice as large.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "tests/support/folders.h"
#include "tests/support/real_window.h"

namespace bordereau::app {

TEST_CASE("on a screen of 4K everything is twice as large, and letters keep sharp edges",
          "[journeys][dense]") {
    const test::TemporaryFolder folder;
    const auto height_at = [&](int percent) {
        test::VirtualDisplay display{3840, 2160};
        display.set_scale(percent);
        test::RealWindow window{display,
                                {.notebook = folder.path() / "notebook",
                                 .width = 3840 * percent / 200,
                                 .height = 2160 * percent / 200,
                                 .language = "zh"}};
        const test::Shown& button = window.item("create");
        if (const char* kept = std::getenv("BORDEREAU_PICTURES"))
            REQUIRE(shell::write_png(window.picture(), std::string{kept} + "/dense" +
                                                           std::to_string(percent) + ".png")
                        .ok());
        return button.bottom - button.top;
    };
    const int plain = height_at(100), dense = height_at(200);
    CHECK(std::abs(dense - 2 * plain) <= 2);
}

}  // namespace bordereau::app
