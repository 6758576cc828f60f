// What an endpoint says of what it refused: of whom, what was wrong with it, and what to do.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "app/endpoint/page/words.h"
#include "tests/support/crowd.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/field_devices.h"
#include "tests/support/notebooks.h"

namespace bordereau::test {
namespace {

using storage::Fault;
namespace words = app::endpoint::words;

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// As the page has it.
std::string on_page(std::string_view text) {
    return escape_markup(text);
}

std::string digest(const std::string& changeset) {
    return want(storage::read_head(changeset)).digest;
}

/// A changeset of a laptop whose clock is days ahead.
std::string dated_ahead(const TeamId& team, const storage::crypto::SigningKey& key) {
    constexpr Millis kDays = Millis{3} * 24 * 60 * 60 * 1000;
    const DeviceId device = storage::crypto::device_id(key.public_key());
    std::vector<storage::Change> changes{
        {{storage::Stamp::at(system_clock().now() + kDays), device},
         {"amina"},
         "an-audit",
         storage::AuditCreated{{"f"}, "1", "An audit"}}};
    const storage::ChainLink first{team, storage::lane_of_home(device), 1, {}};
    return want(storage::seal_changeset(first, key, std::move(changes)));
}

struct Scene {
    TemporaryFolder folder;
    Entropy entropy = seeded_entropy(7);
    std::string data = folder.path().string();
    Enlisted enlisted = want(enlist(data, 3, entropy));
    EndpointProcess endpoint{data, 0, {"--log", "quiet"}};

    void offer(std::size_t device, std::string changeset) {
        const auto& key = enlisted.devices[device];
        const std::string request = offer_of(enlisted.team, key, {std::move(changeset)}, entropy);
        CHECK(ask(endpoint.port(), http_bytes("POST", "/v1/exchange", request)).status() == 200);
    }
    std::string sealed(std::size_t device) {
        return want(sealed_audit(enlisted.team, enlisted.devices[device], 2, entropy));
    }
    std::string page() { return std::string{get(endpoint.port(), "/status").body()}; }
    std::string id(std::size_t device) const {
        return storage::crypto::device_id(enlisted.devices[device].public_key()).text;
    }
    std::string list() const { return run_endpoint({"list", "--data", data}).output; }
    nlohmann::json refused() const {
        const Ended ended = run_endpoint({"list", "--data", data, "--json"});
        return nlohmann::json::parse(ended.output)["teams"][0]["refused"];
    }
};

}  // namespace

TEST_CASE("what a copied laptop and one with a wrong clock sent is called what it is",
          "[endpoint][refused]") {
    Scene at;
    CHECK(at.refused().empty());
    // The same place in its chain, another content: a copy. Of two the smaller digest stays.
    std::array<std::string, 2> both{at.sealed(0), at.sealed(0)};
    if (digest(both[1]) < digest(both[0])) std::swap(both[0], both[1]);
    for (std::string& one : both) at.offer(0, std::move(one));
    at.offer(1, dated_ahead(at.enlisted.team, at.enlisted.devices[1]));

    const std::string page = at.page();
    for (const Fault fault : {Fault::fork, Fault::ahead}) {
        CHECK(has(page, on_page(words::of(fault))));
        CHECK(has(page, on_page(words::remedy(fault))));
        CHECK(has(page, on_page(words::trouble(fault))));  // among what needs a look
    }
    CHECK_FALSE(has(page, "forged"));
    CHECK(has(page, "<bdi>laptop 0</bdi>"));
    CHECK(has(page, "<bdi>laptop 1</bdi>"));

    const std::string list = at.list();
    CHECK(has(list, "laptop 0  " + at.id(0)));
    CHECK(has(list, "1 changeset " + std::string{words::of(Fault::fork)}));
    CHECK(has(list, words::remedy(Fault::ahead)));
    const auto refused = at.refused();
    REQUIRE(refused.size() == 2);
    for (const auto& row : refused) {
        const bool copied = row["device"] == at.id(0);
        CHECK(row["fault"] == (copied ? "fork" : "ahead"));
        CHECK(row["name"] == (copied ? "laptop 0" : "laptop 1"));
        CHECK(row["changesets"] == 1);
        CHECK(row["first"] == row["latest"]);
    }
}

TEST_CASE("bytes with a wrong signature are called damaged or forged, and nobody's",
          "[endpoint][refused]") {
    Scene at;
    std::string bytes = at.sealed(2);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    at.offer(2, bytes);
    CHECK(has(at.page(), on_page(words::of(Fault::damaged))));
    CHECK(has(at.list(), words::of(Fault::damaged)));
    CHECK(at.refused()[0]["fault"] == "damaged");
}

TEST_CASE("every fault of a changeset has words of its own, and something to do",
          "[endpoint][refused]") {
    std::set<std::string_view> known;
    for (const Fault fault :
         {Fault::damaged, Fault::newer, Fault::other_team, Fault::fork, Fault::broken_link,
          Fault::ahead, Fault::revoked, Fault::beyond_role}) {
        INFO(storage::name_of(fault));
        CHECK(known.insert(words::of(fault)).second);
        CHECK(known.insert(words::remedy(fault)).second);
        CHECK(has(words::of(fault), "forged") == (fault == Fault::damaged));
    }
}

}  // namespace bordereau::test
