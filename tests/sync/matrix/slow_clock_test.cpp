// A laptop whose clock was behind: what others said seemed to be from its future, and was set
// aside.
#include <catch2/catch_test_macros.hpp>

#include "tests/sync/matrix/border.h"

namespace bordereau::test {
namespace {

struct Behind : Border {
    TestClock slow;
    storage::Notebook bakary = new_notebook(folder.path() / "bakary", 31, slow);

    Behind() {
        *slow.now = *clock.now;
        admit(bakary, "Bakary", storage::Role::supervisor);
        want(travel(bakary).status);
        *slow.now -= 40 * kDay;
    }
    /// One that is finished on another laptop, and at the endpoint.
    AuditId of_another() {
        const AuditId audit = draft_with_answers(laptop, 2);
        want(storage::Audits{laptop}.finalize(audit));
        want(travel(laptop).status);
        return audit;
    }
    std::size_t aside() { return want(bakary.journal().quarantine()).size(); }
    bool has(const AuditId& audit) { return want(storage::Audits{bakary}.get(audit)).has_value(); }
};

}  // namespace

TEST_CASE(
    "what came while a clock was behind is there once it is right, also where nobody gives it"
    " again",
    "[sync][matrix][clock]") {
    Behind at;
    const AuditId audit = at.of_another();
    static_cast<void>(at.travel(at.bakary));
    CHECK(at.aside() > 0);
    CHECK_FALSE(at.has(audit));

    want(at.store.revoke(at.north, at.bakary.device()));
    *at.slow.now += 40 * kDay;
    const sync::RoundEnd end = at.travel(at.bakary);
    REQUIRE_FALSE(end.status);
    CHECK(end.status.error().code == ErrorCode::refused);
    CHECK(at.aside() == 0);
    CHECK(at.has(audit));
}

}  // namespace bordereau::test
