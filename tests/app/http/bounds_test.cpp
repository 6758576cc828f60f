// What bounds clients of a listener, without a listener.
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "app/http/address.h"
#include "app/http/byte_budget.h"
#include "app/http/connections.h"

namespace bordereau::app::http {

TEST_CASE("large bodies leave a quarter of the room to the beginnings of others",
          "[http][limits]") {
    ByteBudget budget{std::size_t{4} << 20};
    REQUIRE(budget.take(0, std::size_t{3} << 20));
    CHECK_FALSE(budget.take(0, ByteBudget::kBeginning + 1));
    int small = 0;
    while (budget.take(0, ByteBudget::kBeginning)) ++small;
    CHECK(small == 16);
    budget.give_back(ByteBudget::kBeginning);
    CHECK(budget.take(0, ByteBudget::kBeginning));
    CHECK(budget.taken() == std::size_t{4} << 20);
}

TEST_CASE("a connection may stay idle, send or read only so slowly", "[http][limits]") {
    using namespace std::chrono_literals;
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    Connections connections{{}, 100};
    Connections::One* one = connections.add(ends[0], "192.0.2.1");
    const auto now = std::chrono::steady_clock::now();
    const auto is_cut_after = [&](std::chrono::seconds seconds) {
        connections.cut_overdue(now + seconds);
        return connections.cut() == 1;
    };
    SECTION("a head that does not end") {
        CHECK_FALSE(is_cut_after(15s));
        CHECK(is_cut_after(21s));
        char byte = 0;
        CHECK(read(ends[1], &byte, 1) == 0);
    }
    SECTION("a body below the slowest rate") {
        connections.begin_body(*one);
        connections.body_came(*one, std::size_t{100} << 10);  // 50 seconds' worth
        CHECK_FALSE(is_cut_after(75s));
        CHECK(is_cut_after(85s));
    }
    SECTION("work takes as long as it takes; then the answer counts, then idleness") {
        connections.at_work(*one);
        CHECK_FALSE(is_cut_after(100'000s));
        connections.begin_answer(*one, std::size_t{1} << 20);
        CHECK_FALSE(is_cut_after(500s));
        connections.idle(*one);
        CHECK(is_cut_after(35s));
    }
    connections.remove(one);
    CHECK(connections.open() == 0);
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("an address of IPv6 counts as its network, one of IPv4 as itself", "[http][limits]") {
    CHECK(network_of("192.0.2.7") == "192.0.2.7");
    CHECK(network_of("::ffff:192.0.2.7") == "192.0.2.7");
    CHECK(network_of("2001:db8::1") == network_of("2001:db8::ffff:1"));
    CHECK(network_of("2001:db8::1") != network_of("2001:db8:0:1::1"));
    for (const char* own : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
        CHECK(is_loopback_address(own));
    for (const char* other : {"", "localhost.evil.example", "10.0.0.1", "::2", "127.0.0.1.evil"})
        CHECK_FALSE(is_loopback_address(other));
    CHECK(last_forwarded("203.0.113.9, 198.51.100.2") == "198.51.100.2");
    CHECK(last_forwarded("203.0.113.9") == "203.0.113.9");
}

}  // namespace bordereau::app::http
