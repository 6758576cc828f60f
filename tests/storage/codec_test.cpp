#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <limits>
#include <random>

#include "storage/base/text.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/cbor.h"
#include "storage/journal/change_table.h"
#include "storage/journal/changeset.h"
#include "storage/journal/compress.h"
#include "tests/support/notebooks.h"
#include "tests/support/random_changes.h"

namespace bordereau::storage {
namespace {

using test::all_actions;
using test::code_of;
using test::random_changes;
using test::want;

crypto::SigningKey key_from(std::uint64_t seed) {
    return crypto::SigningKey::generate(seeded_entropy(seed));
}

}  // namespace

TEST_CASE("CBOR is written in its shortest form", "[codec]") {
    // Examples of RFC 8949, appendix A.
    const auto hex = [](auto write) {
        CborWriter out;
        write(out);
        return to_hex(out.out());
    };
    CHECK(hex([](CborWriter& w) { w.number(0); }) == "00");
    CHECK(hex([](CborWriter& w) { w.number(23); }) == "17");
    CHECK(hex([](CborWriter& w) { w.number(24); }) == "1818");
    CHECK(hex([](CborWriter& w) { w.number(1000); }) == "1903e8");
    CHECK(hex([](CborWriter& w) { w.number(1000000000000); }) == "1b000000e8d4a51000");
    CHECK(hex([](CborWriter& w) { w.number(-1); }) == "20");
    CHECK(hex([](CborWriter& w) { w.number(-1000); }) == "3903e7");
    CHECK(hex([](CborWriter& w) { w.text("\xC3\xBC"); }) == "62c3bc");
    CHECK(hex([](CborWriter& w) { w.bytes("\x01\x02"); }) == "420102");
    CHECK(hex([](CborWriter& w) { w.array(2).boolean(true).null(); }) == "82f5f6");
}

TEST_CASE("numbers of every width come back", "[codec]") {
    const auto number =
        GENERATE(values<std::int64_t>({0, 23, 24, 255, 256, 65535, 65536, 4294967295, 4294967296,
                                       std::numeric_limits<std::int64_t>::max(), -1, -24, -25, -256,
                                       -257, std::numeric_limits<std::int64_t>::min()}));
    CborWriter out;
    out.number(number);
    CborReader in{out.out()};
    CHECK(in.number() == number);
    CHECK(in.complete());
}

TEST_CASE("CBOR that is not strict is not read", "[codec]") {
    const char* hex = GENERATE("1800",                // 0 in two bytes
                               "190001",              // 1 in three bytes
                               "1bffffffffffffffff",  // beyond 63 bits
                               "1c", "1f",            // reserved, indefinite
                               "18", "19ff",          // cut short
                               "61", "f7", "");
    const std::string bytes = *from_hex(hex);
    CborReader in{bytes};
    in.number();
    CHECK_FALSE(in.complete());
}

TEST_CASE("a length beyond the bytes at hand allocates nothing", "[codec]") {
    const std::string text = *from_hex("7b7fffffffffffffff"),
                      list = *from_hex("9b7fffffffffffffff");
    CborReader first{text}, second{list};
    CHECK(first.text().empty());
    CHECK_FALSE(first.ok());
    CHECK(second.array() == 0);
    CHECK_FALSE(second.ok());
}

TEST_CASE("text that is not UTF-8 is not read as text", "[codec]") {
    CborWriter out;
    out.text("\xff");
    CborReader in{out.out()};
    in.text();
    CHECK_FALSE(in.ok());
}

TEST_CASE("every kind of action comes back from its bytes", "[codec]") {
    const auto actions = all_actions();
    const auto i = GENERATE_COPY(range(std::size_t{0}, actions.size()));
    const std::string bytes = encode_action(actions[i]);
    CHECK(decode_action(kind_of(actions[i]), bytes) == actions[i]);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(decode_action(kind_of(actions[i]), bytes.substr(0, size)));
    CHECK_FALSE(decode_action(kind_of(actions[i]), bytes + '\0'));
    CHECK_FALSE(decode_action(1000, bytes));
}

TEST_CASE("a change table gives back the changes, and equal sets give equal bytes", "[codec]") {
    const auto seed = GENERATE(range(1u, 40u));
    const auto changes =
        random_changes(seed, static_cast<int>(seed) * 7, 1 + static_cast<int>(seed % 5));
    const std::string bytes = encode_changes(changes);
    CHECK(want(decode_changes(bytes)) == changes);

    auto shuffled = changes;
    shuffled.insert(shuffled.end(), changes.begin(), changes.end());
    std::mt19937 random{seed};
    std::ranges::shuffle(shuffled, random);
    sort_changes(shuffled);
    CHECK(encode_changes(shuffled) == bytes);
}

TEST_CASE("a damaged change table is refused or reads as another, and never harms", "[codec]") {
    const auto changes = random_changes(7, 60, 3);
    const std::string whole = encode_changes(changes);
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK(code_of(decode_changes(std::string_view{whole}.substr(0, size))) ==
              ErrorCode::corrupt);
    std::mt19937 random{3};
    for (int i = 0; i < 5000; ++i) {
        std::string bytes = whole;
        for (unsigned j = 0; j <= random() % 3; ++j)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        if (const auto read = decode_changes(bytes)) {
            auto sorted = *read;
            sort_changes(sorted);
            CHECK(sorted == *read);
            CHECK(want(decode_changes(encode_changes(sorted))) == sorted);
        }
    }
}

TEST_CASE("a change that only a newer program knows is passed over", "[codec]") {
    // Kinds are a column of one-byte numbers: the table's only number above all known kinds.
    auto changes = random_changes(1, 1, 1);
    changes[0].action = CommentResolved{{"c"}};
    std::string bytes = encode_changes(changes);
    const std::string kinds{"\x41\x05", 2};  // a byte string holding 5, comment resolved
    const std::size_t at = bytes.find(kinds);
    REQUIRE(at != std::string::npos);
    bytes[at + 1] = 100;
    CHECK(want(decode_changes(bytes)).empty());
}

TEST_CASE("compressed bytes are not expanded beyond the limit", "[codec]") {
    const std::string bomb = compressed(std::string(std::size_t{1} << 20, 'a'));
    CHECK(bomb.size() < 1000);
    CHECK(want(expanded(bomb, std::size_t{1} << 20)).size() == std::size_t{1} << 20);
    CHECK(code_of(expanded(bomb, (std::size_t{1} << 20) - 1)) == ErrorCode::corrupt);
    CHECK(code_of(expanded("no zstd", 100)) == ErrorCode::corrupt);
}

TEST_CASE("a changeset proves who sealed it and what", "[codec]") {
    const auto key = key_from(1);
    auto changes = random_changes(5, 30, 1);
    for (Change& change : changes) change.version.device = crypto::device_id(key.public_key());
    sort_changes(changes);
    const std::string bytes = want(seal_changeset({{"team"}, {"lane"}, 1, {}}, key, changes));
    const Changeset read = want(read_changeset(bytes));
    CHECK(read.changes == changes);
    CHECK(read.head.chain == ChainId{crypto::device_id(key.public_key()), {"lane"}});
    CHECK(read.head.team == TeamId{"team"});
    CHECK(read.head.number == 1);
    CHECK(read.head.changes == 30);

    SECTION("another signature does not pass") {
        const auto other =
            want(seal_changeset({{"team"}, {"lane"}, 2, read.head.digest}, key, changes));
        CHECK(code_of(read_head(other.substr(0, 64) + bytes.substr(64))) == ErrorCode::corrupt);
    }
    SECTION("changes of another device are not believed") {
        const auto stranger = key_from(2);
        const auto forged = want(seal_changeset({{"team"}, {"lane"}, 1, {}}, stranger, changes));
        CHECK(read_head(forged).ok());
        CHECK(code_of(read_changeset(forged)) == ErrorCode::corrupt);
    }
}

TEST_CASE("an audit of 140 answers costs little more than its answers compressed", "[codec]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    want(notebook.journal().seal_all());
    const VersionVector before = want(notebook.journal().vector());
    const AuditId audit = want(Audits{notebook}.create({"grpa_main"}, "1", "Audit"));
    Answers answers{notebook};
    std::mt19937 random{1};
    std::string json = "{";
    for (int i = 0; i < 140; ++i) {
        const std::string path =
            "/grpa_main/section_" + std::to_string(i / 10) + "/question_" + std::to_string(i);
        std::string value = std::to_string(random() % 5);
        if (i % 7 == 0)
            for (int word = 0; word < 6; ++word)
                value += " " + new_key(seeded_entropy(random()), 6);
        want(answers.record(audit, path, value));
        json += "\"" + path + "\":\"" + value + "\",";
    }
    test::finalize_and_seal(notebook, audit);
    const auto sealed = want(notebook.journal().missing(before, 1 << 20));
    REQUIRE(sealed.size() == 1);
    CHECK(static_cast<double>(sealed[0].bytes.size()) <
          1.6 * static_cast<double>(compressed(json).size()));
}

}  // namespace bordereau::storage
