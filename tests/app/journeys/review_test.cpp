// A supervisor looks an audit through and approves it; an officer sees that.
#include <catch2/catch_test_macros.hpp>

#include "assets/assets.h"
#include "tests/support/desks.h"
#include "tests/support/form_typist.h"

namespace bordereau::app {
namespace {

// A finished audit of amina's, and mira, who supervises.
AuditId finished(const std::filesystem::path& notebook) {
    const auto desk = test::new_desk(notebook);
    const auto audit = test::want(desk->start_audit(FormId{"grpa_walk"}, ""));
    auto filling = test::want(desk->open_audit(audit));
    for (const auto& step :
         test::want(read_script(assets::find("samples/grpa_walk.tsv").value_or(""))))
        REQUIRE(filling.take(step).ok());
    REQUIRE(filling.finalize().ok());
    REQUIRE(desk->notebook().add_person("mira", storage::Role::supervisor, test::kPassphrase).ok());
    return audit;
}

}  // namespace

TEST_CASE("a supervisor comments and approves what an officer has finished", "[journeys]") {
    const test::TemporaryFolder folder;
    const AuditId audit = finished(folder.path() / "notebook");
    test::VirtualDisplay display{1024, 600};
    test::RealWindow window{display, {.notebook = folder.path() / "notebook"}};
    const auto press = [&](const char* name) {
        window.click(window.bring_into_sight(name, [&] { return window.find(name); }));
    };
    window.click("who");
    window.type("mira");
    window.press("Tab");
    window.type(test::kPassphrase);
    window.click("unlock");
    window.wait_for("need");  // it waits for her

    window.click("need");
    window.wait_for("comment");
    press("comment");
    window.type("Seen from outside");
    press("comment_send");
    window.wait_for("Seen from outside");
    press("review.decide");
    window.wait_for("reason");
    press("approve");
    window.click("approve_sure");  // the comment is open, and that is asked about in sight
    window.wait_for("Approved");
    display.close_window();
    CHECK(window.wait_for_end() == 0);

    const auto desk = test::desk_as(folder.path() / "notebook", "amina");
    CHECK(test::want(desk->audit(audit)).state == storage::AuditState::approved);
}

}  // namespace bordereau::app
