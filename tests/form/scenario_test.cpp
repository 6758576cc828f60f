// Runs tests/data/forms/scenarios; the README there explains the format.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <functional>
#include <regex>
#include <sstream>

#include "storage/base/text.h"
#include "tests/form/corpus.h"

namespace bordereau::form::test {
namespace {

struct Scenario {
    std::string sentence, instance, model, body;
    Files files;
    std::vector<std::string> steps;
};

Scenario read_scenario(const std::filesystem::path& file) {
    Scenario scenario;
    std::istringstream lines{read_text(file)};
    std::getline(lines, scenario.sentence);
    std::string section;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("--- ")) {
            section = line.substr(4);
        } else if (section == "steps") {
            if (!line.empty() && line.front() != '#') scenario.steps.push_back(line);
        } else {
            auto& text = section == "instance" ? scenario.instance
                         : section == "model"  ? scenario.model
                         : section == "body"   ? scenario.body
                                               : scenario.files[section.substr(5)];
            text += line + "\n";
        }
    }
    return scenario;
}

std::string form_of(const Scenario& scenario) {
    return R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" )"
           R"(xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" )"
           R"(xmlns:odk="http://www.opendatakit.org/xforms" xmlns:d="http://example.org/form" )"
           R"(xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><model><instance>)" +
           scenario.instance + "</instance>" + scenario.model + "</model></h:head><h:body>" +
           scenario.body + "</h:body></h:html>";
}

/// Cuts the next word off.
std::string word(std::string& line) {
    const auto blank = std::min(line.find(' '), line.size());
    const auto first = line.substr(0, blank);
    line.erase(0, std::min(line.size(), blank + 1));
    return first;
}

std::string text_of(Validity validity) {
    switch (validity) {
        case Validity::valid: return "valid";
        case Validity::required: return "required";
        case Validity::constraint: return "constraint";
        case Validity::type: return "type";
    }
    return {};
}

std::string joined(const std::vector<std::string>& pieces, const char* between) {
    std::string all;
    for (const auto& piece : pieces) all += (all.empty() ? "" : between) + piece;
    return all;
}

/// Identifiers are random, and every record declares what its meta block needs.
std::string comparable(std::string record) {
    record = std::regex_replace(record, std::regex{"uuid:[0-9a-f-]{36}"}, "");
    record = std::regex_replace(record, std::regex{" xmlns:orx=\"[^\"]*\""}, "");
    return std::regex_replace(record, std::regex{"<orx:instanceID></orx:instanceID>"},
                              "<orx:instanceID/>");
}

class Stage {
public:
    explicit Stage(Player& player) : player_(player) {}

    /// What a step asks for, as text to compare; nothing for steps that only do something.
    std::optional<std::string> ask(const std::string& what, const std::string& path) {
        auto& session = player_.session();
        const auto node = player_.node(path);
        const auto yes = [](bool on) { return std::string{on ? "yes" : "no"}; };
        if (what == "value") return session.value(node);
        if (what == "relevant") return yes(session.relevant(node));
        if (what == "required") return yes(session.required(node));
        if (what == "readonly") return yes(session.readonly(node));
        if (what == "validity") return text_of(session.validity(node));
        if (what == "message") return session.message(node);
        if (what == "count") return std::to_string(player_.count(path));
        return ask_element(what, path);
    }

    bool act(const std::string& what, const std::string& path, const std::string& rest) {
        auto& session = player_.session();
        if (what == "answer")
            session.answer(player_.node(path), rest);
        else if (what == "add")
            CHECK(session.add_repeat(player_.node(path)) != NodeId{});
        else if (what == "remove")
            CHECK(session.remove_repeat(player_.node(path)));
        else if (what == "language")
            CHECK(session.set_language(rest.empty() ? path : path + " " + rest));
        else if (what == "resume")
            player_.resume(path == "frozen" ? ResumeMode::frozen : ResumeMode::edit);
        else if (what == "reload")
            CHECK_FALSE(player_.reload());
        else if (what == "edit")
            CHECK_FALSE(player_.edit(session.submission_xml()));
        else if (what == "finalize")
            session.finalize();
        else
            return false;
        return true;
    }

private:
    std::optional<std::string> ask_element(const std::string& what, const std::string& path) {
        auto& session = player_.session();
        std::vector<std::string> pieces;
        if (what == "problems")
            for (const auto& problem : session.problems())
                pieces.push_back(session.xpath(problem.node));
        if (what == "elements")
            for (const auto& element : session.elements())
                pieces.push_back(session.xpath(element.node));
        if (what == "problems" || what == "elements") return joined(pieces, " ");
        const auto element = player_.element(path);
        if (!element) return path + " is not shown";
        if (what == "label") return session.label(*element);
        if (what == "guidance") return session.guidance(*element);
        if (what == "appearance") return std::string{session.appearance(*element)};
        if (what == "hint") return session.hint(*element);
        for (const auto& choice : session.choices(*element))
            pieces.push_back(what == "labels" ? choice.label : choice.value);
        return joined(pieces, what == "labels" ? "|" : " ");
    }

    Player& player_;
};

