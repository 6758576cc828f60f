// tests/support/own_network.h - networks in which nothing else comes and goes. The kernel gives
// every thread the network that its maker had, so what starts within one stays in it: threads and
// processes. Needs the right to make one (root, or CAP_SYS_ADMIN).
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace bordereau::test {

/// An interface of the network in which this was made.
class Interface {
public:
    explicit Interface(std::string name)
        : name_(std::move(name)), socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}
    ~Interface() {
        if (socket_ >= 0) ::close(socket_);
    }
    Interface(const Interface&) = delete;
    Interface& operator=(const Interface&) = delete;

    bool set_address(const char* address) { return set(SIOCSIFADDR, address); }
    /// Which addresses are reached through it.
    bool set_mask(const char* mask) { return set(SIOCSIFNETMASK, mask); }
    bool raise() { return set_up(true); }
    bool lower() { return set_up(false); }

private:
    ifreq named() const {
        ifreq asked{};
        std::strncpy(asked.ifr_name, name_.c_str(), IFNAMSIZ - 1);
        return asked;
    }
    bool set(unsigned long what, const char* address) {
        ifreq asked = named();
        sockaddr_in here{};
        here.sin_family = AF_INET;
        ::inet_pton(AF_INET, address, &here.sin_addr);
        std::memcpy(&asked.ifr_addr, &here, sizeof here);
        return ::ioctl(socket_, what, &asked) == 0;
    }
    bool set_up(bool up) {
        ifreq asked = named();
        if (::ioctl(socket_, SIOCGIFFLAGS, &asked) != 0) return false;
        asked.ifr_flags =
            static_cast<short>(up ? asked.ifr_flags | IFF_UP : asked.ifr_flags & ~IFF_UP);
        return ::ioctl(socket_, SIOCSIFFLAGS, &asked) == 0;
    }
    std::string name_;
    int socket_;
};

/// The network of one thread: a loopback interface that is down.
class OwnNetwork {
public:
    OwnNetwork() : made_(::unshare(CLONE_NEWNET) == 0), loopback_("lo") {}
    bool made() const { return made_; }
    bool set_address(const char* address) { return made_ && loopback_.set_address(address); }
    bool raise() { return made_ && loopback_.raise(); }

private:
    bool made_;
    Interface loopback_;
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

/// The network of the calling thread, to come back to; or a new one, which lives as long as this
/// and as whoever is within it.
class Network {
public:
    Network() = default;
    ~Network() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Network(Network&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Network& operator=(Network&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }

    static Network here() {
        Network network;
        network.descriptor_ = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
        return network;
    }
    /// Its loopback is up. There is none where none may be made here.
    static Network made() {
        Network network;
        std::thread{[&network] {
            OwnNetwork own;
            if (own.made() && own.raise()) network = here();
        }}.join();
        return network;
    }
    explicit operator bool() const { return descriptor_ >= 0; }
    bool enter() const { return ::setns(descriptor_, CLONE_NEWNET) == 0; }

private:
    int descriptor_ = -1;
};

/// The calling thread is in another network as long as this lives.
class Within {
public:
    explicit Within(const Network& network) : before_(Network::here()), in_(network.enter()) {}
    ~Within() {
        if (in_) before_.enter();
    }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;
    explicit operator bool() const { return in_; }

private:
    Network before_;
    bool in_;
};

}  // namespace bordereau::test
