#include "app/form/xpath/expression.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/values/xml.h"
#include "app/form/xpath/pattern.h"
#include "tests/form/xpath/documents.h"

namespace bordereau::form {
namespace {

Expression compiled(std::string_view text, Names& names) {
    Result<Expression> expression = Expression::compile(text, names);
    INFO(text << (expression ? "" : ": " + expression.error().detail));
    REQUIRE(expression);
    return std::move(expression).value();
}

std::string described(const Reference& reference, const Names& names) {
    std::string out;
    if (reference.start == ReferenceStart::context) out = ".";
    if (reference.start == ReferenceStart::instance) out = "instance(" + reference.instance + ")";
    for (const ReferenceStep& step : reference.steps) {
        out += '/';
        if (step.kind == ReferenceStepKind::parent) out += "..";
        if (step.kind == ReferenceStepKind::anything) out += "*";
        if (step.kind == ReferenceStepKind::attribute) out += '@';
        if (step.name != kNoName) out += names.text(step.name);
        if (step.filtered) out += "[]";
    }
    if (reference.counts_siblings) out += " siblings";
    if (reference.any_instance) out += " any";
    return out;
}

std::string references_of(std::string_view text) {
    Names names;
    const Expression expression = compiled(text, names);
    std::string out;
    for (const Reference& reference : expression.references()) {
        if (!out.empty()) out += ", ";
        out += described(reference, names);
    }
    return out;
}

}  // namespace

TEST_CASE("an expression names every path that it reads", "[form][xpath]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>(
        {{"/data/a + ../b", "/data/a, ./../b"},
         {"1 + 2", ""},
         {".", "."},
         {"/data/rep[x = /data/y]/a", "/data/rep/x, /data/y, /data/rep[]/a"},
         {"instance('c')/root/item[k = current()/../q]/name",
          "instance(c)/root/item/k, ./../q, instance(c)/root/item[]/name"},
         {"count(/data/rep)", "/data/rep"},
         {"position(..)", "./.. siblings"},
         {"sum(//n)", "/*/n"},
         {"/data/a/@b", "/data/a/@b"},
         {"randomize(instance('c')/root/item, ../seed)", "./../seed, instance(c)/root/item"},
         {"indexed-repeat(/data/r/a, /data/r, ../i)", "/data/r/a any, /data/r any, ./../i"},
         {"jr:choice-name(../c, ' /data/c ')", "/data/c, ./../c"},
         {"pulldata('c', 'name', 'k', ../q)", "instance(c), ./../q"},
         {"string-length()", "."},
         {"once(random())", ""},
         {"following-sibling::a", "./../*"},
         {"(/data/a | /data/b)/c", "/data/a/*, /data/b/*"}}));
    INFO(text);
    CHECK(references_of(text) == expected);
}

TEST_CASE("a reference is resolved from a context, with its own instances shared",
          "[form][xpath]") {
    Names names;
    const std::vector<Name> context{names.intern("data"), names.intern("rep"), names.intern("b")};
    const auto [text, path, own] =
        GENERATE(table<std::string, std::string, std::size_t>({{"../a", "data/rep/a", 2},
                                                               {"../../rep/a", "data/rep/a", 1},
                                                               {"/data/rep/a", "data/rep/a", 2},
                                                               {"/data/rep/b", "data/rep/b", 3},
                                                               {"/data/rep[1]/a", "data/rep/a", 1},
                                                               {"/data/other", "data/other", 1},
                                                               {".", "data/rep/b", 3},
                                                               {"..", "data/rep", 2}}));
    INFO(text);
    const Expression expression = compiled(text, names);
    const auto resolved = resolve(*(expression.references().end() - 1), context);
    REQUIRE(resolved);
    std::string found;
    for (const Name name : resolved->path) found += (found.empty() ? "" : "/") + names.text(name);
    CHECK(found == path);
    CHECK(resolved->own == own);
}

TEST_CASE("an expression tells whether it is a literal, a plain path or volatile",
          "[form][xpath]") {
    Names names;
    CHECK(std::get<bool>(*compiled("true()", names).literal()));
    CHECK(std::get<std::string>(*compiled("'x'", names).literal()) == "x");
    CHECK_FALSE(compiled("1 + 1", names).literal());
    CHECK(compiled(" /data/a ", names).plain_reference() != nullptr);
    CHECK(compiled("current()/../a", names).plain_reference() != nullptr);
    CHECK(compiled("/data/a[1]", names).plain_reference() == nullptr);
    CHECK(compiled("string(/data/a)", names).plain_reference() == nullptr);
    for (const char* text : {"now()", "concat('a', uuid())", "once(1)", "randomize(/data/a)"})
        CHECK(compiled(text, names).is_volatile());
    CHECK_FALSE(compiled("randomize(/data/a, 3)", names).is_volatile());
    CHECK_FALSE(compiled("format-date('2024-01-01', '%Y')", names).is_volatile());
}

