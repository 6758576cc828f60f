#include "app/audit/checks.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "app/audit/actions.h"
#include "app/audit/computed.h"
#include "app/audit/instrument.h"
#include "app/audit/marker.h"
#include "app/audit/people.h"
#include "app/audit/scores.h"

namespace bordereau::audit {
namespace {

using Items = std::vector<std::string>;

/// What every check reads; worked out once.
struct Facts {
    const Record& audit;
    const Answers& answers;
    const Surroundings& around;
    ComputedItems computed;
    Staffing staff;
};

int value(const Facts& facts, std::string_view item) {
    return value_of(facts.answers.value(item)).value_or(-1);
}

Items items_if(bool fires, std::initializer_list<const char*> items) {
    return fires ? Items{items.begin(), items.end()} : Items{};
}

bool seen_on_walk(const Facts& facts, std::string_view item, std::string_view answer) {
    const auto from = facts.answers.date("a_period_from");
    const auto to = facts.audit.header.last_day;
    return std::ranges::any_of(facts.around.walks, [&](const Record& walk) {
        const auto day = walk.header.first_day;
        return walk.header.state == ReviewState::approved &&
               walk.header.unit == facts.audit.header.unit && day && from && to && *day >= *from &&
               *day <= *to && walk.answers.is(item, answer);
    });
}

Items meaning_without_place(const Facts& facts) {
    const auto where = facts.answers.value("b_where");
    return items_if((where == "oral" || where == "none") && value(facts, "b1") >= 2,
                    {"b_where", "b1"});
}

Items meaning_not_known(const Facts& facts) {
    const auto known = facts.computed.understanding;
    return items_if(value(facts, "b1") >= 3 && known && *known < 2, {"b1", "c4_asked", "c4_ok"});
}

Items searches_by_other_sex(const Facts& facts) {
    const auto share = facts.computed.searches;
    return items_if(facts.answers.is("e7", "yes") && share && *share < 4, {"e7", "e_sr_same"});
}

Items shifts_without_woman(const Facts& facts) {
    const auto share = facts.computed.shifts;
    return items_if(facts.answers.is("e7", "yes") && share && *share < 4, {"e7", "e_sh_w"});
}

Items staff_facilities(const Facts& facts) {
    return items_if(facts.answers.is("d3", "yes") &&
                        (seen_on_walk(facts, "w20", "no") || seen_on_walk(facts, "w21", "no")),
                    {"d3"});
}

Items interview_room(const Facts& facts) {
    return items_if(facts.answers.is("e9", "yes") && seen_on_walk(facts, "w13", "no"), {"e9"});
}

Items representation_against_obstacle(const Facts& facts) {
    const auto balance = facts.computed.representation;
    if (!balance || !facts.answers.given("h_present")) return {};
    const bool named = facts.answers.selected("h_present", "repr");
    return items_if(named ? *balance >= 3.5 : *balance < 1.5, {"h_present", "d_staff"});
}

Items skilled_but_untrained(const Facts& facts) {
    const auto women = facts.answers.count("d_trn_w"), men = facts.answers.count("d_trn_m");
    return items_if(value(facts, "c3b") >= 3 && women && men && *women + *men == 0,
                    {"c3b", "d_trn_w", "d_trn_m"});
}

Items recording_against_counts(const Facts& facts) {
    const auto counting = facts.computed.counting;
    return items_if(value(facts, "e1") >= 3 && counting && *counting < 3, {"e1", "e_sadd_level"});
}

// Shares differ by over 20 points: |a/b - c/d| > 1/5, in whole numbers.
Items training_of_one_sex(const Facts& facts) {
    const auto women = facts.answers.count("d_trn_w"), men = facts.answers.count("d_trn_m");
    const std::int64_t staff = facts.staff.of_known_sex();
    if (!women || !men || *women + *men < 20 || staff == 0) return {};
    const std::int64_t trained = *women + *men;
    const std::int64_t apart = std::abs(*women * staff - facts.staff.women * trained);
    return items_if(5 * apart > trained * staff, {"d_trn_w", "d_trn_m"});
}

// (a/b) / (c/d) outside 0.8 to 1.25, in whole numbers.
Items selection_rates(const Facts& facts) {
    const auto applied_w = facts.answers.count("d_app_w"),
               applied_m = facts.answers.count("d_app_m");
    const auto chosen_w = facts.answers.count("d_rec_w"), chosen_m = facts.answers.count("d_rec_m");
    if (!applied_w || !applied_m || !chosen_w || !chosen_m) return {};
    if (*applied_w < 20 || *applied_m < 20) return {};
    const std::int64_t women = *chosen_w * *applied_m, men = *chosen_m * *applied_w;
    return items_if(5 * women < 4 * men || 4 * women > 5 * men, {"d_rec_w", "d_rec_m"});
}

Items reviewed_but_no_text(const Facts& facts) {
    const auto texts = facts.audit.rows("f_item");
    const bool any = std::ranges::any_of(texts, [](const Answers& text) {
        return text.is("f_status", "force") || text.is("f_status", "adopted") ||
               text.is("f_status", "draft");
    });
    return items_if(value(facts, "f1") >= 3 && !any, {"f1", "f_any"});
}

Items marker_codes_differ(const Facts& facts) {
    const auto differs = [](const Answers& project) {
        return marker_differs(marker_code(project), project.value("g_official")).value_or(false);
    };
    return items_if(std::ranges::any_of(facts.audit.rows("g_item"), differs), {"g_official"});
}

bool finding_for(const Facts& facts, std::string_view item) {
    const std::string section{section_of(item)};
    return std::ranges::any_of(findings(facts.audit), [&](const Finding& finding) {
        const bool pressing = finding.priority == "immediate" || finding.priority == "high";
        return finding.section == section && pressing;
    });
}

Items gaps_without_finding(const Facts& facts) {
    Items gaps;
    for (const std::string_view item : critical_items()) {
        const int answer = value(facts, item);
        if (answer >= 0 && answer <= 1 && !finding_for(facts, item)) gaps.emplace_back(item);
    }
    return gaps;
}

Items answers_without_evidence(const Facts& facts) {
    Items bare;
    for (const Dimension& dimension : dimensions())
        for (const std::string_view item : dimension.items) {
            const bool linked = std::ranges::any_of(
                facts.audit.rows("k_item"),
                [&](const Answers& evidence) { return evidence.selected("k_items", item); });
            if (value(facts, item) >= 3 && !linked) bare.emplace_back(item);
        }
    return bare;
}

Items interviews_without_consent(const Facts& facts) {
    const bool used = value(facts, "c4a") >= 0 || facts.answers.given("c4_asked");
    return items_if(facts.answers.is("a_consent", "no") && used, {"c4a", "c4_asked"});
}

// What was agreed before stands as this audit lists it again, by its words, else as it stood then.
bool is_verified(const Finding& agreed, const std::vector<Finding>& now) {
    const auto again = std::ranges::find_if(now, [&](const Finding& action) {
        return action.text == agreed.text && action.recommendation == agreed.recommendation;
    });
    return (again == now.end() ? agreed : *again).status == "verified";
}

Items ready_but_nothing_done(const Facts& facts) {
    if (!facts.answers.is("a_type", "follow_up") || value(facts, "i1") < 3) return {};
    if (!facts.around.earlier) return {};
    const auto now = findings(facts.audit);
    auto agreed = findings(*facts.around.earlier);
    std::erase_if(agreed, [](const Finding& found) { return found.status.empty(); });  // good ones
    const auto done = [&](const Finding& action) { return is_verified(action, now); };
    return items_if(!agreed.empty() && std::ranges::none_of(agreed, done), {"i1"});
}

Items small_rows(const Facts& facts) {
    const auto small = [](std::int64_t total) { return total >= 1 && total <= 4; };
    Items tables;
    if (std::ranges::any_of(facts.staff.grades, [&](const GradeStaff& grade) {
            return small(grade.women + grade.men + grade.unrecorded);
        }))
        tables.emplace_back("d_staff");
    const auto people = served(facts.audit);
    bool few = people && small(people->total());
    for (std::size_t band = 0; people && people->by_age && band < kAgeBands; ++band)
        few = few || small(people->women[band] + people->men[band]);
    if (few) tables.emplace_back("e_sadd");
    return tables;
}

/// X1 first. Each gives the items when it fires, none when it does not.
constexpr Items (*kChecks[])(const Facts&){
    meaning_without_place,
    meaning_not_known,
    searches_by_other_sex,
    shifts_without_woman,
    staff_facilities,
    interview_room,
    representation_against_obstacle,
    skilled_but_untrained,
    recording_against_counts,
    training_of_one_sex,
    selection_rates,
    reviewed_but_no_text,
    marker_codes_differ,
    gaps_without_finding,
    answers_without_evidence,
    interviews_without_consent,
    ready_but_nothing_done,
    small_rows,
};
static_assert(std::size(kChecks) == kConsistencyChecks);

}  // namespace

std::vector<Notice> consistency_notices(const Record& audit, const Surroundings& around) {
    const Facts facts{audit, audit.answers, around, computed_items(audit), staffing(audit)};
    std::vector<Notice> notices;
    int number = 0;
    for (const auto concerned : kChecks) {
        ++number;
        Items items = concerned(facts);
        if (!items.empty()) notices.push_back({number, std::move(items)});
    }
    return notices;
}

}  // namespace bordereau::audit
