// tests/support/canned_server.h - a loopback server that says whatever a test wants, HTTP or not.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace bordereau::test {

inline sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Takes connections one after the other and gives each to `serve`, then closes it.
class LoopbackServer {
public:
    explicit LoopbackServer(std::function<void(int socket)> serve, const char* host = "127.0.0.1")
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), serve_(std::move(serve)) {
        inet_pton(AF_INET, host, &address_.sin_addr);
        socklen_t size = sizeof address_;
        REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address_), size) == 0);
        REQUIRE(listen(socket_, 16) == 0);
        REQUIRE(getsockname(socket_, reinterpret_cast<sockaddr*>(&address_), &size) == 0);
        thread_ = std::jthread{[this] { run(); }};
    }
    ~LoopbackServer() {
        shutdown(socket_, SHUT_RDWR);
        thread_.join();
        close(socket_);
    }
    const sockaddr_in& address() const { return address_; }
    int port() const { return ntohs(address_.sin_port); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }

private:
    void run() {
        for (int peer = accept(socket_, nullptr, nullptr); peer >= 0;
             peer = accept(socket_, nullptr, nullptr)) {
            serve_(peer);
            close(peer);
        }
    }

    int socket_;
    sockaddr_in address_ = loopback(0);
    std::function<void(int)> serve_;
    std::jthread thread_;
};

/// Reads a request up to the end of its headers, says `answer`, and closes.
inline std::function<void(int)> saying(std::string answer) {
    return [answer = std::move(answer)](int socket) {
        std::string request;
        char buffer[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const ssize_t got = recv(socket, buffer, sizeof buffer, 0);
            if (got <= 0) return;
            request.append(buffer, static_cast<std::size_t>(got));
        }
        send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
        shutdown(socket, SHUT_WR);
        while (recv(socket, buffer, sizeof buffer, 0) > 0) {  // so that no reset eats the answer
        }
    };
}

/// Passes everything on to a port of this machine and back, and counts it.
inline std::function<void(int)> relaying_to(int port, std::size_t& bytes, int& connections) {
    return [port, &bytes, &connections](int near_end) {
        ++connections;
        const int far_end = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = loopback(port);
        if (connect(far_end, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
            pollfd ends[2]{{near_end, POLLIN, 0}, {far_end, POLLIN, 0}};
            bool open = true;
            while (open && poll(ends, 2, -1) > 0)
                for (int from = 0; from < 2; ++from) {
                    if (ends[from].revents == 0) continue;
                    char buffer[4096];
                    const ssize_t got = recv(ends[from].fd, buffer, sizeof buffer, 0);
                    open = open && got > 0;
                    if (got <= 0) break;
                    bytes += static_cast<std::size_t>(got);
                    send(ends[1 - from].fd, buffer, static_cast<std::size_t>(got), MSG_NOSIGNAL);
                }
        }
        close(far_end);
    };
}

}  // namespace bordereau::test
