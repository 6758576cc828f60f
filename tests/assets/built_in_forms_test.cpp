// The forms that come with the program, and the worked samples for them.
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/xlsform/xlsform.h"
#include "assets/assets.h"
#include "storage/base/text.h"
#include "tests/assets/sample.h"

namespace bordereau::form::test {
namespace {

std::string value_of(const Session& session, std::string_view path) {
    const auto node = session.find(path);
    return node == NodeId{} ? "(not there)" : session.value(node);
}

std::size_t occurrences(std::string_view text, std::string_view piece) {
    std::size_t count = 0;
    for (auto at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1))
        ++count;
    return count;
}

/// The entries of the first column of an embedded list, header aside.
std::set<std::string> names_in(std::string_view file) {
    std::set<std::string> names;
    const auto lines = split(*assets::find(file), '\n');
    for (const auto line : lines)
        if (!line.empty() && !line.starts_with("name,"))
            names.emplace(line.substr(0, line.find(',')));
    return names;
}

TEST_CASE("built-in forms convert without an error or a warning") {
    const auto id = GENERATE(as<std::string>{}, "grpa_main", "grpa_walk", "grpa_train");
    const auto converted = convert_xlsform(*assets::find("forms/" + id + ".xlsx"), id + ".xlsx");
    for (const auto& diagnostic : converted.diagnostics) UNSCOPED_INFO(to_text(diagnostic));
    CHECK(converted.diagnostics.empty());
    CHECK(converted.xform.find("id=\"" + id + "\" version=\"2026.1\"") != std::string::npos);
}

TEST_CASE("the main form has its 93 calculations, 45 codes of answers and six languages") {
    const auto xform =
        convert_xlsform(*assets::find("forms/grpa_main.xlsx"), "grpa_main.xlsx").xform;
    // Three counts of repeats are added to the 93 of the form.
    CHECK(occurrences(xform, " calculate=\"") == 93 + 3);
    CHECK(occurrences(xform, "<translation ") == 6);
    const auto list = xform.find("<instance id=\"item_code\"");
    REQUIRE(list != std::string::npos);
    const auto end = xform.find("</instance>", list);
    CHECK(occurrences(std::string_view{xform}.substr(list, end - list), "<item>") == 45);
}

TEST_CASE("built-in forms load with their lists") {
    const auto id = GENERATE(as<std::string>{}, "grpa_main", "grpa_walk", "grpa_train");
    const auto session = start_built_in(id);
    CHECK(session.form().id() == id);
    CHECK(session.form().languages().size() == 6);
    CHECK(session.form().default_language() == "English (en)");
}

TEST_CASE("the built-in forms have their titles in six languages") {
    const auto id = GENERATE(as<std::string>{}, "grpa_main", "grpa_walk", "grpa_train");
    const auto session = start_built_in(id);
    const Form& form = session.form();
    std::set<std::string> titles;
    for (const std::string& language : form.languages()) titles.insert(form.title(language));
    CHECK(titles.size() == 6);
    CHECK(form.title("English (en)") == form.title());
    CHECK(form.title("Deutsch (de)") == form.title());
    if (id == "grpa_walk")
        CHECK(form.title("Español (es)") == "Recorrido de observación del paso fronterizo");
}

TEST_CASE("a title in a language that nothing else is in adds none to the form") {
    constexpr std::string_view kForm = R"(
| survey | | | | |
| | type | name | label::English (en) | label::Français (fr) |
| | text | said | Said | Dit |
| settings | | | | |
| | form_id | form_title::Français (fr) | form_title::English (en) | form_title::Deutsch (de) | default_language |
| | two | Deux & deux | Two | Zwei | English (en) |
)";
    const auto missing = GENERATE(MissingTexts::fall_back, MissingTexts::dash);
    const auto loaded = load_xform(convert_xlsform(kForm, "two.md", missing).xform, {});
    REQUIRE(loaded.form);
    CHECK(loaded.form->languages() == std::vector<std::string>{"English (en)", "Français (fr)"});
    CHECK(loaded.form->title() == "Two");
    CHECK(loaded.form->title("Français (fr)") == "Deux & deux");
    CHECK(loaded.form->title("Deutsch (de)") == "Two");
}

TEST_CASE("every text of the built-in forms is there in six languages") {
    const auto id = GENERATE(as<std::string>{}, "grpa_main", "grpa_walk", "grpa_train");
    const auto converted = convert_xlsform(*assets::find("forms/" + id + ".xlsx"), id + ".xlsx");
    // What stands for a text that is missing.
    CHECK(occurrences(converted.xform, "<value>-</value>") == 0);
    for (const auto* scheme : {"Русский (ru)", "العربية (ar)", "中文 (zh)"}) {
        const auto begin = converted.xform.find("<translation lang=\"" + std::string{scheme});
        REQUIRE(begin != std::string::npos);
        const auto end = converted.xform.find("</translation>", begin);
        const auto texts = std::string_view{converted.xform}.substr(begin, end - begin);
        for (const auto* english : {" the ", " of ", " and ", "Which ", "How "})
            CHECK(occurrences(texts, english) == 0);
    }
}

