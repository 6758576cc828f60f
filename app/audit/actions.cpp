#include "app/audit/actions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "app/audit/rounding.h"

namespace bordereau::audit {
namespace {

constexpr std::array<std::string_view, 4> kPriorities{"immediate", "high", "medium", "low"};

auto urgency(const Finding& finding) {
    const auto rank = std::ranges::find(kPriorities, finding.priority) - kPriorities.begin();
    return std::tuple{rank, finding.due.value_or(Date{9999, 12, 31})};
}

bool pending(const Finding& finding) {
    return finding.status == "open" || finding.status == "progress";
}

}  // namespace

std::vector<Finding> findings(const Record& audit) {
    std::vector<Finding> all;
    for (const Answers& row : audit.rows("l_item"))
        all.push_back({std::string{row.value("l_kind")}, std::string{row.value("l_sec")},
                       std::string{row.value("l_text")}, std::string{row.value("l_prio")},
                       std::string{row.value("l_rec")}, std::string{row.value("l_owner")},
                       row.date("l_due"), std::string{row.value("l_status")}});
    return all;
}

bool overdue(const Finding& finding, Date today) {
    return finding.due && *finding.due < today && pending(finding);
}

void sort_by_urgency(std::vector<Finding>& findings) {
    std::ranges::stable_sort(findings, [](const Finding& one, const Finding& other) {
        return urgency(one) < urgency(other);
    });
}

std::optional<int> Closure::rate() const {
    if (actions == dropped) return {};
    return static_cast<int>(rounded_quotient(100 * verified, actions - dropped));
}

Closure closure(std::span<const Finding> findings, Date today) {
    Closure result;
    for (const Finding& finding : findings) {
        if (finding.kind == "good") continue;
        ++result.actions;
        result.verified += finding.status == "verified";
        result.done += finding.status == "done";
        result.dropped += finding.status == "dropped";
        result.open += pending(finding);
        result.overdue += audit::overdue(finding, today);
    }
    return result;
}

}  // namespace bordereau::audit
