// tests/support/crowd.h - many clients of an endpoint at once, from one thread: each a connection
// that sends one request, as slowly as it likes, and reads the answer.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bordereau::test {

/// The bytes of a request over HTTP/1.1.
inline std::string http_bytes(std::string_view method, std::string_view path,
                              std::string_view body = {}, std::string_view more_headers = {}) {
    std::string bytes{method};
    bytes.append(" ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n").append(more_headers);
    if (method == "POST") bytes.append("Content-Length: " + std::to_string(body.size()) + "\r\n");
    return bytes.append("\r\n").append(body);
}

/// One connection. Does nothing by itself: advance() moves it on as far as it can go.
class Caller {
public:
    using Clock = std::chrono::steady_clock;

    Caller(int port, std::string request) : request_(std::move(request)) {
        socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        begun_ = Clock::now();
        if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 &&
            errno != EINPROGRESS)
            fail();
    }
    Caller(Caller&& other) noexcept
        : request_(std::move(other.request_)),
          answer_(std::move(other.answer_)),
          sent_(other.sent_),
          socket_(std::exchange(other.socket_, -1)),
          done_(other.done_),
          failed_(other.failed_),
          continued_(other.continued_),
          begun_(other.begun_),
          ended_(other.ended_) {}
    Caller& operator=(Caller&&) = delete;
    ~Caller() {
        if (socket_ >= 0) close(socket_);
    }

    pollfd wanted() const {
        return {socket_, static_cast<short>(sent_ < request_.size() ? POLLOUT | POLLIN : POLLIN),
                0};
    }
    /// `most`: how many bytes it may send now.
    void advance(std::size_t most = std::string::npos) {
        if (done_) return;
        if (sent_ < request_.size()) push(std::min(most, request_.size() - sent_));
        pull();
    }

    bool done() const { return done_; }
    bool continued() const { return continued_; }  ///< was told to send the body
    bool failed() const { return failed_; }        ///< cut off before a whole answer
    std::size_t sent() const { return sent_; }
    /// 0: there is no answer.
    int status() const {
        return answer_.size() > 12 && answer_.starts_with("HTTP/1.1 ")
                   ? std::atoi(answer_.c_str() + 9)
                   : 0;
    }
    std::string_view head() const {
        return std::string_view{answer_}.substr(0, answer_.find("\r\n\r\n"));
    }
    std::string_view body() const {
        const std::size_t end = answer_.find("\r\n\r\n");
        return end == std::string::npos ? std::string_view{}
                                        : std::string_view{answer_}.substr(end + 4);
    }
    /// From the connection to the last byte of the answer.
    double millis() const {
        return std::chrono::duration<double, std::milli>(ended_ - begun_).count();
    }

private:
    void push(std::size_t bytes) {
        if (bytes == 0) return;
        const ssize_t wrote = send(socket_, request_.data() + sent_, bytes, MSG_NOSIGNAL);
        if (wrote > 0) sent_ += static_cast<std::size_t>(wrote);
        // An answer may have come before all was sent: that is looked at next.
    }
    void pull() {
        char piece[16384];
        for (;;) {
            const ssize_t got = recv(socket_, piece, sizeof piece, 0);
            if (got > 0) {
                answer_.append(piece, static_cast<std::size_t>(got));
                leave_out_continue();
                if (whole()) return finish();
                continue;
            }
            if (got == 0 || (errno != EAGAIN && errno != ENOTCONN)) return fail();
            return;
        }
    }
    void leave_out_continue() {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        if (!answer_.starts_with(kContinue)) return;
        answer_.erase(0, kContinue.size());
        continued_ = true;
    }
    bool whole() const {
        const std::size_t end = answer_.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        const std::size_t at = answer_.find("Content-Length: ");
        if (at == std::string::npos || at > end) return true;
        return answer_.size() >= end + 4 + std::strtoull(answer_.c_str() + at + 16, nullptr, 10);
    }
    void finish() {
        done_ = true;
        ended_ = Clock::now();
    }
    void fail() {
        finish();
        failed_ = true;
    }

    std::string request_, answer_;
    std::size_t sent_ = 0;
    int socket_ = -1;
    bool done_ = false, failed_ = false, continued_ = false;
    Clock::time_point begun_, ended_;
};

/// Moves all on until each is done. False: nothing happened for two minutes.
inline bool run_all(std::vector<Caller>& callers) {
    constexpr int kSilenceMillis = 120'000;
    for (;;) {
        std::vector<pollfd> wanted;
        std::vector<Caller*> open;
        for (Caller& caller : callers)
            if (!caller.done()) {
                wanted.push_back(caller.wanted());
                open.push_back(&caller);
            }
        if (open.empty()) return true;
        if (poll(wanted.data(), wanted.size(), kSilenceMillis) <= 0) return false;
        for (std::size_t i = 0; i < open.size(); ++i)
            if (wanted[i].revents != 0) open[i]->advance();
    }
}

/// One request, waited for.
inline Caller ask(int port, std::string request) {
    std::vector<Caller> one;
    one.emplace_back(port, std::move(request));
    run_all(one);
    return std::move(one.front());
}

inline Caller get(int port, std::string_view path, std::string_view more_headers = {}) {
    return ask(port, http_bytes("GET", path, {}, more_headers));
}

}  // namespace bordereau::test
