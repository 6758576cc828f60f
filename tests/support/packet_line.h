// tests/support/packet_line.h - a bad line of packets between two networks of this machine, such as
// a modem's: each network has a TUN device, and a thread carries packets between the two, late, at
// the line's rate, and not all of them. Everything above, handshakes and what is sent again, is the
// kernel's own TCP. Needs root (or CAP_SYS_ADMIN and CAP_NET_ADMIN) and /dev/net/tun.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/own_network.h"

namespace bordereau::test {

/// The same in each direction.
struct PacketLineQuality {
    std::chrono::milliseconds one_way{0};
    std::size_t bytes_per_second = 0;                 ///< 0: as fast as it goes
    unsigned lost_per_mille = 0;                      ///< of packets, each by itself
    std::size_t queue_bytes = std::size_t{64} << 10;  ///< before the line; more is dropped
    std::uint64_t seed = 1;                           ///< of what is lost
};

class PacketLine {
public:
    static constexpr const char* kNearAddress = "10.77.0.1";
    static constexpr const char* kFarAddress = "10.77.0.2";

    /// Nothing where networks or TUN devices may not be made.
    static std::unique_ptr<PacketLine> laid(const PacketLineQuality& quality);
    ~PacketLine();
    PacketLine(const PacketLine&) = delete;
    PacketLine& operator=(const PacketLine&) = delete;

    /// The network at each end. Use with Within.
    const Network& near() const { return near_.network; }
    const Network& far() const { return far_.network; }
    /// The near end's cable is pulled out of the laptop and put back, with any address of
    /// 10.77.0.0/24: from any thread.
    void pull_out();
    bool put_back(const char* address);

    /// Bytes in packets that arrived at the far end, and back here: with all heads, and with all
    /// that was sent again.
    std::size_t bytes_up() const { return up_; }
    std::size_t bytes_down() const { return down_; }

    /// When so many further bytes have arrived at the far end, nothing passes any more for so long,
    /// and what was under way is lost. `then` is called on the line's own thread. Once.
    void go_dark_after(std::size_t bytes, std::chrono::milliseconds for_so_long,
                       std::function<void()> then = {});

private:
    class Way;
    struct End {
        Network network;
        std::unique_ptr<Interface> device;
        int packets = -1;  ///< descriptor of the TUN device
    };
    explicit PacketLine(const PacketLineQuality& quality);
    static bool lay(End& end, const char* address);
    void run(const std::stop_token& stop);
    void deliver();

    End near_, far_;
    int wake_ = -1, timer_ = -1;
    std::unique_ptr<Way> there_, back_;
    std::atomic<std::size_t> up_ = 0, down_ = 0;

    struct Darkness {
        std::size_t after = 0;
        std::chrono::milliseconds lasts{0};
        std::function<void()> then;
    };
    std::mutex mutex_;
    std::unique_ptr<Darkness> planned_;  // under the mutex
    std::chrono::steady_clock::time_point dark_until_;
    std::jthread thread_;
};

}  // namespace bordereau::test
