#include "sync/exchange.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <memory>
#include <random>
#include <set>

#include "sync/serve/answering.h"
#include "tests/support/memory_holdings.h"
#include "tests/support/parties.h"

namespace bordereau::sync {
namespace {

using test::device_named;
using test::MemoryHoldings;
using test::MemoryReplica;

/// What the endpoint answers to these bytes.
std::string answer_to(const std::string& request, MemoryHoldings& endpoint,
                      const test::Pair& pair) {
    const auto read = decode_request(request);
    REQUIRE(read.ok());
    const auto reply = reply_to(*read, endpoint.holdings());
    REQUIRE(reply.ok());
    return encode(*reply, request, pair.endpoint);
}

/// Runs an exchange over a network that works; the number of requests it took.
std::int64_t run(Exchange& exchange, MemoryHoldings& endpoint, const test::Pair& pair) {
    while (true) {
        const auto request = exchange.next();
        REQUIRE(request.ok());
        if (!*request) return exchange.tally().requests;
        REQUIRE(exchange.tally().requests < 1000);
        const auto reply = exchange.read(**request, answer_to(**request, endpoint, pair));
        REQUIRE(reply.ok());
        REQUIRE(exchange.take(**request, *reply).ok());
    }
}

bool within(const VersionVector& part, const VersionVector& whole) {
    return std::ranges::all_of(part, [&](const auto& entry) {
        const auto found = whole.find(entry.first);
        return entry.second.number == 0 ||
               (found != whole.end() && entry.second.number <= found->second.number);
    });
}

/// A message under way: a request, or a reply with the request it belongs to.
struct Message {
    std::string request;
    std::optional<std::string> reply;
};

/// Devices that write and sync through a network that loses, repeats and mixes up.
class World {
public:
    explicit World(std::uint64_t seed) : dice_(seed), pair_(seed) {
        const int count = 2 + roll(3);
        for (int i = 0; i < count; ++i) laptops_.push_back(std::make_unique<Laptop>());
        for (std::size_t i = 0; i < laptops_.size(); ++i) restart(i);
    }

    void step() {
        const auto at = static_cast<std::size_t>(roll(static_cast<int>(laptops_.size())));
        Laptop& laptop = *laptops_[at];
        switch (roll(8)) {
            case 0: return write(at);
            case 1:
            case 2: return ask(laptop);
            case 3: return lose(laptop);
            case 4: return repeat(laptop);
            case 5: return restart(at);
            default: return deliver(at);
        }
    }

    /// Every laptop in turn reaches the endpoint, twice: the first ones then hear of the last.
    void settle() {
        for (int turn = 0; turn < 2; ++turn)
            for (std::size_t at = 0; at < laptops_.size(); ++at) {
                restart(at);
                run(*laptops_[at]->exchange, endpoint_, pair_);
            }
    }

    void check_acknowledgements() const {
        for (const auto& laptop : laptops_)
            CHECK(within(laptop->replica.acknowledged, endpoint_.vector()));
    }

    void check_all_the_same() const {
        std::map<MemoryHoldings::Key, std::string> written;
        for (const auto& laptop : laptops_) written.insert(laptop->own.begin(), laptop->own.end());
        CHECK(endpoint_.all() == written);
        for (const auto& laptop : laptops_) CHECK(laptop->replica.held.all() == written);
    }

private:
    struct Laptop {
        MemoryReplica replica;
        std::map<MemoryHoldings::Key, std::string> own;  // what it wrote
        std::unique_ptr<Exchange> exchange;
        std::vector<Message> under_way;
    };

    int roll(int sides) { return std::uniform_int_distribution{0, sides - 1}(dice_); }

