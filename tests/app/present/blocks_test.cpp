#include <catch2/catch_test_macros.hpp>

#include <memory>

#include "app/present/blocks.h"

namespace bordereau::app {
namespace {

ChoiceList answers() {
    return std::make_shared<const std::vector<ChoiceView>>(
        std::vector<ChoiceView>{{"yes", "Yes"}, {"no", "No"}});
}

QuestionView select(std::string key, std::string appearance, ChoiceList choices = answers()) {
    QuestionView row{.key = std::move(key), .control = Control::select_one};
    row.appearance = std::move(appearance);
    row.choices = std::move(choices);
    return row;
}

QuestionView number(std::string key, std::string appearance) {
    QuestionView row{.key = std::move(key), .control = Control::integer};
    row.appearance = std::move(appearance);
    return row;
}

std::vector<std::string> keys_of(const std::vector<QuestionView>& rows) {
    std::vector<std::string> keys;
    for (const QuestionView& row : rows) {
        std::string key = row.key;
        if (row.block)
            for (const QuestionView& inside : row.block->questions) key += " " + inside.key;
        keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace

TEST_CASE("rows of a table-list become one table under its heading", "[present][blocks]") {
    const auto rows = fold_blocks({select("head", "label"), select("a", "list-nolabel"),
                                   select("b", "list-nolabel"), select("c", "")},
                                  false);
    REQUIRE(keys_of(rows) == std::vector<std::string>{"block head head a b", "c"});
    CHECK(rows[0].block->choices->size() == 2);
    CHECK(keys_of(unfold_blocks(rows)) == std::vector<std::string>{"head", "a", "b", "c"});
}

TEST_CASE("a table ends where the choices or the group are others", "[present][blocks]") {
    auto more = std::make_shared<const std::vector<ChoiceView>>(
        std::vector<ChoiceView>{{"yes", "Yes"}, {"no", "No"}, {"dk", "Unknown"}});
    auto deeper = select("d", "list-nolabel");
    deeper.depth = 1;
    const auto rows = fold_blocks({select("a", "list-nolabel"), select("b", "list-nolabel"),
                                   select("c", "list-nolabel", more), std::move(deeper)},
                                  false);
    CHECK(keys_of(rows) == std::vector<std::string>{"block a a b", "c", "d"});
}

TEST_CASE("w1 to w10 share a line in a form with the grid theme, and only there",
          "[present][blocks]") {
    const auto asked = [] {
        return std::vector<QuestionView>{number("a", "w1"), number("b", "w3"), number("c", "w2"),
                                         number("d", "w3")};
    };
    CHECK(keys_of(fold_blocks(asked(), true)) == std::vector<std::string>{"block a a b", "c", "d"});
    CHECK(keys_of(fold_blocks(asked(), false)) == std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("a group says how wide its lines are", "[present][blocks]") {
    QuestionView group{.kind = RowKind::group, .key = "g"};
    group.appearance = "w6";
    std::vector<QuestionView> asked{std::move(group), number("a", "w2"), number("b", "w2"),
                                    number("c", "w2")};
    for (std::size_t i = 1; i < asked.size(); ++i) asked[i].depth = 1;
    const auto rows = fold_blocks(std::move(asked), true);
    REQUIRE(keys_of(rows) == std::vector<std::string>{"g", "block a a b c"});
    CHECK(rows[1].block->shares == std::vector{2, 2, 2});
}

}  // namespace bordereau::app
