// Who may see the endpoint's metrics and status, at the built bordereau-endpoint.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/crowd.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/folders.h"

namespace bordereau::test {
namespace {

std::string new_token(const std::filesystem::path& data) {
    REQUIRE(run_endpoint({"create", "--data", data.string(), "--agency", "Guard"}).code == 0);
    Ended made = run_endpoint({"status-token", "--data", data.string()});
    REQUIRE(made.code == 0);
    made.output.pop_back();
    return made.output;
}

Caller log_in(int port, const std::string& token) {
    return ask(port, http_bytes("POST", "/status-login", "token=" + token,
                                "X-Forwarded-For: 192.0.2.1\r\n"));
}

std::string cookie_of(const Caller& logged_in) {
    const std::string head{logged_in.head()};
    const std::size_t at = head.find("Set-Cookie: ");
    REQUIRE(at != std::string::npos);
    return head.substr(at + 12, head.find(';', at) - at - 12);
}

constexpr const char* kFromElsewhere = "X-Forwarded-For: 192.0.2.1\r\n";

}  // namespace

TEST_CASE("metrics and status are told on this machine itself, not through a proxy or another name",
          "[endpoint][watch]") {
    const TemporaryFolder folder;
    EndpointProcess endpoint{folder.path(), 0, {"--log", "quiet"}};
    const int port = endpoint.port();
    CHECK(get(port, "/metrics").status() == 200);
    CHECK(get(port, "/status").status() == 200);
    for (const char* header : {"X-Forwarded-For: 192.0.2.1\r\n", "Forwarded: for=192.0.2.1\r\n",
                               "Via: 1.1 proxy\r\n", "X-Real-IP: 127.0.0.1\r\n"}) {
        CHECK(get(port, "/metrics", header).status() == 403);
        CHECK(get(port, "/status", header).status() == 401);
    }
    const std::string rebound = "GET /status HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    CHECK(ask(port, rebound).status() == 401);
    const Caller page = get(port, "/status");
    for (const char* header : {"Content-Security-Policy: default-src 'none'",
                               "X-Content-Type-Options: nosniff", "Cache-Control: no-store"})
        CHECK(page.head().find(header) != std::string_view::npos);
}

TEST_CASE("from elsewhere a token opens the status page, by a cookie that no script reads",
          "[endpoint][watch]") {
    const TemporaryFolder folder;
    const std::string token = new_token(folder.path());
    EndpointProcess endpoint{folder.path(), 0, {"--log", "quiet", "--behind-proxy"}};
    const int port = endpoint.port();
    CHECK(get(port, "/status").status() == 401);  // a proxy's requests all come from here
    CHECK(log_in(port, "guessed").status() == 403);
    const Caller opened = log_in(port, token);
    CHECK(opened.status() == 303);
    CHECK(opened.head().find("HttpOnly; SameSite=Strict") != std::string_view::npos);
    const std::string with_cookie = kFromElsewhere + ("Cookie: " + cookie_of(opened)) + "\r\n";
    CHECK(get(port, "/status", with_cookie).status() == 200);
    CHECK(get(port, "/metrics", with_cookie).status() == 403);
    CHECK(get(port, "/metrics", kFromElsewhere + ("Authorization: Bearer " + token) + "\r\n")
              .status() == 200);
    new_token(folder.path());
    CHECK(get(port, "/status", with_cookie).status() == 401);
}

TEST_CASE("wrong tokens are few, from one address", "[endpoint][watch]") {
    const TemporaryFolder folder;
    EndpointProcess endpoint{
        folder.path(), 0, {"--log", "quiet", "--behind-proxy", "--limit-attempts", "3"}};
    for (int i = 0; i < 3; ++i) CHECK(log_in(endpoint.port(), "guessed").status() == 403);
    CHECK(log_in(endpoint.port(), "guessed").status() == 429);
    CHECK(ask(endpoint.port(), http_bytes("POST", "/status-login", "token=guessed",
                                          "X-Forwarded-For: 192.0.2.1, 198.51.100.7\r\n"))
              .status() == 403);  // from another one, as the proxy says
}

TEST_CASE("with an address of their own, metrics and status are there and nowhere else",
          "[endpoint][watch]") {
    const TemporaryFolder folder;
    EndpointProcess endpoint{folder.path(), 0, {"--log", "quiet", "--admin-listen", "127.0.0.1:0"}};
    const std::string line = endpoint.line();
    REQUIRE(line.starts_with("watched on http://127.0.0.1:"));
    const int watched = std::stoi(line.substr(line.rfind(':') + 1));
    CHECK(get(watched, "/metrics").status() == 200);
    CHECK(get(watched, "/status").status() == 200);
    CHECK(get(watched, "/status.css").status() == 200);
    CHECK(get(endpoint.port(), "/metrics").status() == 404);
    CHECK(get(endpoint.port(), "/status").status() == 404);
    CHECK(get(endpoint.port(), "/health").status() == 200);
    CHECK(get(endpoint.port(), "/ready").status() == 200);
    CHECK(endpoint.stop() == 0);
}

TEST_CASE("behind a proxy, or without a certificate, the endpoint listens on loopback only",
          "[endpoint][watch]") {
    const TemporaryFolder folder;
    const auto refused = [&folder](std::vector<std::string> more) {
        std::vector<std::string> arguments{"serve", "--data", folder.path().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_endpoint(arguments).code == 1;
    };
    CHECK(refused({"--listen", "0.0.0.0:0", "--behind-proxy"}));
    CHECK(refused({"--listen", "127.0.0.1:0", "--admin-listen", "0.0.0.0:0"}));
}

TEST_CASE("teams are made and listed by command line", "[endpoint][watch]") {
    const TemporaryFolder folder;
    const std::string data = folder.path().string();
    CHECK(run_endpoint({"create", "--data", data}).code == 1);
    CHECK(run_endpoint({"create", "--data", data, "--agency", "Border Guard", "--team", "Post 7",
                        "--team", "Post 8"})
              .code == 0);
    CHECK(run_endpoint({"create", "--data", data, "--team", "Post 7"}).code == 0);  // the same one
    const auto listed = [&data](const char* only) {
        const Ended ended = run_endpoint({"list", "--data", data, "--json", "--only", only});
        return nlohmann::json::parse(ended.output)["teams"];
    };
    CHECK(listed("teams").size() == 2);
    CHECK_FALSE(listed("teams")[0].contains("devices"));
    CHECK(listed("devices")[0]["devices"].empty());
    CHECK_FALSE(listed("devices")[0].contains("audits"));
    CHECK(listed("audits")[1]["name"] == "Post 8");
}

}  // namespace bordereau::test
