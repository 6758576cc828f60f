#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/app/screens/filling.h"

namespace bordereau::app {

TEST_CASE("a table is filled in by keys as a spreadsheet is", "[screens][fill][table]") {
    Filling filling{view_of({table_row()})};
    filling.stage->resize(1280, 800);
    CHECK(filling.stage->shows("Women"));
    CHECK(filling.stage->shows("After"));
    CHECK(filling.stage->shows("Total"));
    CHECK(filling.stage->shows("7"));
    const auto answers = [&] {
        std::string all;
        for (const Answer& answer : filling.stage.asked_for<Answer>())
            all += answer.question + "=" + answer.text + " ";
        return all;
    };
    filling.stage->fill("field", "3");  // the first cell
    SECTION("Enter goes down") {
        filling.stage->key(ImGuiKey_Enter);
        filling.stage->draw(3);
        filling.stage->type("5");
        filling.stage->key(ImGuiKey_Enter);
        CHECK(answers() == "w1=3 w2=5 ");
    }
    SECTION("at the foot of a column Enter goes on at the head of the next one") {
        for (const char* typed : {"", "5", "4"}) {
            filling.stage->type(typed);
            filling.stage->key(ImGuiKey_Enter);
            filling.stage->draw(3);
        }
        CHECK(answers() == "w1=3 w2=5 m1=4 ");
    }
    SECTION("Tab goes on") {
        filling.stage->key(ImGuiKey_Tab);
        filling.stage->draw(3);
        filling.stage->type("4");
        filling.stage->key(ImGuiKey_Tab);
        CHECK(answers() == "w1=3 m1=4 ");
    }
    SECTION("the arrows go to the neighbours, and back") {
        filling.stage->key(ImGuiKey_RightArrow);
        filling.stage->draw(3);
        filling.stage->type("4");
        filling.stage->key(ImGuiKey_DownArrow);
        filling.stage->draw(3);
        filling.stage->type("6");
        filling.stage->key(ImGuiKey_LeftArrow);
        filling.stage->draw(3);
        CHECK(answers() == "w1=3 m1=4 ");  // within the text first
        filling.stage->key(ImGuiKey_LeftArrow);
        filling.stage->draw(3);
        filling.stage->type("5");
        filling.stage->key(ImGuiKey_Tab);
        CHECK(answers() == "w1=3 m1=4 m2=6 w2=5 ");
    }
    SECTION("the cell that the keys are at tells its hint") {
        filling.stage->key(ImGuiKey_Enter);
        filling.stage->draw(3);
        CHECK(filling.stage->shows("Hint of w2"));
        CHECK_FALSE(filling.stage->shows("Hint of w1"));
    }
}

TEST_CASE("what is wrong in a cell is said in words below the table", "[screens][fill][table]") {
    QuestionView row = table_row();
    row.table->cells[1].problem = AnswerProblem::constraint;
    row.table->cells[1].message = "Enter a whole number.";
    row.table->cells[2].problem = AnswerProblem::required;
    FillView view = view_of({row});
    view.show_missing = false;
    Filling filling{view};
    filling.stage->resize(1280, 800);
    const std::string dot = " \xC2\xB7 ";
    CHECK(filling.stage->shows(row.table->cells[1].label + dot + "Enter a whole number."));
    CHECK_FALSE(filling.stage->shows(row.table->cells[2].label + dot + "Answer required"));
    filling.view.show_missing = true;
    filling.stage->draw(2);
    CHECK(filling.stage->shows(row.table->cells[2].label + dot + "Answer required"));
}

TEST_CASE("in a narrow window a table is a list of its questions", "[screens][fill][table]") {
    Filling filling{view_of({table_row()})};
    filling.stage->resize(360, 640);
    CHECK_FALSE(filling.stage->shows("Total"));
    filling.stage->draw(2);
    bool asked = false;
    for (const widgets::Item& item : filling.stage->items())
        asked = asked || item.label == "How many are on duty? w1";
    CHECK(asked);
}

TEST_CASE("Enter in the last cell of a table leads to what comes after it",
          "[screens][fill][table]") {
    Filling filling{view_of({table_row(), integer_question("after")})};
    filling.stage->resize(1280, 1400);
    filling.stage->draw(3);
    for (int cell = 0; cell < 5; ++cell) {
        if (cell == 0)
            filling.stage->fill("field", "0");
        else
            filling.stage->type(std::to_string(cell));
        filling.stage->key(ImGuiKey_Enter);
        filling.stage->draw(6);
    }
    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 5);
    CHECK(answers[1].question == "w2");
    CHECK(answers[4].question == "after");
}

TEST_CASE("a wish to see a question of a table brings the table into sight",
          "[screens][fill][table]") {
    std::vector<QuestionView> rows;
    for (int i = 0; i < 60; ++i) rows.push_back(integer_question("q" + std::to_string(i)));
    rows.push_back(table_row());
    Filling filling{view_of(std::move(rows))};
    filling.view.scroll_to = "m2";
    filling.view.scroll_request = 1;
    filling.stage->draw(6);
    CHECK(filling.stage->shows("Women"));
}

TEST_CASE("what is a table in a wide window is asked in the form's order in a narrow one",
          "[screens][fill]") {
    FillView view = test::Samples{}.fill_table();
    TableView& table = *view.questions[1].table;
    std::ranges::reverse(table.in_form);
    FillUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); },
        {.width = 360, .height = 4000});
    CHECK(stage->item(table.cells[1].label).min.y < stage->item(table.cells[0].label).min.y);
}

}  // namespace bordereau::app