    void restart(std::size_t at) {
        laptops_[at]->exchange =
            std::make_unique<Exchange>(pair_.exchange(laptops_[at]->replica.replica()));
        while (roll(2) == 0) laptops_[at]->exchange->shrink();
    }
    void write(std::size_t at) {
        Laptop& laptop = *laptops_[at];
        const storage::ChainId chain = test::chain_named(static_cast<int>(at) + 1);
        for (int left = 1 + roll(4); left > 0; --left) {
            laptop.replica.held.seal(chain.device,
                                     std::string(static_cast<std::size_t>(roll(9000)), 'x'));
            const MemoryHoldings::Key key{chain, laptop.replica.held.vector().at(chain).number};
            laptop.own[key] = laptop.replica.held.all().at(key);
        }
    }
    void ask(Laptop& laptop) {
        const auto request = laptop.exchange->next();
        REQUIRE(request.ok());
        if (*request) laptop.under_way.push_back({**request, std::nullopt});
        if (roll(2) == 0) laptop.exchange->prepare();
        const auto further = laptop.exchange->further();
        REQUIRE(further.ok());
        if (*further) laptop.under_way.push_back({**further, std::nullopt});
    }
    void lose(Laptop& laptop) {
        if (!laptop.under_way.empty()) laptop.under_way.erase(any_of(laptop));
    }
    void repeat(Laptop& laptop) {
        if (!laptop.under_way.empty()) laptop.under_way.push_back(*any_of(laptop));
    }
    void deliver(std::size_t at) {
        Laptop& laptop = *laptops_[at];
        if (laptop.under_way.empty()) return;
        const auto chosen = any_of(laptop);
        const Message message = *chosen;
        laptop.under_way.erase(chosen);
        if (!message.reply) {
            laptop.under_way.push_back(
                {message.request, answer_to(message.request, endpoint_, pair_)});
            return;
        }
        const auto reply = laptop.exchange->read(message.request, *message.reply);
        REQUIRE(reply.ok());
        if (!laptop.exchange->take(message.request, *reply)) restart(at);
    }
    std::vector<Message>::iterator any_of(Laptop& laptop) {
        return laptop.under_way.begin() + roll(static_cast<int>(laptop.under_way.size()));
    }

    std::mt19937_64 dice_;
    test::Pair pair_;
    MemoryHoldings endpoint_;
    std::vector<std::unique_ptr<Laptop>> laptops_;
};

}  // namespace

TEST_CASE(
    "whatever the network does, in the end all hold the same, and nothing was believed that "
    "the endpoint did not hold",
    "[sync][property]") {
    const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{301}));
    INFO("seed " << seed);
    World world{seed};
    for (int step = 0; step < 120; ++step) {
        world.step();
        world.check_acknowledgements();
    }
    world.settle();
    world.check_acknowledgements();
    world.check_all_the_same();
}

TEST_CASE("an exchange takes as few requests as there is to say", "[sync]") {
    const test::Pair pair;
    MemoryReplica laptop;
    MemoryHoldings endpoint;
    const auto requests = [&] {
        Exchange exchange = pair.exchange(laptop.replica());
        return run(exchange, endpoint, pair);
    };
    SECTION("nothing anywhere: one") {
        CHECK(requests() == 1);
    }
    SECTION("something new here: one, and then one to learn that there is nothing") {
        laptop.held.seal(device_named(1), "new");
        CHECK(requests() == 1);
        CHECK(endpoint.all() == laptop.held.all());
        CHECK(requests() == 1);
    }
    SECTION("news there: two") {
        endpoint.seal(device_named(2), "news");
        CHECK(requests() == 2);
        CHECK(endpoint.all() == laptop.held.all());
    }
    SECTION("both: one") {
        laptop.held.seal(device_named(1), "new");
        endpoint.seal(device_named(2), "news");
        CHECK(requests() == 1);
        CHECK(endpoint.all() == laptop.held.all());
    }
    SECTION("three megabytes: one for each batch") {
        for (int i = 0; i < 12; ++i) laptop.held.seal(device_named(1), std::string(1 << 18, 'x'));
        const auto taken = requests();
        CHECK(taken >= 2);
        CHECK(taken <= 4);
        CHECK(endpoint.all() == laptop.held.all());
    }
}

