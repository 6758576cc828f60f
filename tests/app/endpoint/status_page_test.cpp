// The status page as a browser shows it.
#include "app/endpoint/page/status_page.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "app/endpoint/page/words.h"
#include "tests/support/crowd.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/field_devices.h"
#include "tests/support/notebooks.h"

namespace bordereau::app::endpoint {
namespace {

using storage::AuditState;
using test::want;

/// The document as headless Chromium has it after it ran whatever it would run; empty: no browser.
std::string dom_of(const std::string& url, const std::filesystem::path& profile) {
    const std::string command =
        "timeout 120 chromium --headless --no-sandbox --disable-gpu --user-data-dir='" +
        profile.string() + "' --virtual-time-budget=2000 --dump-dom '" + url + "' 2>/dev/null";
    std::string dom;
    FILE* output = popen(command.c_str(), "r");
    REQUIRE(output != nullptr);
    char piece[4096];
    for (std::size_t got = 0; (got = fread(piece, 1, sizeof piece, output)) > 0;)
        dom.append(piece, got);
    return pclose(output) == 0 ? dom : std::string{};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

StatusView busy_view() {
    StatusView view;
    view.agency = "Border <Guard> & \"Sons\"";
    view.now = 1'772'900'000'000;
    view.totals = {123'456'789, 4'200, 3, 2, 5, 7};
    TeamPart team{{"t"}, "Post <b>7</b>", {}, 2, 5, {}, 4};
    team.audits = {{AuditState::draft, 1}, {AuditState::approved, 3}};
    team.devices.push_back({{"d1"}, "<script>x</script>", storage::Role::officer, true, {}});
    team.devices.push_back(
        {{"d2"}, "laptop", storage::Role::supervisor, false, view.now - 180'000});
    view.teams.push_back(team);
    view.troubles.push_back({{view.now, {"t"}, {"d2"}, "clock", 12}, "Post <b>7</b>", "laptop"});
    return view;
}

}  // namespace

TEST_CASE("the page shows who takes part, where audits stand and what went wrong, all as text",
          "[endpoint][status]") {
    const std::string page = status_page(busy_view());
    CHECK(has(page, "<h1><bdi>Border &lt;Guard&gt; &amp; &quot;Sons&quot;</bdi></h1>"));
    CHECK(has(page, "Post &lt;b&gt;7&lt;/b&gt;"));
    CHECK(has(page, "&lt;script&gt;x&lt;/script&gt;"));
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "<b>7"));
    CHECK(has(page, "<p>4 audits</p>"));
    CHECK(has(page, R"(<rect class="draft" x="0.000" y="0" width="25.000" height="4"/>)"));
    CHECK(has(page, R"(<rect class="approved" x="25.000" y="0" width="75.000" height="4"/>)"));
    CHECK(has(page, R"(aria-label="1 draft, 3 approved")"));
    CHECK(has(page, "3 minutes ago"));
    CHECK(has(page, "revoked"));
    CHECK(has(page, "not heard of yet"));
    CHECK(has(page, "and 4 more"));
    CHECK(has(page, "123.5 MB, 4200 changesets"));
    CHECK(has(page, "3 changesets wait"));
    CHECK(has(page, "7 changesets have come in that the figures above do not count yet"));
    CHECK(has(page, "2 changesets lie in quarantine"));
    CHECK(has(page, "came 5 times more and were not kept"));
    CHECK(has(page, "ten minutes off"));
    CHECK(has(page, "12 times"));
}

TEST_CASE("every way in which a request can end badly has its words", "[endpoint][status]") {
    using sync::Refusal;
    for (const Refusal reason :
         {Refusal::malformed, Refusal::not_a_member, Refusal::clock, Refusal::invitation,
          Refusal::busy, Refusal::full, Refusal::unavailable}) {
        const std::string name{sync::name_of(reason)};
        INFO(name);
        CHECK(words::trouble(name) != name);
    }
}

TEST_CASE("in a real browser the status page holds what it should, and names stay text",
          "[endpoint][status][browser]") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(4);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 3, entropy));
    const std::string injected = "<img src=x onerror=document.title='taken'>";
    REQUIRE(test::run_endpoint(
                {"create", "--data", data.string(), "--agency", "Border Guard", "--team", injected})
                .code == 0);
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet"}};
    for (const AuditState state : {AuditState::finalized, AuditState::draft}) {
        const auto& key = enlisted.devices[state == AuditState::draft];
        const std::string request = test::offer_of(
            enlisted.team, key, {want(test::sealed_audit(enlisted.team, key, 3, entropy, state))},
            entropy);
        CHECK(test::ask(endpoint.port(), test::http_bytes("POST", "/v1/exchange", request))
                  .status() == 200);
    }
    while (!has(std::string{test::get(endpoint.port(), "/metrics").body()},
                "\nbordereau_store_unfolded 0\n")) {
    }
    const std::string dom = dom_of(endpoint.url() + "/status", folder.path() / "browser");
    if (dom.empty()) SKIP("chromium does not start here");
    CHECK(has(dom, "<title>Border Guard</title>"));
    CHECK(has(dom, "&lt;img src=x onerror=document.title='taken'&gt;"));
    CHECK_FALSE(has(dom, "<img"));
    CHECK(has(dom, "Crossing North"));
    CHECK(has(dom, "laptop 2"));
    CHECK(has(dom, "just now"));
    CHECK(has(dom, "<rect class=\"draft\""));
    CHECK(has(dom, "<rect class=\"finalized\""));
}

}  // namespace bordereau::app::endpoint
