// app/form/values/moment.h - a date, or a date with time and offset, as ODK writes them.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/time.h"

namespace bordereau::form {

/// An instant in the clock's zone. One that is meant as a day is written without its time; it
/// keeps it, though, so that date() of an instant still subtracts and compares exactly.
struct Moment {
    Millis local = 0;        ///< milliseconds since 1970-01-01T00:00 on the local calendar
    int offset_minutes = 0;  ///< local minus UTC at that instant
    bool has_time = false;   ///< false: a day

    Millis instant() const { return local - Millis{offset_minutes} * 60'000; }
    Date date() const;
    bool operator==(const Moment&) const = default;
};

/// "2026-03-07" or "2026-03-07T14:05:09.250+01:00", with "Z" where local time is UTC (as in
/// JavaRosa).
std::string to_text(const Moment& moment);

/// Days since 1970-01-01T00:00Z with their fraction; a day counts from its local midnight (ODK
/// XForms, number()). JavaRosa takes whole local days here; differences of days are the same.
double to_days(const Moment& moment);

/// Reads "2026-3-7", "2026-03-07", or either followed by "T" or a blank and a time; without an
/// offset the clock's zone is taken. Nothing for other texts and for days that do not exist.
std::optional<Moment> parse_moment(std::string_view text, const Clock& clock);

/// Reads what JavaScript's Date writes, "Sat Mar 07 2026 14:05:09 GMT+0100 (...)": such texts get
/// into records through other clients. The offset in it is needed.
std::optional<Moment> parse_script_moment(std::string_view text, const Clock& clock);

Moment moment_of(Date date, const Clock& clock);
Moment moment_at(Millis instant, const Clock& clock);  ///< with time, in the clock's zone

/// A time of day: "14:05", "14:05:09.250", with or without offset.
struct TimeOfDay {
    Millis millis = 0;  ///< since midnight, in its own offset
    std::optional<int> offset_minutes;
};
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

/// "14:05:09.250+01:00" in the clock's zone as it is at present; a time without offset is taken
/// to be of that zone.
std::string to_text(const TimeOfDay& time, const Clock& clock);

}  // namespace bordereau::form
