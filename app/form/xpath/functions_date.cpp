// Functions over dates and times. Times are those of the clock's zone.
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "app/form/values/days.h"
#include "app/form/values/number.h"
#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr Millis kDay = 86'400'000;
// Years 0 to 9999, which is what dates can be written in.
constexpr double kFirstDay = -719'528;
constexpr double kLastDay = 2'932'896;

constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

Millis now_of(const Clock& clock) {
    return clock.now ? clock.now() : 0;
}

std::optional<Moment> moment_of_days(double days, const Clock& clock) {
    if (!(days >= kFirstDay && days <= kLastDay)) return std::nullopt;
    return moment_at(std::llround(days * static_cast<double>(kDay)), clock);
}

// A number is days since 1970-01-01T00:00Z; nothing for texts that are neither.
std::optional<Moment> moment_of_value(const Value& value, const Clock& clock) {
    if (const auto* moment = std::get_if<Moment>(&value)) return *moment;
    if (const auto* number = std::get_if<double>(&value)) return moment_of_days(*number, clock);
    if (std::holds_alternative<bool>(value)) return std::nullopt;
    const std::string text = to_string(value);
    if (auto moment = parse_moment(text, clock)) return moment;
    if (auto moment = parse_script_moment(text, clock)) return moment;
    return moment_of_days(to_number(text), clock);
}

Value today(Call& call) {
    Moment moment = moment_at(now_of(call.clock()), call.clock());
    return moment_of(moment.date(), call.clock());
}

Value now(Call& call) {
    return moment_at(now_of(call.clock()), call.clock());
}

// What is no date gives nothing, where JavaRosa stops and others say "Invalid Date": a half-typed
// answer must not end all calculations.
Value date(Call& call) {
    auto moment = moment_of_value(call.value(0), call.clock());
    if (!moment) return std::string{};
    moment->has_time = false;
    return *moment;
}

Value date_time(Call& call) {
    auto moment = moment_of_value(call.value(0), call.clock());
    if (!moment) return std::string{};
    moment->has_time = true;
    return *moment;
}

Value decimal_date_time(Call& call) {
    const Value value = call.value(0);
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto moment = moment_of_value(value, call.clock()))
        return day_number(*moment, call.clock());
    // Nothing answered gives nothing; what was answered and is no date is a mistake (JavaRosa).
    if (to_string(value).empty()) return kNotANumber;
    return call.fail("this is not a date");
}

Millis in_day(Millis local) {
    return ((local % kDay) + kDay) % kDay;
}

// A time with an offset is moved into the clock's zone; one without is taken as local.
Millis local_time(const TimeOfDay& time, const Clock& clock) {
    if (!time.offset_minutes) return time.millis;
    const Moment here = moment_at(now_of(clock), clock);
    return in_day(time.millis + Millis{here.offset_minutes - *time.offset_minutes} * 60'000);
}

Value decimal_time(Call& call) {
    const Value value = call.value(0);
    std::optional<Millis> local;
    if (const auto* moment = std::get_if<Moment>(&value)) local = in_day(moment->local);
    const std::string text = to_string(value);
    if (const auto time = parse_time_of_day(text); time && !local)
        local = local_time(*time, call.clock());
    if (const auto moment = parse_moment(text, call.clock()); moment && !local)
        local = in_day(moment->local);
    return local ? static_cast<double>(*local) / static_cast<double>(kDay) : kNotANumber;
}

std::string padded(std::int64_t number, int width) {
    std::array<char, 24> out{};
    std::snprintf(out.data(), out.size(), "%0*lld", width, static_cast<long long>(number));
    return out.data();
}

// ISO 8601: the week that holds the year's first Thursday is number 1.
int week_of(const Moment& moment) {
    const std::int64_t day = days_of(moment.date());
    const std::int64_t weekday = ((day + 3) % 7 + 7) % 7;  // Monday is 0
    const Date thursday = date_of_days(day - weekday + 3);
    return static_cast<int>((day - weekday + 3 - days_of({thursday.year, 1, 1})) / 7 + 1);
}

std::string name_of(const std::vector<std::string>& names,
                    std::span<const std::string_view> english, std::size_t index) {
    return index < names.size() ? names[index] : std::string{english[index]};
}

// One %-sequence; unknown ones stay as they are (JavaRosa refuses them).
std::string formatted(char code, const Moment& moment, const Services& services) {
    const Date date = moment.date();
    const Millis time = in_day(moment.local);
    switch (code) {
        case 'Y': return padded(date.year, 4);
        case 'y': return padded(date.year % 100, 2);
        case 'm': return padded(date.month, 2);
        case 'n': return std::to_string(date.month);
        case 'b':
            return name_of(services.month_names, kMonths, static_cast<std::size_t>(date.month - 1));
        case 'd': return padded(date.day, 2);
        case 'e': return std::to_string(date.day);
        case 'a': {
            const std::int64_t weekday = ((days_of(date) + 4) % 7 + 7) % 7;  // Sunday is 0
            return name_of(services.day_names, kDays, static_cast<std::size_t>(weekday));
        }
        case 'W': return std::to_string(week_of(moment));
        case 'H': return padded(time / 3'600'000, 2);
        case 'h': return std::to_string(time / 3'600'000);
        case 'M': return padded(time / 60'000 % 60, 2);
        case 'S': return padded(time / 1000 % 60, 2);
        case '3': return padded(time % 1000, 3);
        case '%': return "%";
        default: return {'%', code};
    }
}

// Also takes a bare time of day, since format-date-time() is used on time questions.
std::optional<Moment> moment_to_format(Call& call) {
    const Value value = call.value(0);
    if (auto moment = moment_of_value(value, call.clock())) return moment;
    const auto time = parse_time_of_day(to_string(value));
    if (!time) return std::nullopt;
    const Moment day =
        moment_of(moment_at(now_of(call.clock()), call.clock()).date(), call.clock());
    return Moment{day.local + local_time(*time, call.clock()), day.offset_minutes, true};
}

Value format_date(Call& call) {
    const auto moment = moment_to_format(call);
    if (!moment) return std::string{};
    const std::string pattern = call.text(1);
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%' || i + 1 == pattern.size())
            out += pattern[i];
        else
            out += formatted(pattern[++i], *moment, call.services());
    }
    return out;
}

constexpr Function kFunctions[] = {
    {"today", 0, 0, TypeOf::moment, kVolatile, today},
    {"now", 0, 0, TypeOf::moment, kVolatile, now},
    {"date", 1, 1, TypeOf::unknown, kPure, date},
    {"date-time", 1, 1, TypeOf::unknown, kPure, date_time},
    {"decimal-date-time", 1, 1, TypeOf::number, kPure, decimal_date_time},
    {"decimal-time", 1, 1, TypeOf::number, kPure, decimal_time},
    {"format-date", 2, 2, TypeOf::text, kPure, format_date},
    {"format-date-time", 2, 2, TypeOf::text, kPure, format_date}};

}  // namespace

std::span<const Function> date_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
