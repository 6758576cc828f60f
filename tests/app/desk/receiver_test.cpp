// The satellite receiver through gpsd, which a thread here stands for with what it really says.
#include "app/desk/receiver.h"

#include <sys/socket.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/support/canned_server.h"

namespace bordereau::app {
namespace {

using End = ReceiverState::End;

// As gpsd 3.22 said it, shortened.
constexpr std::string_view kVersion =
    R"({"class":"VERSION","release":"3.22","rev":"3.22","proto_major":3,"proto_minor":14})"
    "\r\n";
constexpr std::string_view kDevices =
    R"({"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/ttyACM0","driver":"u-blox"}]})"
    "\r\n";
constexpr std::string_view kNoDevices = R"({"class":"DEVICES","devices":[]})"
                                        "\r\n";
constexpr std::string_view kNoFix = R"({"class":"TPV","device":"/dev/ttyACM0","mode":1})"
                                    "\r\n";
constexpr std::string_view kSky =
    R"({"class":"SKY","device":"/dev/ttyACM0","nSat":3,"uSat":2,"satellites":[)"
    R"({"PRN":1,"used":true},{"PRN":2,"used":true},{"PRN":3,"used":false}]})"
    "\r\n";

std::string place(double accuracy) {
    return R"({"class":"TPV","device":"/dev/ttyACM0","mode":3,"time":"2026-03-07T10:00:00.000Z",)"
           R"("lat":-1.2864,"lon":36.8172,"altHAE":1640.2,"altMSL":1650.1,"eph":)" +
           std::to_string(accuracy) + "}\r\n";
}

// Waits for the wish to watch, says all of it, and then hangs up or holds the line until the other
// side ends.
std::function<void(int)> gpsd_saying(std::string all, bool hold, std::string* asked = nullptr) {
    return [=](int socket) {
        std::string line;
        char sign = 0;
        while (recv(socket, &sign, 1, 0) == 1) {
            line += sign;
            if (sign == '\n') break;
        }
        if (asked != nullptr) *asked = line;
        send(socket, all.data(), all.size(), MSG_NOSIGNAL);
        while (hold && recv(socket, &sign, 1, 0) > 0) {
        }
    };
}

struct Asked {
    std::atomic<int> changes = 0;
    ReceiverState until_end(int port, Receiver::Options options = {}) {
        options.port = static_cast<std::uint16_t>(port);
        Receiver receiver{options, [this] { ++changes; }};
        receiver.wait();
        return receiver.state();
    }
};

}  // namespace

TEST_CASE("the receiver grows more exact and ends by itself", "[desk][receiver]") {
    std::string asked;
    const std::string all = std::string{kVersion} + std::string{kDevices} + std::string{kNoFix} +
                            std::string{kSky} + place(40) + place(12) + place(4.5) + place(90);
    test::LoopbackServer gpsd{gpsd_saying(all, true, &asked)};
    Asked on;
    const ReceiverState state = on.until_end(gpsd.port());
    CHECK(asked == kGpsdWatch);
    CHECK(state.end == End::good);
    CHECK(state.connected);
    CHECK(state.satellites == 2);
    REQUIRE(state.best);
    CHECK(*state.best == Fix{-1.2864, 36.8172, 1650.1, 4.5});
    CHECK(on.changes >= 4);
}

TEST_CASE("how exact is good enough is a wish", "[desk][receiver]") {
    test::LoopbackServer gpsd{gpsd_saying(place(40) + place(12), true)};
    Asked on;
    const ReceiverState state = on.until_end(gpsd.port(), {.good_enough = 20});
    CHECK(state.end == End::good);
    CHECK(state.best->accuracy == 12.0);
}

TEST_CASE("patience ends with the best place there was, or with none", "[desk][receiver]") {
    const auto [all, found] = GENERATE(table<std::string, bool>(
        {{place(40) + place(12) + place(30), true}, {std::string{kNoFix}, false}}));
    test::LoopbackServer gpsd{gpsd_saying(all, true)};
    Asked on;
    const ReceiverState state = on.until_end(gpsd.port(), {.patience = 300});
    CHECK(state.end == End::patience);
    CHECK(state.best.has_value() == found);
    if (found) CHECK(state.best->accuracy == 12.0);
}

TEST_CASE("that nobody answers, no receiver is there, or gpsd hangs up is told apart",
          "[desk][receiver]") {
    Asked on;
    SECTION("nobody") {
        int port = 0;
        {
            const test::LoopbackServer gone{[](int) {}};
            port = gone.port();
        }
        CHECK(on.until_end(port).end == End::unreachable);
    }
    SECTION("no receiver") {
        test::LoopbackServer gpsd{
            gpsd_saying(std::string{kVersion} + std::string{kNoDevices}, true)};
        CHECK(on.until_end(gpsd.port()).end == End::no_receiver);
    }
    SECTION("hangs up") {
        test::LoopbackServer gpsd{gpsd_saying(place(40), false)};
        const ReceiverState state = on.until_end(gpsd.port());
        CHECK(state.end == End::hung_up);
        CHECK(state.best);
    }
}

TEST_CASE("rubbish between the lines is passed over", "[desk][receiver]") {
    std::string rubbish = "no JSON\r\n{\"class\":\r\n[1,2]\r\n{\"class\":7}\r\n\r\n";
    rubbish += std::string(3 * kLongestGpsdLine, 'x') + "\n" + std::string(200, '[') + "\n";
    rubbish += "{\"class\":\"TPV\",\"mode\":3,\"lat\":\"here\",\"lon\":1}\n";
    test::LoopbackServer gpsd{gpsd_saying(rubbish + place(3), true)};
    Asked on;
    const ReceiverState state = on.until_end(gpsd.port());
    CHECK(state.end == End::good);
    CHECK(state.best->accuracy == 3.0);
}

TEST_CASE("who has had enough does not wait for the receiver", "[desk][receiver]") {
    test::LoopbackServer gpsd{gpsd_saying(std::string{kNoFix}, true)};
    std::atomic<int> changes = 0;
    {
        Receiver::Options options;
        options.port = static_cast<std::uint16_t>(gpsd.port());
        const Receiver receiver{options, [&] { ++changes; }};
    }
    CHECK(changes <= 3);
}

TEST_CASE("a line of gpsd tells a place only where it has one", "[desk][receiver]") {
    const auto [line, there] = GENERATE(
        table<const char*, bool>({{R"({"class":"TPV","mode":2,"lat":1,"lon":2})", true},
                                  {R"({"class":"TPV","mode":1,"lat":1,"lon":2})", false},
                                  {R"({"class":"TPV","mode":3,"lat":91,"lon":2})", false},
                                  {R"({"class":"TPV","mode":3,"lat":1})", false},
                                  {R"({"class":"TPV","mode":3,"lat":1e999,"lon":2})", false},
                                  {R"({"class":"POLL","mode":3,"lat":1,"lon":2})", false},
                                  {"", false},
                                  {"null", false}}));
    CAPTURE(line);
    CHECK(read_gpsd_line(line).fix.has_value() == there);
}

TEST_CASE("older versions of gpsd estimate the error along each axis", "[desk][receiver]") {
    const auto fix =
        read_gpsd_line(
            R"({"class":"TPV","mode":3,"lat":1,"lon":2,"alt":5.5,"epx":3.5,"epy":7.25,"epv":9})")
            .fix;
    REQUIRE(fix);
    CHECK(fix->accuracy == 7.25);
    CHECK(fix->altitude == 5.5);
    const auto ground = read_gpsd_line(R"({"class":"TPV","mode":2,"lat":1,"lon":2,"alt":5})").fix;
    REQUIRE(ground);
    CHECK_FALSE(ground->altitude);
    CHECK_FALSE(ground->accuracy);
}

}  // namespace bordereau::app
