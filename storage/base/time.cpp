#include "storage/base/time.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace bordereau {
namespace {

constexpr Millis kMinute = 60'000;
constexpr Millis kDay = 86'400'000;

Millis floor_div(Millis value, Millis by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

// Reads exactly `digits` digits at `at`.
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(at, digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

struct Reader {
    std::string_view text;
    std::size_t at = 0;

    bool done() const { return at == text.size(); }
    bool take(char c) {
        if (done() || text[at] != c) return false;
        ++at;
        return true;
    }
    std::optional<int> number(std::size_t digits) {
        auto found = number_at(text, at, digits);
        if (found) at += digits;
        return found;
    }
    // ".25" as milliseconds; digits after the third are dropped.
    int fraction() {
        int millis = 0, scale = 100;
        for (; !done() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            millis += (text[at] - '0') * scale;
        return millis;
    }
};

// Minutes east of UTC, from "Z", "+01:00", "+0100" or "+01".
std::optional<int> read_offset(Reader& in) {
    if (in.take('Z')) return 0;
    const bool west = in.take('-');
    if (!west && !in.take('+')) return std::nullopt;
    const auto hours = in.number(2);
    if (!hours || *hours > 18) return std::nullopt;
    int minutes = 0;
    in.take(':');
    if (!in.done()) {
        const auto found = in.number(2);
        if (!found || *found > 59) return std::nullopt;
        minutes = *found;
    }
    return (west ? -1 : 1) * (*hours * 60 + minutes);
}

}  // namespace

Clock system_clock() {
    return {
        [] {
            using namespace std::chrono;
            return duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
        },
        [](Millis at) {
            const std::time_t seconds = static_cast<std::time_t>(floor_div(at, 1000));
            std::tm local{};
            localtime_r(&seconds, &local);
            return static_cast<int>(local.tm_gmtoff / 60);
        }};
}

Clock fixed_clock(Millis now, int offset_minutes) {
    return {[now] { return now; }, [offset_minutes](Millis) { return offset_minutes; }};
}

std::int64_t days_of(Date date) {
    using namespace std::chrono;
    const year_month_day day{year{date.year}, month{static_cast<unsigned>(date.month)},
                             std::chrono::day{static_cast<unsigned>(date.day)}};
    return sys_days{day}.time_since_epoch().count();
}

Date date_of_days(std::int64_t count) {
    using namespace std::chrono;
    const year_month_day day{sys_days{days{count}}};
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

bool exists(Date date) {
    using namespace std::chrono;
    return date.month >= 1 && date.day >= 1 &&
           year_month_day{year{date.year}, month{static_cast<unsigned>(date.month)},
                          day{static_cast<unsigned>(date.day)}}
               .ok();
}

std::string to_text(Date date) {
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
    return out.data();
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number_at(text, 0, 4), month = number_at(text, 5, 2),
               day = number_at(text, 8, 2);
    if (!year || !month || !day) return std::nullopt;
    const Date date{*year, *month, *day};
    if (!exists(date)) return std::nullopt;
    return date;
}

Date local_date(const Clock& clock, Millis at) {
    return date_of_days(floor_div(at + clock.utc_offset_minutes(at) * kMinute, kDay));
}

std::string to_iso(Millis at, int offset_minutes) {
    const Millis local = at + offset_minutes * kMinute;
    const Millis day = floor_div(local, kDay);
    const Millis in_day = local - day * kDay;
    const int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%sT%02d:%02d:%02d.%03d%c%02d:%02d",
                  to_text(date_of_days(day)).c_str(), static_cast<int>(in_day / 3'600'000),
                  static_cast<int>(in_day / 60'000 % 60), static_cast<int>(in_day / 1000 % 60),
                  static_cast<int>(in_day % 1000), offset_minutes < 0 ? '-' : '+', offset / 60,
                  offset % 60);
    return out.data();
}

std::optional<Millis> parse_iso(std::string_view text) {
    const auto date = parse_date(text.substr(0, 10));
    if (!date || text.size() < 11 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    Reader in{text, 11};
    const auto hour = in.number(2);
    if (!hour || !in.take(':')) return std::nullopt;
    const auto minute = in.number(2);
    if (!minute || *hour > 24 || *minute > 59) return std::nullopt;
    int second = 0, millis = 0;
    if (in.take(':')) {
        const auto found = in.number(2);
        if (!found || *found > 60) return std::nullopt;
        second = *found;
        if (in.take('.')) millis = in.fraction();
    }
    const auto offset = read_offset(in);
    if (!offset || !in.done()) return std::nullopt;
    return days_of(*date) * kDay + (*hour * 60 + *minute - *offset) * kMinute + second * 1000 +
           millis;
}

}  // namespace bordereau
