#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "storage/journal/cbor.h"
#include "storage/journal/changeset.h"
#include "storage/journal/compress.h"
#include "storage/journal/pack.h"
#include "storage/journal/pack_columns.h"
#include "tests/support/notebooks.h"
#include "tests/support/random_changes.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::want;

crypto::SigningKey key_from(std::uint64_t seed) {
    return crypto::SigningKey::generate(seeded_entropy(seed));
}

std::string plain(std::string_view changeset) {
    return want(expand_changeset(changeset)).plain();
}

/// One device's changesets of one lane, by chance.
class Chain {
public:
    Chain(std::uint64_t seed, std::string lane, std::int64_t first = 1)
        : key_(key_from(seed)), link_{{"team"}, {std::move(lane)}, first, {}} {
        if (first > 1) link_.previous = std::string(32, 'p');
    }

    std::string next(std::vector<Change> changes) {
        for (Change& change : changes) change.version.device = crypto::device_id(key_.public_key());
        std::string bytes = want(seal_changeset(link_, key_, std::move(changes)));
        const ChangesetHead head = want(read_head(bytes));
        link_.number = head.number + 1;
        link_.previous = head.digest;
        return bytes;
    }
    std::string next(unsigned seed, int changes) {
        return next(test::random_changes(seed, changes, 3));
    }
    void part() { link_.previous = std::string(32, 'q'); }

private:
    crypto::SigningKey key_;
    ChainLink link_;
};

std::vector<std::string> packed_and_back(const std::vector<std::string>& changesets) {
    PackWriter writer;
    for (const std::string& changeset : changesets) REQUIRE(writer.add(changeset));
    REQUIRE(writer.size() == changesets.size());
    return want(unpack(writer.finish()));
}

std::vector<std::string> plain_forms(const std::vector<std::string>& changesets) {
    std::vector<std::string> forms;
    for (const std::string& changeset : changesets) forms.push_back(plain(changeset));
    return forms;
}

/// The columns of a pack, to be changed and written again, all in one frame.
struct TakenApart {
    explicit TakenApart(std::string_view pack) : expanded(want(expanded_first(pack, 1u << 24))) {
        CborReader in{expanded};
        in.array();
        in.number();
        in.text();
        for (int list = 0; list < 4; ++list)
            for (std::size_t left = in.array(); left > 0; --left)
                list == 0 ? in.bytes() : in.text();
        CborWriter there;
        for (std::string& column : columns) {
            const bool apart = in.null();
            column = apart ? want(expanded_first(pack, 1u << 24)) : std::string{in.bytes()};
            apart ? there.null() : there.bytes(column);
        }
        REQUIRE((in.complete() && pack.empty()));
        head = expanded.substr(0, expanded.size() - there.out().size());
    }
    std::string& operator[](PackColumn column) { return columns[static_cast<std::size_t>(column)]; }
    std::string array() const {
        CborWriter out;
        for (const std::string& column : columns) out.bytes(column);
        return head + out.out();
    }
    std::string together() const { return compressed(array()); }

    std::string expanded, head;
    std::array<std::string, kPackColumns> columns;
};

}  // namespace

TEST_CASE("a pack gives every changeset back byte for byte, in its order", "[pack]") {
    const auto seed = GENERATE(range(1u, 30u));
    Chain north{seed, ""}, south{seed + 100, "lane", 7};
    std::vector<std::string> changesets;
    for (unsigned i = 0; i < 9; ++i) {
        if (i == 6) north.part();
        Chain& chain = i % 4 == 3 ? south : north;
        changesets.push_back(chain.next(seed * 10 + i, static_cast<int>(seed % 17) + 1));
    }
    CHECK(packed_and_back(changesets) == plain_forms(changesets));
    SECTION("whichever form they come in") {
        CHECK(packed_and_back(plain_forms(changesets)) == plain_forms(changesets));
    }
    SECTION("and their signatures hold") {
        for (const std::string& one : packed_and_back(changesets)) CHECK(open_changeset(one).ok());
    }
}

