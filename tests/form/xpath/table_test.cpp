// Every function and operator by example: tests/data/forms/expressions/*.tsv, one expression a
// line, over the document of the same folder.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/form/values/number.h"
#include "app/form/xpath/functions.h"
#include "storage/base/text.h"
#include "tests/form/xpath/documents.h"

namespace bordereau::form {
namespace {

const std::filesystem::path kTables =
    std::filesystem::path{BORDEREAU_SOURCE_DIR} / "tests/data/forms/expressions";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// Tabs separate: expression, kind of value, expected value; a fourth cell names the context node.
struct Line {
    std::string where, expression, kind, expected, context;
};

std::vector<Line> lines_of_all_tables() {
    std::vector<Line> out;
    for (const auto& entry : std::filesystem::directory_iterator{kTables}) {
        if (entry.path().extension() != ".tsv") continue;
        const std::string table = read_file(entry.path());
        int number = 0;
        for (const std::string_view line : split(table, '\n')) {
            ++number;
            if (line.empty() || line.starts_with('#')) continue;
            const auto cells = split(line, '\t');
            const std::string where =
                entry.path().filename().string() + ":" + std::to_string(number);
            INFO(where);
            REQUIRE(cells.size() >= 3);
            out.push_back({where, std::string{cells[0]}, std::string{cells[1]},
                           std::string{cells[2]},
                           cells.size() > 3 ? std::string{cells[3]} : "/data[1]"});
        }
    }
    return out;
}

// What an expression gives, in the words of the tables.
std::string outcome(const Line& line, const Expression& expression, const Context& context) {
    if (line.kind == "number") {
        const auto number = expression.evaluate_number(context);
        return number ? number_text(*number) : number.error().detail;
    }
    if (line.kind == "boolean") {
        const auto truth = expression.evaluate_boolean(context);
        return !truth ? truth.error().detail : *truth ? "true" : "false";
    }
    if (line.kind == "nodes") {
        const auto nodes = expression.evaluate_nodes(context);
        if (!nodes) return nodes.error().detail;
        std::string out, scratch;
        for (const NodeRef& node : *nodes) {
            if (!out.empty()) out += ' ';
            out += node.tree->string_value(node.index, scratch);
        }
        return out;
    }
    const auto text = expression.evaluate_text(context);
    return text ? *text : text.error().detail;
}

}  // namespace

TEST_CASE("every expression of the tables gives the value beside it", "[form][xpath]") {
    const auto names = std::make_shared<Names>();
    const test::TestDocument document{read_file(kTables / "document.xml"), names, false};
    const Clock clock = fixed_clock(*parse_iso("2026-03-07T14:05:09.250+01:00"), 60);
    Services services = test::services_over(document, clock);
    services.property = [](std::string_view name) { return "the " + std::string{name}; };
    services.choice_label = [](std::string_view value, std::string_view path, NodeRef) {
        return std::string{value} + " of " + std::string{path};
    };
    for (const Line& line : lines_of_all_tables()) {
        INFO(line.where << "  " << line.expression);
        const auto expression = Expression::compile(line.expression, *names);
        if (line.kind == "refused") {
            REQUIRE_FALSE(expression);
            CHECK(expression.error().detail == line.expected);
            continue;
        }
        INFO((expression ? "" : expression.error().detail));
        REQUIRE(expression);
        Context context;
        context.node = document.at("/model[1]" + line.context);
        context.top = document.at("/model[1]").index;
        REQUIRE(context.node.tree != nullptr);
        context.services = &services;
        CHECK(outcome(line, *expression, context) == line.expected);
    }
}

TEST_CASE("every function of the language stands in the tables", "[form][xpath]") {
    std::string all;
    for (const Line& line : lines_of_all_tables()) all += " " + line.expression;
    for (const auto library :
         {xpath::text_functions(), xpath::boolean_functions(), xpath::number_functions(),
          xpath::node_functions(), xpath::date_functions(), xpath::geo_functions(),
          xpath::select_functions(), xpath::form_functions()})
        for (const xpath::Function& function : library) {
            INFO(function.name);
            CHECK(all.find(std::string{function.name} + "(") != std::string::npos);
        }
}

}  // namespace bordereau::form
