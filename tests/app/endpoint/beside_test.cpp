// Commands that read what a running endpoint is taking in.
#include "app/endpoint/beside.h"

#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "app/endpoint/open_store.h"
#include "storage/endpoint_folder.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/notebooks.h"

namespace bordereau::app::endpoint {
namespace {

using test::want;

/// An endpoint that has taken an audit in, and not folded it.
struct Scene {
    test::TemporaryFolder folder;
    Place place{folder.path() / "endpoint", {}, {}, {}};
    storage::Notebook north = test::new_notebook(folder.path() / "north");
    storage::ChangesetStore store = want(open_store(place));
    AuditId audit;
    std::ostringstream result, log;
    Output out{result, log};

    Scene() {
        const TeamId team = want(store.found_team("Crossing North"));
        const auto admitted = want(store.admit(
            team, {north.device_key().public_key(), "laptop", storage::Role::officer, {}}));
        want(north.join(team, "Crossing North", admitted.certificate));
        audit = test::draft_with_answers(north, 2);
        want(store.receive(team, test::sealed_by(north)));
        REQUIRE(unfolded() > 0);
    }
    std::int64_t unfolded() const { return want(store.unfolded()); }
    /// By another command of the same folder.
    template <class Asked>
    std::string said_by(Asked asked) {
        asked.data = place;
        asked.wait_seconds = 0;
        result.str({});
        log.str({});
        auto own = want(open_store(place));
        static_cast<void>(carry_out(asked, own, out));
        return result.str();
    }
    bool tells(const std::string& said, const char* what) const {
        return said.find(what) != said.npos;
    }
};

}  // namespace

TEST_CASE("who reads beside a running endpoint leaves folding to it, and says what is missing",
          "[endpoint][beside]") {
    Scene at;
    const auto unfolded = at.unfolded();
    {
        const auto serving = want(storage::begin_serving(at.place.folder));
        const auto another = want(storage::begin_serving(at.place.folder));
        CHECK_FALSE(at.tells(at.said_by(Export{}), "value 2"));
        CHECK(at.tells(at.log.str(), "not read in yet"));
        CHECK_FALSE(at.tells(at.said_by(Show{{}, at.audit}), "value 2"));
        CHECK(at.tells(at.log.str(), "not read in yet"));
        at.said_by(List{});
        CHECK(at.tells(at.log.str(), "not read in yet"));
        at.said_by(List{{}, Listed::devices});
        CHECK(at.log.str().empty());
        CHECK(at.unfolded() == unfolded);
    }
    CHECK(at.tells(at.said_by(Export{}), "value 2"));
    CHECK(at.log.str().empty());
    CHECK(at.unfolded() == 0);
}

TEST_CASE("a running endpoint reads in what was left, and a command beside it waits for that",
          "[endpoint][beside]") {
    Scene at;
    CHECK_FALSE(want(storage::is_served(at.place.folder)));
    test::EndpointProcess endpoint{at.place.folder, 0, {"--log", "quiet"}};
    CHECK(want(storage::is_served(at.place.folder)));
    const test::Ended exported =
        test::run_endpoint({"export", "--data", at.place.folder.string(), "--wait", "600"});
    CHECK(exported.code == 0);
    CHECK(at.tells(exported.output, "value 2"));
    CHECK(at.unfolded() == 0);
    endpoint.stop();
    CHECK_FALSE(want(storage::is_served(at.place.folder)));
}

}  // namespace bordereau::app::endpoint
