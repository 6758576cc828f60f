#include "sync/travel_choices.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/settings.h"
#include "sync/http_transport.h"
#include "tests/support/canned_server.h"
#include "tests/support/notebooks.h"

namespace bordereau::sync {
namespace {

using test::code_of;
using test::want;

}  // namespace

TEST_CASE("what was chosen about travelling is there after the notebook was closed",
          "[sync][travel]") {
    const test::TemporaryFolder folder;
    const TravelChoices chosen =
        GENERATE(TravelChoices{}, TravelChoices{"", 0, 0, true, false},
                 TravelChoices{"socks5h://127.0.0.1:9050", 8'000, 32'000, false, true});
    {
        storage::Notebook notebook = test::new_notebook(folder.path() / "n");
        storage::Settings settings{notebook};
        want(keep(settings, {"http://other:1", 2'000, 2'000, true, true}));
        want(keep(settings, chosen));
    }
    storage::Notebook notebook = test::open_as(folder.path() / "n", "amina");
    CHECK(want(travel_choices(storage::Settings{notebook})) == chosen);
}

TEST_CASE("a proxy without an address and a speed at which nothing arrives are not taken",
          "[sync][travel]") {
    const test::TemporaryFolder folder;
    storage::Notebook notebook = test::new_notebook(folder.path() / "n");
    storage::Settings settings{notebook};
    want(keep(settings, {"http://proxy:3128", 0, 0, false, false}));
    const TravelChoices wrong =
        GENERATE(TravelChoices{"proxy"}, TravelChoices{"http://"}, TravelChoices{"ftp://proxy"},
                 TravelChoices{"http://a b"}, TravelChoices{{}, 100}, TravelChoices{{}, 0, 100});
    const Status kept = keep(settings, wrong);
    REQUIRE_FALSE(kept.ok());
    CHECK(kept.error().code == ErrorCode::invalid);
    CHECK(want(travel_choices(settings)).proxy == "http://proxy:3128");
}

TEST_CASE("every request goes as was chosen at that moment", "[sync][travel]") {
    const test::TemporaryFolder folder;
    storage::Notebook notebook = test::new_notebook(folder.path() / "n");
    storage::Settings settings{notebook};
    Request seen;
    const Transport transport = as_chosen(
        choices_of(notebook), [&](const Request& request, std::stop_token) -> Result<Response> {
            seen = request;
            return Response{200, {}, {}};
        });
    want(transport({}, {}));
    CHECK_FALSE(seen.proxy.has_value());
    CHECK(seen.limits.upload_bytes_per_second == 0);
    want(keep(settings, {"", 8'000, 32'000, false, false}));
    want(transport({}, {}));
    CHECK(seen.proxy == "");
    CHECK(seen.limits.upload_bytes_per_second == 8'000);
    CHECK(seen.limits.download_bytes_per_second == 32'000);
    Request slower;
    slower.limits.upload_bytes_per_second = 2'000;
    want(transport(slower, {}));
    CHECK(seen.limits.upload_bytes_per_second == 2'000);
}

}  // namespace bordereau::sync
