#include "app/audit/scores.h"

#include <algorithm>

#include "app/audit/rounding.h"

namespace bordereau::audit {
namespace {

constexpr int kTop = 4;
constexpr std::int64_t kHundred = 100;
constexpr int kUnprovenCap = 2;
constexpr int kCriticalCap = 2;
constexpr int kCriticalGap = 1;  // this value or less
constexpr int kMet = 3;
constexpr double kLeastCoverage = 0.75;

using Names = std::vector<std::string_view>;

bool contains(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

std::optional<int> verified_value(const Answers& answers, std::string_view item,
                                  const Names& supported) {
    const auto value = value_of(answers.value(item));
    if (!value || *value <= kUnprovenCap || contains(supported, item)) return value;
    return kUnprovenCap;
}

bool applies(const Answers& answers, std::string_view item) {
    return answers.asked(item) && !answers.is(item, "na");
}

bool critical_gap(const Answers& answers, std::string_view item) {
    const auto value = value_of(answers.value(item));
    return critical(item) && value && *value <= kCriticalGap;
}

int capped_level(const Dimension& dimension, const Answers& answers, double mean) {
    const bool gap = std::ranges::any_of(
        dimension.items, [&](std::string_view item) { return critical_gap(answers, item); });
    return std::min(level_of(mean), gap ? kCriticalCap : kTop);
}

Rating rating_of(const std::optional<double>& coverage) {
    if (!coverage) return Rating::not_applicable;
    return *coverage < kLeastCoverage ? Rating::insufficient : Rating::rated;
}

struct Sums {
    int applicable = 0, answered = 0, computed = 0;
    std::int64_t hundredths = 0;  // of all values, so that the means are exact
};

DimensionScore from_sums(const Sums& sums) {
    DimensionScore score;
    score.applicable = sums.applicable;
    score.answered = sums.answered;
    score.computed = sums.computed;
    if (sums.applicable > 0) score.coverage = rounded_ratio(sums.answered, sums.applicable);
    const auto over = [](std::int64_t total, int count) {
        return static_cast<double>(rounded_quotient(total, count)) / 100.0;
    };
    if (const int counted = sums.answered + sums.computed; counted > 0)
        score.mean = over(sums.hundredths, counted);
    if (const int possible = sums.applicable + sums.computed; possible > 0) {
        const std::int64_t open = kHundred * kTop * (sums.applicable - sums.answered);
        score.low = over(sums.hundredths, possible);
        score.high = over(sums.hundredths + open, possible);
    }
    score.rating = rating_of(score.coverage);
    return score;
}

DimensionScore score_dimension(const Dimension& dimension, const Answers& answers,
                               const ComputedItems& computed, const Names* supported) {
    Sums sums;
    for (const std::string_view item : dimension.items) {
        if (!applies(answers, item)) continue;
        ++sums.applicable;
        const auto value =
            supported ? verified_value(answers, item, *supported) : value_of(answers.value(item));
        if (!value) continue;
        ++sums.answered;
        sums.hundredths += kHundred * *value;
    }
    for (const std::string_view name : dimension.computed)
        if (const auto value = computed.by_name(name)) {
            ++sums.computed;
            sums.hundredths += hundredths(*value);
        }
    DimensionScore score = from_sums(sums);
    if (score.rating == Rating::rated)
        score.level = capped_level(dimension, answers, score.mean.value_or(0));
    return score;
}

std::optional<int> index_over(const Dimensions& scores) {
    std::vector<double> means;
    for (const DimensionScore& score : scores)
        if (score.rating == Rating::rated) means.push_back(*score.mean);
    return index_of(means);
}

}  // namespace

std::optional<int> value_of(std::string_view answer) {
    if (answer == "yes") return kTop;
    if (answer == "partly") return 2;
    if (answer == "no") return 0;
    if (answer.size() == 1 && answer[0] >= '0' && answer[0] <= '4') return answer[0] - '0';
    return {};
}

std::vector<std::string_view> supported_items(const Record& record) {
    Names supported;
    const auto rows = record.rows("k_item");
    for (const std::size_t accepted : record.review.accepted_evidence)
        if (accepted < rows.size())
            for (const std::string_view item : rows[accepted].choices("k_items"))
                supported.push_back(item);
    return supported;
}

std::optional<int> item_value(const Record& record, std::string_view item, Basis basis) {
    if (basis == Basis::declared) return value_of(record.answers.value(item));
    return verified_value(record.answers, item, supported_items(record));
}

AuditScore score(const Record& record) {
    AuditScore result;
    result.computed = computed_items(record);
    const Names supported = supported_items(record);
    const ComputedItems traced = record.review.figures_traced ? result.computed : ComputedItems{};
    for (std::size_t at = 0; at < kDimensions; ++at) {
        const Dimension& dimension = dimensions()[at];
        result.declared[at] = score_dimension(dimension, record.answers, result.computed, nullptr);
        result.verified[at] = score_dimension(dimension, record.answers, traced, &supported);
        if (result.declared[at].rating == Rating::rated) ++result.rated;
    }
    result.declared_index = index_over(result.declared);
    result.verified_index = index_over(result.verified);
    for (const std::string_view item : critical_items()) {
        if (critical_gap(record.answers, item)) result.critical_gaps.push_back(item);
        if (record.answers.is(item, "dk")) result.open_critical.push_back(item);
    }
    return result;
}

int level_of(double mean) {
    return static_cast<int>(std::min<std::int64_t>(kTop, rounded_quotient(hundredths(mean), 100)));
}

std::optional<int> index_of(const std::vector<double>& means) {
    if (means.size() < kIndexNeeds) return {};
    std::int64_t sum = 0;
    for (const double mean : means) sum += hundredths(mean);
    const auto count = static_cast<std::int64_t>(means.size());
    return static_cast<int>(rounded_quotient(25 * sum, 100 * count));
}

ShareMet share_met(const Dimensions& scores) {
    ShareMet share;
    for (const DimensionScore& score : scores) {
        if (score.rating != Rating::rated) continue;
        ++share.rated;
        if (*score.level >= kMet) ++share.met;
    }
    return share;
}

std::optional<double> service_side(const Dimensions& scores) {
    std::int64_t sum = 0;
    int rated = 0;
    for (const std::size_t at : kServiceSide)
        if (scores[at].rating == Rating::rated) {
            sum += hundredths(*scores[at].mean);
            ++rated;
        }
    if (rated == 0) return {};
    return static_cast<double>(rounded_quotient(sum, rated)) / 100.0;
}

}  // namespace bordereau::audit
