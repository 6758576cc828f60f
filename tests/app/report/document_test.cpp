// Rendering: HTML, Markdown, drawings, CSV.
#include "app/report/document.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/report/export.h"
#include "app/report/html.h"
#include "app/report/ink.h"
#include "app/report/markdown.h"
#include "app/report/plots.h"
#include "app/report/svg.h"
#include "tests/app/audit/samples.h"
#include "tests/app/report/english.h"

namespace bordereau::report {
namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

constexpr std::string_view kHostile = "<script>alert(\"1\")</script> & 'x' | *y* [z](q)";

Document hostile() {
    const std::string text{kHostile};
    Document document;
    document.title = document.subtitle = document.banner = text;
    document.blocks = {
        Heading{1, text},
        Paragraph{Paragraph::Kind::quotation, text, {text}, text},
        List{false, {text}},
        Table{text, {{text, Align::start}}, {{Cell{text}}}, text},
        Figure{text, text, Scene{10, 10, {Label{1, 1, text, {}, {}, 13, false}}}, {}},
        Facts{true, {{text, text}}}};
    return document;
}

MirroredBars two_rows() {
    MirroredBars data;
    data.rows = {{"Command", {}, {}, 7}, {"All others", 20, 60, 80}};
    return data;
}

std::vector<std::string> labels_of(const Scene& scene) {
    std::vector<std::string> labels;
    for (const Shape& shape : scene.shapes)
        if (const auto* label = std::get_if<Label>(&shape)) labels.push_back(label->text);
    return labels;
}

/// How wide a label is at most: letters of the fonts used are under 0.62 of their size on average.
double width_of(const Label& label) {
    return 0.62 * label.size * static_cast<double>(label.text.size());
}

void check_inside(const Scene& scene) {
    for (const Shape& shape : scene.shapes) {
        const auto* label = std::get_if<Label>(&shape);
        if (!label) continue;
        double left = label->x;
        if (label->anchor == Label::Anchor::end) left -= width_of(*label);
        if (label->anchor == Label::Anchor::middle) left -= width_of(*label) / 2;
        CAPTURE(label->text);
        CHECK(left >= -1);
        CHECK(left + width_of(*label) <= scene.width + 1);
        CHECK(label->y <= scene.height);
    }
}

}  // namespace

TEST_CASE("text never becomes markup in HTML", "[report][html]") {
    const std::string page = to_html(hostile());
    CHECK_FALSE(has(page, "<script"));
    CHECK(has(page, "&lt;script&gt;"));
    CHECK_FALSE(has(page, "lang=\"<"));
}

TEST_CASE("text never becomes markup in Markdown", "[report][markdown]") {
    const std::string text = to_markdown(hostile());
    CHECK(has(text, "\\<script\\>"));
    CHECK(has(text, "\\*y\\*"));
    CHECK(has(text, "\\[z\\]"));
    CHECK_FALSE(has(text, " | *y"));
}

TEST_CASE("a page needs nothing but itself", "[report][html]") {
    const std::string page = to_html(hostile());
    for (const auto part : {"http://", "https://", "src=", "@import", "<link"}) {
        std::string without = page;
        const std::string name_space = "http://www.w3.org/2000/svg";
        for (auto at = without.find(name_space); at != without.npos; at = without.find(name_space))
            without.erase(at, name_space.size());
        CHECK_FALSE(has(without, part));
    }
}

TEST_CASE("a document from right to left says so and mirrors its figures", "[report][html]") {
    Document document;
    document.language = "ar";
    document.direction = Direction::right_to_left;
    document.blocks = {Figure{"", "", Scene{100, 10, {Box{0, 0, 30, 10, Ink::women}}}, {}}};
    const std::string page = to_html(document);
    CHECK(has(page, "<html lang=\"ar\" dir=\"rtl\">"));
    CHECK(has(page, "<rect x=\"70\""));
}

TEST_CASE("mirroring twice gives the same drawing", "[report][scene]") {
    const Scene scene = draw(two_rows(), english());
    CHECK(to_svg(mirrored(mirrored(scene)), "a", "b") == to_svg(scene, "a", "b"));
    CHECK(to_svg(mirrored(scene), "a", "b") != to_svg(scene, "a", "b"));
}

TEST_CASE("a hidden number is hatched, without a figure and always of one size",
          "[report][plots]") {
    const Scene scene = draw(two_rows(), english());
    std::vector<double> widths;
    for (const Shape& shape : scene.shapes)
        if (const auto* box = std::get_if<Box>(&shape); box && box->ink == Ink::hidden)
            widths.push_back(box->width);
    REQUIRE(widths.size() == 2);
    CHECK(widths[0] == widths[1]);
    const auto labels = labels_of(scene);
    CHECK(std::ranges::find(labels, "7") == labels.end());
    CHECK(std::ranges::find(labels, "60") != labels.end());
}

