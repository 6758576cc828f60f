#include "app/audit/change.h"

#include <algorithm>

#include "app/audit/computed.h"
#include "app/audit/people.h"
#include "app/audit/rounding.h"
#include "app/audit/scores.h"

namespace bordereau::audit {
namespace {

constexpr double kClear = 0.5;                  // of a mean difference
constexpr std::int64_t kLeastDenominator = 10;  // of a share of people

std::string_view major_version(std::string_view version) {
    return version.substr(0, version.find('.'));
}

bool applies(const Record& audit, std::string_view item) {
    return audit.answers.asked(item) && !audit.answers.is(item, "na");
}

std::optional<double> traced(const Record& audit, std::string_view name) {
    if (!audit.review.figures_traced) return {};
    return computed_items(audit).by_name(name);
}

Verdict verdict_of(const DimensionChange& change) {
    if (!change.delta || 4 * change.matched < 3 * change.applicable) return Verdict::not_comparable;
    if (*change.delta >= kClear) return Verdict::improved;
    return *change.delta <= -kClear ? Verdict::declined : Verdict::no_clear_change;
}

DimensionChange change_of(const Dimension& dimension, const Record& then, const Record& now) {
    DimensionChange change;
    std::int64_t sum = 0, terms = 0;  // differences in hundredths
    for (const std::string_view item : dimension.items) {
        if (applies(then, item) || applies(now, item)) ++change.applicable;
        const auto before = item_value(then, item, Basis::verified);
        const auto after = item_value(now, item, Basis::verified);
        if (!before || !after) continue;
        ++change.matched;
        ++terms;
        sum += std::int64_t{100} * (*after - *before);
    }
    for (const std::string_view name : dimension.computed) {
        const auto before = traced(then, name), after = traced(now, name);
        if (!before || !after) continue;
        ++terms;
        sum += hundredths(*after) - hundredths(*before);
    }
    if (terms > 0) change.delta = static_cast<double>(rounded_quotient(sum, terms)) / 100.0;
    change.verdict = verdict_of(change);
    return change;
}

void add(Movement& movement, const Record& then, const Record& now, std::string_view item) {
    const auto before = item_value(then, item, Basis::verified);
    const auto after = item_value(now, item, Basis::verified);
    if (before && !applies(now, item)) ++movement.no_longer_applicable;
    if (!before && after) ++movement.newly_answered;
    if (!before || !after) return;
    ++movement.counts[static_cast<std::size_t>(*before)][static_cast<std::size_t>(*after)];
    movement.up += *after > *before;
    movement.same += *after == *before;
    movement.down += *after < *before;
}

bool proof_changed(const Record& then, const Record& now, std::string_view item) {
    const auto declared = item_value(then, item, Basis::declared);
    return declared && declared == item_value(now, item, Basis::declared) &&
           item_value(then, item, Basis::verified) != item_value(now, item, Basis::verified);
}

struct Fraction {
    std::int64_t part = 0, whole = 0;
};

std::optional<Fraction> fraction(const Answers& answers, const char* part, const char* whole) {
    const auto some = answers.count(part), all = answers.count(whole);
    if (!some || !all) return {};
    return Fraction{*some, *all};
}

std::optional<Fraction> people_share(const Record& audit, std::string_view name) {
    const Answers& answers = audit.answers;
    if (name == "understanding") return fraction(answers, "c4_ok", "c4_asked");
    if (name == "shifts") return fraction(answers, "e_sh_w", "e_sh_tot");
    if (name == "staff_women") {
        const Staffing staff = staffing(audit);
        return Fraction{staff.women, staff.of_known_sex()};
    }
    const auto women = answers.count("e_sr_f"), men = answers.count("e_sr_m");
    const auto same = answers.count("e_sr_same");
    if (!women || !men || !same) return {};
    return Fraction{*same, *women + *men};
}

std::vector<ShareChange> share_changes(const Record& then, const Record& now) {
    std::vector<ShareChange> changes;
    for (const std::string_view name : {"staff_women", "understanding", "searches", "shifts"}) {
        const auto before = people_share(then, name), after = people_share(now, name);
        if (!before || !after) continue;
        if (before->whole < kLeastDenominator || after->whole < kLeastDenominator) continue;
        const double was = percent(before->part, before->whole);
        const double is = percent(after->part, after->whole);
        const auto points = hundredths(is) - hundredths(was);
        changes.push_back({name, was, is, static_cast<double>(points) / 100.0});
    }
    return changes;
}

}  // namespace

Change compare(const Record& then, const Record& now, Date today) {
    Change change;
    change.comparable = then.header.unit == now.header.unit &&
                        major_version(then.header.version) == major_version(now.header.version);
    change.agreed = findings(then);
    std::erase_if(change.agreed, [](const Finding& finding) { return finding.kind == "good"; });
    sort_by_urgency(change.agreed);
    change.closure = closure(change.agreed, today);
    if (!change.comparable) return change;

    for (std::size_t at = 0; at < kDimensions; ++at) {
        change.dimensions[at] = change_of(dimensions()[at], then, now);
        for (const std::string_view item : dimensions()[at].items) {
            add(change.movement, then, now, item);
            if (proof_changed(then, now, item)) change.proof_changed.push_back(item);
        }
    }
    change.shares = share_changes(then, now);
    return change;
}

}  // namespace bordereau::audit
