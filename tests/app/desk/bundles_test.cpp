// Two laptops without a network: recorded on one, reviewed on the other, corrected on the first.
#include <catch2/catch_test_macros.hpp>

#include "tests/support/bundles.h"
#include "tests/support/desks.h"

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;

// Amina's laptop at the post, and Noor's at the office.
struct Offices {
    TemporaryFolder folder;
    std::unique_ptr<app::Desk> post, office;
    fs::path stick = folder.path() / "stick";

    Offices() {
        fs::create_directory(stick);
        office = desk_of("office", "noor", 1);
        post = desk_of("post", "amina", 2);
        team_up(office->notebook(), post->notebook());
    }
    std::unique_ptr<app::Desk> desk_of(const char* name, const char* person, std::uint64_t seed) {
        return want(app::Desk::create(folder.path() / name,
                                      {person, std::string{kPassphrase}, "Crossing North", name},
                                      test_services(seed)));
    }
    // Written on one laptop, carried, and read on the other.
    sync::Imported carry(app::Desk& from, app::Desk& to) {
        want(want(from.bundle_to({stick, std::nullopt, true, 0}))(kGoOn));
        return want(want(to.bundles_from({stick}))(kGoOn));
    }
    storage::AuditState state(app::Desk& desk, const AuditId& audit) {
        return want(desk.audit(audit)).state;
    }
    static std::string answer(app::Desk& desk, const AuditId& audit, const char* question) {
        auto filling = want(desk.read_audit(audit));
        return filling.session().value(filling.session().find(question));
    }
};

void fill(app::Desk& desk, const AuditId& audit, const char* place) {
    auto filling = want(desk.open_audit(audit));
    want(filling.answer(filling.session().find("/data/place"), place));
    want(filling.finalize());
}

}  // namespace

TEST_CASE("an audit is recorded, reviewed, returned and corrected over a stick", "[desk][bundle]") {
    Offices offices;
    app::Desk& post = *offices.post;
    app::Desk& office = *offices.office;
    const AuditId audit = small_audit(post, offices.folder.path());
    fill(post, audit, "Nort Gate");

    for (const auto& one : offices.carry(post, office).bundles) CHECK(one.taken.complete());
    CHECK(offices.state(office, audit) == storage::AuditState::finalized);
    storage::Reviews reviews{office.notebook()};
    want(reviews.comment(audit, "/data/place", "Which gate?"));
    want(reviews.send_back(audit, "One question"));

    offices.carry(office, post);
    CHECK(offices.state(post, audit) == storage::AuditState::has_issues);
    CHECK(want(storage::Reviews{post.notebook()}.comments(audit)).size() == 1);
    fill(post, audit, "North Gate");

    offices.carry(post, office);
    CHECK(offices.state(office, audit) == storage::AuditState::edited);
    CHECK(Offices::answer(office, audit, "/data/place") == "North Gate");
    want(reviews.approve(audit, ""));

    offices.carry(office, post);
    CHECK(offices.state(post, audit) == storage::AuditState::approved);
    CHECK(want(post.notebook().journal().fold_digest()) ==
          want(office.notebook().journal().fold_digest()));
}

TEST_CASE("no bundle is written where a folder was mistyped", "[desk][bundle]") {
    Offices offices;
    const fs::path mistyped = offices.folder.path() / "stikk";
    const auto refused = offices.post->bundle_to({mistyped, std::nullopt, true, 0});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::not_found);
    CHECK(offices.post->bundle_to({mistyped / "b.bordereau-bundle", std::nullopt, true, 0})
              .error()
              .code == ErrorCode::not_found);
    want(want(offices.post->bundle_to(
        {offices.stick / "b.bordereau-bundle", std::nullopt, true, 0}))(kGoOn));
    CHECK(fs::exists(offices.stick / "b.bordereau-bundle"));
}

TEST_CASE("a device is found by its name or by the beginning of its id", "[desk][bundle]") {
    Offices offices;
    const DeviceId office = offices.office->notebook().device();
    CHECK(want(offices.post->find_device("office")) == office);
    CHECK(want(offices.post->find_device(office.text)) == office);
    CHECK(want(offices.post->find_device(office.text.substr(0, 12))) == office);
    CHECK(code_of(offices.post->find_device("nobody")) == ErrorCode::not_found);
    CHECK(code_of(offices.post->find_device("")) == ErrorCode::not_found);
}

}  // namespace bordereau::test
