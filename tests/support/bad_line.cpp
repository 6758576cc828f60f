#include "tests/support/bad_line.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <limits>
#include <vector>

#include "tests/support/canned_server.h"

namespace bordereau::test {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

constexpr std::size_t kPacket = 1400;
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
// What a line holds at most that has not arrived: who sends more waits.
constexpr std::size_t kMostUnderWay = std::size_t{64} << 10;

int connected_to(int port) {
    const int end = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (connect(end, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return end;
    close(end);
    return -1;
}

// Without the rest that would still be delivered.
void break_off(int end) {
    const linger at_once{1, 0};
    setsockopt(end, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(end);
}

}  // namespace

// One direction of a connection.
class BadLine::Way {
public:
    Way(int from, int to) : from_(from), to_(to) {}

    bool listens() const { return !ended_ && under_way_ < kMostUnderWay; }
    int from() const { return from_; }
    bool over() const { return over_; }

    void take(const LineQuality& quality, std::uint64_t& dice) {
        std::array<char, kPacket> bytes;
        const ssize_t got = recv(from_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EAGAIN) return;
        ended_ = got <= 0;
        const auto size = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        const Time now = Clock::now();
        sent_ = std::max(now, sent_);
        if (quality.bytes_per_second > 0)
            sent_ += std::chrono::microseconds{1'000'000 * size / quality.bytes_per_second};
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        const bool lost = size > 0 && (dice >> 33) % 1000 < quality.lost_per_mille;
        const Time arrives = sent_ + quality.one_way +
                             (lost ? quality.retransmission : std::chrono::milliseconds{0});
        last_ = std::max(last_, arrives);
        packets_.push_back({last_, std::string(bytes.data(), size)});
        under_way_ += size;
    }

    std::optional<Time> next() const {
        return packets_.empty() ? std::nullopt : std::optional{packets_.front().arrives};
    }

    /// Hands over what has arrived by now, `most` bytes of it. How many they were.
    std::size_t deliver(Time now, std::size_t most) {
        std::size_t all = 0;
        while (!packets_.empty() && packets_.front().arrives <= now) {
            std::string& bytes = packets_.front().bytes;
            if (bytes.empty()) {
                shutdown(to_, SHUT_WR);
                over_ = true;
            }
            const std::size_t size = std::min(bytes.size(), most - all);
            if (size > 0) send(to_, bytes.data(), size, MSG_NOSIGNAL);
            all += size;
            under_way_ -= size;
            if (size < bytes.size()) break;  // the line is cut here
            packets_.pop_front();
        }
        return all;
    }

private:
    struct Packet {
        Time arrives;
        std::string bytes;  // empty: the end
    };
    int from_, to_;
    bool ended_ = false, over_ = false;
    Time sent_, last_;
    std::deque<Packet> packets_;
    std::size_t under_way_ = 0;
};

struct BadLine::Pair {
    Pair(int near_end, int far_end)
        : near(near_end), far(far_end), up(near_end, far_end), down(far_end, near_end) {}
    ~Pair() {
        break_off(near);
        break_off(far);
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;

    int near, far;
    Way up, down;
};

BadLine::BadLine(int port, LineQuality quality)
    : target_(port),
      quality_(quality),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      wake_(eventfd(0, EFD_CLOEXEC)),
      dice_(quality.seed) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(listener_, 16) == 0);
    REQUIRE(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

BadLine::~BadLine() {
    thread_.request_stop();
    eventfd_write(wake_, 1);
    thread_.join();
    pairs_.clear();
    close(listener_);
    close(wake_);
}

void BadLine::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::vector<pollfd> ends{{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
        std::vector<Way*> ways;
        std::optional<Time> due;
        for (const auto& pair : pairs_)
            for (Way* way : {&pair->up, &pair->down}) {
                if (const auto next = way->next()) due = due ? std::min(*due, *next) : *next;
                if (!way->listens()) continue;
                ends.push_back({way->from(), POLLIN, 0});
                ways.push_back(way);
            }
        const auto wait =
            due ? std::max<std::int64_t>(
                      0, std::chrono::ceil<std::chrono::milliseconds>(*due - Clock::now()).count())
                : -1;
        if (poll(ends.data(), ends.size(), static_cast<int>(wait)) < 0) continue;
        for (std::size_t i = 0; i < ways.size(); ++i)
            if (ends[i + 2].revents != 0) ways[i]->take(quality_, dice_);
        if (ends[1].revents != 0) accept_one();
        if (!deliver()) pairs_.clear();
    }
}

void BadLine::accept_one() {
    const int near_end = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (near_end < 0) return;
    const int far_end = connected_to(target_);
    if (far_end < 0) return break_off(near_end);
    pairs_.push_back(std::make_unique<Pair>(near_end, far_end));
}

// False: the line is cut now.
bool BadLine::deliver() {
    const Time now = Clock::now();
    for (const auto& pair : pairs_) {
        const std::int64_t left = until_cut_;
        const std::size_t up =
            pair->up.deliver(now, left < 0 ? kAll : static_cast<std::size_t>(left));
        up_ += up;
        down_ += pair->down.deliver(now, kAll);
        if (left < 0) continue;
        until_cut_ = left - static_cast<std::int64_t>(up);
        if (until_cut_ > 0) continue;
        until_cut_ = -1;
        return false;
    }
    std::erase_if(pairs_, [](const auto& pair) { return pair->up.over() && pair->down.over(); });
    return true;
}

}  // namespace bordereau::test
