// What a frame of each screen costs with ten thousand rows or a thousand questions, still and while
// scrolling, beside a frame of an empty screen. Drawn without a window: rasterizing is not counted.
// A program of Catch2, since the windowless harness is.
//   bordereau_frames_bench
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "app/screens/history_screen.h"
#include "app/screens/home_screen.h"
#include "app/screens/people_screen.h"
#include "app/screens/review_screen.h"
#include "app/widgets/choices.h"
#include "tests/app/screens/samples.h"
#include "tests/bench/timing.h"
#include "tests/support/frames.h"

namespace bordereau::bench {
namespace {

using namespace app;

constexpr std::size_t kRows = 10'000, kQuestions = 1'000;
constexpr double kWanted = 2;  // milliseconds

/// Rows like the samples', each with a key and a number of its own.
template <class Row, class Name>
std::vector<Row> many(const std::vector<Row>& few, std::size_t count, const Name& name) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
        rows.push_back(few[i % few.size()]);
        name(rows.back(), std::to_string(i));
    }
    return rows;
}

double frame_ms(test::Frames& frames) {
    constexpr int kFrames = 10;
    frames.draw(5);
    return best_ms(9, [&] { frames.draw(kFrames); }) / kFrames;
}

// In the middle of the page, with the pointer over it; two frames a turn.
double scrolled_ms(test::Frames& frames) {
    ImGui::GetIO().AddMousePosEvent(700, 500);
    for (int turn = 0; turn < 100; ++turn) frames.scroll(-10);
    return best_ms(9, [&] { frames.scroll(-3); }) / 2;
}

double floor_ms() {
    test::Frames empty{[] {}};
    return frame_ms(empty);
}

void measure(const char* what, const std::function<void(const text::Words&, Commands&)>& draw,
             float width = 1280) {
    Commands asked;
    test::Frames frames{[&] {
                            draw(*widgets::look().words, asked);
                            asked.clear();
                        },
                        {.width = width}};
    const double still = frame_ms(frames), scrolled = scrolled_ms(frames), floor = floor_ms();
    std::printf("%-44s %7.3f ms still, %7.3f scrolling, an empty screen %.3f; %s\n", what, still,
                scrolled, floor,
                std::max(still, scrolled) < kWanted ? "below 2 ms" : "NOT BELOW 2 ms");
}

}  // namespace

TEST_CASE("frames of long screens", "[bench]") {
    const test::Samples samples;
    HomeView home = samples.home();
    home.rows = many(home.rows, kRows, [](AuditRow& row, const std::string& n) {
        row.audit.text = n;
        row.title += " " + n;
    });
    for (const float width : {1280.0f, 360.0f}) {
        HomeUi ui;
        measure(
            width > 1000 ? "home, 10,000 audits" : "home, 10,000 audits, narrow",
            [&](const text::Words& words, Commands& out) { draw_home(home, ui, words, out); },
            width);
    }
    HomeView found = home;
    found.search = "gate";
    for (AuditRow& row : found.rows) row.found = "Which post? North \xC2\xABgate\xC2\xBB, by day";
    HomeUi found_ui;
    measure("search, 10,000 found", [&](const text::Words& words, Commands& out) {
        draw_home(found, found_ui, words, out);
    });

    HistoryView history = samples.history();
    history.rows =
        many(history.rows, kRows, [](HistoryRow& row, const std::string& n) { row.key = n; });
    HistoryUi history_ui;
    measure("history, 10,000 changes", [&](const text::Words& words, Commands& out) {
        draw_history(history, history_ui, words, out);
    });

    PeopleView people = samples.people();
    people.people = many(people.people, kRows, [](PersonRow& row, const std::string& n) {
        row.name += " " + n;
        row.self = false;
    });
    PeopleUi people_ui;
    measure("people, 10,000", [&](const text::Words& words, Commands& out) {
        draw_people(people, people_ui, words, out);
    });
}

TEST_CASE("frames of an audit with a thousand questions", "[bench]") {
    const test::Samples samples;
    const auto keyed = [](QuestionView& row, const std::string& n) { row.key = n; };
    ReviewView review = samples.review();
    review.questions = many(review.questions, kQuestions, keyed);
    ReviewUi review_ui;
    measure("review, 1,000 questions", [&](const text::Words& words, Commands& out) {
        draw_review(review, review_ui, words, out);
    });
}

TEST_CASE("frames of an open list", "[bench]") {
    std::vector<widgets::Choice> choices;
    for (std::size_t i = 0; i < kRows; ++i)
        choices.push_back({std::to_string(i), "Crossing " + std::to_string(i)});
    std::string value = "5000";
    widgets::DropDownUi ui;
    test::Frames frames{[&] { widgets::drop_down("field", choices, value, ui); }};
    frames.click("field");
    const double still = frame_ms(frames);
    const double typed = best_ms(9, [&] { frames.type("7"); }) / 2;
    std::printf("%-44s %7.3f ms still, %7.3f while typing, an empty screen %.3f; %s\n",
                "choices, 10,000", still, typed, floor_ms(),
                std::max(still, typed) < kWanted ? "below 2 ms" : "NOT BELOW 2 ms");
}

}  // namespace bordereau::bench
