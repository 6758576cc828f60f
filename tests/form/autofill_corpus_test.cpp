// Forms of the field answered from top to bottom: the record must equal JavaRosa's.
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

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

Difference fill(const Json& one, const std::string& form) {
    Player player;
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
    for (const auto& answer : one["answers"]) {
        const auto path = answer[0].get<std::string>();
        if (path.starts_with('+')) {
            if (auto difference = player.add_repeat(path.substr(1))) return difference;
            continue;
        }
        const auto node = player.node(path);
        if (node == NodeId{}) return path + " is not there";
        player.session().answer(node, answer[1].get<std::string>());
    }
    return compare_records(one["final"].get<std::string>(), player.session().submission_xml(),
                           Order::among_equals);
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
        if (const auto difference = fill(one, form))
            tally.failed(family, id, *difference);
        else
            tally.passed(family, id);
    }
    const auto unexplained = tally.report("Forms filled in like JavaRosa");
    CHECK(unexplained.empty());
}

}  // namespace bordereau::form::test
