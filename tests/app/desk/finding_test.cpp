#include "app/desk/finding.h"

#include <future>

#include "tests/support/desks.h"

using namespace bordereau;
using namespace bordereau::app;
using namespace bordereau::test;

namespace {

AuditId visit(Desk& desk, const AuditId& audit, std::string_view place) {
    auto filling = want(desk.open_audit(audit));
    const auto question = find_question(filling.session(), "place");
    want(filling.answer(question, place));
    return audit;
}

std::vector<AuditId> found(Desk& desk, std::string typed) {
    std::vector<AuditId> ids;
    for (const auto& audit : want(find_audits(desk, {.typed = std::move(typed)})).audits)
        ids.push_back(audit.hit.audit.id);
    return ids;
}

}  // namespace

TEST_CASE("What was found names the question and marks the words") {
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    const AuditId audit =
        visit(*desk, small_audit(*desk, folder.path()), "The North Gate, by the river");
    const auto findings = want(find_audits(*desk, {.typed = "gate"}));
    REQUIRE(findings.audits.size() == 1);
    CHECK(findings.audits[0].hit.audit.id == audit);
    CHECK(findings.audits[0].label == "Which post?");
    CHECK(findings.audits[0].form == "Small visit");
    CHECK(with_marks(findings.audits[0].hit.snippet, findings.audits[0].hit.marks) ==
          "The North «Gate», by the river");
}

TEST_CASE("Filters can be typed among the words") {
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    const AuditId audit = visit(*desk, small_audit(*desk, folder.path()), "North gate");
    CHECK(found(*desk, "gate state:draft person:amina form:small") == std::vector{audit});
    CHECK(found(*desk, "gate state:approved").empty());
    CHECK(found(*desk, "gate form:other").empty());
    CHECK(found(*desk, "gate from:2026-03-07") == std::vector{audit});
    CHECK(found(*desk, "gate to:2026-03-06").empty());
    CHECK(found(*desk, "gate from:2026-03-08").empty());
    for (const char* typed : {"gate state:lost", "gate person:nobody", "gate from:soon"}) {
        const auto findings = want(find_audits(*desk, {.typed = typed}));
        CHECK(findings.audits.empty());
        CHECK(findings.not_understood.size() == 1);
    }
}

TEST_CASE("The index catches up beside the desk and then finds the same") {
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    const AuditId audit = visit(*desk, small_audit(*desk, folder.path()), "North gate");
    CHECK(want(desk->search().waiting()) > 0);
    std::promise<void> done;
    desk->tend_beside([&] { done.set_value(); });
    done.get_future().wait();
    CHECK(want(desk->search().waiting()) == 0);
    CHECK(found(*desk, "north") == std::vector{audit});
}