std::vector<std::filesystem::path> scenario_files() {
    std::vector<std::filesystem::path> files;
    const auto folder = std::filesystem::path{BORDEREAU_SOURCE_DIR} / "tests/data/forms/scenarios";
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        if (entry.path().extension() == ".scenario") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

void run_step(Stage& stage, Player& player, std::string line) {
    INFO(line);
    const auto what = word(line);
    if (what == "record") {
        CHECK(comparable(player.session().submission_xml()) == comparable(line));
        return;
    }
    if (what == "warned") {
        CHECK(player.warnings().find(line) != std::string::npos);
        return;
    }
    if (what == "parameter") {
        const auto path = word(line), name = word(line);
        REQUIRE(player.element(path));
        CHECK(player.session().parameter(*player.element(path), name) == line);
        return;
    }
    if (what == "problems" || what == "elements") {
        CHECK(stage.ask(what, {}) == line);
        return;
    }
    const auto path = word(line);
    if (!stage.act(what, path, line)) CHECK(stage.ask(what, path) == line);
}

}  // namespace

TEST_CASE("a form behaves as its scenario says") {
    const auto file = GENERATE(from_range(scenario_files()));
    const auto scenario = read_scenario(file);
    DYNAMIC_SECTION(scenario.sentence) {
        INFO(file.filename());
        Player player;
        const auto refusal = player.open(form_of(scenario), scenario.files);
        Stage stage{player};
        for (const auto& step : scenario.steps) {
            if (step.starts_with("refused ")) {
                REQUIRE(refusal);
                CHECK(refusal->find(step.substr(8)) != std::string::npos);
                continue;
            }
            INFO(refusal.value_or(""));
            REQUIRE_FALSE(refusal);
            run_step(stage, player, step);
        }
    }
}

TEST_CASE("equal sessions write equal records, and a record read back writes itself again") {
    Player one, two;
    const auto file = GENERATE(from_range(scenario_files()));
    const auto scenario = read_scenario(file);
    if (one.open(form_of(scenario), scenario.files)) return;
    two.open(form_of(scenario), scenario.files);
    INFO(scenario.sentence);
    const auto record = one.session().submission_xml();
    CHECK(record == two.session().submission_xml());
    const auto reloaded = one.reload();
    INFO(reloaded.value_or(""));
    REQUIRE_FALSE(reloaded);
    CHECK(one.session().submission_xml() == record);
}

TEST_CASE("a session resumed from its entries shows what it showed before") {
    Player player;
    const auto file = GENERATE(from_range(scenario_files()));
    const auto scenario = read_scenario(file);
    if (player.open(form_of(scenario), scenario.files)) return;
    Stage stage{player};
    for (auto step : scenario.steps) {
        const auto what = word(step);
        const auto path = word(step);
        if (what == "answer" || what == "add" || what == "remove") stage.act(what, path, step);
    }
    INFO(scenario.sentence);
    const auto before = player.session().submission_xml();
    const auto entries = player.session().all_entries();
    player.resume(ResumeMode::frozen);
    CHECK(player.session().submission_xml() == before);
    CHECK(player.session().all_entries() == entries);
}

TEST_CASE("a form that writes entities of a newer version is refused with what to do") {
    Player player;
    const auto refusal = player.open(
        R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" )"
        R"(xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head>)"
        R"(<model entities:entities-version="2031.1.0"><instance><data id="e"><a/></data></instance>)"
        R"(</model></h:head><h:body/></h:html>)");
    REQUIRE(refusal);
    CHECK(refusal->find("2031.1.0, which is newer. Update this program.") != std::string::npos);
}

TEST_CASE("the record of the form that was saved last is a list like others") {
    Scenario scenario;
    scenario.instance = R"(<data id="s"><town/><before/></data>)";
    scenario.model =
        R"(<instance id="__last-saved" src="jr://instance/last-saved"/>)"
        R"(<setvalue event="odk-instance-first-load" ref="/data/town" )"
        R"(value="instance('__last-saved')/data/town"/>)"
        R"x(<bind nodeset="/data/before" calculate="count(instance('__last-saved')/data/town)"/>)x";
    auto environment = environment_for_tests();
    Player player;
    REQUIRE_FALSE(player.open(form_of(scenario), {}, environment));
    CHECK(player.session().value(player.node("/data/town")).empty());
    environment.last_saved = [] {
        return std::string{R"(<data id="s"><town>Vlore</town></data>)"};
    };
    REQUIRE_FALSE(player.open(form_of(scenario), {}, environment));
    CHECK(player.session().value(player.node("/data/town")) == "Vlore");
    CHECK(player.session().value(player.node("/data/before")) == "1");
}

TEST_CASE(
    "preloads of properties take what the device knows, and stay empty where it knows nothing") {
    Scenario scenario;
    scenario.instance = R"(<data id="p"><who/><phone/></data>)";
    scenario.model =
        R"(<bind nodeset="/data/who" jr:preload="property" jr:preloadParams="username"/>)"
        R"(<bind nodeset="/data/phone" jr:preload="property" jr:preloadParams="phonenumber"/>)";
    auto environment = environment_for_tests();
    environment.property = [](std::string_view name) {
        return name == "username" ? std::string{"amina"} : std::string{};
    };
    Player player;
    REQUIRE_FALSE(player.open(form_of(scenario), {}, environment));
    CHECK(player.session().value(player.node("/data/who")) == "amina");
    CHECK(player.session().value(player.node("/data/phone")).empty());
}

}  // namespace bordereau::form::test
