#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "app/present/fill.h"
#include "app/present/outline.h"
#include "app/text/words.h"

namespace bordereau::app {
namespace {

const std::string kForm =
    R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml")"
    R"( xmlns:jr="http://openrosa.org/javarosa"><h:head><model>)"
    R"(<instance><data id="f"><name/><lock/><s><age/><weight/><more/><place/><row jr:template="">)"
    R"(<place/><year/></row></s></data></instance>)"
    R"(<instance id="places"><root><item><n>a</n><l>Arva</l><r>1</r></item>)"
    R"(<item><n>b</n><l>Brod</l><r>2</r></item><item><n>c</n><l>Cula</l><r>1</r></item></root>)"
    R"(</instance><bind nodeset="/data/s" readonly="/data/lock = 'yes'"/>)"
    R"(<bind nodeset="/data/s/weight" type="decimal"/>)"
    R"(<bind nodeset="/data/s/age" type="int" constraint=". &lt; 150" required="/data/name != ''")"
    R"( jr:constraintMsg="Too old"/><bind nodeset="/data/s/more" relevant="/data/s/age != ''"/>)"
    R"(</model></h:head><h:body><input ref="/data/name"><label>Name</label></input>)"
    R"(<input ref="/data/lock"><label>Lock</label></input>)"
    R"(<group ref="/data/s"><label>Section</label>)"
    R"(<input ref="/data/s/age"><label>Age of <output value="/data/name"/></label></input>)"
    R"(<input ref="/data/s/weight"><label>Weight</label></input>)"
    R"(<input ref="/data/s/more"><label>More</label></input>)"
    R"(<select1 ref="/data/s/place"><label>Place</label>)"
    R"(<itemset nodeset="instance('places')/root/item"><value ref="n"/><label ref="l"/></itemset>)"
    R"(</select1><group ref="/data/s/row"><label>Row</label><repeat nodeset="/data/s/row">)"
    R"(<select1 ref="/data/s/row/place"><label>Where</label>)"
    R"(<itemset nodeset="instance('places')/root/item[r = /data/s/age]"><value ref="n"/>)"
    R"(<label ref="l"/></itemset></select1><input ref="/data/s/row/year"><label>Year</label></input>)"
    R"(</repeat></group></group></h:body></h:html>)";

form::Session session_of_the_form() {
    const auto loaded = form::load_xform(kForm, {});
    for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(form::to_text(finding));
    REQUIRE(loaded.form);
    form::Environment environment;
    environment.clock = fixed_clock(0);
    environment.entropy = seeded_entropy(1);
    return form::Session::start(loaded.form, environment);
}

class Screen {
public:
    explicit Screen(form::Session& session) : session_(session) {}