TEST_CASE("nodes that are not relevant are no part of a node-set", "[form][xpath]") {
    const auto names = std::make_shared<Names>();
    Tree tree = *read_xml("<d><r><n>1</n></r><r><n>2</n></r><g><q>7</q></g></d>", names);
    const NodeIndex second = tree.next(tree.first_child(tree.root()));
    tree.set_relevant(second, false);
    tree.set_relevant(tree.last_child(tree.root()), false);
    const Services services;
    const auto text = [&](const char* expression, NodeIndex node) {
        Context context;
        context.node = {&tree, node};
        context.services = &services;
        return *compiled(expression, *names).evaluate_text(context);
    };
    CHECK(text("count(/d/r)", tree.root()) == "1");
    CHECK(text("sum(/d/r/n)", tree.root()) == "1");
    CHECK(text("/d/g/q", tree.root()).empty());
    CHECK(text("position(/d/r[1])", tree.root()) == "1");
    // From inside, the way up stays open; what is read there is not.
    CHECK(text("../q", tree.first_child(tree.last_child(tree.root()))).empty());
    CHECK(text("../../r[1]/n", tree.first_child(second)) == "1");
    CHECK(text("/d/r/n", tree.first_child(second)).empty());
}

TEST_CASE("a list's rows are found by index as by scan", "[form][xpath]") {
    const auto names = std::make_shared<Names>();
    std::string xml = "<root>";
    for (int i = 0; i < 500; ++i)
        xml += "<item><name>n" + std::to_string(i) + "</name><k>" + std::to_string(i % 7) +
               "</k><g>" + (i % 2 == 0 ? "even" : "odd") + "</g></item>";
    const Tree list = *read_xml(xml + "</root>", names);
    const Lookup lookup{list};
    const Tree data = *read_xml("<data><k>3</k><g>odd</g><none/></data>", names);
    const std::string filter = GENERATE(
        "k = /data/k", "k = 3", "k = '3'", "3 = k", "k = '03'", "k = 3.0", "k = 2.5",
        "k = /data/k and g = /data/g", "g = 'odd' and k = 3", "k = /data/none", "k = /data/nothing",
        "k = current()/k", "k != 3 and g = 'odd'", "./k = 3", "k = 3 and position() < 20",
        "k = 3 or g = 'odd'", "k = string(/data/k)", "g = true()", "k = /data/*");
    INFO(filter);
    const Expression expression = compiled("instance('x')/root/item[" + filter + "]/name", *names);
    const auto run = [&](const Lookup* index) {
        Services services;
        services.instance = [&](std::string_view) {
            return InstanceSource{&list, index, Tree::document()};
        };
        Context context;
        context.node = {&data, data.root()};
        context.services = &services;
        std::string out;
        const NodeSet found = *expression.evaluate_nodes(context);
        for (const NodeRef& node : found) out += list.text(node.index) + " ";
        return out;
    };
    CHECK(run(&lookup) == run(nullptr));
}