TEST_CASE("subjects come back whatever they look like", "[pack]") {
    Chain chain{1, "lane"};
    std::vector<Change> changes;
    std::uint64_t stamp = 1;
    for (const char* subject :
         {"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60", "2F1C8A52-8E0F-4B7E-9A55-0C3B1D2E4F60",
          "2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f6g", "", "unit/N1"})
        changes.push_back({{{stamp++ << 16}, {}}, {"p"}, subject, AuditTaken{"shift"}});
    const std::vector<std::string> one{chain.next(changes), chain.next(changes)};
    CHECK(packed_and_back(one) == plain_forms(one));
}

TEST_CASE("what would not come out of a pack as it is does not go in", "[pack]") {
    Chain chain{1, "lane"};
    const std::string first = chain.next(1, 20);
    PackWriter writer;
    REQUIRE(writer.add(first));
    CHECK_FALSE(writer.add("no changeset"));
    CHECK_FALSE(writer.add(""));
    const auto key = key_from(9);
    auto changes = test::random_changes(4, 5, 1);
    CHECK_FALSE(writer.add(want(seal_changeset({{"other team"}, {"lane"}, 1, {}}, key, changes))));
    // Of many, each as a newer program might write it: some number or text another.
    const std::string whole = plain(chain.next(2, 12));
    std::size_t taken = 0;
    for (std::size_t at = 70; at < whole.size(); ++at)
        for (const int flip : {1, 4, 128}) {
            std::string other = whole;
            other[at] = static_cast<char>(other[at] ^ flip);
            PackWriter one;
            if (!one.add(other)) continue;
            ++taken;
            CHECK(want(unpack(one.finish())) == std::vector{other});
        }
    CHECK(taken > 0);
    CHECK(want(unpack(writer.finish())) == std::vector{plain(first)});
}

TEST_CASE("large columns lie in frames of their own, and what is missing or left over is damage",
          "[pack]") {
    Chain chain{1, "lane"};
    std::vector<std::string> changesets;
    for (unsigned i = 0; i < 50; ++i) changesets.push_back(chain.next(i, 40));
    PackWriter writer;
    for (const std::string& one : changesets) REQUIRE(writer.add(one));
    const std::string pack = writer.finish();
    std::string_view rest = pack;
    want(expanded_first(rest, kMaxPackBytes));
    REQUIRE_FALSE(rest.empty());
    CHECK(want(unpack(pack)) == plain_forms(changesets));
    CHECK(code_of(unpack(pack.substr(0, pack.size() - rest.size()))) == ErrorCode::corrupt);
    CHECK(code_of(unpack(pack.substr(0, pack.size() - 1))) == ErrorCode::corrupt);
    CHECK(code_of(unpack(pack + compressed("more"))) == ErrorCode::corrupt);
}

TEST_CASE("values come back whatever they look like and however often they come", "[pack]") {
    Chain chain{1, "lane"};
    std::vector<std::string> changesets;
    std::uint64_t stamp = 1;
    const auto given = [&](const std::string& path, std::optional<std::string> value) {
        return Change{
            {{stamp++ << 16}, {}}, {"p"}, "audit", AnswerGiven{path, std::move(value), {}}};
    };
    std::mt19937 random{5};
    for (unsigned i = 0; i < 40; ++i) {
        const std::string number = std::to_string(random() % 1'000'000);
        std::vector<Change> changes{
            given("/date", "2026-03-1" + std::to_string(i % 10) + "T0" + std::to_string(i)),
            given("/number", number),
            given("/removed", i % 3 == 0 ? std::nullopt : std::optional{number.substr(0, 2)}),
            given("/words", "Post " + number + " of " + std::string(i, 'x')),
            given("/bytes", std::string{"0\0\xff 9", 5} + static_cast<char>(i)),
            given("/empty", i % 2 == 0 ? "" : "0"),
        };
        for (int j = 0; j < 300; ++j)  // more than one byte can tell
            changes.push_back(given("/many", std::string(static_cast<std::size_t>(j), 'm')));
        changesets.push_back(chain.next(std::move(changes)));
    }
    CHECK(packed_and_back(changesets) == plain_forms(changesets));
}

