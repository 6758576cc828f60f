// Forms with faults, from a table: each fault is found at its sheet, row and column, with a remedy.
#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "app/form/definition/form.h"
#include "app/form/xlsform/xlsform.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform::test {
namespace {

/// A place as faults.md writes it: "survey 2 type".
std::string place_of(const Diagnostic& found) {
    return found.sheet + " " + std::to_string(found.row) +
           (found.column.empty() ? "" : " " + found.column);
}

struct Fault {
    std::string name;
    std::multiset<std::string> places;
    std::string form;
};

/// "## name", "> place", then the tables.
std::vector<Fault> faults() {
    std::ifstream in{std::string{BORDEREAU_SOURCE_DIR} + "/tests/data/forms/xlsform/faults.md"};
    std::vector<Fault> read;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("## ")) read.push_back({line.substr(3), {}, {}});
        if (read.empty()) continue;
        if (line.starts_with("> ")) read.back().places.emplace(trimmed(line.substr(2)));
        if (line.starts_with("|")) read.back().form += line + "\n";
    }
    return read;
}

/// What an author is told: the workbook's findings, or those of the form that it became.
Diagnostics findings_of(const std::string& markdown) {
    auto converted = convert_xlsform(markdown, "form.md");
    if (has_errors(converted.diagnostics)) return std::move(converted.diagnostics);
    auto loaded = load_xform(converted.xform, {});
    place_in_workbook(loaded.diagnostics, converted.origins);
    return std::move(loaded.diagnostics);
}

TEST_CASE("every fault of a form is found where it stands, all of them at once") {
    const auto table = faults();
    REQUIRE(table.size() > 60);
    for (const auto& fault : table) {
        INFO(fault.name);
        std::multiset<std::string> found;
        for (const auto& finding : findings_of(fault.form)) {
            if (finding.severity != Severity::error) continue;
            UNSCOPED_INFO(to_text(finding));
            found.insert(place_of(finding));
            CHECK_FALSE(finding.remedy.empty());
            CHECK(finding.message.ends_with('.'));
        }
        CHECK(found == fault.places);
    }
}

}  // namespace
}  // namespace bordereau::form::xlsform::test
