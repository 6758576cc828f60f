#include "app/report/people_figures.h"

#include "app/audit/people.h"
#include "app/audit/suppression.h"
#include "app/report/numbers.h"
#include "app/report/plots.h"

namespace bordereau::report {
namespace {

using audit::PublishedTable;
using Units = std::span<const audit::Record* const>;

constexpr std::int64_t kLeastSearches = 5;
constexpr std::int64_t kLeastShifts = 10;

/// The table as a figure, or the one sentence that remains of it. True when a figure was drawn.
bool draw_published(Draft& draft, const PublishedTable& published, MirroredBars data,
                    std::string alternative, const Texts& texts) {
    using Kind = PublishedTable::Kind;
    if (published.kind == Kind::fewer)
        draft.say(texts("people.fewer", {{"k", std::to_string(published.k)}}));
    if (published.kind == Kind::nobody) draft.say(texts("people.nobody"));
    if (published.kind == Kind::total_only)
        draft.say(texts("people.total_only", {{"n", texts.grouped(*published.total)}}));
    if (!published.has_rows()) return false;
    draft.add(
        Figure{"", std::move(alternative), draw(data, texts), twin_of(data, published, texts)});
    return true;
}

struct Fraction {
    std::int64_t part = 0, whole = 0;
};

Fraction same_sex_searches(Units units) {
    Fraction sum;
    for (const audit::Record* unit : units) {
        const auto women = unit->answers.count("e_sr_f"), men = unit->answers.count("e_sr_m");
        const auto same = unit->answers.count("e_sr_same");
        if (!women || !men || !same) continue;
        sum.part += *same;
        sum.whole += *women + *men;
    }
    return sum;
}

Fraction shifts_with_woman(Units units) {
    Fraction sum;
    for (const audit::Record* unit : units) {
        const auto all = unit->answers.count("e_sh_tot"), some = unit->answers.count("e_sh_w");
        if (!all || !some) continue;
        sum.part += *some;
        sum.whole += *all;
    }
    return sum;
}

TargetBars::Row target_row(const Fraction& fraction, std::int64_t least, audit::Audience audience,
                           std::string label, const Texts& texts) {
    TargetBars::Row row;
    row.label = std::move(label);
    if (fraction.whole < least) {
        row.basis = texts("people.too_few", {{"least", std::to_string(least)}});
        return row;
    }
    row.percent =
        audit::publish_share(fraction.part, fraction.whole, least, audit::kSmall, audience);
    const bool exact =
        row.percent && audit::publish_count(fraction.part, audit::kSmall, audience) &&
        audit::publish_count(fraction.whole - fraction.part, audit::kSmall, audience);
    row.basis = exact ? texts("of", {{"n", texts.grouped(fraction.part)},
                                     {"all", texts.grouped(fraction.whole)}})
                      : texts("people.basis_hidden");
    return row;
}

}  // namespace

void staff_figure(Draft& draft, Units units, audit::Audience audience, const Texts& texts) {
    const audit::Staffing staff = audit::staffing(units);
    if (audience == audit::Audience::public_use && staff.of_known_sex() < audit::kLeastForShare) {
        draft.say(texts("staff.too_few"));
        return;
    }
    const audit::CountTable table = audit::table_of(staff);
    const PublishedTable published =
        audit::publish(table, audit::grade_ladder(table), audit::kSmall, audience);
    MirroredBars data = mirrored_bars(published, "grade", texts);
    data.parity = true;
    const auto share = audit::publish_share(staff.women, staff.of_known_sex(),
                                            audit::kLeastForShare, audit::kSmall, audience);
    const std::string summary =
        share ? texts("staff.share", {{"share", texts.percent(*share)}}) : texts("staff.no_share");
    if (!draw_published(draft, published, std::move(data), summary, texts)) draft.say(summary);
}

void served_figure(Draft& draft, Units units, audit::Audience audience, const Texts& texts) {
    const auto people = audit::served(units);
    if (!people) {
        draft.say(texts("served.not_counted"));
        return;
    }
    const PublishedTable published = audit::publish(
        audit::table_of(*people), audit::age_ladder(*people), audit::kSmall, audience);
    draw_published(draft, published, mirrored_bars(published, "age_band", texts),
                   texts("served.alt"), texts);
}

void procedure_figure(Draft& draft, Units units, audit::Audience audience, const Texts& texts) {
    TargetBars data;
    data.rows.push_back(target_row(same_sex_searches(units), kLeastSearches, audience,
                                   texts("procedures.searches"), texts));
    data.rows.push_back(target_row(shifts_with_woman(units), kLeastShifts, audience,
                                   texts("procedures.shifts"), texts));
    draft.add(Figure{"", texts("procedures.alt"), draw(data, texts), twin_of(data, texts)});
}

}  // namespace bordereau::report
