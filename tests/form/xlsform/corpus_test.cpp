// Runs the recorded conversions of pyxform where they lie beside the repository.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "app/form/xlsform/convert.h"
#include "tests/form/xlsform/canonical.h"

namespace bordereau::form::xlsform::test {
namespace {

using nlohmann::json;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// A sheet from rows of column name and value.
Sheet sheet_of(const std::string& name, const json& rows) {
    std::vector<std::string> header;
    for (const auto& row : rows)
        for (const auto& [column, value] : row.items())
            if (std::ranges::find(header, column) == header.end()) header.push_back(column);
    std::vector<SheetRow> cells{{1, header}};
    for (const auto& row : rows) {
        SheetRow& line = cells.emplace_back(SheetRow{static_cast<int>(cells.size()) + 1, {}});
        for (const auto& column : header) line.cells.push_back(row.value(column, ""));
    }
    return make_sheet(name, std::move(cells));
}

Workbook workbook_of(const json& entry) {
    if (entry.at("inputType") == "md") return read_markdown(entry.at("input").get<std::string>());
    Workbook workbook;
    for (const auto& [name, rows] : entry.at("input").items())
        workbook.sheets.push_back(sheet_of(name, rows));
    return workbook;
}

/// Cases that may differ, with the reason, by their number: "652<TAB>why".
std::map<int, std::string> allowed_differences() {
    std::ifstream in{std::string{BORDEREAU_SOURCE_DIR} +
                     "/tests/data/forms/xlsform/pyxform_differences.tsv"};
    std::map<int, std::string> allowed;
    for (std::string line; std::getline(in, line);) {
        const auto tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string::npos) continue;
        allowed.emplace(std::stoi(line.substr(0, tab)), line.substr(tab + 1));
    }
    return allowed;
}

/// "pyxform/tests/test_range.py" as "range".
std::string family_of(const json& entry) {
    auto name = std::filesystem::path{entry.at("file").get<std::string>()}.stem().string();
    return name.starts_with("test_") ? name.substr(5) : name;
}

struct Counts {
    int passed = 0, failed = 0, allowed = 0;
};

struct Tally {
    std::map<std::string, Counts> families;
    Counts forms, errors;
    std::set<int> failures;

    void count(const json& entry, bool passed, bool allowed) {
        const auto bump = [&](Counts& counts) {
            ++(passed ? counts.passed : allowed ? counts.allowed : counts.failed);
        };
        bump(families[family_of(entry)]);
        bump(entry.contains("error") ? errors : forms);
        if (!passed && !allowed) failures.insert(entry.at("i").get<int>());
    }

    void print() const {
        std::cout << "conversions by family: passed/failed/allowed to differ\n";
        for (const auto& [family, counts] : families)
            std::cout << "  " << family << ": " << counts.passed << "/" << counts.failed << "/"
                      << counts.allowed << "\n";
        for (const auto& [name, counts] : {std::pair{"forms", forms}, std::pair{"errors", errors}})
            std::cout << name << ": " << counts.passed << "/" << counts.failed << "/"
                      << counts.allowed << "\n";
        for (const int failure : failures) std::cout << "  failed: " << failure << "\n";
    }
};

/// With BORDEREAU_DUMP set, writes both sides of a case there for a look at the difference.
void dump(const json& entry, const ConvertedForm& ours) {
    const char* folder = std::getenv("BORDEREAU_DUMP");
    if (!folder) return;
    const auto base = std::string{folder} + "/" + std::to_string(entry.at("i").get<int>());
    std::ofstream mine{base + ".ours"};
    mine << canonical(ours.xform);
    for (const auto& diagnostic : ours.diagnostics) mine << to_text(diagnostic) << "\n";
    if (entry.contains("xform"))
        std::ofstream{base + ".theirs"} << canonical(entry.at("xform").get<std::string>());
}

bool behaves_alike(const json& entry, const ConvertedForm& ours) {
    if (entry.contains("error")) return has_errors(ours.diagnostics);
    if (canonical(ours.xform) != canonical(entry.at("xform").get<std::string>())) return false;
    return true;
}

TEST_CASE("conversions agree with the recorded ones of pyxform") {
    const std::filesystem::path file =
        std::string{BORDEREAU_SOURCE_DIR} + "/../shared/conformance/xlsform-pyxform.json";
    if (!std::filesystem::exists(file)) SKIP("the recorded conversions are not on this machine");
    const auto allowed = allowed_differences();
    const auto corpus = json::parse(read_file(file));
    Tally tally;
    for (const auto& entry : corpus.at("cases")) {
        const FormNames names{entry.at("formName").get<std::string>(), "data"};
        const auto ours = convert_workbook(workbook_of(entry), names);
        const bool passed = behaves_alike(entry, ours);
        if (!passed) dump(entry, ours);
        tally.count(entry, passed, allowed.contains(entry.at("i").get<int>()));
    }
    tally.print();
    CHECK(tally.failures.empty());
    const auto share = [](const Counts& counts) {
        return 1.0 * counts.passed / (counts.passed + counts.failed + counts.allowed);
    };
    CHECK(share(tally.forms) >= 0.98);
    CHECK(share(tally.errors) >= 0.95);
}

}  // namespace
}  // namespace bordereau::form::xlsform::test
