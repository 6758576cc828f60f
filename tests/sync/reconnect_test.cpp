// In a network of its own, where nothing else comes and goes. Needs the right to make one (root, or
// CAP_SYS_ADMIN); without it these tests are skipped.
#include "sync/reconnect.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <semaphore>

namespace bordereau::sync {
namespace {

/// The network of one thread: a loopback interface that is down.
class OwnNetwork {
public:
    OwnNetwork() : made_(::unshare(CLONE_NEWNET) == 0) {
        if (made_) socket_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    }
    ~OwnNetwork() {
        if (socket_ >= 0) ::close(socket_);
    }
    bool made() const { return made_; }

    bool set_address(const char* address) {
        ifreq asked = named("lo");
        sockaddr_in here{};
        here.sin_family = AF_INET;
        ::inet_pton(AF_INET, address, &here.sin_addr);
        std::memcpy(&asked.ifr_addr, &here, sizeof here);
        return ::ioctl(socket_, SIOCSIFADDR, &asked) == 0;
    }
    bool raise() {
        ifreq asked = named("lo");
        if (::ioctl(socket_, SIOCGIFFLAGS, &asked) != 0) return false;
        asked.ifr_flags = static_cast<short>(asked.ifr_flags | IFF_UP);
        return ::ioctl(socket_, SIOCSIFFLAGS, &asked) == 0;
    }

private:
    static ifreq named(const char* name) {
        ifreq asked{};
        std::strncpy(asked.ifr_name, name, IFNAMSIZ - 1);
        return asked;
    }
    bool made_;
    int socket_ = -1;
};

// In a thread, since the network stays with it.
void in_own_network(const std::function<void(OwnNetwork&)>& act, bool& made) {
    std::thread{[&] {
        OwnNetwork network;
        made = network.made();
        if (made) act(network);
    }}.join();
}

}  // namespace

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
