#include "app/audit/marker.h"

#include <algorithm>
#include <map>

namespace bordereau::audit {
namespace {

constexpr std::array<const char*, 3> kStandards{"g_s1", "g_s2", "g_s3"};

bool all_standards(const Answers& project, std::string_view answer) {
    return std::ranges::all_of(kStandards,
                               [&](const char* name) { return project.is(name, answer); });
}

void add(Portfolio& result, const Answers& project) {
    const std::string_view code = marker_code(project);
    const std::string title{project.value("g_title")};
    if (marker_differs(code, project.value("g_official")).value_or(false))
        result.differing.push_back(title);
    if (code.empty()) {
        result.without_code.push_back(title);
        return;
    }
    const auto place = std::ranges::find(result.codes, code, &MarkerShare::code);
    if (place == result.codes.end()) {
        ++result.not_applicable;
        return;
    }
    ++result.coded;
    ++place->projects;
    const auto budget = project.number("g_budget");
    if (!budget) ++result.without_budget;
    place->money += budget.value_or(0);
    result.money += budget.value_or(0);
}

}  // namespace

std::string_view marker_code(const Answers& project) {
    if (project.is("g_na", "yes")) return "N/A";
    for (const char* name : kStandards)
        if (!project.given(name)) return "";
    if (all_standards(project, "no")) return "0";
    if (!all_standards(project, "yes")) return "1";
    if (project.is("g_principal", "yes")) return "2b";
    return project.is("g_principal", "no") ? "2a" : "";
}

std::optional<bool> marker_differs(std::string_view code, std::string_view official) {
    if (code.empty() || official.empty() || official == "none") return {};
    return code != (official == "NA" ? "N/A" : official);
}

std::optional<int> un_scale(std::string_view code) {
    for (int at = 0; at < 4; ++at)
        if (code == kMarkerCodes[static_cast<std::size_t>(at)]) return at;
    return {};
}

std::optional<int> oecd_scale(std::string_view code) {
    if (code == "0") return 0;
    if (code == "2a") return 1;
    if (code == "2b") return 2;
    return {};
}

Portfolio portfolio(std::span<const Record* const> audits) {
    std::map<std::string_view, const Answers*> projects;
    for (const Record* audit : audits)
        for (const Answers& row : audit->rows("g_item"))
            projects.insert_or_assign(row.value("g_title"), &row);
    Portfolio result;
    for (std::size_t at = 0; at < kMarkerCodes.size(); ++at)
        result.codes[at].code = kMarkerCodes[at];
    for (const auto& [title, row] : projects) add(result, *row);
    return result;
}

}  // namespace bordereau::audit
