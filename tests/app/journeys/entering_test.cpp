// A form with every kind of question that keys answer, and entries to add, filled without a mouse.
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "tests/support/desks.h"
#include "tests/support/form_typist.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type                  | name   | label                    | appearance | relevant        |
| | begin_group           | visit  | The visit                |            |                 |
| | text                  | post   | Which post?              |            |                 |
| | date                  | day    | Which day?               |            |                 |
| | time                  | hour   | At what hour?            |            |                 |
| | select_one yesno      | room   | A room apart?            |            |                 |
| | text                  | which  | Which room?              |            | ${room} = 'yes' |
| | select_multiple means | means  | By what means?           |            |                 |
| | select_one towns      | town   | Which town?              | minimal    |                 |
| | text                  | seen   | What was seen?           | multiline  |                 |
| | acknowledge           | agreed | All have agreed          |            |                 |
| | end_group             |        |                          |            |                 |
| | begin_group           | counts | Who was there            |            |                 |
| | begin_group           | shift  | On duty                  |            |                 |
| | integer               | w_day  | Women, by day            |            |                 |
| | integer               | w_dark | Women, by night          |            |                 |
| | integer               | m_day  | Men, by day              |            |                 |
| | integer               | m_dark | Men, by night            |            |                 |
| | end_group             |        |                          |            |                 |
| | decimal               | hours  | How long is a shift?     |            |                 |
| | end_group             |        |                          |            |                 |
| | begin_group           | found  | What was found           |            |                 |
| | begin_repeat          | item   | Finding                  |            |                 |
| | text                  | what   | What is it?              |            |                 |
| | select_one yesno      | urgent | Is it urgent?            |            |                 |
| | end_repeat            |        |                          |            |                 |
| | text                  | last   | Anything else?           |            |                 |
| | end_group             |        |                          |            |                 |
| choices |
| | list_name | name  | label     |
| | yesno     | yes   | Yes       |
| | yesno     | no    | No        |
| | means     | docs  | Documents |
| | means     | talks | Talks     |
| | means     | walk  | A walk    |
| | towns     | arva  | Arva      |
| | towns     | brod  | Brod      |
| | towns     | cula  | Cula      |
| settings |
| | form_id | form_title | version |
| | visit   | Visit      | 1       |
)";

constexpr std::string_view kAnswers =
    "/data/visit/post\tPost 7\n"
    "/data/visit/day\t2026-02-16\n"
    "/data/visit/hour\t06:30\n"
    "/data/visit/room\tyes\n"
    "/data/visit/which\tThe one behind\n"
    "/data/visit/means\tdocs walk\n"
    "/data/visit/town\tbrod\n"
    "/data/visit/seen\tTwo lanes, one closed.\n"
    "/data/visit/agreed\tOK\n"
    "/data/counts/shift/w_day\t4\n"
    "/data/counts/shift/w_dark\t1\n"
    "/data/counts/shift/m_day\t9\n"
    "/data/counts/shift/m_dark\t8\n"
    "/data/counts/hours\t7.5\n"
    "/data/found/item[1]/what\tNo lamp\n"
    "/data/found/item[1]/urgent\tno\n"
    "+ /data/found/item\n"
    "/data/found/item[2]/what\tNo water\n"
    "/data/found/item[2]/urgent\tyes\n"
    "/data/found/last\tNothing\n";

AuditId begun(Desk& desk, const std::filesystem::path& folder) {
    const auto file = folder / "visit.md";
    std::ofstream{file} << kForm;
    REQUIRE(test::want(desk.forms().import(file)).form);
    return test::want(desk.start_audit(FormId{"visit"}, ""));
}

auto named(std::string_view id) {
    return [id](const test::Shown& item) { return item.id == id; };
}

}  // namespace

TEST_CASE("questions of every kind, a table and entries are filled by keys, to a finalized audit",
          "[journeys]") {
    const test::TemporaryFolder folder;
    const auto notebook = folder.path() / "notebook";
    const auto beside = test::new_desk(folder.path() / "beside");
    const AuditId meant = begun(*beside, folder.path());
    const AuditId audit = begun(*test::new_desk(notebook), folder.path());
    test::VirtualDisplay display{1024, 600};
    test::RealWindow window{display, {.notebook = notebook}};
    test::FormTypist hands{window, test::want(beside->open_audit(meant))};
    hands.come_to("who", named("who"));
    window.type("amina");
    window.press("Tab");
    window.type(test::kPassphrase);
    window.press("Return");
    window.wait_for("row");
    hands.come_to("the audit", named("row"));
    window.press("space");
    window.wait_for("undo");

    const auto steps = test::want(read_script(kAnswers));
    hands.take(steps);
    hands.finalize();
    display.close_window();
    CHECK(window.wait_for_end() == 0);

    const auto desk = test::desk_as(notebook, "amina");
    CHECK(test::want(desk->audit(audit)).state == storage::AuditState::finalized);
    const auto recorded = test::want(desk->read_audit(audit));
    for (const ScriptStep& step : steps) {
        if (step.kind != ScriptStep::Kind::answer) continue;
        CAPTURE(step.path);
        const auto& value = recorded.session().value(recorded.session().find(step.path));
        CHECK_FALSE(value.empty());
        if (step.path.ends_with("hour"))  // the window has a time zone of its own
            CHECK(value.starts_with(step.value));
        else
            CHECK(value == hands.session().value(hands.session().find(step.path)));
    }
}

}  // namespace bordereau::app
