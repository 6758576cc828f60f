// The history of an audit as people read it.
#include <algorithm>

#include "app/desk/audit_log.h"
#include "app/desk/trail.h"
#include "tests/app/stage/setting.h"

namespace bordereau::app {

TEST_CASE(
    "a paragraph that was recorded word by word is one line of the history, and whole in the "
    "log",
    "[stage][history]") {
    Setting on;
    on.found();
    on.small();
    for (const char* text : {"The", "The north", "The north gate"})
        on.ask(Answer{"/data/place", text});
    on.ask(GoTo{Place::history});
    std::vector<HistoryRow> rows;
    for (const HistoryRow& row : on.stage.views().history.rows)
        if (row.question == "/data/place") rows.push_back(row);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].from == "");
    CHECK(rows[0].to == "The north gate");
    CHECK(rows[0].why == "3 changes in one go");

    Filling& filling = *on.stage.filling();
    const auto steps = test::want(trail_of(*on.stage.desk(), filling.summary()));
    const auto log = audit_log_of(steps, filling.session().form());
    CHECK(std::ranges::count(log, "/data/place", &report::AuditLogRow::node) == 3);
}

}  // namespace bordereau::app
