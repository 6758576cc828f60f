#include "app/audit/agency.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/audit/people.h"
#include "app/audit/registers.h"
#include "app/audit/rounding.h"

namespace bordereau::audit {
namespace {

bool scored(const Record& record) {
    if (!record.answers.is("a_type", "thematic")) return true;
    return score(record).rated >= static_cast<int>(kIndexNeeds);
}

bool wanted(const Record& record, const Selection& selection) {
    const Header& header = record.header;
    return header.form.text == "grpa_main" && header.state == ReviewState::approved &&
           (selection.agency.empty() || header.agency == selection.agency) &&
           (selection.country.empty() || header.country == selection.country) && header.last_day &&
           *header.last_day >= months_before(selection.today, kCurrentMonths) &&
           (!selection.for_scores || scored(record));
}

bool later(const Record& one, const Record& other) {
    return std::tie(one.header.last_day, one.header.approved_at) >
           std::tie(other.header.last_day, other.header.approved_at);
}

/// Sums of hundredths with their weights, and the extremes.
struct Sum {
    std::int64_t total = 0, weight = 0;
    double least = 4, most = 0;

    void add(double mean, std::int64_t times) {
        total += hundredths(mean) * times;
        weight += times;
        least = std::min(least, mean);
        most = std::max(most, mean);
    }
    std::optional<double> mean() const {
        if (weight == 0) return {};
        return static_cast<double>(rounded_quotient(total, weight)) / 100.0;
    }
};

std::optional<int> index_over(const std::array<AgencyDimension, kDimensions>& all,
                              std::optional<double> AgencyDimension::*mean) {
    std::vector<double> means;
    for (const AgencyDimension& dimension : all)
        if (dimension.*mean) means.push_back(*(dimension.*mean));
    return index_of(means);
}

AgencyDimension dimension_of(std::span<const AuditScore> scores,
                             std::span<const std::int64_t> weights, std::size_t at) {
    AgencyDimension out;
    Sum verified, declared;
    for (std::size_t unit = 0; unit < scores.size(); ++unit) {
        const DimensionScore& score = scores[unit].verified[at];
        if (score.rating != Rating::rated) continue;
        ++out.units;
        verified.add(*score.mean, weights[unit]);
        declared.add(*scores[unit].declared[at].mean, weights[unit]);
    }
    out.verified = verified.mean();
    out.declared = declared.mean();
    if (static_cast<std::size_t>(out.units) >= kLeastUnitsForSpread) {
        out.least = verified.least;
        out.most = verified.most;
    }
    return out;
}

void add_readiness(AgencyScore& result, std::span<const Record* const> units) {
    Sum readiness;
    for (const Record* unit : units)
        if (const auto value = value_of(unit->answers.value("i1"))) readiness.add(*value, 1);
    result.readiness = readiness.mean();
    result.readiness_low = readiness.least;
    result.readiness_high = readiness.most;
}

void add_sides(AgencyScore& result) {
    result.staff_side = result.dimensions[kStaffSide].verified;
    Sum services;
    for (const std::size_t at : kServiceSide)
        if (const auto mean = result.dimensions[at].verified) services.add(*mean, 1);
    result.service_side = services.mean();
}

}  // namespace

std::vector<const Record*> current_audits(std::span<const Record> records,
                                          const Selection& selection) {
    std::map<std::string, const Record*> latest;
    for (const Record& record : records) {
        if (!wanted(record, selection)) continue;
        const Record*& kept = latest[record.header.unit];
        if (!kept || later(record, *kept)) kept = &record;
    }
    std::vector<const Record*> units;
    for (const auto& [unit, record] : latest) units.push_back(record);
    std::ranges::stable_sort(units, {}, [](const Record* record) {
        return name_or_code(record->header.unit_name, record->header.unit);
    });
    return units;
}

AgencyScore agency_score(std::span<const Record* const> units, Weighting weighting) {
    std::vector<AuditScore> scores;
    std::vector<std::int64_t> weights;
    for (const Record* unit : units) {
        scores.push_back(score(*unit));
        const std::int64_t staff = staffing(*unit).of_known_sex();
        weights.push_back(weighting == Weighting::by_staff ? staff : 1);
    }
    AgencyScore result;
    for (std::size_t at = 0; at < kDimensions; ++at)
        result.dimensions[at] = dimension_of(scores, weights, at);
    for (const AuditScore& unit : scores) {
        const ShareMet share = share_met(unit.verified);
        result.met.met += share.met;
        result.met.rated += share.rated;
    }
    result.verified_index = index_over(result.dimensions, &AgencyDimension::verified);
    result.declared_index = index_over(result.dimensions, &AgencyDimension::declared);
    add_sides(result);
    add_readiness(result, units);
    return result;
}

}  // namespace bordereau::audit
