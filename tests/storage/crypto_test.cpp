#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/random.h"
#include "storage/crypto/seal.h"
#include "storage/crypto/sign.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage::crypto {

using test::code_of;
using test::want;

TEST_CASE("BLAKE2b-256 gives the published digest", "[crypto]") {
    // Of the empty text, as computed by `b2sum -l 256`.
    CHECK(to_hex(digest("")) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST_CASE("Ed25519 signs as RFC 8032 says", "[crypto]") {
    // RFC 8032, section 7.1, test 1.
    const auto key = SigningKey::from_seed(
        *from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    CHECK(to_hex(key.public_key()) ==
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    CHECK(to_hex(key.sign("")) ==
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
          "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    CHECK(verify(key.sign("a"), "a", key.public_key()));
    CHECK_FALSE(verify(key.sign("a"), "b", key.public_key()));
    CHECK_FALSE(verify("short", "a", key.public_key()));
    CHECK_FALSE(verify(key.sign("a"), "a", "short"));
}

TEST_CASE("pieces of a digest do not run into each other", "[crypto]") {
    const auto of = [](std::string_view a, std::string_view b) {
        Hasher hasher;
        hasher.add(a);
        hasher.add(b);
        return hasher.finish();
    };
    CHECK(of("ab", "c") != of("a", "bc"));
    CHECK(of("ab", "c") == of("ab", "c"));
}

TEST_CASE("what is sealed opens with the same key only, and unchanged only", "[crypto]") {
    const Entropy entropy = system_entropy();
    const Secret key = new_key(entropy), other = new_key(entropy);
    const std::string plain = GENERATE(std::string{}, std::string{"a"}, std::string(5000, 'p'));
    std::string sealed = seal(key, plain, entropy);
    CHECK(want(open(key, sealed)).view() == plain);
    CHECK(sealed != seal(key, plain, entropy));
    CHECK(code_of(open(other, sealed)) == ErrorCode::corrupt);
    CHECK(code_of(open(key, sealed.substr(0, sealed.size() - 1))) == ErrorCode::corrupt);
    CHECK(code_of(open(key, "")) == ErrorCode::corrupt);
    sealed.back() = static_cast<char>(sealed.back() ^ 1);
    CHECK(code_of(open(key, sealed)) == ErrorCode::corrupt);
}

TEST_CASE("a key file that asks for absurd work is refused, not obeyed", "[crypto]") {
    const std::string salt(kSaltSize, 's');
    CHECK(key_from_passphrase("p", salt, least_cost()).ok());
    CHECK(code_of(key_from_passphrase("p", salt, {1, std::uint64_t{1} << 50})) ==
          ErrorCode::invalid);
    CHECK(code_of(key_from_passphrase("p", salt, {1u << 30, least_cost().memory})) ==
          ErrorCode::invalid);
    CHECK(code_of(key_from_passphrase("p", "short", least_cost())) == ErrorCode::invalid);
}

TEST_CASE("keys for different purposes differ, and the same purpose gives the same", "[crypto]") {
    const Secret main = new_key(seeded_entropy(1));
    CHECK(derived_key(main, "a").view() == derived_key(main, "a").view());
    CHECK(derived_key(main, "a").view() != derived_key(main, "b").view());
    CHECK(derived_key(main, "a").view() != main.view());
}

}  // namespace bordereau::storage::crypto
