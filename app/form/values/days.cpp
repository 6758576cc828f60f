#include "app/form/values/days.h"

#include <algorithm>

namespace bordereau::form {
namespace {

constexpr Millis kMinute = 60'000;
constexpr Millis kDay = 1'440 * kMinute;

// The smaller offset of winter and summer: then the number of a day, read back as an instant, is
// never before its midnight.
int standard_offset(int year, const Clock& clock) {
    if (!clock.utc_offset_minutes) return 0;
    return std::min(clock.utc_offset_minutes(days_of({year, 1, 1}) * kDay),
                    clock.utc_offset_minutes(days_of({year, 7, 1}) * kDay));
}

}  // namespace

double day_number(const Moment& moment, const Clock& clock) {
    if (moment.has_time) return to_days(moment);
    const int offset = standard_offset(moment.date().year, clock);
    return static_cast<double>(moment.local - offset * kMinute) / static_cast<double>(kDay);
}

}  // namespace bordereau::form