TEST_CASE(
    "Arabic texts of the built-in forms run from right to left, also those that begin in Latin") {
    auto session = start_built_in("grpa_main");
    REQUIRE(session.set_language("العربية (ar)"));
    for (const auto& element : session.elements()) {
        const std::string label = session.label(element);
        INFO(label);
        // Without a mark the first letter decides, as everywhere (UAX #9, P2).
        CHECK((label.empty() || std::isalpha(static_cast<unsigned char>(label.front())) == 0));
    }
}

TEST_CASE("a text that is not translated yet shows in English, never as a dash") {
    constexpr std::string_view kForm = R"(
| survey | | | | |
| | type | name | label::English (en) | label::Français (fr) |
| | text | said | Said | Dit |
| | text | not_yet | Not yet said | |
| settings | | |
| | form_id | default_language |
| | half | English (en) |
)";
    const auto converted = convert_xlsform(kForm, "half.md", MissingTexts::fall_back);
    const auto loaded = load_xform(converted.xform, {});
    REQUIRE(loaded.form);
    auto session = Session::start(loaded.form, {});
    REQUIRE(session.set_language("Français (fr)"));
    std::vector<std::string> labels;
    for (const auto& element : session.elements()) labels.push_back(session.label(element));
    CHECK(labels == std::vector<std::string>{"Dit", "Not yet said"});
}

TEST_CASE("countries and languages are named in the language of the form") {
    auto session = start_built_in("grpa_main");
    const auto named = [&](std::string_view question, std::string_view value) {
        for (const auto& element : session.elements()) {
            if (element.node == NodeId{} || session.name(element.node) != question) continue;
            for (const auto& choice : session.choices(element))
                if (choice.value == value) return choice.label;
        }
        return std::string{};
    };
    session.answer(session.find("/grpa_main/a_id/a_authority_ok"), "yes");
    CHECK(named("a_country", "ALB") == "Albania");
    for (const auto& [language, label] :
         std::map<std::string, std::string>{{"Français (fr)", "Albanie"},
                                            {"Русский (ru)", "Албания"},
                                            {"العربية (ar)", "ألبانيا"},
                                            {"中文 (zh)", "阿尔巴尼亚"},
                                            {"English (en)", "Albania"}}) {
        REQUIRE(session.set_language(language));
        CHECK(named("a_country", "ALB") == label);
    }
    for (const auto* list : {"forms/countries.csv", "forms/languages.csv"})
        for (const auto line : split(*assets::find(list), '\n'))
            CHECK(line.find(",,") == std::string_view::npos);
}

// assets/forms/LICENSE.md says which names are taken from where.
TEST_CASE("states and areas are called what the United Nations call them, in every language") {
    const std::string list{*assets::find("forms/countries.csv")};
    for (const std::string name :
         {"Кыргызстан", "Republic of Korea", "République populaire démocratique de Corée",
          "Syrian Arab Republic", "China, Hong Kong Special Administrative Region",
          "Китай, специальный административный район Макао", "中国香港特别行政区",
          "Taiwan (Province of China)", "Taïwan (Province de Chine)", "中国台湾省"}) {
        CAPTURE(name);
        CHECK(list.find(name) != std::string::npos);
    }
    for (const std::string name : {"Киргизия", "Corée du Sud", "КНДР", "\nHKG,Hong Kong,"}) {
        CAPTURE(name);
        CHECK(list.find(name) == std::string::npos);
    }
}

TEST_CASE("every unit belongs to an agency and every agency to a country of the lists") {
    const auto countries = names_in("forms/countries.csv");
    const auto agencies = names_in("forms/agencies.csv");
    CHECK(countries.size() == 249);
    for (const auto line : split(*assets::find("forms/agencies.csv"), '\n'))
        if (!line.empty() && !line.starts_with("name,"))
            CHECK(countries.contains(std::string{line.substr(line.rfind(',') + 1)}));
    for (const auto line : split(*assets::find("forms/units.csv"), '\n'))
        if (!line.empty() && !line.starts_with("name,"))
            CHECK(agencies.contains(std::string{split(line, ',').at(2)}));
}

TEST_CASE("no two units are called the same, in any language") {
    std::vector<std::set<std::string>> labels(10);
    std::size_t units = 0;
    for (const auto line : split(*assets::find("forms/units.csv"), '\n')) {
        if (line.empty() || line.starts_with("name,")) continue;
        ++units;
        const auto cells = split(line, ',');
        REQUIRE(cells.size() == labels.size());
        for (std::size_t at = 0; at < cells.size(); ++at) labels[at].emplace(cells[at]);
    }
    for (const std::size_t column : {1, 5, 6, 7, 8, 9}) CHECK(labels[column].size() == units);
}

