// storage/base/time.h - instants, dates and the clock that callers pass in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace bordereau {

/// Milliseconds since 1970-01-01T00:00:00Z.
using Millis = std::int64_t;

/// Where the time comes from. Passed in everywhere, so that tests own it.
struct Clock {
    std::function<Millis()> now;                    ///< the present instant
    std::function<int(Millis)> utc_offset_minutes;  ///< local minus UTC at an instant, in minutes
};

/// The machine's clock and time zone.
Clock system_clock();

/// A clock that stands at `now`, in a zone `offset_minutes` east of UTC.
Clock fixed_clock(Millis now, int offset_minutes = 0);

/// A day of the proleptic Gregorian calendar.
struct Date {
    int year = 1970, month = 1, day = 1;
    auto operator<=>(const Date&) const = default;
};

/// Whole days since 1970-01-01; negative before.
std::int64_t days_of(Date date);
Date date_of_days(std::int64_t days);
bool exists(Date date);

/// "2026-03-07"; parsing takes exactly this form and refuses days that do not exist.
std::string to_text(Date date);
std::optional<Date> parse_date(std::string_view text);

/// The local day at an instant.
Date local_date(const Clock& clock, Millis at);

/// "2026-03-07T14:05:09.250+01:00"; offset "Z" is written as "+00:00" never as "Z".
std::string to_iso(Millis at, int offset_minutes);

/// Reads an ISO 8601 instant with offset or Z; seconds and fraction may be missing.
std::optional<Millis> parse_iso(std::string_view text);

}  // namespace bordereau
