// Forms of the field answered from top to bottom: the record must equal JavaRosa's.
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "tests/form/corpus.h"

namespace bordereau::form::test {
namespace {

using Json = nlohmann::json;

std::map<int, std::string> converted_forms() {
    std::map<int, std::string> forms;
    const auto corpus = Json::parse(read_text(corpus_folder() / "xlsform-pyxform.json"));
    for (const auto& one : corpus["cases"])
        if (one.contains("xform") && one["xform"].is_string())
            forms[one["i"].get<int>()] = one["xform"].get<std::string>();
    return forms;
}

std::string form_of(const Json& one, const std::map<int, std::string>& converted) {
    if (one.contains("xml")) return one["xml"].get<std::string>();
    const auto name = one["form"].get<std::string>();
    const auto found = converted.find(std::stoi(name.substr(name.rfind('#') + 1)));
    return found == converted.end() ? std::string{} : found->second;
}

Difference fill(Player& player, const Json& one, const std::string& form) {
    auto environment = environment_for_tests();
    environment.clock = fixed_clock(*parse_iso("2026-11-23T11:45:00.000Z"));
    environment.position = nullptr;
    if (auto difference = player.open(form, {}, environment)) return difference;
    // JavaRosa creates counted instances on the way through the form, here they are there at once.
    const bool counts = form.find("jr:count") != std::string::npos;
    if (one.contains("initial") && one["initial"].is_string() && !counts)
        if (auto difference =
                compare_records(one["initial"].get<std::string>(),
                                player.session().submission_xml(), Order::among_equals))
            return "at first " + *difference;
    for (const auto& answer : one.value("answers", Json::array())) {
        const auto path = answer[0].get<std::string>();
        if (path.starts_with('+')) {
            if (auto difference = player.add_repeat(path.substr(1))) return difference;
            continue;
        }
        const auto node = player.node(path);
        if (node == NodeId{}) return path + " is not there";
        player.session().answer(node, answer[1].get<std::string>());
    }
    return std::nullopt;
}

Difference compare_with_javarosa(const Json& one, const std::string& form) {
    Player player;
    if (auto difference = fill(player, one, form)) return difference;
    return compare_records(one["final"].get<std::string>(), player.session().submission_xml(),
                           Order::among_equals);
}

std::string without_positions(const std::string& path) {
    return std::regex_replace(path, std::regex{"\\[[0-9]+\\]"}, "");
}

/// Calculations run again on every load (ODK XForms): what was drawn, or written over one by a
/// person, does not come back from the record.
bool calculates_anew(const Json& one, const std::string& form) {
    if (form.find("random") != std::string::npos || form.find("uuid()") != std::string::npos)
        return true;
    pugi::xml_document document;
    document.load_string(form.c_str());
    std::set<std::string> calculated;
    for (const auto& bind : document.select_nodes("//*[local-name() = 'bind' and @calculate]"))
        calculated.insert(bind.node().attribute("nodeset").value());
    for (const auto& answer : one.value("answers", Json::array()))
        if (calculated.contains(without_positions(answer[0].get<std::string>()))) return true;
    return false;
}

}  // namespace

TEST_CASE("a form answered as JavaRosa was gives the record that JavaRosa gave", "[corpus]") {
    if (!std::filesystem::exists(corpus_folder() / "forms-autofill.json"))
        SKIP("no recorded behaviour beside the repository");
    const auto corpus = Json::parse(read_text(corpus_folder() / "forms-autofill.json"));
    const auto converted = converted_forms();
    Tally tally{"differences-autofill.tsv"};
    for (const auto& one : corpus["cases"]) {
        const auto id = one["form"].get<std::string>();
        const auto form = form_of(one, converted);
        const bool agreed = one.contains("webforms") && one["webforms"] == "agree";
        const std::string family = one.contains("javarosaError") ? "refused by JavaRosa"
                                   : agreed                      ? "both agree"
                                                                 : "only JavaRosa";
        if (one.contains("javarosaError") || form.empty()) {
            tally.skipped(family);
            continue;
        }
        if (const auto difference = compare_with_javarosa(one, form))
            tally.failed(family, id, *difference);
        else
            tally.passed(family, id);
    }
    const auto unexplained = tally.report("Forms filled in like JavaRosa");
    CHECK(unexplained.empty());
}

TEST_CASE("a record read back writes the same bytes, in every form of the field", "[corpus]") {
    if (!std::filesystem::exists(corpus_folder() / "forms-autofill.json"))
        SKIP("no recorded behaviour beside the repository");
    const auto corpus = Json::parse(read_text(corpus_folder() / "forms-autofill.json"));
    const auto converted = converted_forms();
    for (const auto& one : corpus["cases"]) {
        const auto form = form_of(one, converted);
        Player player;
        fill(player, one, form);
        if (!player.is_open() || calculates_anew(one, form)) continue;
        INFO(one["form"].get<std::string>());
        player.session().finalize();
        const auto record = player.session().submission_xml();
        const auto reloaded = player.reload();
        INFO(reloaded.value_or(""));
        CHECK_FALSE(reloaded);
        CHECK(player.session().submission_xml() == record);
        CHECK_FALSE(player.edit(record));
        CHECK(player.session().submission_xml().find("deprecatedID") != std::string::npos);
    }
}

}  // namespace bordereau::form::test
