// How much is kept of what cannot be taken in yet.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "storage/crypto/hash.h"
#include "storage/journal/intake.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::want;

constexpr std::size_t kText = 10'000;
constexpr std::int64_t kKept = kText * 3 / 4;  // compressed: six bits of a character are by chance

std::string text_of(std::uint64_t seed) {
    std::string text(kText, '\0');
    const Entropy entropy = seeded_entropy(seed);
    std::vector<std::uint8_t> bytes(kText);
    entropy(bytes);
    std::ranges::transform(bytes, text.begin(),
                           [](std::uint8_t byte) { return static_cast<char>('0' + byte % 64); });
    return text;
}

/// A founder's notebook that takes in what devices seal that are no more than keys, and one
/// member's, whose chain has begun there.
struct Post {
    test::TemporaryFolder folder;
    Notebook founder = test::new_notebook(folder.path() / "founder", 1);
    Notebook member = test::new_notebook(folder.path() / "member", 2);
    std::int64_t number_next = 0;
    WaitingRoom room;

    Post() {
        test::admit(founder, member);
        test::sealed_by(member);
        test::hand_over(member, founder);
        const auto vector = want(founder.journal().vector());
        number_next = vector.at({member.device(), kCommonLane}).number + 1;
    }
    std::string sealed(const crypto::SigningKey& key, std::int64_t number) const {
        const ChainLink link{founder.team(), kCommonLane, number, crypto::digest("another one")};
        const Change change{
            {Stamp::at(1'772'900'000'000), crypto::device_id(key.public_key())},
            {"amina"},
            "unit/post " + std::to_string(number),
            RegisterRowSet{"unit", "post 7", text_of(static_cast<std::uint64_t>(number))}};
        return want(seal_changeset(link, key, {change}));
    }
    Reception take(const std::string& bytes) {
        const TeamId team = founder.team();
        auto open = want(sqlite::Transaction::begin(founder.database()));
        Intake intake{founder.database(), team, Millis{1'773'000'000'000}, open, Folding::at_once,
                      founder.device(),   room};
        const auto receipt = want(intake.take(open_changeset(bytes), bytes));
        want(std::move(open).commit());
        return receipt.reception;
    }
    /// Of the member, `beyond` after the next that could be taken in.
    Reception take_later(std::int64_t beyond) {
        return take(sealed(member.device_key(), number_next + beyond));
    }
    std::int64_t held() {
        auto row = founder.database().query("SELECT count(*) FROM waiting");
        REQUIRE(row.next());
        return row.number(0);
    }
};

}  // namespace

TEST_CASE("of one chain only so many are kept for later", "[journal][waiting]") {
    Post post;
    post.room.ahead = 5;
    CHECK(post.take_later(6) == Reception::waiting);
    CHECK(post.held() == 0);
    CHECK(post.take_later(5) == Reception::waiting);
    CHECK(post.take_later(5) == Reception::waiting);  // again
    CHECK(post.held() == 1);
}

TEST_CASE("what waits is bounded by its bytes, of each member apart and of strangers together",
          "[journal][waiting]") {
    Post post;
    post.room.of_member = kKept * 5 / 2;  // what passes it is the last that is kept
    post.room.of_strangers = kKept * 9 / 2;
    const Entropy entropy = seeded_entropy(7);
    SECTION("a member that leaves gaps fills only its own room") {
        for (std::int64_t beyond = 1; beyond <= 6; ++beyond) post.take_later(beyond);
        CHECK(post.held() == 3);
        post.take(post.sealed(crypto::SigningKey::generate(entropy), 2));
        CHECK(post.held() == 4);
    }
    SECTION("strangers, however many, leave members theirs") {
        for (std::int64_t number = 2; number <= 9; ++number)
            post.take(post.sealed(crypto::SigningKey::generate(entropy), number));
        CHECK(post.held() == 5);
        post.take_later(1);
        CHECK(post.held() == 6);
    }
}

}  // namespace bordereau::storage
