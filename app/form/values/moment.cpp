#include "app/form/values/moment.h"

#include "storage/base/text.h"

namespace bordereau::form {
namespace {

constexpr Millis kMinute = 60'000;
constexpr Millis kHour = 60 * kMinute;
constexpr Millis kDay = 24 * kHour;
constexpr std::string_view kUtc = "+00:00";

std::int64_t floor_div(Millis value, Millis by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

int offset_at(const Clock& clock, Millis instant) {
    return clock.utc_offset_minutes ? clock.utc_offset_minutes(instant) : 0;
}

// The offset that a local time has: asked twice, since the first guess may fall before a change
// between summer and winter time that the local time lies behind.
int offset_of_local(const Clock& clock, Millis local) {
    const int guess = offset_at(clock, local - offset_at(clock, local) * kMinute);
    return offset_at(clock, local - guess * kMinute);
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
    // Between `least` and `most` digits.
    std::optional<int> number(int least, int most) {
        int value = 0, count = 0;
        for (; count < most && !done() && text[at] >= '0' && text[at] <= '9'; ++count, ++at)
            value = value * 10 + (text[at] - '0');
        if (count < least) return std::nullopt;
        return value;
    }
    // Digits after a point, as milliseconds; those after the third are dropped.
    Millis fraction() {
        Millis millis = 0, scale = 100;
        for (; !done() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            millis += (text[at] - '0') * scale;
        return millis;
    }
};

std::optional<Date> read_date(Reader& in) {
    const auto year = in.number(4, 4);
    if (!year || !in.take('-')) return std::nullopt;
    const auto month = in.number(1, 2);
    if (!month || !in.take('-')) return std::nullopt;
    const auto day = in.number(1, 2);
    if (!day || !exists({*year, *month, *day})) return std::nullopt;
    return Date{*year, *month, *day};
}

// "Z", "+01:00", "+0100", "+01"; false for anything else that is not the end of the text.
bool read_offset(Reader& in, std::optional<int>& offset) {
    if (in.done()) return true;
    if (in.take('Z')) {
        offset = 0;
        return in.done();
    }
    const bool west = in.take('-');
    if (!west && !in.take('+')) return false;
    const auto hours = in.number(2, 2);
    if (!hours || *hours > 14) return false;
    int minutes = 0;
    in.take(':');
    if (!in.done()) {
        const auto found = in.number(2, 2);
        if (!found || *found > 59) return false;
        minutes = *found;
    }
    offset = (west ? -1 : 1) * (*hours * 60 + minutes);
    return in.done();
}

std::optional<TimeOfDay> read_time(Reader& in) {
    const auto hour = in.number(1, 2);
    if (!hour || !in.take(':')) return std::nullopt;
    const auto minute = in.number(2, 2);
    if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
    TimeOfDay time{*hour * kHour + *minute * kMinute, std::nullopt};
    if (in.take(':')) {
        const auto second = in.number(2, 2);
        if (!second || *second > 59) return std::nullopt;
        time.millis += *second * 1000;
        if (in.take('.')) time.millis += in.fraction();
    }
    if (!read_offset(in, time.offset_minutes)) return std::nullopt;
    return time;
}

}  // namespace

Date Moment::date() const {
    return date_of_days(floor_div(local, kDay));
}

std::string to_text(const Moment& moment) {
    if (!moment.has_time) return to_text(moment.date());
    auto text = to_iso(moment.instant(), moment.offset_minutes);
    if (moment.offset_minutes == 0) text.replace(text.size() - kUtc.size(), kUtc.size(), "Z");
    return text;
}

double to_days(const Moment& moment) {
    return static_cast<double>(moment.instant()) / static_cast<double>(kDay);
}

std::optional<Moment> parse_moment(std::string_view text, const Clock& clock) {
    Reader in{trimmed(text)};
    const auto date = read_date(in);
    if (!date) return std::nullopt;
    if (in.done()) return moment_of(*date, clock);
    if (!in.take('T') && !in.take(' ')) return std::nullopt;
    const auto time = read_time(in);
    if (!time) return std::nullopt;
    const Millis local = days_of(*date) * kDay + time->millis;
    const int offset = time->offset_minutes ? *time->offset_minutes : offset_of_local(clock, local);
    return moment_at(local - offset * kMinute, clock);
}

std::optional<Moment> parse_script_moment(std::string_view text, const Clock& clock) {
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto words = words_of(text);
    if (words.size() < 6 || words[1].size() != 3 || !words[5].starts_with("GMT"))
        return std::nullopt;
    const std::size_t month = kMonths.find(words[1]);
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    const auto part = [](std::string_view word) { return std::string{word}; };
    return parse_moment(part(words[3]) + "-" + std::to_string(month / 3 + 1) + "-" +
                            part(words[2]) + "T" + part(words[4]) + part(words[5].substr(3)),
                        clock);
}

Moment moment_of(Date date, const Clock& clock) {
    const Millis local = days_of(date) * kDay;
    return {local, offset_of_local(clock, local), false};
}

Moment moment_at(Millis instant, const Clock& clock) {
    const int offset = offset_at(clock, instant);
    return {instant + offset * kMinute, offset, true};
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
    Reader in{trimmed(text)};
    return read_time(in);
}

std::string to_text(const TimeOfDay& time, const Clock& clock) {
    const Millis now = clock.now ? clock.now() : Millis{0};
    const int zone = offset_at(clock, now);
    const int given = time.offset_minutes.value_or(zone);
    const Millis local = time.millis + Millis{zone - given} * kMinute;
    const Moment moment{(local % kDay + kDay) % kDay, zone, true};
    return to_text(moment).substr(std::string_view{"1970-01-01T"}.size());
}

}  // namespace bordereau::form
