#include "sync/http_transport.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <future>
#include <semaphore>
#include <string>
#include <vector>

#include "storage/base/text.h"
#include "tests/support/canned_server.h"

namespace bordereau::sync {
namespace {

Request asking(std::string url) {
    Request request;
    request.url = std::move(url);
    request.body = "a question";
    request.limits.answer_bytes = 1000;
    return request;
}

ErrorCode failure_of(const Request& request) {
    const auto response = http_transport({})(request, {});
    REQUIRE_FALSE(response.ok());
    return response.error().code;
}

}  // namespace

TEST_CASE("nothing leaves this machine in the clear", "[sync][http]") {
    CHECK(failure_of(asking("http://sync.example.org/v1/exchange")) == ErrorCode::refused);
    CHECK(failure_of(asking("http://127.0.0.1.example.org/")) == ErrorCode::refused);
    CHECK(failure_of(asking("http://127.0.0.1@example.org/")) == ErrorCode::refused);
    CHECK(failure_of(asking("HTTP://example.org/")) == ErrorCode::refused);
    CHECK(failure_of(asking("ftp://127.0.0.1/")) == ErrorCode::invalid);
    CHECK(failure_of(asking("")) == ErrorCode::invalid);
}

TEST_CASE("loopback is told by its address", "[sync][http]") {
    CHECK(is_loopback("http://127.0.0.1:8643"));
    CHECK(is_loopback("http://127.8.9.10/x"));
    CHECK(is_loopback("http://LocalHost"));
    CHECK(is_loopback("http://[::1]:80/"));
    CHECK_FALSE(is_loopback("http://127.0.0.1.nip.io"));
    CHECK_FALSE(is_loopback("http://localhost.example.org"));
    CHECK_FALSE(is_loopback("http://10.0.0.1/"));
    CHECK_FALSE(is_loopback("http://[::2]/"));
    CHECK_FALSE(is_loopback("127.0.0.1"));
}

TEST_CASE("a response comes back whole, whatever its status", "[sync][http]") {
    const test::LoopbackServer server{
        test::saying("HTTP/1.1 429 Too Many\r\nRetry-After: 17\r\nContent-Length: 4\r\n\r\nwait")};
    const auto response = http_transport({})(asking(server.url()), {});
    REQUIRE(response.ok());
    CHECK(response->status == 429);
    CHECK(response->body == "wait");
    CHECK(header_of(*response, "retry-after") == "17");
    CHECK(header_of(*response, "Date") == std::nullopt);
}

TEST_CASE("a request tells once that its body has gone, before it is answered", "[sync][http]") {
    std::counting_semaphore<> gone{0};
    std::atomic<int> told = 0;
    const auto answer = test::saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const test::LoopbackServer server{[&](int socket) {
        gone.acquire();  // comes while nothing is answered yet, or never
        answer(socket);
    }};
    Request request = asking(server.url());
    request.handed_over = [&] {
        ++told;
        gone.release();
    };
    const auto response = http_transport({})(request, {});
    REQUIRE(response.ok());
    CHECK(response->body == "ok");
    CHECK(told == 1);
}

TEST_CASE("a request tells how far both bodies are", "[sync][http]") {
    constexpr std::size_t kUp = 300'000, kDown = 200'000;
    const auto answer =
        test::saying("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + std::string(kDown, 'x'));
    const test::LoopbackServer server{answer};
    Request request = asking(server.url());
    request.body.assign(kUp, 'x');
    request.limits.answer_bytes = kDown;
    std::vector<std::size_t> told;
    std::size_t up = 0, down = 0;
    request.moved = [&](std::size_t sent, std::size_t come) {
        told.push_back(sent + come);
        up = sent;
        down = come;
    };
    REQUIRE(http_transport({})(request, {}).ok());
    CHECK(told.size() > 2);
    CHECK(std::ranges::is_sorted(told));
    CHECK(up <= kUp);
    CHECK(down <= kDown);
    CHECK(up + down > (kUp + kDown) / 2);
}

TEST_CASE("two requests may be under way over one transport", "[sync][http]") {
    std::counting_semaphore<> both{0};
    const auto answer = test::saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const auto waiting = [&](int socket) {
        both.acquire();
        answer(socket);
    };
    const test::LoopbackServer one{waiting}, other{waiting};
    const Transport transport = http_transport({});
    const auto ask = [&](const test::LoopbackServer& server) {
        Request request = asking(server.url());
        request.handed_over = [&both] { both.release(); };
        return transport(request, {});
    };
    auto coming = std::async(std::launch::async, [&] { return ask(one); });
    const auto second = ask(other);
    const auto first = coming.get();
    CHECK((first.ok() && second.ok()));
}

TEST_CASE("a redirect is a response, not a way to another host", "[sync][http]") {
    const test::LoopbackServer server{
        test::saying("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n"
                     "Content-Length: 0\r\n\r\n")};
    const auto response = http_transport({})(asking(server.url()), {});
    REQUIRE(response.ok());
    CHECK(response->status == 302);
}

TEST_CASE("what is no whole response is an error that says what to do", "[sync][http]") {
    const auto [answer, code] = GENERATE(table<std::string, ErrorCode>({
        {"", ErrorCode::offline},
        {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", ErrorCode::offline},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + std::string(5000, 'x'),
         ErrorCode::corrupt},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(5000, 'x'), ErrorCode::corrupt},
        {"SSH-2.0-OpenSSH_9.2\r\n\r\n", ErrorCode::corrupt},
    }));
    const test::LoopbackServer server{test::saying(answer)};
    CHECK(failure_of(asking(server.url())) == code);
}

TEST_CASE("where nobody listens, it is offline", "[sync][http]") {
    int port = 0;
    {
        const test::LoopbackServer gone{[](int) {}};
        port = gone.port();
    }
    CHECK(failure_of(asking("http://127.0.0.1:" + std::to_string(port))) == ErrorCode::offline);
}

TEST_CASE("stopping ends a request that nobody answers", "[sync][http]") {
    std::stop_source stop;
    const test::LoopbackServer silent{[&stop](int socket) {
        char byte = 0;
        recv(socket, &byte, 1, 0);  // the request has arrived: now a person closes the lid
        stop.request_stop();
        while (recv(socket, &byte, 1, 0) > 0) {
        }
    }};
    const auto response = http_transport({})(asking(silent.url()), stop.get_token());
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::cancelled);
}

}  // namespace bordereau::sync