    std::vector<QuestionView> rows(std::vector<QuestionView> before = {}) const {
        const auto sections = sections_of(session_);
        return present_rows({words_, fixed_clock(0)}, session_, sections.back(), {}, true,
                            std::move(before));
    }

private:
    form::Session& session_;
    static constexpr std::string_view kWords =
        R"({"fill.no_choices.yet": "Answer {question} first",)"
        R"( "fill.no_choices.for": "Nothing for {question}"})";
    text::Words words_ = std::move(*text::Words::read(text::Language::en, kWords, "{}"));
};

/// All that a screen shows of a row, in a line.
std::string shown(const QuestionView& row) {
    std::string line = row.key + "|" + std::to_string(row.depth) + "|" + row.number + "|" +
                       row.label + "|" + row.value + "|" + row.shown + "|" + row.message + "|" +
                       std::to_string(static_cast<int>(row.problem)) +
                       (row.required ? " required" : "") + (row.readonly ? " readonly" : "");
    if (row.choices)
        for (const ChoiceView& choice : *row.choices) line += "|" + choice.label;
    return line;
}

std::vector<std::string> shown(const std::vector<QuestionView>& rows) {
    std::vector<std::string> lines;
    for (const QuestionView& row : rows) lines.push_back(shown(row));
    return lines;
}

const QuestionView& row_ending(const std::vector<QuestionView>& rows, std::string_view end) {
    for (const QuestionView& row : rows)
        if (row.key.ends_with(end)) return row;
    FAIL("no row ends in " << end);
    return rows.front();
}

}  // namespace

TEST_CASE("rows taken over from the last view are those that would be made anew", "[present]") {
    auto session = session_of_the_form();
    const Screen screen{session};
    auto rows = screen.rows();
    const auto answer = [&](const char* path, const char* text) {
        session.answer(session.find(path), text);
        rows = screen.rows(std::move(rows));
        INFO(path << " = " << text);
        CHECK(shown(rows) == shown(screen.rows()));
    };
    (void)session.add_repeat(session.find("/data/s/row"));
    (void)session.add_repeat(session.find("/data/s/row"));
    rows = screen.rows(std::move(rows));
    CHECK(shown(rows) == shown(screen.rows()));
    answer("/data/s/age", "1");           // shows a question and fills two lists
    answer("/data/s/row[2]/place", "c");  // one row of many
    answer("/data/name", "Ana");          // in a label, and makes a question required
    answer("/data/s/age", "");            // takes the list away, and the answer with it
    answer("/data/s/age", "200");         // against its constraint
    answer("/data/s/place", "b");         // an unfiltered list
    answer("/data/lock", "yes");          // the whole section
    (void)session.remove_repeat(session.find("/data/s/row[1]"));
    answer("/data/s/age", "2");  // rows have moved
}

TEST_CASE("an entry is added below those that are there", "[present]") {
    auto session = session_of_the_form();
    const Screen screen{session};
    const auto kinds = [&] {
        std::vector<RowKind> found;
        for (const QuestionView& row : screen.rows())
            if (row.kind != RowKind::question) found.push_back(row.kind);
        return found;
    };
    CHECK(kinds() == std::vector{RowKind::repeat, RowKind::addition});
    (void)session.add_repeat(session.find("/data/s/row"));
    CHECK(kinds() == std::vector{RowKind::repeat, RowKind::instance, RowKind::addition});
    const auto rows = screen.rows();
    CHECK(rows.back().kind == RowKind::addition);
    CHECK(rows.back().repeat == std::ranges::find(rows, RowKind::repeat, &QuestionView::kind)->key);
    CHECK(rows.back().label == "Row");
}

TEST_CASE("an empty list says which question leaves it empty", "[present]") {
    auto session = session_of_the_form();
    const Screen screen{session};
    session.answer(session.find("/data/name"), "Ana");
    (void)session.add_repeat(session.find("/data/s/row"));
    const auto why = [&] { return row_ending(screen.rows(), "]/place").no_choices; };
    CHECK(why() == "Answer 1. Age of Ana first");
    session.answer(session.find("/data/s/age"), "3");
    CHECK(why() == "Nothing for 1. Age of Ana");
    session.answer(session.find("/data/s/age"), "1");
    CHECK(why().empty());
}

TEST_CASE("a whole number in a decimal question is shown as it was typed", "[present]") {
    auto session = session_of_the_form();
    const Screen screen{session};
    const auto weight = session.find("/data/s/weight");
    session.answer(weight, "5");
    CHECK(session.value(weight) == "5.0");
    CHECK(row_ending(screen.rows(), "/weight").value == "5");
    CHECK(row_ending(screen.rows(), "/weight").shown == "5");
    session.answer(weight, "5.50");
    CHECK(row_ending(screen.rows(), "/weight").value == "5.5");
}

TEST_CASE("an answer that is wrong is left to do", "[present]") {
    auto session = session_of_the_form();
    const auto left = [&] {
        const ProgressView progress = progress_of(session, 0, session.elements().size());
        return progress.total - progress.done;
    };
    session.answer(session.find("/data/s/age"), "3");
    const int before = left();
    session.answer(session.find("/data/s/age"), "three");
    CHECK(left() == before + 1);
}

TEST_CASE("a choice list is made once for all rows that show it", "[present]") {
    auto session = session_of_the_form();
    const Screen screen{session};
    (void)session.add_repeat(session.find("/data/s/row"));
    (void)session.add_repeat(session.find("/data/s/row"));
    session.answer(session.find("/data/s/age"), "1");
    auto rows = screen.rows();
    std::vector<const void*> lists;
    for (const QuestionView& row : rows)
        if (row.label == "Where") lists.push_back(row.choices.get());
    REQUIRE(lists.size() == 2);
    CHECK(lists[0] == lists[1]);

    const void* unfiltered = row_ending(rows, "/s/place").choices.get();
    session.answer(session.find("/data/name"), "Ana");
    rows = screen.rows(std::move(rows));
    CHECK(row_ending(rows, "/s/place").choices.get() == unfiltered);
}

}  // namespace bordereau::app