TEST_CASE("an expression too deep, too long or too costly ends with a clear error",
          "[form][xpath]") {
    Names names;
    const auto refused = [&](const std::string& text) {
        const auto expression = Expression::compile(text, names);
        REQUIRE_FALSE(expression);
        return expression.error().detail;
    };
    CHECK(refused(std::string(300, '(') + "1" + std::string(300, ')'))
              .ends_with("nested too deeply"));
    CHECK(refused(std::string(200'000, ' ')).ends_with("the expression is too long"));
    std::string chain = "1";
    for (int i = 0; i < 2'000; ++i) chain += " = 1";
    CHECK(refused(chain).ends_with("nested too deeply"));

    const auto shared = std::make_shared<Names>();
    std::string xml = "<d>";
    for (int i = 0; i < 400; ++i) xml += "<a/>";
    const Tree tree = *read_xml(xml + "</d>", shared);
    const Services services;
    Context context;
    context.node = {&tree, tree.root()};
    context.services = &services;
    const auto result = compiled("//*[//*[//*[//*[. = 'x']]]]", *shared).evaluate_boolean(context);
    REQUIRE_FALSE(result);
    CHECK(result.error().detail.ends_with("the expression takes too many steps"));
}

TEST_CASE("comparing, joining and collecting much ends with a clear error", "[form][xpath]") {
    const auto names = std::make_shared<Names>();
    std::string xml = "<d>";
    for (int i = 0; i < 8'000; ++i) xml += "<a>x</a><b>y</b>";
    const Tree tree = *read_xml(xml + "</d>", names);
    const Services services;
    Context context;
    context.node = {&tree, tree.root()};
    context.services = &services;
    const auto why = [&](const std::string& text) {
        const auto result = compiled(text, *names).evaluate_text(context);
        return result ? "gave " + *result : result.error().detail;
    };
    CHECK(why("/d/a = /d/b").ends_with("the expression takes too many steps"));
    const std::string kilobyte(1'000, 'z');
    CHECK(why("join('" + kilobyte + "', /d/a)").ends_with("the result is longer than 4 MB"));
    CHECK(why("count(/d/a/..//a/..//b)") == "gave 8000");
}

TEST_CASE("a pattern that could search for ever finds nothing instead", "[form][xpath]") {
    const auto pattern = xpath::Pattern::compile("(a+)+(b|c)*((a*)*)*");
    REQUIRE(pattern);
    CHECK_FALSE(pattern->matches(std::string(60, 'a') + "!"));
    CHECK(pattern->matches("aab"));
    CHECK_FALSE(xpath::Pattern::compile(std::string(2'000, '(') + std::string(2'000, ')')));
    CHECK_FALSE(xpath::Pattern::compile("((a{60000}){60000}){60000}"));
}

TEST_CASE("long chains of one operator are not deep", "[form][xpath]") {
    Names names;
    std::string text = "false()";
    for (int i = 0; i < 3'000; ++i) text += " or selected('a b', 'c')";
    const Tree tree{std::make_shared<Names>()};
    const Services services;
    Context context;
    context.node = {&tree, Tree::document()};
    context.services = &services;
    CHECK_FALSE(*compiled(text, names).evaluate_boolean(context));
}

TEST_CASE("days lie whole days apart, in summer and in winter", "[form][xpath]") {
    // Tirana in 2026: summer time from 29 March, 01:00 UTC, to 25 October, 01:00 UTC.
    Services services;
    services.clock.now = [] { return *parse_iso("2026-06-15T08:00:00.000+02:00"); };
    services.clock.utc_offset_minutes = [](Millis at) {
        return at >= *parse_iso("2026-03-29T01:00:00Z") && at < *parse_iso("2026-10-25T01:00:00Z")
                   ? 120
                   : 60;
    };
    const auto names = std::make_shared<Names>();
    const Tree tree = *read_xml("<d><a>2026-03-01</a></d>", names);
    Context context;
    context.node = {&tree, tree.root()};
    context.services = &services;
    const auto [text, expected] = GENERATE(table<std::string, std::string>(
        {{"date('2026-03-31') - date('2026-03-01')", "30"},
         {"'2026-11-01' - '2026-10-01'", "31"},
         {"today() - /d/a", "106"},
         {"date(decimal-date-time('2026-10-20') + 10)", "2026-10-30"},
         {"date(decimal-date-time('2026-03-20') + 10)", "2026-03-30"},
         {"date(today() + 180)", "2026-12-12"},
         {"date('2026-10-25') + 1 = date('2026-10-26')", "true"},
         {"date('2026-03-29') + 1 = date('2026-03-30')", "true"},
         {"now() >= today()", "true"},
         {"date(now()) = today()", "true"},
         {"today()", "2026-06-15"},
         {"now()", "2026-06-15T08:00:00.000+02:00"},
         {"date-time('2026-06-15T08:00')", "2026-06-15T08:00:00.000+02:00"},
         {"date-time('2026-01-15T08:00')", "2026-01-15T08:00:00.000+01:00"},
         {"decimal-time('2026-06-15T06:00:00Z') * 24", "8"}}));
    INFO(text);
    CHECK(*compiled(text, *names).evaluate_text(context) == expected);
}

TEST_CASE("results are stored as their data type wants them", "[form][xpath]") {
    const Clock clock = fixed_clock(*parse_iso("2026-03-07T14:05:09.250+01:00"), 60);
    const Moment day = *parse_moment("2024-02-29", clock);
    const Moment instant = *parse_moment("2024-02-29T10:20:30.400+01:00", clock);
    const auto [value, type, expected] = GENERATE_COPY(table<Value, std::string, std::string>(
        {{5.0, "string", "5"},
         {5.7, "int", "5"},
         {-5.7, "int", "-5"},
         {5.0, "decimal", "5"},
         {0.1 + 0.2 - 0.3 + 1, "string", "1"},
         {1e22, "string", "10000000000000000000000"},
         {0.0000001, "decimal", "0.0000001"},
         {0.0 / -1, "string", "0"},
         {std::numeric_limits<double>::quiet_NaN(), "string", ""},
         {std::numeric_limits<double>::infinity(), "string", "Infinity"},
         {true, "string", "true"},
         {false, "boolean", "false"},
         {day, "string", "2024-02-29"},
         {day, "dateTime", "2024-02-29T00:00:00.000+01:00"},
         {instant, "date", "2024-02-29"},
         {instant, "time", "10:20:30.400+01:00"},
         {instant, "string", "2024-02-29T10:20:30.400+01:00"},
         {std::string{"5.7"}, "int", "5"},
         {std::string{"abc"}, "int", "abc"},
         {std::string{"NaN"}, "string", ""},
         {std::string{"2024-2-9"}, "date", "2024-02-09"}}));
    CHECK(stored_text(value, type, clock) == expected);
}

}  // namespace bordereau::form
