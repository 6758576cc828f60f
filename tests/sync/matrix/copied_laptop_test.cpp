// Two laptops that went on with one notebook: what each of them says of its audits afterwards.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/outbox.h"
#include "storage/travel_log.h"
#include "tests/sync/matrix/border.h"

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;
using storage::Delivery;
using storage::TravelEvent;

struct Copies : Border {
    std::unique_ptr<storage::Notebook> original, copy;

    Copies() {
        const fs::path at = folder.path() / "amina";
        {
            storage::Notebook amina = new_notebook(at, 21, clock);
            admit(amina, "Amina", storage::Role::officer);
            before = finished(amina);
            want(travel(amina).status);
        }
        fs::copy(at, folder.path() / "copy", fs::copy_options::recursive);
        original = opened("amina", 31);
        copy = opened("copy", 41);
    }
    std::unique_ptr<storage::Notebook> opened(const char* name, std::uint64_t seed) const {
        return std::make_unique<storage::Notebook>(
            open_as(folder.path() / name, "amina", seed, clock));
    }
    static AuditId finished(storage::Notebook& notebook) {
        const AuditId audit = draft_with_answers(notebook, 2);
        want(storage::Audits{notebook}.finalize(audit));
        return audit;
    }
    storage::Outbox outbox(storage::Notebook& notebook) const {
        return {notebook, sync::outbox_name(peer())};
    }
    static bool was(TravelEvent event, storage::Notebook& notebook, const AuditId& audit) {
        return std::ranges::any_of(
            want(storage::TravelLog{notebook}.list(audit, 0, 100)),
            [event](const storage::TravelEntry& entry) { return entry.event == event; });
    }
    static std::int64_t times(TravelEvent event, storage::Notebook& notebook) {
        return std::ranges::count(want(storage::TravelLog{notebook}.list({}, 0, 100)), event,
                                  &storage::TravelEntry::event);
    }
    bool is_held(const AuditId& audit) const { return want(store.audit(audit)).has_value(); }

    AuditId before;
};

}  // namespace

TEST_CASE("an audit on the branch of a copied laptop that lost is not said to be acknowledged",
          "[sync][matrix][outbox]") {
    Copies at;
    const int further = GENERATE(1, 3);  // how far the original went on, before the copy travels
    std::vector<AuditId> of_original;
    for (int i = 0; i < further; ++i) of_original.push_back(Copies::finished(*at.original));
    const AuditId of_copy = Copies::finished(*at.copy);
    want(at.travel(*at.original).status);
    static_cast<void>(at.travel(*at.copy));
    static_cast<void>(at.travel(*at.original));
    static_cast<void>(at.travel(*at.copy));

    const bool copy_lost = !at.is_held(of_copy);
    storage::Notebook& lost = copy_lost ? *at.copy : *at.original;
    const AuditId losing = copy_lost ? of_copy : of_original.front();
    storage::Notebook& stayed = copy_lost ? *at.original : *at.copy;
    const AuditId staying = copy_lost ? of_original.front() : of_copy;
    CHECK(at.is_held(staying));
    CHECK_FALSE(at.is_held(losing));

    CHECK(want(at.outbox(lost).delivery(losing)) == Delivery::waiting);
    CHECK(want(at.outbox(lost).waiting()).changesets > 0);
    if (copy_lost) CHECK_FALSE(Copies::was(TravelEvent::acknowledged, lost, losing));
    CHECK(want(at.outbox(stayed).delivery(staying)) == Delivery::acknowledged);
    CHECK(Copies::was(TravelEvent::acknowledged, stayed, staying));
    // What both had brought before stays acknowledged on both.
    CHECK(want(at.outbox(lost).delivery(at.before)) == Delivery::acknowledged);
    CHECK(want(at.outbox(stayed).delivery(at.before)) == Delivery::acknowledged);
}

TEST_CASE("what a round refuses of a copied laptop is told once, however often it comes up",
          "[sync][matrix][outbox]") {
    Copies at;
    Copies::finished(*at.original);
    Copies::finished(*at.copy);
    want(at.travel(*at.original).status);
    static_cast<void>(at.travel(*at.copy));
    const auto refused = Copies::times(TravelEvent::refused, *at.copy);
    static_cast<void>(at.travel(*at.original));
    CHECK(refused + Copies::times(TravelEvent::refused, *at.original) == 1);
}

}  // namespace bordereau::test
