#include "app/audit/computed.h"

#include <algorithm>

#include "app/audit/people.h"
#include "app/audit/rounding.h"

namespace bordereau::audit {
namespace {

constexpr std::int64_t kTop = 4;  // of the scale
constexpr std::int64_t kLeastAsked = 5;
constexpr std::int64_t kLeastStaff = 10;
constexpr std::int64_t kLeastCommand = 5;
constexpr std::int64_t kLeastSearches = 5;
constexpr std::int64_t kLeastShifts = 10;

std::optional<double> understanding(const Answers& answers) {
    const auto asked = answers.count("c4_asked"), able = answers.count("c4_ok");
    if (!asked || !able || *asked < kLeastAsked) return {};
    return rounded_ratio(kTop * *able, *asked);
}

// Balance is 8 x min(share of women, share of men). The mean of two balances is taken over their
// common denominator, so that no rounding comes before the last.
std::optional<double> representation(const Staffing& staff) {
    const std::int64_t all = staff.of_known_sex(), fewer = std::min(staff.women, staff.men);
    if (all < kLeastStaff) return {};
    const std::int64_t command = staff.command_women + staff.command_men;
    if (command < kLeastCommand) return rounded_ratio(2 * kTop * fewer, all);
    const std::int64_t fewer_command = std::min(staff.command_women, staff.command_men);
    return rounded_ratio(kTop * (fewer * command + fewer_command * all), all * command);
}

std::optional<double> counting(const Record& record) {
    const auto level = record.answers.value("e_sadd_level");
    if (level == "none" || level == "total") return 0.0;
    const auto people = served(record);
    if (!people || people->total() == 0) return {};
    if (people->by_age) return rounded_ratio(kTop * people->fully_classified(), people->total());
    return rounded_ratio(kTop / 2 * (people->total_women + people->total_men), people->total());
}

std::optional<double> searches(const Answers& answers) {
    const auto women = answers.count("e_sr_f"), men = answers.count("e_sr_m");
    const auto same = answers.count("e_sr_same");
    if (!women || !men || !same || *women + *men < kLeastSearches) return {};
    return rounded_ratio(kTop * *same, *women + *men);
}

std::optional<double> shifts(const Answers& answers) {
    const auto all = answers.count("e_sh_tot"), with_woman = answers.count("e_sh_w");
    if (!all || !with_woman || *all < kLeastShifts) return {};
    return rounded_ratio(kTop * *with_woman, *all);
}

}  // namespace

std::optional<double> ComputedItems::by_name(std::string_view name) const {
    if (name == "q_und") return understanding;
    if (name == "q_rep") return representation;
    if (name == "q_sadd") return counting;
    if (name == "q_srch") return searches;
    if (name == "q_shift") return shifts;
    return {};
}

ComputedItems computed_items(const Record& record) {
    return {understanding(record.answers), representation(staffing(record)), counting(record),
            searches(record.answers), shifts(record.answers)};
}

}  // namespace bordereau::audit
