// Two laptops, a stick, and what travels on it.
#include <catch2/catch_test_macros.hpp>

#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/changeset_store.h"
#include "storage/kept_files.h"
#include "storage/outbox.h"
#include "storage/settings.h"
#include "storage/teams.h"
#include "storage/travel_log.h"
#include "sync/bundling.h"
#include "sync/peer.h"
#include "tests/support/bundles.h"
#include "tests/support/files.h"

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;

// Amina's laptop and Boris's, of one team, which know each other.
struct Laptops {
    TemporaryFolder folder;
    storage::Notebook amina = new_notebook(folder.path() / "amina", 1);
    storage::Notebook boris = new_notebook(folder.path() / "boris", 2);
    fs::path stick = folder.path() / "stick";

    Laptops() {
        team_up(amina, boris);
        fs::create_directory(stick);
    }
    sync::BundleMade to_stick(storage::Notebook& from, bool since_receipt = false) {
        return want(sync::export_bundle(from, {stick, {}, since_receipt, 0}, kGoOn));
    }
    sync::Imported from_stick(storage::Notebook& to) {
        return want(sync::import_bundles(to, {stick}, kGoOn));
    }
    storage::Waiting waiting(storage::Notebook& from, const storage::Notebook& to) {
        return want(storage::Outbox{from, to_hex(to.device_key().public_key())}.waiting());
    }
};

AuditId finished_audit(storage::Notebook& notebook, int answers) {
    const AuditId audit = draft_with_answers(notebook, answers);
    want(notebook.journal().seal(audit));
    return audit;
}

std::int64_t applied_in(const sync::Imported& imported) {
    std::int64_t applied = 0;
    for (const auto& one : imported.bundles) applied += one.taken.applied;
    return applied;
}

}  // namespace

TEST_CASE("what one laptop recorded is on the other after a walk with a stick", "[bundle]") {
    Laptops laptops;
    const AuditId audit = finished_audit(laptops.amina, 5);
    const auto made = laptops.to_stick(laptops.amina);
    REQUIRE(made.files.size() == 1);
    CHECK(made.files.front().filename() == "laptop-1.bordereau-bundle");

    const auto imported = laptops.from_stick(laptops.boris);
    REQUIRE(imported.bundles.size() == 1);
    CHECK(imported.unread.empty());
    CHECK(imported.bundles.front().taken.complete());
    CHECK(answer_at(laptops.boris, audit, "/f/q5") == "value 5");
    CHECK(want(laptops.amina.journal().fold_digest()) ==
          want(laptops.boris.journal().fold_digest()));
}

TEST_CASE("importing a stick twice changes nothing", "[bundle]") {
    Laptops laptops;
    finished_audit(laptops.amina, 5);
    laptops.to_stick(laptops.amina);
    CHECK(applied_in(laptops.from_stick(laptops.boris)) > 0);
    const auto digest = want(laptops.boris.journal().fold_digest());
    const auto again = laptops.from_stick(laptops.boris);
    CHECK(applied_in(again) == 0);
    for (const auto& one : again.bundles) CHECK(one.taken.complete());
    CHECK(want(laptops.boris.journal().fold_digest()) == digest);
}

TEST_CASE("a receipt on the stick tells the sender what arrived", "[bundle]") {
    Laptops laptops;
    finished_audit(laptops.amina, 5);
    laptops.to_stick(laptops.amina);
    CHECK(laptops.waiting(laptops.amina, laptops.boris).changesets > 0);
    const auto imported = laptops.from_stick(laptops.boris);
    REQUIRE(imported.bundles.size() == 1);
    CHECK(fs::exists(imported.bundles.front().receipt));
    CHECK(sync::kReceiptEnding == imported.bundles.front().receipt.extension());

    laptops.from_stick(laptops.amina);
    CHECK(laptops.waiting(laptops.amina, laptops.boris).changesets == 0);
}

