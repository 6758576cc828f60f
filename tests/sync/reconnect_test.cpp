// In a network of its own, where nothing else comes and goes. Needs the right to make one (root, or
// CAP_SYS_ADMIN); without it these tests are skipped.
#include "sync/reconnect.h"

#include <catch2/catch_test_macros.hpp>
#include <semaphore>

#include "tests/support/own_network.h"

namespace bordereau::sync {

using test::in_own_network;
using test::OwnNetwork;

TEST_CASE("an address that leads elsewhere tells of a network", "[sync][reconnect]") {
    bool made = false, noticed = false;
    in_own_network(
        [&](OwnNetwork& network) {
            std::counting_semaphore<> told{0};
            const Reconnect watch{[&told] { told.release(); }};
            if (!network.raise() || !network.set_address("10.7.7.7")) return;
            told.acquire();
            noticed = true;
        },
        made);
    if (!made) SKIP("no network of one's own may be made here");
    CHECK(noticed);
}

TEST_CASE("a loopback that comes up is no network", "[sync][reconnect]") {
    bool made = false;
    int told_before = -1;
    in_own_network(
        [&](OwnNetwork& network) {
            int told = 0;
            std::counting_semaphore<> last{0};
            const Reconnect watch{[&] {
                ++told;
                last.release();
            }};
            if (!network.raise()) return;
            network.set_address("127.0.0.1");
            // The next news are of a network; whatever came before would have been told before.
            network.set_address("10.7.7.7");
            last.acquire();
            told_before = told;
        },
        made);
    if (!made) SKIP("no network of one's own may be made here");
    CHECK(told_before == 1);
}

TEST_CASE("who waits for a network may stop waiting at any time", "[sync][reconnect]") {
    for (int i = 0; i < 20; ++i) const Reconnect watch{[] {}};
}

}  // namespace bordereau::sync
