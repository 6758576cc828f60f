// tests/support/own_network.h - a network in which nothing else comes and goes: a thread's own.
#pragma once

#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <thread>

namespace bordereau::test {

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

/// In a thread, since the network stays with it. `made`: whether one
/// may be made here (root, or CAP_SYS_ADMIN).
inline void in_own_network(const std::function<void(OwnNetwork&)>& act, bool& made) {
    std::thread{[&] {
        OwnNetwork network;
        made = network.made();
        if (made) act(network);
    }}.join();
}

}  // namespace bordereau::test