TEST_CASE("the next bundle holds only what no receipt has acknowledged", "[bundle]") {
    Laptops laptops;
    finished_audit(laptops.amina, 200);
    const auto first = laptops.to_stick(laptops.amina);
    laptops.from_stick(laptops.boris);

    // Making it looks for receipts on the stick first.
    const auto second = laptops.to_stick(laptops.amina, true);
    CHECK(second.changesets == 0);
    const AuditId audit = finished_audit(laptops.amina, 3);
    const auto third = laptops.to_stick(laptops.amina, true);
    CHECK(third.changesets == 1);
    CHECK(third.bytes < first.bytes);
    laptops.from_stick(laptops.boris);
    CHECK(answer_at(laptops.boris, audit, "/f/q3") == "value 3");

    // Without being asked, it holds everything.
    CHECK(laptops.to_stick(laptops.amina).changesets > third.changesets);
}

TEST_CASE("a bundle back acknowledges what came with the one before", "[bundle]") {
    Laptops laptops;
    finished_audit(laptops.amina, 5);
    const auto there = laptops.to_stick(laptops.amina);
    laptops.from_stick(laptops.boris);
    fs::remove_all(laptops.stick);  // the receipt with it
    fs::create_directory(laptops.stick);
    laptops.to_stick(laptops.boris);
    laptops.from_stick(laptops.amina);
    CHECK(laptops.waiting(laptops.amina, laptops.boris).changesets == 0);
}

TEST_CASE("a bundle for one device opens on that one only", "[bundle]") {
    Laptops laptops;
    storage::Notebook third = new_notebook(laptops.folder.path() / "third", 3);
    team_up(laptops.amina, third);
    const AuditId audit = finished_audit(laptops.amina, 2);
    want(sync::export_bundle(laptops.amina, {laptops.stick, laptops.boris.device(), false, 0},
                             kGoOn));
    const auto refused = want(sync::import_bundles(third, {laptops.stick}, kGoOn));
    REQUIRE(refused.bundles.size() == 1);
    CHECK(refused.bundles.front().taken.refusal == sync::BundleRefusal::not_for_us);
    CHECK(code_of(storage::Answers{third}.load(audit)) == ErrorCode::not_found);
    laptops.from_stick(laptops.boris);
    CHECK(answer_at(laptops.boris, audit, "/f/q1") == "value 1");
}

