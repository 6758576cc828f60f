#include "app/present/tables.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "app/present/pages.h"

namespace bordereau::app {
namespace {

QuestionView whole(std::string key, std::string label, std::string value, int depth = 1) {
    QuestionView row{.key = std::move(key), .depth = depth, .label = std::move(label)};
    row.control = Control::integer;
    row.value = std::move(value);
    return row;
}

QuestionView group(std::string key, std::string appearance = {}) {
    QuestionView row{.kind = RowKind::group, .key = std::move(key), .label = "Group"};
    row.appearance = std::move(appearance);
    return row;
}

std::vector<QuestionView> people_served() {
    return {group("g"),
            whole("f1", "Women and girls, under 1 year", "3"),
            whole("f2", "Women and girls, 1-5 years", ""),
            whole("f3", "Women and girls, 6 years and over", "10"),
            whole("m1", "Men and boys, under 1 year", "1"),
            whole("m2", "Men and boys, 1-5 years", "2"),
            whole("m3", "Men and boys, 6 years and over", "1000")};
}

}  // namespace

TEST_CASE("a cell that is wrong is in no total", "[present][tables]") {
    auto served = people_served();
    const auto cell = std::ranges::find(served, "m3", &QuestionView::key);
    REQUIRE(cell != served.end());
    const auto row_totals = [&] {
        return fold_tables(served, text::Language::en).at(1).table->row_totals;
    };
    CHECK(row_totals()[2] == "1,010");
    cell->problem = AnswerProblem::constraint;
    CHECK(row_totals()[2] ==
          "\xE2\x89\xA5\xC2\xA0"
          "10");
}

TEST_CASE("sex by age becomes a table with the longer side downward", "[present][tables]") {
    const auto rows = fold_tables(people_served(), text::Language::en);
    REQUIRE(rows.size() == 2);
    REQUIRE(rows[1].kind == RowKind::table);
    const TableView& table = *rows[1].table;
    CHECK(table.rows == std::vector<std::string>{"under 1 year", "1-5 years", "6 years and over"});
    CHECK(table.columns == std::vector<std::string>{"Women and girls", "Men and boys"});
    REQUIRE(table.cells.size() == 6);
    CHECK(table.cells[2].key == "f2");
    CHECK(table.cells[3].key == "m2");
    // As the form asks: the women of all ages, then the men.
    CHECK(table.in_form == std::vector<std::size_t>{0, 2, 4, 1, 3, 5});

    SECTION("with totals, and at least so many where a cell is not known") {
        CHECK(table.row_totals == std::vector<std::string>{"4",
                                                           "\xE2\x89\xA5\xC2\xA0"
                                                           "2",
                                                           "1,010"});
        CHECK(table.column_totals == std::vector<std::string>{"\xE2\x89\xA5\xC2\xA0"
                                                              "13",
                                                              "1,003"});
        CHECK(table.total ==
              "\xE2\x89\xA5\xC2\xA0"
              "1,016");
    }
    SECTION("and its questions are found in it and come back as rows") {
        CHECK(row_showing(rows, "m3") == &rows[1]);
        CHECK(row_showing(rows, "g") == &rows[0]);
        CHECK(row_showing(rows, "zz") == nullptr);
        CHECK(unfold_tables(rows).size() == 7);
    }
}

TEST_CASE("staff by grade, a counted repeat, becomes a table of its entries", "[present][tables]") {
    std::vector<QuestionView> rows{{.kind = RowKind::repeat, .key = "r", .label = "Staff"}};
    for (const std::string grade : {"officers", "senior officers", "directors"}) {
        rows.push_back({.kind = RowKind::instance, .key = grade, .depth = 1});
        rows.push_back(whole(grade + "/w", "Women in post: " + grade, "1", 2));
        rows.push_back(whole(grade + "/m", "Men in post: " + grade, "2", 2));
    }
    auto folded = fold_tables(rows, text::Language::en);
    REQUIRE(folded.size() == 2);
    CHECK(folded[1].table->rows ==
          std::vector<std::string>{"officers", "senior officers", "directors"});
    CHECK(folded[1].table->column_totals == std::vector<std::string>{"3", "6"});

    SECTION("but entries that a person adds and removes stay as they are") {
        rows[0].can_add = true;
        CHECK(fold_tables(rows, text::Language::en).size() == rows.size());
    }
}

TEST_CASE("what is no full grid of whole numbers stays a list", "[present][tables]") {
    auto rows = people_served();
    SECTION("a place is empty") {
        rows.pop_back();
    }
    SECTION("a place is taken twice") {
        rows.back().label = rows[1].label;
    }
    SECTION("a label names only one side") {
        rows.back().label = "All the others";
    }
    SECTION("something else stands among them") {
        rows[3].control = Control::text;
    }
    SECTION("only one row") {
        rows.erase(rows.begin() + 1, rows.begin() + 4);
    }
    const std::size_t before = rows.size();
    CHECK(fold_tables(rows, text::Language::en).size() == before);
}

TEST_CASE("a sum that cannot be counted is left out, and what is no number too",
          "[present][tables]") {
    auto rows = people_served();
    rows[4].value = rows[5].value = "9223372036854775807";
    rows[1].value = "many";
    const auto folded = fold_tables(rows, text::Language::en);
    CHECK(folded[1].table->column_totals[1].empty());
    CHECK(folded[1].table->column_totals[0] ==
          "\xE2\x89\xA5\xC2\xA0"
          "10");
}

TEST_CASE("labels of Arabic and Chinese forms are cut at their own signs", "[present][tables]") {
    std::vector<QuestionView> arabic{group("g")}, chinese{group("g")};
    for (const std::string a : {"نساء", "رجال"})
        for (const std::string b : {"دون سنة", "1-5"})
            arabic.push_back(whole(a + b, a + "، " + b, "1"));
    for (const std::string a : {"女", "男"})
        for (const std::string b : {"不足1岁", "1-5岁"})
            chinese.push_back(whole(a + b, a + "，" + b, "1"));
    CHECK(fold_tables(arabic, text::Language::ar).size() == 2);
    CHECK(fold_tables(chinese, text::Language::zh).size() == 2);
}

TEST_CASE("one page holds one question with the headings above it", "[present][pages]") {
    std::vector<QuestionView> rows{whole("a", "A", "", 0), group("g"), whole("b", "B", ""),
                                   whole("c", "C", "")};
    CHECK(pages_of(rows) == std::vector<Page>{{0}, {1, 2}, {1, 3}});

    SECTION("a field list is one page") {
        rows[1].appearance = "w1 field-list";
        CHECK(pages_of(rows) == std::vector<Page>{{0}, {1, 2, 3}});
    }
    SECTION("a question is found, and what went leaves its place to the next one") {
        const auto pages = pages_of(rows);
        CHECK(page_with(rows, pages, "c", 0) == 2);
        CHECK(page_with(rows, pages, "gone", 1) == 1);
        CHECK(page_with(rows, pages, "gone", 7) == 2);
        CHECK(page_with(rows, pages, "", -1) == 2);
    }
    SECTION("the view keeps the rows of its page") {
        FillView view;
        view.questions = rows;
        keep_page(view, "b", 0);
        CHECK(view.pages == 3);
        CHECK(view.page == 1);
        REQUIRE(view.questions.size() == 2);
        CHECK(view.questions[1].key == "b");
        CHECK(view.page_key == "b");
    }
    SECTION("no rows, no pages") {
        FillView view;
        keep_page(view, "b", 3);
        CHECK(view.pages == 0);
        CHECK(view.page == 0);
    }
}

TEST_CASE("entries of a repeat have pages under their heading, and the last page adds one",
          "[present][pages]") {
    QuestionView repeat{.kind = RowKind::repeat, .key = "r", .label = "Rooms", .can_add = true};
    QuestionView one{.kind = RowKind::instance, .key = "r[1]", .depth = 1, .label = "Room 1"};
    QuestionView more{.kind = RowKind::addition, .key = "add r", .depth = 1, .label = "Rooms"};
    const std::vector<QuestionView> rows{repeat, one, whole("q", "Use?", "", 2), more};
    CHECK(pages_of(rows) == std::vector<Page>{{1, 2}, {3}});
    CHECK(page_with(rows, pages_of(rows), "r[1]", 1) == 0);
}

}  // namespace bordereau::app
