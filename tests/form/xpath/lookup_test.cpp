#include "app/form/xpath/lookup.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <vector>

#include "app/form/values/child_index.h"
#include "app/form/values/xml.h"
#include "app/form/xpath/expression.h"

namespace bordereau::form {
namespace {

std::string list_of(const std::vector<std::string>& cells) {
    std::string xml = "<root>";
    for (const auto& cell : cells)
        xml += cell == "-" ? "<item><n/></item>" : "<item><n>" + cell + "</n></item>";
    return xml + "</root>";
}

/// The positions of the rows that a filter leaves, with or without an index.
std::vector<int> left_by(const std::string& filter, const std::string& list,
                         const std::string& answer, bool indexed) {
    auto names = std::make_shared<Names>();
    const auto rows = read_xml(list, names);
    const auto record = read_xml("<data><a>" + answer + "</a></data>", names);
    REQUIRE(rows);
    REQUIRE(record);
    const auto expression = Expression::compile("instance('l')/root/item[" + filter + "]", *names);
    REQUIRE(expression);
    const Lookup lookup{*rows};
    Services services;
    services.instance = [&](std::string_view) -> InstanceSource {
        return {&*rows, indexed ? &lookup : nullptr};
    };
    Context context;
    context.node = {&*record, record->root()};
    context.services = &services;
    const auto found = expression->evaluate_nodes(context);
    REQUIRE(found);
    std::vector<int> positions;
    for (const NodeRef& row : *found) positions.push_back(rows->position(row.index));
    return positions;
}

}  // namespace

TEST_CASE("a filter gives the same rows with an index and without", "[xpath][lookup]") {
    const std::string filter = GENERATE(
        "n = /data/a", "/data/a = n", "n = 2", "selected(/data/a, n)", "is-selected(/data/a, n)",
        "selected(/data/a, n) and n != 'b'", "n = 'a' and selected(/data/a, n)");
    const std::vector<std::string> cells =
        GENERATE(std::vector<std::string>{"a", "b", "a", "c", "b"},
                 std::vector<std::string>{"2", "2.0", "a", " 2", "02", "-"},
                 std::vector<std::string>{"a b", "a", " b ", "b", "-"},
                 std::vector<std::string>{"2020-01-02", "2020-01-03", "2", "b"},
                 std::vector<std::string>{"<x>a</x>", "a", "b"});
    const std::string answer = GENERATE("", "a", "b a", "2", "a b c", "  ", "2020-01-02");
    INFO(filter << " over " << list_of(cells) << " with \"" << answer << "\"");
    CHECK(left_by(filter, list_of(cells), answer, true) ==
          left_by(filter, list_of(cells), answer, false));
}

TEST_CASE("a column may be put in order ahead of the first question", "[xpath][lookup]") {
    auto names = std::make_shared<Names>();
    std::vector<std::string> cells;
    for (int at = 0; at < 500; ++at) cells.push_back("c" + std::to_string(at % 170));
    const auto rows = read_xml(list_of(cells), names);
    REQUIRE(rows);
    const Lookup lookup{*rows};
    const Name item = *names->find("item"), column = *names->find("n");
    lookup.prepare(rows->root(), item, column);
    const auto found = lookup.rows(rows->root(), item, column, "c169");
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK(rows->position((*found)[0]) == 170);
    CHECK(rows->position((*found)[1]) == 340);
    CHECK(lookup.rows(rows->root(), item, column, "c170")->empty());
    CHECK(lookup.rows_among(rows->root(), item, column, "c169 c0 c169")->size() == 5);
}

TEST_CASE("children are indexed whatever numbers their names have", "[tree]") {
    ChildIndex index;
    const std::vector<Name> names{500, 501, 503, 499, 90'000, 3, 90'001, 502, 700'000'000};
    for (const Name name : names) {
        CHECK(index.find(name) == nullptr);
        index.at(name) = {name + 1, name + 2};
    }
    for (const Name name : names) {
        REQUIRE(index.find(name) != nullptr);
        CHECK(index.find(name)->first == name + 1);
    }
    CHECK(index.find(504) == nullptr);
    index.erase(501);
    index.erase(90'000);
    CHECK(index.find(501) == nullptr);
    CHECK(index.find(90'000) == nullptr);
    CHECK(index.find(502)->last == 504);
    CHECK(index.bytes() < 4096);
}

}  // namespace bordereau::form
