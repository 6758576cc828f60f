// What a desk does beside whoever works at it.
#include <catch2/catch_test_macros.hpp>
#include <future>

#include "storage/attachments.h"
#include "tests/support/desks.h"

namespace bordereau::app {
namespace {

using test::want;

void tend(Desk& desk) {
    std::promise<void> done;
    desk.tend_beside([&] { done.set_value(); });
    done.get_future().wait();
}

}  // namespace

TEST_CASE("files are sealed anew after the key changed, and the old key is forgotten",
          "[desk][keys]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "notebook";
    auto desk = test::new_desk(at);
    const AuditId audit = test::small_audit(*desk, folder.path());
    want(storage::Attachments{desk->notebook()}.put(audit, "gate.jpg", "image/jpeg", "a gate"));
    want(desk->notebook().change_key());
    desk.reset();

    desk = test::desk_as(at, "amina");
    CHECK(storage::Attachments{desk->notebook()}.has_old_keys());
    tend(*desk);
    CHECK(want(storage::Attachments{desk->notebook()}.get(audit, "gate.jpg")) == "a gate");
    desk.reset();

    desk = test::desk_as(at, "amina");
    CHECK_FALSE(storage::Attachments{desk->notebook()}.has_old_keys());
    CHECK(want(storage::Attachments{desk->notebook()}.get(audit, "gate.jpg")) == "a gate");
}

}  // namespace bordereau::app