TEST_CASE("levels print dark on pale and pale on dark", "[report][ink]") {
    CHECK(text_on(level_ink(0)) == Ink::text);
    CHECK(text_on(level_ink(4)) == Ink::paper);
    CHECK(paper_colour(Ink::women) != paper_colour(Ink::men));
}

TEST_CASE("the figures of the worked sample keep their labels inside", "[report][plots]") {
    const audit::Record record = test::sample_audit();
    const std::vector<const audit::Record*> audits{&record};
    check_inside(draw(dot_range(audits, english()), english()));
    check_inside(draw(obstacle_bars(audit::obstacles(audits), english()), english()));
    check_inside(
        draw(incentive_dots(audit::incentives(audits, {2026, 4, 1}), english()), english()));
    check_inside(draw(portfolio_bars(audit::portfolio(audits), english()), english()));
}

TEST_CASE("dimensions that are insufficient or do not apply are said, not drawn as scores",
          "[report][plots]") {
    audit::Record record = test::sample_audit();
    for (const auto item : {"c3a", "c3b", "c3c"}) test::answer(record, item, "na");
    for (const auto item : {"e1", "e2"}) test::answer(record, item, "dk");
    const std::vector<const audit::Record*> audits{&record};
    const DotRange data = dot_range(audits, english());
    CHECK(data.rows[2].not_applicable);
    CHECK(data.rows[7].insufficient);
    const auto labels = labels_of(draw(data, english()));
    CHECK(std::ranges::count(labels, "not applicable") == 1);
    CHECK(std::ranges::count(labels, "insufficient") == 1);
}

TEST_CASE("texts fill in values and refuse to guess", "[report][texts]") {
    const Texts& texts = english();
    CHECK(texts("of", {{"n", "3"}, {"all", "5"}}) == "3 of 5");
    CHECK(texts.choice("grade", "command") == "Command");
    CHECK(texts.choice("grade", "unheard") == "unheard");
}

TEST_CASE("an export holds what its audience may read", "[report][export]") {
    const std::vector<audit::Record> records{test::sample_audit(), test::sample_training()};
    const auto audience = GENERATE(Audience::team, Audience::agency, Audience::public_use);
    const auto files = csv_export(records, {"7", "", {2026, 4, 1}, audience});
    std::string all;
    for (const CsvFile& file : files) all += file.name + "\n" + file.bytes;
    CHECK(has(all, "grpa_main_"));
    CHECK(has(all, "code_book_"));
    CHECK(has(all, "c1a"));
    CHECK(has(all, "t_mode"));
    CHECK(has(all, "d_w") == (audience == Audience::team));
    CHECK(has(all, "e_f_lt1") == (audience == Audience::team));
    CHECK(has(all, "t_pre_w") == (audience == Audience::team));
    CHECK(has(all, "Night shift was not visited") == (audience != Audience::public_use));
}

TEST_CASE("an export quotes what a reader would split or run", "[report][export]") {
    audit::Record record;
    record.header.form = FormId{"f"};
    record.header.audit = AuditId{"id"};
    record.header.state = audit::ReviewState::approved;
    record.answers.values = {{"a", "x, \"y\"\nz"}, {"b", "=1+1"}, {"c", "-5"}};
    const std::vector<audit::Record> records{record};
    const auto files = csv_export(records, {"1", "", {2026, 4, 1}, Audience::team});
    REQUIRE(files.size() == 2);
    CHECK(files[0].name == "f_team.csv");
    CHECK(files[0].bytes ==
          "submission_uuid,instrument_version,release,a,b,c\r\n"
          "id,,1,\"x, \"\"y\"\"\nz\",'=1+1,-5\r\n");
}

TEST_CASE("forms that nobody has classed stay with the team", "[report][export]") {
    audit::Record record;
    record.header.form = FormId{"own_form"};
    record.header.state = audit::ReviewState::approved;
    record.answers.values = {{"women", "1"}};
    const std::vector<audit::Record> records{record};
    CHECK(csv_export(records, {"1", "", {2026, 4, 1}, Audience::agency}).empty());
    CHECK(csv_export(records, {"1", "", {2026, 4, 1}, Audience::team}).size() == 2);
}

TEST_CASE("records that are not approved are not exported", "[report][export]") {
    audit::Record record = test::sample_audit();
    record.header.state = audit::ReviewState::rejected;
    const std::vector<audit::Record> records{record};
    CHECK(csv_export(records, {"1", "", {2026, 4, 1}, Audience::team}).empty());
}

}  // namespace bordereau::report
