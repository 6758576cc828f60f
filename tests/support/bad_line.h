// tests/support/bad_line.h - a slow, lossy line to a port of this machine that can be cut: between
// two real TCP connections, in user space, where no kernel queue has to be set up.
//
// What is not imitated: handshakes take no time, and a lost packet is one that arrives after what
// its retransmission takes, with all that follows it behind it, as TCP delivers.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace bordereau::test {

struct LineQuality {
    std::chrono::milliseconds one_way{0};
    std::size_t bytes_per_second = 0;  ///< in each direction; 0: as fast as it goes
    unsigned lost_per_mille = 0;       ///< of packets
    std::chrono::milliseconds retransmission{0};
    std::uint64_t seed = 1;  ///< of what is lost
};

class BadLine {
public:
    BadLine(int port, LineQuality quality);
    ~BadLine();
    BadLine(const BadLine&) = delete;
    BadLine& operator=(const BadLine&) = delete;

    int port() const { return port_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    /// Bytes that arrived at the far end, and back here.
    std::size_t bytes_up() const { return up_; }
    std::size_t bytes_down() const { return down_; }
    /// When so many further bytes have arrived at the far end all connections break. Once.
    void cut_after(std::size_t bytes) { until_cut_ = static_cast<std::int64_t>(bytes); }
    bool cut_is_due() const { return until_cut_ >= 0; }

private:
    class Way;
    struct Pair;
    void run(const std::stop_token& stop);
    void accept_one();
    void break_all();
    bool deliver();

    int target_;
    LineQuality quality_;
    int listener_ = -1, wake_ = -1;
    int port_ = 0;
    std::list<std::unique_ptr<Pair>> pairs_;
    std::uint64_t dice_;
    std::atomic<std::size_t> up_ = 0, down_ = 0;
    std::atomic<std::int64_t> until_cut_ = -1;
    std::jthread thread_;  // last: ends before what it uses
};

}  // namespace bordereau::test
