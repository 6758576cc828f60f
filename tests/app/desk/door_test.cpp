// Doors on real sockets with TLS, and what somebody between two laptops gets to see.
#include "app/desk/door.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>

#include "app/desk/session_certificate.h"
#include "app/http/listener.h"
#include "sync/door.h"
#include "sync/http_transport.h"
#include "sync/lan.h"
#include "tests/support/files.h"

namespace bordereau::app {
namespace {

using test::want;

sync::Transport way(std::string_view pin) {
    return sync::http_transport({std::string{pin}, pin.empty()});
}

std::string url_of(int port) {
    return "https://127.0.0.1:" + std::to_string(port);
}

struct Scene {
    test::TemporaryFolder folder;
    storage::Notebook founder = test::new_notebook(folder.path() / "founder", 1);
    storage::Notebook laptop = test::new_notebook(folder.path() / "laptop", 2);

    Scene() {
        test::admit(founder, laptop, storage::Role::supervisor);
        want(founder.journal().seal_finished());
    }
    Door open(
        Millis open_for = 60'000, std::function<void()> closed = [] {}) {
        return want(
            Door::open(want(founder.connect()), {"127.0.0.1", 0, open_for}, std::move(closed)));
    }
    sync::RoundEnd go_to(int port) {
        return sync::exchange_at_door(want(laptop.connect()), url_of(port), way,
                                      [](const sync::Progress&) {}, {});
    }
};

}  // namespace

TEST_CASE("two laptops exchange audits and a photo over TLS, and nobody else is let in",
          "[desk][lan]") {
    Scene scene;
    const std::string photo = test::noise(400'000, 7);
    const AuditId audit = test::audit_with_file(scene.laptop, photo);
    const Door door = scene.open();
    const sync::RoundEnd end = scene.go_to(door.port());
    if (!end.status) FAIL(end.status.error().detail);
    CHECK(end.progress.files.sent == 1);
    CHECK(want(storage::Attachments{scene.founder}.get(audit, "photo.jpg")) == photo);
}

TEST_CASE("somebody between two laptops, with a certificate of their own, is not spoken to",
          "[desk][lan]") {
    Scene scene;
    const Door door = scene.open();
    sync::Request request;
    request.method = "GET";
    request.url = url_of(door.port()) + "/v1/door";
    const std::string statement = want(way({})(request, {})).body;
    REQUIRE(sync::decode_door(statement).ok());

    const SessionCertificate own = want(make_session_certificate());
    std::atomic<int> asked = 0, exchanged = 0;
    http::ListenAddress address;
    address.host = "127.0.0.1";
    address.certificate_pem = own.certificate;
    address.key_pem = own.key;
    const http::Handlers handlers{
        [](const http::Request&) { return std::optional<http::Answer>{}; },
        [&](const http::Request& call, const http::SendAnswer& send) {
            ++(call.method == "POST" ? exchanged : asked);
            http::Answer answer;
            answer.body = statement;
            send(std::move(answer));
        }};
    auto between = want(http::Listener::start(address, {}, handlers));
    const sync::RoundEnd end = scene.go_to(between.port());
    REQUIRE_FALSE(end.status.ok());
    CHECK(end.status.error().code == ErrorCode::conflict);
    CHECK(asked == 1);
    CHECK(exchanged == 0);
}

TEST_CASE("every session has a key of its own", "[desk][lan]") {
    const SessionCertificate one = want(make_session_certificate());
    const SessionCertificate two = want(make_session_certificate());
    CHECK(one.pin.size() == sync::kPinSize);
    CHECK(one.pin != two.pin);
    CHECK(one.certificate.starts_with("-----BEGIN CERTIFICATE-----"));
}

TEST_CASE("a door closes by itself, and says so", "[desk][lan]") {
    Scene scene;
    std::atomic<bool> closed = false;
    const Door door = scene.open(1, [&] {
        closed = true;
        closed.notify_all();
    });
    closed.wait(false);
    CHECK_FALSE(door.is_open());
    CHECK_FALSE(scene.go_to(door.port()).status.ok());
}

TEST_CASE("where nobody answers, the laptop is said to be offline", "[desk][lan]") {
    Scene scene;
    // Taken, so that nobody else's door can open there meanwhile, and never answered.
    const int taken = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(taken, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    const sync::RoundEnd end = scene.go_to(ntohs(address.sin_port));
    ::close(taken);
    REQUIRE_FALSE(end.status.ok());
    CHECK(end.status.error().code == ErrorCode::offline);
}

}  // namespace bordereau::app
