#include "app/audit/walk.h"

#include <string>

#include "app/audit/rounding.h"
#include "app/audit/scores.h"

namespace bordereau::audit {
namespace {

constexpr int kQuestions = 21;
constexpr int kTop = 4;
constexpr double kLeastCoverage = 0.7;

}  // namespace

WalkScore walk_score(const Record& walk) {
    const Answers& answers = walk.answers;
    WalkScore result;
    int sum = 0, applicable = answers.is("w_hold", "no") ? kQuestions - 1 : kQuestions;
    for (int number = 1; number <= kQuestions; ++number) {
        const std::string name = "w" + std::to_string(number);
        if (answers.is(name, "na")) --applicable;
        const auto value = value_of(answers.value(name));
        if (!value) continue;
        ++result.answered;
        sum += *value;
    }
    if (applicable > 0) result.coverage = rounded_ratio(result.answered, applicable);
    if (result.coverage.value_or(0) >= kLeastCoverage)
        result.percent = static_cast<int>(rounded_quotient(100 * sum, kTop * result.answered));
    for (const char* name : {"w9", "w10", "w13"})
        if (answers.is(name, "no")) result.critical_gaps.emplace_back(name);
    return result;
}

}  // namespace bordereau::audit
