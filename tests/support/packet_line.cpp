#include "tests/support/packet_line.h"

#include <linux/if_tun.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <random>

namespace bordereau::test {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

constexpr std::size_t kLongestPacket = 1500;  // TUN's own bound, unless told otherwise
constexpr const char* kDevice = "line0";
constexpr const char* kMask = "255.255.255.0";

// In the network of the calling thread. -1: none may be made.
int tun_device() {
    const int device = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device < 0) return -1;
    ifreq asked{};
    std::strncpy(asked.ifr_name, kDevice, IFNAMSIZ - 1);
    asked.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (::ioctl(device, TUNSETIFF, &asked) == 0) return device;
    ::close(device);
    return -1;
}

void set_timer(int timer, std::optional<Time> due) {
    itimerspec when{};
    if (due) {
        const auto left =
            std::max<Clock::duration>(*due - Clock::now(), std::chrono::nanoseconds{1});
        const auto nanoseconds = std::chrono::nanoseconds{left}.count();
        when.it_value = {nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
    }
    ::timerfd_settime(timer, 0, &when, nullptr);
}

void empty(int counter) {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(counter, &count, sizeof count);
}

}  // namespace

// One direction.
class PacketLine::Way {
public:
    Way(int from, int to, const PacketLineQuality& quality, std::uint64_t seed)
        : from_(from), to_(to), quality_(quality), dice_(seed) {}

    int from() const { return from_; }

    /// Takes what stands before the line.
    void take() {
        std::array<char, kLongestPacket> bytes;
        for (ssize_t got = ::read(from_, bytes.data(), bytes.size()); got > 0;
             got = ::read(from_, bytes.data(), bytes.size()))
            accept({bytes.data(), static_cast<std::size_t>(got)});
    }

    std::optional<Time> next() const {
        return packets_.empty() ? std::nullopt : std::optional{packets_.front().arrives};
    }

    /// Hands over what has arrived by now. How many bytes.
    std::size_t deliver(Time now) {
        std::size_t all = 0;
        for (; !packets_.empty() && packets_.front().arrives <= now; packets_.pop_front()) {
            const std::string& bytes = packets_.front().bytes;
            if (::write(to_, bytes.data(), bytes.size()) > 0) all += bytes.size();
        }
        return all;
    }

    void lose_all() { packets_.clear(); }

private:
    struct Packet {
        Time arrives;
        std::string bytes;
    };

    // A packet that is lost has taken the line's time all the same.
    void accept(std::string_view bytes) {
        const bool lost = dice_() % 1000 < quality_.lost_per_mille;
        sent_ = std::max(Clock::now(), sent_);
        if (quality_.bytes_per_second > 0) {
            if (waiting_bytes() + bytes.size() > quality_.queue_bytes) return;
            sent_ +=
                std::chrono::nanoseconds{1'000'000'000 * bytes.size() / quality_.bytes_per_second};
        }
        if (!lost) packets_.push_back({sent_ + quality_.one_way, std::string{bytes}});
    }

    // What was taken and has not left yet.
    std::size_t waiting_bytes() const {
        const std::chrono::duration<double> time = sent_ - Clock::now();
        return static_cast<std::size_t>(std::max(time.count(), 0.0) *
                                        static_cast<double>(quality_.bytes_per_second));
    }

    int from_, to_;
    PacketLineQuality quality_;
    std::mt19937_64 dice_;
    Time sent_;
    std::deque<Packet> packets_;
};

PacketLine::PacketLine(const PacketLineQuality& quality)
    : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
    if (!lay(near_, kNearAddress) || !lay(far_, kFarAddress)) return;
    there_ = std::make_unique<Way>(near_.packets, far_.packets, quality, 2 * quality.seed);
    back_ = std::make_unique<Way>(far_.packets, near_.packets, quality, 2 * quality.seed + 1);
    thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

std::unique_ptr<PacketLine> PacketLine::laid(const PacketLineQuality& quality) {
    std::unique_ptr<PacketLine> line{new PacketLine{quality}};
    return line->thread_.joinable() ? std::move(line) : nullptr;
}

bool PacketLine::lay(End& end, const char* address) {
    end.network = Network::made();
    if (!end.network) return false;
    const Within there{end.network};
    if (!there) return false;
    end.packets = tun_device();
    if (end.packets < 0) return false;
    end.device = std::make_unique<Interface>(kDevice);
    return end.device->raise() && end.device->set_address(address) && end.device->set_mask(kMask);
}

void PacketLine::pull_out() {
    near_.device->lower();
}

bool PacketLine::put_back(const char* address) {
    Interface& cable = *near_.device;
    return cable.raise() && cable.set_address(address) && cable.set_mask(kMask);
}

PacketLine::~PacketLine() {
    if (thread_.joinable()) {
        thread_.request_stop();
        ::eventfd_write(wake_, 1);
        thread_.join();
    }
    for (const int descriptor : {near_.packets, far_.packets, wake_, timer_})
        if (descriptor >= 0) ::close(descriptor);
}

void PacketLine::run(const std::stop_token& stop) {
    std::array<pollfd, 4> ends{pollfd{wake_, POLLIN, 0}, pollfd{timer_, POLLIN, 0},
                               pollfd{near_.packets, POLLIN, 0}, pollfd{far_.packets, POLLIN, 0}};
    while (!stop.stop_requested()) {
        auto due = there_->next();
        if (const auto other = back_->next(); other && (!due || *other < *due)) due = other;
        set_timer(timer_, due);
        if (::poll(ends.data(), ends.size(), -1) < 0) continue;
        empty(wake_);
        empty(timer_);
        there_->take();
        back_->take();
        deliver();
    }
}

void PacketLine::deliver() {
    const Time now = Clock::now();
    if (now < dark_until_) {
        there_->lose_all();
        return back_->lose_all();
    }
    const std::size_t up = there_->deliver(now);
    up_ += up;
    down_ += back_->deliver(now);
    std::function<void()> then;
    {
        const std::lock_guard lock{mutex_};
        if (!planned_) return;
        planned_->after -= std::min(planned_->after, up);
        if (planned_->after > 0) return;
        dark_until_ = now + planned_->lasts;
        then = std::move(planned_->then);
        planned_.reset();
    }
    there_->lose_all();
    back_->lose_all();
    if (then) then();
}

void PacketLine::go_dark_after(std::size_t bytes, std::chrono::milliseconds for_so_long,
                               std::function<void()> then) {
    const std::lock_guard lock{mutex_};
    planned_ = std::make_unique<Darkness>(Darkness{bytes, for_so_long, std::move(then)});
}

}  // namespace bordereau::test
