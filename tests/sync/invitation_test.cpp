#include "sync/invitation.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/base/text.h"
#include "sync/base32.h"
#include "tests/support/parties.h"

namespace bordereau::sync {
namespace {

Invitation an_invitation() {
    const test::Pair pair;
    return {{"https://sync.example.org", pair.endpoint.public_key(), {}},
            pair.team,
            "Crossing North",
            storage::Role::supervisor,
            std::string(kSecretSize, '\x5a'),
            test::kNoon};
}

}  // namespace

TEST_CASE("an invitation survives being read aloud", "[sync]") {
    const Invitation invitation = an_invitation();
    std::string code = to_code(invitation);
    SECTION("as printed") {}
    SECTION("in small letters") {
        code = lower_ascii(code);
    }
    SECTION("without dashes, over two lines") {
        std::erase(code, '-');
        code.insert(40, "\n  ");
    }
    SECTION("with look-alikes") {
        std::ranges::replace(code, '0', 'O');
        std::ranges::replace(code, '1', 'l');
    }
    const auto read = read_code(code);
    REQUIRE(read.ok());
    CHECK(*read == invitation);
}

TEST_CASE("a mistyped invitation is told from a good one before anything is sent", "[sync]") {
    const std::string code = to_code(an_invitation());
    int accepted = 0;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == '-') continue;
        std::string mistyped = code;
        mistyped[at] = code[at] == 'W' ? 'X' : 'W';
        accepted += read_code(mistyped).ok() ? 1 : 0;
    }
    CHECK(accepted == 0);
    CHECK(read_code(code.substr(0, code.size() - 6)).error().code == ErrorCode::invalid);
    CHECK(read_code("").error().code == ErrorCode::invalid);
    CHECK(read_code("please join us").error().code == ErrorCode::invalid);
    CHECK(read_code(std::string(100'000, 'A')).error().code == ErrorCode::invalid);
}

TEST_CASE("base32 gives back any bytes, and takes nothing else", "[sync]") {
    const std::string bytes =
        GENERATE(std::string{}, std::string{"f"}, std::string{"fo"}, std::string{"foo"},
                 std::string{"foob"}, std::string{"\0\xff\x10\x80\x7f", 5});
    CHECK(from_base32(to_base32(bytes)) == bytes);
    CHECK(from_base32("U") == std::nullopt);   // not in the alphabet
    CHECK(from_base32("0") == std::nullopt);   // five bits are no byte
    CHECK(from_base32("03") == std::nullopt);  // filling that is not zero
}

}  // namespace bordereau::sync
