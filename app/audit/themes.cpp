#include "app/audit/themes.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace bordereau::audit {
namespace {

bool contains(const std::vector<std::string>& texts, std::string_view text) {
    return std::ranges::find(texts, text) != texts.end();
}

/// 0 to 4, or nothing.
std::optional<int> grade(std::string_view text) {
    if (text.size() != 1 || text[0] < '0' || text[0] > '4') return {};
    return text[0] - '0';
}

struct Gathered {
    ObstacleFigures figures;
    std::vector<double> severities;
};

void add(Gathered& gathered, const Answers& row) {
    ObstacleFigures& figures = gathered.figures;
    ++figures.audits;
    if (const auto severity = grade(row.value("h_sev"))) {
        gathered.severities.push_back(*severity);
        const auto at = static_cast<std::size_t>(*severity);
        ++figures.by_severity[at];
        for (std::size_t level = 0; level < kObstacleLevels.size(); ++level)
            figures.by_level[level][at] += row.selected("h_level", kObstacleLevels[level]);
    }
    figures.better += row.is("h_trend", "better");
    figures.same += row.is("h_trend", "same");
    figures.worse += row.is("h_trend", "worse");
    figures.unknown += row.is("h_trend", "unknown");
}

std::size_t named_rank(std::string_view code) {
    return static_cast<std::size_t>(std::ranges::find(kNamedObstacles, code) -
                                    kNamedObstacles.begin());
}

bool obstacle_before(const ObstacleFigures& one, const ObstacleFigures& other) {
    const auto order = [](const ObstacleFigures& figures) {
        const std::size_t rank = named_rank(figures.code);
        const bool named = rank < kNamedObstacles.size();
        return std::tuple{rank, named ? 0.0 : -figures.severity.value_or(-1),
                          named ? 0 : -figures.audits, std::string_view{figures.code}};
    };
    return order(one) < order(other);
}

struct GatheredIncentive {
    IncentiveFigures figures;
    std::vector<double> strengths;
};

void add(GatheredIncentive& gathered, const Answers& row, Date today) {
    IncentiveFigures& figures = gathered.figures;
    ++figures.audits;
    if (const auto strength = grade(row.value("i_str"))) gathered.strengths.push_back(*strength);
    const std::string process{row.value("i_instr")};
    if (!process.empty() && !contains(figures.processes, process))
        figures.processes.push_back(process);
    const auto date = row.date("i_deadline");
    if (date && *date >= today && (!figures.next_date || *date < *figures.next_date))
        figures.next_date = date;
}

std::vector<std::string> owned(const std::vector<std::string_view>& texts) {
    return {texts.begin(), texts.end()};
}

}  // namespace

std::optional<double> median(std::vector<double> numbers) {
    if (numbers.empty()) return {};
    std::ranges::sort(numbers);
    const std::size_t middle = numbers.size() / 2;
    if (numbers.size() % 2 == 1) return numbers[middle];
    return (numbers[middle - 1] + numbers[middle]) / 2;
}

int ObstacleFigures::at_level(std::size_t level) const {
    return std::accumulate(by_level[level].begin(), by_level[level].end(), 0);
}

std::vector<ObstacleFigures> obstacles(std::span<const Record* const> audits) {
    std::map<std::string, Gathered, std::less<>> by_code;
    for (const std::string_view code : kNamedObstacles) by_code[std::string{code}] = {};
    for (const Record* audit : audits)
        for (const Answers& row : audit->rows("h_item"))
            add(by_code[std::string{row.value("h_code")}], row);
    std::vector<ObstacleFigures> all;
    for (auto& [code, gathered] : by_code) {
        gathered.figures.code = code;
        gathered.figures.severity = median(gathered.severities);
        all.push_back(gathered.figures);
    }
    std::ranges::sort(all, obstacle_before);
    return all;
}

Origin origin_of(std::string_view incentive) {
    for (const std::string_view code :
         {"hr", "other_commit", "political", "donor", "integration", "peer"})
        if (incentive == code) return Origin::outside;
    const bool inside = incentive == "domestic" || incentive == "operational";
    return inside ? Origin::inside : Origin::other;
}

std::vector<IncentiveFigures> incentives(std::span<const Record* const> audits, Date today) {
    std::map<std::string, GatheredIncentive, std::less<>> by_code;
    for (const Record* audit : audits)
        for (const Answers& row : audit->rows("i_item"))
            add(by_code[std::string{row.value("i_code")}], row, today);
    std::vector<IncentiveFigures> all;
    for (auto& [code, gathered] : by_code) {
        gathered.figures.code = code;
        gathered.figures.origin = origin_of(code);
        gathered.figures.strength = median(gathered.strengths);
        all.push_back(gathered.figures);
    }
    std::ranges::stable_sort(all, [](const IncentiveFigures& one, const IncentiveFigures& other) {
        return std::tuple{-one.strength.value_or(-1), -one.audits} <
               std::tuple{-other.strength.value_or(-1), -other.audits};
    });
    return all;
}

SupportFigures support(std::span<const Record* const> audits) {
    std::map<std::string, SupportFigures::Partner, std::less<>> partners;
    std::map<std::string, int, std::less<>> needed;
    std::vector<std::string> covered;
    for (const Record* audit : audits) {
        for (const Answers& row : audit->rows("j_item")) {
            const std::string name{row.value("j_name")};
            const auto contributions = owned(row.choices("j_contrib"));
            partners.insert_or_assign(
                name, SupportFigures::Partner{name, std::string{row.value("j_type")}, contributions,
                                              std::string{row.value("j_status")}});
            if (row.is("j_status", "ongoing"))
                covered.insert(covered.end(), contributions.begin(), contributions.end());
        }
        for (const std::string_view kind : audit->answers.choices("j_need"))
            ++needed[std::string{kind}];
    }
    SupportFigures figures;
    for (auto& [name, partner] : partners) figures.partners.push_back(partner);
    for (const auto& [kind, times] : needed)
        if (!contains(covered, kind)) figures.missing.push_back(kind);
    std::ranges::stable_sort(figures.missing, [&](const std::string& one, const std::string& two) {
        return needed.find(one)->second > needed.find(two)->second;
    });
    return figures;
}

}  // namespace bordereau::audit
