#include "app/desk/trail.h"

#include <algorithm>
#include <catch2/generators/catch_generators.hpp>

#include "app/desk/audit_log.h"
#include "app/desk/review_list.h"
#include "storage/reviews.h"
#include "tests/support/desks.h"

using namespace bordereau;
using namespace bordereau::app;
using namespace bordereau::test;
using Kind = TrailStep::Kind;

namespace {

void answer(Filling& filling, std::string_view question, std::string_view text) {
    want(filling.answer(find_question(filling.session(), question), text));
}

std::vector<Kind> kinds(const std::vector<TrailStep>& steps, std::string_view path) {
    std::vector<Kind> out;
    for (const auto& step : steps)
        if (step.path == path) out.push_back(step.kind);
    return out;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

const report::AuditLogColumns kAll{false, true, true, true};

}  // namespace

TEST_CASE("A trail tells each change with its author, from and to") {
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    const AuditId audit = small_audit(*desk, folder.path());
    auto filling = want(desk->open_audit(audit));
    answer(filling, "place", "North");
    answer(filling, "place", "North gate");
    answer(filling, "staff", "4");
    want(storage::Reviews{desk->notebook()}.comment(audit, "/data/place", "Which side?"));
    const auto steps = want(trail_of(*desk, want(desk->audit(audit))));
    CHECK(steps.front().kind == Kind::begun);
    CHECK(kinds(steps, "/data/place") ==
          std::vector{Kind::answered, Kind::answered, Kind::commented});
    const auto corrected = std::ranges::find(steps, "North gate", &TrailStep::to);
    REQUIRE(corrected != steps.end());
    CHECK(corrected->from == "North");
    CHECK(corrected->login == "amina");
    CHECK(corrected->device == "laptop");
    CHECK_FALSE(corrected->sealed);
    CHECK_FALSE(corrected->unaware);
    CHECK_FALSE(corrected->other_hand);
    CHECK(steps.back().text == "Which side?");
    CHECK(about_question(steps, "staff").size() == 1);
    CHECK(about_question(steps, "/data/place").size() == 3);
}

TEST_CASE("What people read of a trail names rows, and leaves out what the form notes by itself") {
    constexpr std::string_view kForm = R"(
| survey |
| | type         | name  | label            | calculation                     | repeat_count |
| | start        | begun |                  |                                 |              |
| | begin_repeat | grade | Grade            |                                 | 2            |
| | calculate    | title |                  | concat('Grade ', position(..))  |              |
| | integer      | men   | Men in ${title}  |                                 |              |
| | integer      | women | Women            |                                 |              |
| | end_repeat   |       |                  |                                 |              |
| settings |
| | form_id | form_title | version |
| | grades  | Grades     | 1       |
)";
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    std::ofstream{folder.path() / "grades.md"} << kForm;
    REQUIRE(want(desk->forms().import(folder.path() / "grades.md")).form);
    const AuditId audit = want(desk->start_audit(FormId{"grades"}, ""));
    auto filling = want(desk->open_audit(audit));
    answer(filling, "/data/grade[2]/men", "14");
    answer(filling, "/data/grade[2]/women", "3");
    const form::Session& session = filling.session();
    const auto all = want(trail_of(*desk, want(desk->audit(audit))));
    CHECK(std::ranges::any_of(all,
                              [](const TrailStep& step) { return step.path.ends_with("/begun"); }));
    std::vector<std::string> read;
    for (const TrailStep& step : asked_steps(all, session.form()))
        if (step.kind == Kind::answered) read.push_back(asked_at(session, step.path));
    CHECK(read == std::vector<std::string>{"Men in Grade 2", "Grade 2 \xC2\xB7 Women"});
}

TEST_CASE("A sitting ends with a pause of half an hour, another person or another device") {
    const Millis minute = 60'000;
    std::vector<TrailStep> steps(5);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        steps[i].at = static_cast<Millis>(i) * 10 * minute;
        steps[i].author = {"a"};
        steps[i].device = "laptop";
    }
    CHECK(sittings_of(steps).size() == 1);
    steps[4].at += 25 * minute;
    CHECK(sittings_of(steps).size() == 2);
    steps[2].author = {"b"};
    CHECK(sittings_of(steps).size() == 4);
    steps[2].author = {"a"};
    steps[3].device = "other";
    CHECK(sittings_of(steps).size() == 3);
}

TEST_CASE("What was typed at one question in one go is one step, and what tells more stays alone") {
    std::vector<TrailStep> steps;
    const auto typed = [&](Millis at, const char* path, const char* from, const char* to) {
        TrailStep step;
        step.at = at * 1000;
        step.author = {"a"};
        step.device = "laptop";
        step.path = path;
        step.from = from;
        step.to = to;
        steps.push_back(std::move(step));
    };
    const auto told = [&] {
        std::vector<std::string> out;
        for (const TrailStep& step : folded_steps(steps))
            out.push_back(step.path + " " + step.from + ">" + step.to + " " +
                          std::to_string(step.folded));
        return out;
    };
    using Told = std::vector<std::string>;
    typed(0, "/q", "", "a");
    typed(1, "/q", "a", "a road");
    typed(600, "/q", "a road", "a road to");
    CHECK(told() == Told{"/q >a road to 3"});

    SECTION("another question in between: only at once, and told where it ended") {
        typed(610, "/r", "", "1");
        typed(615, "/q", "a road to", "a road to R");
        CHECK(told() == Told{"/r >1 1", "/q >a road to R 4"});
        typed(620, "/r", "1", "2");
        typed(700, "/q", "a road to R", "a road to Rome");
        CHECK(told() == Told{"/q >a road to R 4", "/r >2 2", "/q a road to R>a road to Rome 1"});
    }
    SECTION("after half an hour it is another sitting") {
        typed(600 + 1801, "/q", "a road to", "a path");
        CHECK(told() == Told{"/q >a road to 3", "/q a road to>a path 1"});
    }
    SECTION("back to where it was is to be seen") {
        typed(601, "/q", "a road to", "");
        CHECK(told().size() == 2);
    }
    SECTION("another person, a conflict, a copy, a decision or a state stays by itself") {
        typed(601, "/q", "a road to", "b");
        TrailStep& last = steps.back();
        const auto change = GENERATE(0, 1, 2, 3, 4);
        if (change == 0) last.author = {"b"};
        if (change == 1) last.unaware = true;
        if (change == 2) last.copied_from = AuditId{"other"};
        if (change == 3) last.kind = Kind::settled;
        if (change == 4) last.device = "another";
        CHECK(told().size() == 2);
    }
    SECTION("what was reviewed in between was another answer") {
        TrailStep state;
        state.kind = Kind::state;
        state.at = 605'000;
        steps.push_back(state);
        typed(606, "/q", "a road to", "b");
        CHECK(folded_steps(steps).size() == 3);
    }
}