TEST_CASE("what was packed while a batch travelled is the next one, unless something else is",
          "[sync][exchange]") {
    const test::Pair pair;
    MemoryReplica laptop;
    MemoryHoldings endpoint;
    for (int i = 0; i < 60; ++i) laptop.held.seal(device_named(1), std::string(40'000, 'x'));
    laptop.held.seal(device_named(2), "somebody else's");
    Replica replica = laptop.replica();
    int looked_up = 0;
    std::set<MemoryHoldings::Key> offered;
    replica.holdings.missing = [&, missing = replica.holdings.missing](const auto& theirs,
                                                                       std::size_t bytes) {
        ++looked_up;
        return missing(theirs, bytes);
    };
    replica.offered = [&](const Numbered& some) { offered.insert(some.begin(), some.end()); };
    Exchange exchange = pair.exchange(std::move(replica));
    const auto first = exchange.next();
    REQUIRE((first.ok() && *first));
    REQUIRE(exchange.goes_on());
    exchange.prepare();
    CHECK(looked_up == 2);
    const std::size_t in_first = offered.size();
    CHECK(in_first < 60);  // what is prepared is not said to be sent

    const auto next_when = [&](MemoryHoldings& answering) {
        const auto reply = exchange.read(**first, answer_to(**first, answering, pair));
        REQUIRE((reply.ok() && exchange.take(**first, *reply).ok()));
        const auto next = exchange.next();
        REQUIRE((next.ok() && *next));
        return decode_request(**next).value();
    };
    const auto first_offered = [](const ExchangeRequest& request) {
        const auto& changesets = std::get<Offer>(request.content).changesets;
        return changesets.empty() ? std::string{} : changesets.front().substr(0, 40);
    };
    SECTION("the endpoint took all of it") {
        CHECK(first_offered(next_when(endpoint))
                  .starts_with(device_named(1).text + " " + std::to_string(in_first + 1) + " x"));
        CHECK(looked_up == 2);
        CHECK(offered.size() > in_first);
    }
    SECTION("the endpoint declined the chain") {
        endpoint.seal(device_named(1), "another branch");
        CHECK(first_offered(next_when(endpoint)).starts_with(device_named(2).text));
        CHECK(looked_up == 3);
    }
    SECTION("it was refused and the line is slow: smaller batches") {
        REQUIRE(exchange.take(**first, Refused{Refusal::clock, test::kNoon + 3'600'000}).ok());
        REQUIRE(exchange.shrink());
        const auto again = exchange.next();
        REQUIRE((again.ok() && *again));
        CHECK(first_offered(decode_request(**again).value())
                  .starts_with(device_named(1).text + " 1 x"));
    }
    run(exchange, endpoint, pair);
    CHECK(endpoint.all().contains({test::chain_named(2), 1}));
}

namespace {

/// A laptop with several batches, whose first one is under way and whose second one is packed.
struct Hurrying {
    Hurrying() {
        for (int i = 0; i < 30; ++i) laptop.held.seal(device_named(1), std::string(40'000, 'x'));
        const auto asked = exchange.next();
        REQUIRE((asked.ok() && *asked));
        first = **asked;
        exchange.prepare();
    }
    std::optional<std::string> further() {
        auto more = exchange.further();
        REQUIRE(more.ok());
        return *std::move(more);
    }
    /// The answer to a request, as it would be taken.
    Status take(const std::string& request, const std::string& answer) {
        const auto reply = exchange.read(request, answer);
        REQUIRE(reply.ok());
        return exchange.take(request, *reply);
    }

    test::Pair pair;
    MemoryReplica laptop;
    MemoryHoldings endpoint;
    Exchange exchange = pair.exchange(laptop.replica());
    std::string first;
};

std::size_t offered_in(const std::string& request) {
    return std::get<Offer>(decode_request(request).value().content).changesets.size();
}

}  // namespace

TEST_CASE("a second batch may go out before the first one is answered", "[sync][exchange]") {
    Hurrying scene;
    const auto second = scene.further();
    REQUIRE(second);
    CHECK_FALSE(scene.further());  // nothing more is packed
    const std::size_t sent = offered_in(scene.first) + offered_in(*second);
    CHECK(sent > offered_in(scene.first));

    SECTION("and is answered after it") {
        const std::string answer = answer_to(scene.first, scene.endpoint, scene.pair);
        REQUIRE(scene.take(scene.first, answer).ok());
        CHECK(scene.exchange.tally().sent == static_cast<std::int64_t>(offered_in(scene.first)));
        REQUIRE(scene.take(*second, answer_to(*second, scene.endpoint, scene.pair)).ok());
    }
    SECTION("and overtakes it: what it brings waits, or is sent again") {
        const std::string overtaking = answer_to(*second, scene.endpoint, scene.pair);
        const std::string answer = answer_to(scene.first, scene.endpoint, scene.pair);
        REQUIRE(scene.take(scene.first, answer).ok());
        REQUIRE(scene.take(*second, overtaking).ok());
    }
    SECTION("and alone arrives") {
        REQUIRE(scene.take(*second, answer_to(*second, scene.endpoint, scene.pair)).ok());
        CHECK(scene.exchange.tally().sent == 0);
    }
    run(scene.exchange, scene.endpoint, scene.pair);
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
    CHECK(scene.laptop.acknowledged == scene.laptop.held.vector());
    CHECK(scene.exchange.tally().sent == 30);
}

TEST_CASE("what hangs on an answer waits for it", "[sync][exchange]") {
    Hurrying scene;
    SECTION("the chain was declined") {
        scene.endpoint.seal(device_named(1), "another branch");
        const std::string answer = answer_to(scene.first, scene.endpoint, scene.pair);
        REQUIRE(scene.take(scene.first, answer).ok());
        CHECK_FALSE(scene.further());
    }
    SECTION("the endpoint has something to give") {
        scene.endpoint.seal(device_named(2), "news");
        const auto second = scene.further();
        REQUIRE(second);
        CHECK(std::get<Offer>(decode_request(*second).value().content).answer_bytes == 0);
        const std::string answer = answer_to(scene.first, scene.endpoint, scene.pair);
        REQUIRE(scene.take(scene.first, answer).ok());
        scene.exchange.prepare();
        CHECK_FALSE(scene.further());
    }
    SECTION("all was said") {
        REQUIRE(scene.take(scene.first, answer_to(scene.first, scene.endpoint, scene.pair)).ok());
        run(scene.exchange, scene.endpoint, scene.pair);
        CHECK_FALSE(scene.further());
    }
}

TEST_CASE(
    "two requests made before the endpoint's time was known are both asked again by its clock",
    "[sync][exchange]") {
    Hurrying scene;
    REQUIRE(scene.further());
    const auto second = scene.exchange.tally().requests;
    CHECK(second == 2);
    const Refused refused{Refusal::clock, test::kNoon + 3'600'000};
    REQUIRE(scene.exchange.take(scene.first, refused).ok());
    const std::string late = scene.first;
    run(scene.exchange, scene.endpoint, scene.pair);
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
    CHECK(scene.exchange.take(late, refused).error().code == ErrorCode::refused);
}

TEST_CASE("an endpoint that lost what it had acknowledged gets it again", "[sync]") {
    const test::Pair pair;
    MemoryReplica laptop;
    MemoryHoldings endpoint;
    for (int i = 0; i < 3; ++i) laptop.held.seal(device_named(1), "kept");
    Exchange first = pair.exchange(laptop.replica());
    run(first, endpoint, pair);

    MemoryHoldings restored;  // from a backup made before
    Exchange second = pair.exchange(laptop.replica());
    run(second, restored, pair);
    CHECK(restored.all() == laptop.held.all());
}

TEST_CASE("a cloned device's branch is declined by name and keeps nothing else from travelling",
          "[sync]") {
    const test::Pair pair;
    MemoryReplica laptop;
    MemoryHoldings endpoint;
    endpoint.seal(device_named(1), "the one branch");
    laptop.held.seal(device_named(1), "the other branch");
    laptop.held.seal(device_named(1), "and further");
    laptop.held.seal(device_named(2), "somebody else's");

    Exchange exchange = pair.exchange(laptop.replica());
    run(exchange, endpoint, pair);
    REQUIRE(exchange.tally().declined.size() == 1);
    CHECK(exchange.tally().declined[0].chain.device == device_named(1));
    CHECK(exchange.tally().declined[0].fault == storage::Fault::fork);
    CHECK(endpoint.all().contains({test::chain_named(2), 1}));
}

TEST_CASE("a laptop whose clock is wrong asks again by the endpoint's clock", "[sync]") {
    const test::Pair pair;
    MemoryReplica laptop;
    Exchange exchange = pair.exchange(laptop.replica());
    const auto first = exchange.next();
    REQUIRE(exchange.take(**first, Refused{Refusal::clock, test::kNoon + 3'600'000}).ok());

    const auto second = exchange.next();
    REQUIRE((second.ok() && second->has_value()));
    CHECK(decode_request(**second)->moment.millis() == test::kNoon + 3'600'000);
    SECTION("but not for ever") {
        const Status again =
            exchange.take(**second, Refused{Refusal::clock, test::kNoon + 9'000'000});
        CHECK(again.error().code == ErrorCode::refused);
    }
}

TEST_CASE("a refusal ends the exchange with what a person can do about it", "[sync]") {
    const test::Pair pair;
    MemoryReplica laptop;
    const auto [reason, code] =
        GENERATE(table<Refusal, ErrorCode>({{Refusal::not_a_member, ErrorCode::refused},
                                            {Refusal::busy, ErrorCode::busy},
                                            {Refusal::full, ErrorCode::full},
                                            {Refusal::malformed, ErrorCode::invalid},
                                            {Refusal::unavailable, ErrorCode::io}}));
    Exchange exchange = pair.exchange(laptop.replica());
    const auto request = exchange.next();
    CHECK(exchange.take(**request, Refused{reason, test::kNoon}).error().code == code);
}

TEST_CASE(
    "batches grow where the way is long and quick, shrink where it is slow, and not beyond what a "
    "proxy lets pass",
    "[sync][exchange]") {
    const test::Pair pair;
    MemoryReplica laptop;
    MemoryHoldings endpoint;
    for (int i = 0; i < 200; ++i) laptop.held.seal(device_named(1), std::string(100'000, 'x'));
    Millis now = test::kNoon;
    Exchange exchange{laptop.replica(), pair.parties(), Clock{[&now] { return now; }, nullptr},
                      pair.entropy};
    // Of the next batch, whose reply takes that long.
    const auto changesets_when = [&](Millis taking) {
        const auto request = exchange.next();
        REQUIRE((request.ok() && *request));
        const auto read = decode_request(**request);
        REQUIRE(read.ok());
        now += taking;
        const auto reply = exchange.read(**request, answer_to(**request, endpoint, pair));
        REQUIRE((reply.ok() && exchange.take(**request, *reply).ok()));
        return std::get<Offer>(read->content).changesets.size();
    };
    const std::size_t unknown = changesets_when(100);
    const std::size_t first = changesets_when(100);
    CHECK(first > unknown * 3 / 2);  // the line is near: a cut costs little
    CHECK(changesets_when(600) == first);
    const std::size_t second = changesets_when(600);
    CHECK(second > first * 3 / 2);
    const std::size_t third = changesets_when(5'000);
    CHECK(third > second * 3 / 2);
    CHECK(changesets_when(60'000) == third);
    CHECK(changesets_when(5'000) < third * 2 / 3);
    REQUIRE(exchange.shrink());
    const std::size_t small = changesets_when(600);
    CHECK(small < second * 2 / 3);
    CHECK(changesets_when(600) == small);
}

}  // namespace bordereau::sync
