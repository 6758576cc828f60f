#include "sync/protocol.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/support/memory_holdings.h"
#include "tests/support/parties.h"

namespace bordereau::sync {
namespace {

using test::chain_named;

ExchangeRequest hello_from(const test::Pair& pair) {
    return {pair.team, pair.device_id(), Moment::at(test::kNoon, pair.entropy),
            Hello{digest_of({{chain_named(1), {7, 77}}})}};
}

ExchangeRequest offer_from(const test::Pair& pair) {
    return {pair.team, pair.device_id(), Moment::at(test::kNoon, pair.entropy),
            Offer{{{chain_named(1), {7, 77}},
                   {{chain_named(2).device, storage::kSupervisorsLane}, {300, 0}}},
                  {std::string{"one"}, std::string(70'000, 'x'), {}},
                  5000}};
}

}  // namespace

TEST_CASE("a request reads back as it was written, and only its device signed it", "[sync]") {
    const test::Pair pair, stranger{2};
    const bool greets = GENERATE(true, false);
    const ExchangeRequest request = greets ? hello_from(pair) : offer_from(pair);
    const std::string bytes = encode(request, pair.device);

    const auto read = decode_request(bytes);
    REQUIRE(read.ok());
    CHECK(*read == request);
    CHECK(signed_by(bytes, pair.device.public_key()));
    CHECK_FALSE(signed_by(bytes, stranger.device.public_key()));
}

TEST_CASE("a reply reads back as it was written", "[sync]") {
    const test::Pair pair;
    const std::string request = encode(hello_from(pair), pair.device);
    const Reply reply = GENERATE(
        Reply{Same{}}, Reply{Refused{Refusal::clock, 1'772'900'000'000}},
        Reply{Holding{
            {{{chain_named(3).device, storage::lane_of_home(test::device_named(4))}, {9, 99}}},
            {std::string{"changeset"}},
            {{chain_named(3), 10, std::nullopt}, {{}, 0, storage::Fault::damaged}}}});
    const auto read =
        decode_reply(encode(reply, request, pair.endpoint), request, pair.endpoint.public_key());
    REQUIRE(read.ok());
    CHECK(*read == reply);
}

TEST_CASE("no changed byte and no cut goes unseen", "[sync]") {
    const test::Pair pair;
    const std::string request = encode(hello_from(pair), pair.device);
    const std::string reply = encode(
        Reply{Holding{
            {{{chain_named(3).device, storage::lane_of_home(test::device_named(4))}, {9, 99}}},
            {std::string{"changeset"}},
            {}}},
        request, pair.endpoint);
    for (std::size_t at = 0; at < reply.size(); ++at) {
        std::string changed = reply;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK_FALSE(decode_reply(changed, request, pair.endpoint.public_key()).ok());
        CHECK_FALSE(decode_reply(reply.substr(0, at), request, pair.endpoint.public_key()).ok());
    }
    for (std::size_t at = 0; at < request.size(); ++at) {
        std::string changed = request;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK_FALSE(signed_by(changed, pair.device.public_key()));
    }
}

TEST_CASE("a reply is good for one request of one endpoint only", "[sync]") {
    const test::Pair pair, other{2};
    const std::string request = encode(hello_from(pair), pair.device);
    const std::string again = encode(hello_from(pair), pair.device);
    const std::string reply = encode(Reply{Same{}}, request, pair.endpoint);
    REQUIRE(request != again);  // the same question, but another moment
    CHECK(decode_reply(reply, request, pair.endpoint.public_key()).ok());
    CHECK_FALSE(decode_reply(reply, again, pair.endpoint.public_key()).ok());
    CHECK_FALSE(decode_reply(reply, request, other.endpoint.public_key()).ok());
}

TEST_CASE("lengths are checked before anything is made of them", "[sync]") {
    const test::Pair pair;
    const auto signed_by_device = [&](std::string payload) {
        return std::move(payload) + std::string(64, 's');
    };
    // An array of 2^32 items, a byte string of 2^60, a nest of a million arrays, an empty message.
    const std::string payload = GENERATE(std::string{"\x9a\xff\xff\xff\xff"},
                                         std::string{"\x85\x00\x5b\x10\0\0\0\0\0\0\0", 11},
                                         std::string(1'000'000, '\x81'), std::string{});
    const auto read = decode_request(signed_by_device(payload));
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == ErrorCode::corrupt);
}

TEST_CASE("a vector that is out of order or counts from zero is not taken", "[sync]") {
    const test::Pair pair;
    ExchangeRequest request = offer_from(pair);
    std::get<Offer>(request.content).vector = {{chain_named(1), {0, 0}}};
    CHECK_FALSE(decode_request(encode(request, pair.device)).ok());
}

TEST_CASE("when nothing is to be done, question and answer take less than 190 bytes", "[sync]") {
    const test::Pair pair;
    const std::string request = encode(hello_from(pair), pair.device);
    const std::string reply = encode(Reply{Same{}}, request, pair.endpoint);
    CHECK(request.size() + reply.size() < 190);
}

}  // namespace bordereau::sync