TEST_CASE("Answers given without knowledge of each other stand out, and so does the decision") {
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    const AuditId audit = small_audit(*desk, folder.path());
    storage::Answers here{desk->notebook()}, there{desk->notebook()};
    want(here.record(audit, "/data/place", "North"));
    want(there.load(audit));
    want(here.record(audit, "/data/place", "North gate"));
    want(there.record(audit, "/data/place", "South gate"));
    want(storage::Answers{desk->notebook()}.decide(audit, "/data/place", "Both gates"));
    auto steps = about_question(want(trail_of(*desk, want(desk->audit(audit)))), "place");
    REQUIRE(steps.size() == 4);
    CHECK_FALSE(steps[1].unaware);
    CHECK(steps[2].unaware);
    CHECK(steps[2].from == "North");
    CHECK(steps[3].kind == Kind::settled);
    CHECK(steps[3].from == "North gate | South gate");
    CHECK_FALSE(steps[3].unaware);
}

TEST_CASE("An officer reads no trail of somebody else's audit") {
    const TemporaryFolder folder;
    AuditId audit;
    {
        auto desk = new_desk(folder.path() / "notebook");
        audit = small_audit(*desk, folder.path());
        want(desk->notebook().add_person("omar", storage::Role::officer, kPassphrase));
    }
    auto desk = desk_as(folder.path() / "notebook", "omar");
    CHECK(code_of(trail_of(*desk, want(desk->audit(audit)))) == ErrorCode::refused);
}

TEST_CASE("The log for ODK names rows by their positions at the time") {
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    const AuditId audit = small_audit(*desk, folder.path());
    auto filling = want(desk->open_audit(audit));
    answer(filling, "place", "Gate \"7\", north");
    const auto repeat = find_repeat(filling.session(), "room");
    const auto first = filling.session().find("/data/room[1]");
    want(filling.add_repeat(repeat));
    want(filling.answer(filling.session().find("/data/room[2]/use"), "search"));
    want(filling.remove_repeat(first));
    want(filling.answer(filling.session().find("/data/room[1]/use"), "interviews"));
    const auto steps = want(trail_of(*desk, want(desk->audit(audit))));
    const std::string csv = report::audit_csv(audit_log_of(steps, filling.session().form()), kAll);
    CAPTURE(csv);
    const auto lines = lines_of(csv);
    CHECK(lines[0] == "event,node,start,end,old-value,new-value,user,change-reason");
    const auto has = [&](const std::string& event, const std::string& rest) {
        return std::ranges::any_of(lines, [&](const std::string& line) {
            return line.starts_with(event) && line.ends_with(rest);
        });
    };
    CHECK(csv.find("instanceID") == std::string::npos);
    CHECK(has("form start,,", ",,,,amina,"));
    CHECK(has("question,/data/place,", ",,\"Gate \"\"7\"\", north\",amina,"));
    CHECK(has("add repeat,/data/room[2],", ",,,amina,"));
    CHECK(has("question,/data/room[2]/use,", ",,search,amina,"));
    CHECK(has("delete repeat,/data/room[1],", ",,,,amina,"));
    CHECK(has("question,/data/room[1]/use,", ",search,interviews,amina,"));
}

TEST_CASE("A form's log has the columns that its audit element asks for, and no others") {
    const TemporaryFolder folder;
    auto desk = new_desk(folder.path() / "notebook");
    const auto columns_of = [&](const std::string& audit_row) {
        const auto file = folder.path() / "logged.md";
        std::ofstream{file} << "| survey |\n| | type | name | label | parameters |\n"
                               "| | text | q | Q | |\n"
                            << audit_row
                            << "| settings |\n| | form_id | version |\n| | logged | 1 |\n";
        const auto read = read_form(bytes_of(file), "logged.md", files_in(folder.path()));
        REQUIRE(read.form != nullptr);
        return audit_columns_of(*read.form);
    };
    CHECK_FALSE(columns_of("").has_value());
    auto columns = columns_of("| | audit | audit | | |\n");
    REQUIRE(columns);
    CHECK(report::audit_csv({}, *columns) == "event,node,start,end\n");
    columns = columns_of("| | audit | audit | | track-changes=true |\n");
    REQUIRE(columns);
    CHECK(report::audit_csv({}, *columns) == "event,node,start,end,old-value,new-value\n");
    columns = columns_of(
        "| | audit | audit | | identify-user=true location-priority=balanced "
        "location-min-interval=60 location-max-age=120 |\n");
    REQUIRE(columns);
    CHECK(report::audit_csv({}, *columns) ==
          "event,node,start,end,latitude,longitude,accuracy,user\n");
}
