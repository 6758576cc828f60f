#include "app/desk/receiver.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

namespace bordereau::app {
namespace {

using End = ReceiverState::End;
using Moment = std::chrono::steady_clock::time_point;

bool closer(const Fix& fix, const std::optional<Fix>& than) {
    if (!than || !than->accuracy) return true;
    return fix.accuracy && *fix.accuracy <= *than->accuracy;
}

sockaddr_in address_of(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

// One connection, from its beginning to its end. Lives in the thread.
class Receiver::Conversation {
public:
    Conversation(Receiver& receiver, const Options& options)
        : receiver_(receiver),
          options_(options),
          until_(std::chrono::steady_clock::now() + std::chrono::milliseconds{options.patience}) {}
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;
    ~Conversation() {
        if (socket_ >= 0) close(socket_);
    }

    void hold() {
        End end = connect_to() ? End::none : End::unreachable;
        if (end == End::none) {
            receiver_.watched_.change([](ReceiverState& state) { state.connected = true; });
            end = ask() ? listen() : End::hung_up;
        }
        if (end != End::none)
            receiver_.watched_.change([end](ReceiverState& state) { state.end = end; });
    }

private:
    enum class Woken { ready, over, ended };

    // Waits for the socket, for the end of patience, or to be told to end.
    Woken wait_for(short events) {
        using std::chrono::milliseconds;
        for (;;) {
            const auto left =
                std::chrono::duration_cast<milliseconds>(until_ - std::chrono::steady_clock::now());
            if (left.count() <= 0) return Woken::over;
            std::array<pollfd, 2> both{pollfd{socket_, events, 0},
                                       pollfd{receiver_.watched_.ending(), POLLIN, 0}};
            const int ready = poll(both.data(), both.size(), static_cast<int>(left.count()) + 1);
            if (ready < 0 && errno != EINTR) return Woken::ended;
            if (both[1].revents != 0) return Woken::ended;
            if (both[0].revents != 0) return Woken::ready;
        }
    }

    bool connect_to() {
        socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (socket_ < 0) return false;
        const sockaddr_in address = address_of(options_.port);
        if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return true;
        if (errno != EINPROGRESS || wait_for(POLLOUT) != Woken::ready) return false;
        int error = 0;
        socklen_t size = sizeof error;
        return getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
    }

    bool ask() {
        const auto sent = send(socket_, kGpsdWatch.data(), kGpsdWatch.size(), MSG_NOSIGNAL);
        return sent == static_cast<ssize_t>(kGpsdWatch.size());
    }

    // none: the person has had enough.
    End listen() {
        for (;;) {
            const Woken woken = wait_for(POLLIN);
            if (woken == Woken::ended) return End::none;
            if (woken == Woken::over) return End::patience;
            std::array<char, 4096> piece{};
            const auto size = recv(socket_, piece.data(), piece.size(), 0);
            if (size < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (size <= 0) return End::hung_up;
            if (const End end = take({piece.data(), static_cast<std::size_t>(size)});
                end != End::none)
                return end;
        }
    }

    // A line that never ends is dropped up to its end.
    End take(std::string_view piece) {
        for (const char sign : piece) {
            if (sign != '\n') {
                if (line_.size() <= kLongestGpsdLine) line_ += sign;
                continue;
            }
            const GpsdLine told = read_gpsd_line(std::exchange(line_, {}));
            if (const End end = hear(told); end != End::none) return end;
        }
        return End::none;
    }

    End hear(const GpsdLine& told) {
        if (told.receivers && !*told.receivers) return End::no_receiver;
        if (told.satellites)
            receiver_.watched_.change(
                [&](ReceiverState& state) { state.satellites = *told.satellites; });
        if (!told.fix) return End::none;
        receiver_.watched_.change([&](ReceiverState& state) {
            if (closer(*told.fix, state.best)) state.best = told.fix;
        });
        const bool good = told.fix->accuracy && *told.fix->accuracy <= options_.good_enough;
        return good ? End::good : End::none;
    }

    Receiver& receiver_;
    Options options_;
    Moment until_;
    int socket_ = -1;
    std::string line_;
};

Receiver::Receiver(const Options& options, std::function<void()> changed)
    : watched_(std::move(changed)) {
    watched_.begin([this, options] { Conversation{*this, options}.hold(); });
}

}  // namespace bordereau::app