TEST_CASE("photos travel with the audits that name them", "[bundle]") {
    Laptops laptops;
    const AuditId audit = draft_with_answers(laptops.amina, 1);
    std::string photo(700'000, '\0');
    seeded_entropy(4)({reinterpret_cast<std::uint8_t*>(photo.data()), photo.size()});
    want(storage::Attachments{laptops.amina}.put(audit, "gate.jpg", "image/jpeg", photo));
    want(storage::Attachments{laptops.amina}.put(audit, "empty.txt", "text/plain", ""));
    want(laptops.amina.journal().seal(audit));
    const auto made = laptops.to_stick(laptops.amina);
    CHECK(made.attachments == 2);
    CHECK(made.without == 0);
    const auto imported = laptops.from_stick(laptops.boris);
    REQUIRE(imported.bundles.size() == 1);
    CHECK(imported.bundles.front().taken.attachments == 2);
    CHECK(want(storage::Attachments{laptops.boris}.get(audit, "gate.jpg")) == photo);
    CHECK(want(storage::Attachments{laptops.boris}.get(audit, "empty.txt")).empty());
}

TEST_CASE("photos that are here already do not count as received, nor do one's own", "[bundle]") {
    Laptops laptops;
    const AuditId audit = draft_with_answers(laptops.amina, 1);
    want(storage::Attachments{laptops.amina}.put(audit, "gate.jpg", "image/jpeg", "a photo"));
    want(laptops.amina.journal().seal(audit));
    laptops.to_stick(laptops.amina);
    CHECK(laptops.from_stick(laptops.boris).bundles.front().taken.attachments == 1);
    CHECK(laptops.from_stick(laptops.boris).bundles.front().taken.attachments == 0);
    for (const auto& bundle : laptops.from_stick(laptops.amina).bundles)
        CHECK(bundle.taken.attachments == 0);
    for (const auto& step : want(storage::TravelLog{laptops.amina}.list({}, 0, 20)))
        CHECK(step.event != storage::TravelEvent::received);
}

TEST_CASE("a photo that was damaged on the way comes with the next bundle", "[bundle]") {
    Laptops laptops;
    const AuditId audit = draft_with_answers(laptops.amina, 1);
    std::string photo(700'000, '\0');
    seeded_entropy(4)({reinterpret_cast<std::uint8_t*>(photo.data()), photo.size()});
    want(storage::Attachments{laptops.amina}.put(audit, "gate.jpg", "image/jpeg", photo));
    want(laptops.amina.journal().seal(audit));
    const auto made = laptops.to_stick(laptops.amina);
    {
        std::fstream file{made.files.front(), std::ios::binary | std::ios::in | std::ios::out};
        file.seekp(static_cast<std::streamoff>(made.bytes - 300'000));
        file << "a worn out cell";
    }
    const auto imported = laptops.from_stick(laptops.boris);
    REQUIRE(imported.bundles.size() == 1);
    CHECK(imported.bundles.front().taken.damaged == 1);
    CHECK(imported.bundles.front().taken.incomplete == 1);
    CHECK(answer_at(laptops.boris, audit, "/f/q1") == "value 1");

    const auto next = laptops.to_stick(laptops.amina, true);
    CHECK(next.changesets == 0);
    CHECK(next.attachments == 1);
    laptops.from_stick(laptops.boris);
    CHECK(want(storage::Attachments{laptops.boris}.get(audit, "gate.jpg")) == photo);
}

TEST_CASE("a stick with other files on it is read all the same", "[bundle]") {
    Laptops laptops;
    finished_audit(laptops.amina, 2);
    laptops.to_stick(laptops.amina);
    put_file(laptops.stick / "holiday.jpg", "a photo of somebody's");
    put_file(laptops.stick / "rubbish.bordereau-bundle", std::string(5000, 'x'));
    fs::create_directory(laptops.stick / "folder.bordereau-bundle");
    const auto imported = laptops.from_stick(laptops.boris);
    CHECK(imported.bundles.size() == 1);
    CHECK(imported.unread.size() == 2);
    CHECK(applied_in(imported) > 0);
}

TEST_CASE("a bundle of somebody who is a member no more does not come in", "[bundle]") {
    Laptops laptops;
    storage::Notebook stranger = new_notebook(laptops.folder.path() / "stranger", 4);
    team_up(laptops.amina, stranger);
    want(laptops.amina.revoke(stranger.device(), "lost"));
    want(laptops.amina.journal().seal_all());
    hand_over(laptops.amina, laptops.boris);
    const AuditId audit = finished_audit(stranger, 2);
    laptops.to_stick(stranger);
    const auto imported = laptops.from_stick(laptops.boris);
    REQUIRE(imported.bundles.size() == 1);
    CHECK(imported.bundles.front().taken.refusal == sync::BundleRefusal::stranger);
    CHECK(code_of(storage::Answers{laptops.boris}.load(audit)) == ErrorCode::not_found);
}

TEST_CASE("the first bundle that a new laptop reads introduces its maker", "[bundle]") {
    TemporaryFolder folder;
    storage::Notebook amina = new_notebook(folder.path() / "amina", 1);
    storage::Notebook fresh = new_notebook(folder.path() / "fresh", 2);
    admit(amina, fresh);
    const AuditId audit = finished_audit(amina, 2);
    fs::create_directory(folder.path() / "stick");
    want(sync::export_bundle(amina, {folder.path() / "stick", {}, false, 0}, kGoOn));
    const auto imported = want(sync::import_bundles(fresh, {folder.path() / "stick"}, kGoOn));
    REQUIRE(imported.bundles.size() == 1);
    CHECK(imported.bundles.front().taken.complete());
    CHECK(answer_at(fresh, audit, "/f/q2") == "value 2");
}

TEST_CASE("an officer's laptop gets nothing of other laptops' audits from a stick", "[bundle]") {
    Laptops laptops;
    storage::Notebook officer = new_notebook(laptops.folder.path() / "officer", 3);
    team_up(laptops.amina, officer, storage::Role::officer);
    const AuditId audit = finished_audit(laptops.amina, 2);
    const AuditId own = finished_audit(officer, 3);
    laptops.to_stick(laptops.amina);
    laptops.to_stick(officer);
    const auto imported = laptops.from_stick(officer);
    REQUIRE(imported.bundles.size() == 1);
    CHECK(imported.bundles.front().taken.complete());
    CHECK(code_of(storage::Answers{officer}.load(audit)) == ErrorCode::not_found);
    for (const auto& [chain, end] : want(officer.journal().vector()))
        CHECK((chain.lane == storage::kCommonLane ||
               chain.lane == storage::lane_of_home(officer.device())));
    // A supervisor's gets the officer's.
    laptops.from_stick(laptops.amina);
    CHECK(answer_at(laptops.amina, own, "/f/q3") == "value 3");
}

TEST_CASE("a stick carries audits to an endpoint and from it to a new laptop", "[bundle]") {
    TemporaryFolder folder;
    const fs::path stick = folder.path() / "stick";
    fs::create_directory(stick);
    const TestClock clock;
    auto store = want(
        storage::ChangesetStore::open(folder.path() / "central", clock.clock(), seeded_entropy(9)));
    auto files =
        want(storage::KeptFiles::open(folder.path() / "central" / "files", seeded_entropy(7)));
    const sync::CentralSide central{store, &files, clock.clock(), seeded_entropy(8)};
    const TeamId team = want(store.found_team("Crossing North"));
    const auto joined = [&](const char* name, std::uint64_t seed) {
        storage::Notebook notebook = new_notebook(folder.path() / name, seed, clock);
        const auto admitted = want(store.admit(
            team, {notebook.device_key().public_key(), name, storage::Role::supervisor, {}}));
        want(notebook.join(team, "Crossing North", admitted.certificate));
        storage::Settings settings{notebook};
        want(sync::remember(settings, {"https://sync.example.org", store.key().public_key(), ""}));
        return notebook;
    };
    storage::Notebook amina = joined("amina", 1);
    storage::Notebook boris = joined("boris", 2);
    const AuditId audit = audit_with_file(amina, "a photo");
    want(amina.journal().seal(audit));

    want(sync::export_bundle(amina, {stick, {}, true, 0}, kGoOn));
    const auto at_endpoint = want(sync::import_bundles(central, {stick}, kGoOn));
    REQUIRE(at_endpoint.bundles.size() == 1);
    CHECK(at_endpoint.bundles.front().taken.complete());
    CHECK(at_endpoint.bundles.front().taken.attachments == 1);
    CHECK(want(store.audit(audit)).has_value());

    // The endpoint's receipt is an acknowledgement like one over the network.
    want(sync::import_bundles(amina, {stick}, kGoOn));
    CHECK(want(storage::Outbox{amina, to_hex(store.key().public_key())}.waiting()).changesets == 0);

    const auto made =
        want(sync::export_bundle(central, "Crossing North", {stick, {}, false, 0}, kGoOn));
    const auto at_boris = want(sync::import_bundles(boris, made.files, kGoOn));
    REQUIRE(at_boris.bundles.size() == 1);
    CHECK(at_boris.bundles.front().taken.complete());
    CHECK(answer_at(boris, audit, "/f/q2") == "value 2");
    CHECK(want(storage::Attachments{boris}.get(audit, "photo.jpg")) == "a photo");
    CHECK(code_of(sync::export_bundle(central, "Crossing South", {stick, {}, false, 0}, kGoOn)) ==
          ErrorCode::not_found);
}

TEST_CASE("a notebook that knows nobody else makes no bundle", "[bundle]") {
    TemporaryFolder folder;
    storage::Notebook alone = new_notebook(folder.path() / "alone");
    CHECK(code_of(sync::export_bundle(alone, {folder.path(), {}, false, 0}, kGoOn)) ==
          ErrorCode::refused);
}

TEST_CASE("anybody can say what a bundle is, and nobody what is in it", "[bundle]") {
    Laptops laptops;
    finished_audit(laptops.amina, 2);
    laptops.to_stick(laptops.amina);
    const auto looks = want(sync::inspect_bundles({laptops.stick}, kGoOn));
    REQUIRE(looks.bundles.size() == 1);
    const auto& look = looks.bundles.front();
    CHECK(look.header.team == laptops.amina.team());
    CHECK(look.header.maker == laptops.amina.device_key().public_key());
    CHECK(look.header.number == 1);
    CHECK(look.ended);
    CHECK(look.damaged == 0);
    CHECK(look.blocks > 0);
}

}  // namespace bordereau::test