TEST_CASE("of dates and numbers a pack holds little more than their chance", "[pack]") {
    Chain chain{1, "lane"};
    PackWriter writer;
    std::mt19937 random{5};
    std::uint64_t stamp = 1;
    for (int i = 0; i < 2000; ++i) {
        const std::string date =
            "2026-0" + std::to_string(1 + random() % 9) + "-" + std::to_string(10 + random() % 20) +
            "T1" + std::to_string(random() % 10) + ":" + std::to_string(10 + random() % 50);
        REQUIRE(writer.add(chain.next(
            {{{{stamp++ << 16}, {}}, {"p"}, "audit", AnswerGiven{"/date", date, {}}},
             {{{stamp++ << 16}, {}},
              {"p"},
              "audit",
              AnswerGiven{"/number", std::to_string(10'000 + random() % 90'000), {}}}})));
    }
    // 64 bytes of signature, 16.5 and 16.5 bits of chance.
    CHECK(writer.finish().size() < 2000 * (64 + 6));
}

TEST_CASE("a damaged pack is refused or gives other changesets, and never harms", "[pack]") {
    Chain chain{1, "lane"};
    PackWriter writer;
    for (unsigned i = 0; i < 5; ++i) REQUIRE(writer.add(chain.next(i, 20)));
    const std::string whole = TakenApart{writer.finish()}.array();
    REQUIRE(want(unpack(compressed(whole))).size() == 5);
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK(code_of(unpack(compressed(whole.substr(0, size)))) == ErrorCode::corrupt);
    std::mt19937 random{3};
    for (int i = 0; i < 5000; ++i) {
        std::string bytes = whole;
        for (unsigned j = 0; j <= random() % 3; ++j)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto read = unpack(compressed(bytes));
        if (read) CHECK(read->size() <= whole.size() / 64);
    }
}

TEST_CASE("a pack of few bytes does not become many", "[pack]") {
    Chain chain{1, "lane"};
    std::vector<Change> changes;
    for (std::uint64_t i = 1; i <= 100; ++i)
        changes.push_back({{{i << 16}, {}}, {"p"}, "audit", AnswerGiven{"/f/q", "v", {}}});
    PackWriter writer;
    REQUIRE(writer.add(chain.next(changes)));
    TakenApart pack{writer.finish()};
    REQUIRE(want(unpack(pack.together())).size() == 1);
    REQUIRE(pack[PackColumn::value_bytes] == "v");
    // The value that all hundred answers share is a megabyte now.
    pack[PackColumn::value_sizes] = "\xFF\x80\x80\x40";
    pack[PackColumn::value_bytes] = std::string(1u << 20, 'v');
    CHECK(pack.together().size() < 2000);
    CHECK(code_of(unpack(pack.together())) == ErrorCode::corrupt);
    pack[PackColumn::value_sizes] = "\xFF\x80\x80\x10";
    pack[PackColumn::value_bytes] = std::string(1u << 18, 'v');
    CHECK(want(unpack(pack.together())).front().size() > 100u << 18);
}

TEST_CASE("what follows a large changeset names its digest, which is then not made on unpacking",
          "[pack]") {
    Chain chain{1, "lane"};
    const auto large = [&chain](std::uint64_t from) {
        const std::string text(std::size_t{100} << 10, 'v');
        return chain.next({{{{from << 16}, {}}, {"p"}, "audit", AnswerGiven{"/f/q", text, {}}}});
    };
    const std::vector<std::string> changesets{chain.next(1, 20), chain.next(2, 20), large(1),
                                              large(2), chain.next(3, 20)};
    PackWriter writer;
    for (const std::string& one : changesets) REQUIRE(writer.add(one));
    TakenApart pack{writer.finish()};
    CHECK(pack[PackColumn::previous] ==
          want(read_head(changesets[2])).digest + want(read_head(changesets[3])).digest);
    CHECK(want(unpack(pack.together())) == plain_forms(changesets));
}

TEST_CASE("alike changesets take less in a pack than each by itself", "[pack]") {
    Chain chain{1, "lane"};
    PackWriter writer;
    std::size_t apart = 0;
    for (unsigned i = 0; i < 50; ++i) {
        const std::string one = chain.next(i, 40);
        apart += one.size();
        REQUIRE(writer.add(one));
    }
    CHECK(writer.finish().size() < apart * 6 / 10);
}

}  // namespace bordereau::storage