TEST_CASE("the code of an audit names the country that was chosen last and stays the same") {
    auto session = start_built_in("grpa_main");
    const auto choose = [&](std::string_view country) {
        session.answer(session.find("/grpa_main/a_id/a_country"), country);
        return value_of(session, "/grpa_main/a_id/a_code");
    };
    session.answer(session.find("/grpa_main/a_id/a_authority_ok"), "yes");
    const std::string code = choose("ALB");
    REQUIRE(code.size() == 17);
    CHECK(code.starts_with("GRPA-ALB-"));
    CHECK(choose("MDV") == "GRPA-MDV-" + code.substr(9));
    CHECK(choose("ALB") == code);
}

TEST_CASE("the worked samples answer everything that is asked") {
    const auto id = GENERATE(as<std::string>{}, "grpa_main", "grpa_walk", "grpa_train");
    auto session = start_built_in(id);
    const auto complaints = feed_sample(session, *assets::find("samples/" + id + ".tsv"));
    for (const auto& complaint : complaints) UNSCOPED_INFO(complaint);
    CHECK(complaints.empty());
    for (const auto& problem : session.problems())
        UNSCOPED_INFO(session.xpath(problem.node) << ": " << problem.message);
    CHECK(session.problems().empty());
}

TEST_CASE("notes with figures in them stand only where there are figures") {
    const auto notes_in = [](const Session& session) {
        std::set<std::string> notes;
        for (const auto& element : session.elements())
            if (element.kind == ElementKind::question && element.widget == Widget::note)
                notes.emplace(session.name(element.node));
        return notes;
    };
    const std::map<std::string, std::set<std::string>> figures{
        {"grpa_main", {"d_tot_note", "g_code_note", "z_note"}},
        {"grpa_walk", {"wz_note"}},
        {"grpa_train", {"t_note"}}};
    for (const auto& [id, notes] : figures) {
        auto session = start_built_in(id);
        session.answer(session.find("/grpa_main/a_id/a_authority_ok"), "yes");
        const auto before = notes_in(session);
        feed_sample(session, *assets::find("samples/" + id + ".tsv"));
        const auto after = notes_in(session);
        for (const std::string& note : notes) {
            CAPTURE(note);
            CHECK_FALSE(before.contains(note));
            CHECK(after.contains(note));
        }
    }
}

TEST_CASE("the worked audit comes to the figures of its instrument") {
    auto session = start_built_in("grpa_main");
    feed_sample(session, *assets::find("samples/grpa_main.tsv"));
    const std::map<std::string, std::string> expected{
        {"/grpa_main/z_scores/z_index", "44"},     {"/grpa_main/z_scores/z_rated", "10"},
        {"/grpa_main/z_scores/z_mean_p1", "2"},    {"/grpa_main/z_scores/z_mean_p2", "1.33"},
        {"/grpa_main/z_scores/z_mean_p5", "1.67"}, {"/grpa_main/z_scores/z_mean_p7", "1.59"},
        {"/grpa_main/z_scores/z_mean_p8", "2.63"}, {"/grpa_main/z_scores/z_mean_p9", "1.82"},
        {"/grpa_main/z_scores/z_cov_p9", "0.92"},  {"/grpa_main/d_hr/d_pct_w", "25.9"},
        {"/grpa_main/d_hr/q_rep", "1.7"},          {"/grpa_main/c_drv/c_und/q_und", "1.67"},
        {"/grpa_main/e_srv/q_sadd", "3.9"},        {"/grpa_main/e_srv/q_srch", "3.57"},
        {"/grpa_main/e_srv/q_shift", "2.09"},      {"/grpa_main/g_prj/g_item[1]/g_code", "1"},
    };
    for (const auto& [path, value] : expected) {
        CAPTURE(path);
        CHECK(value_of(session, path) == value);
    }
    CHECK(value_of(session, "/grpa_main/a_id/a_code").starts_with("GRPA-ALB-"));
    CHECK(value_of(session, "/grpa_main/d_hr/d_staff[3]/d_gname") == "Front-line officers");
}

TEST_CASE("the worked walk-through and training record come to their results") {
    auto walk = start_built_in("grpa_walk");
    feed_sample(walk, *assets::find("samples/grpa_walk.tsv"));
    CHECK(value_of(walk, "/grpa_walk/wz_pct") == "47");
    CHECK(value_of(walk, "/grpa_walk/wz_cov") == "0.95");
    CHECK(value_of(walk, "/grpa_walk/wz_crit") == "1");
    auto training = start_built_in("grpa_train");
    feed_sample(training, *assets::find("samples/grpa_train.tsv"));
    CHECK(value_of(training, "/grpa_train/t_par/t_tot") == "45");
    CHECK(value_of(training, "/grpa_train/t_par/t_pct_w") == "26.7");
    CHECK(value_of(training, "/grpa_train/t_par/t_ph") == "810");
    CHECK(value_of(training, "/grpa_train/t_res/t_gain_w") == "23");
    CHECK(value_of(training, "/grpa_train/t_res/t_gain_m") == "20.5");
}

}  // namespace
}  // namespace bordereau::form::test
