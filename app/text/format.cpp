#include "app/text/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace bordereau::text {
namespace {

using Months = std::array<std::string_view, 12>;
using Days = std::array<std::string_view, 7>;

// Patterns and names of Unicode CLDR; Arabic months in both of their names, as the United Nations
// write them. In a date, Russian months stand in the genitive.
struct Habits {
    std::string_view date;     // {d} {m} {y} {month}
    std::string_view numeric;  // {d} {m} {y}
    std::string_view group, decimal, percent;
    int group_from;  // digits before the decimal sign from which they are grouped
    Months in_date, alone;
    Days days;
    int first_weekday;
};

constexpr Months kEnglish{"January", "February", "March",     "April",   "May",      "June",
                          "July",    "August",   "September", "October", "November", "December"};
constexpr Months kFrench{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                         "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
constexpr Months kSpanish{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                          "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr Months kRussianGenitive{"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                  "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
constexpr Months kRussian{"январь", "февраль", "март",     "апрель",  "май",    "июнь",
                          "июль",   "август",  "сентябрь", "октябрь", "ноябрь", "декабрь"};
constexpr Months kArabic{
    "كانون الثاني/يناير", "شباط/فبراير",        "آذار/مارس",           "نيسان/أبريل",
    "أيار/مايو",          "حزيران/يونيه",       "تموز/يوليه",          "آب/أغسطس",
    "أيلول/سبتمبر",       "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"};
constexpr Months kChinese{"1月", "2月", "3月", "4月",  "5月",  "6月",
                          "7月", "8月", "9月", "10月", "11月", "12月"};

constexpr std::string_view kNoBreak = "\u00A0", kNarrowNoBreak = "\u202F";

constexpr std::array<Habits, 6> kHabits{{
    {"{d} {month} {y}",
     "{dd}/{mm}/{y}",
     ",",
     ".",
     "%",
     4,
     kEnglish,
     kEnglish,
     {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
     0},
    {"{d} {month} {y}",
     "{dd}/{mm}/{y}",
     kNarrowNoBreak,
     ",",
     "\u202F%",
     4,
     kFrench,
     kFrench,
     {"lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."},
     0},
    {"{d} de {month} de {y}",
     "{d}/{m}/{y}",
     ".",
     ",",
     "\u00A0%",
     5,
     kSpanish,
     kSpanish,
     {"lun", "mar", "mié", "jue", "vie", "sáb", "dom"},
     0},
    {"{d} {month} {y}\u00A0г.",
     "{dd}.{mm}.{y}",
     kNoBreak,
     ",",
     "\u00A0%",
     4,
     kRussianGenitive,
     kRussian,
     {"пн", "вт", "ср", "чт", "пт", "сб", "вс"},
     0},
    {"{d} {month} {y}",
     "{d}/{m}/{y}",
     ",",
     ".",
     "%",
     4,
     kArabic,
     kArabic,
     {"اثنين", "ثلاثاء", "أربعاء", "خميس", "جمعة", "سبت", "أحد"},
     5},
    {"{y}年{m}月{d}日",
     "{y}/{m}/{d}",
     ",",
     ".",
     "%",
     4,
     kChinese,
     kChinese,
     {"一", "二", "三", "四", "五", "六", "日"},
     0},
}};

const Habits& habits_of(Language language) {
    return kHabits[static_cast<std::size_t>(language)];
}

std::string two_digits(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string part_of(std::string_view name, Date date, const Habits& habits) {
    if (name == "y") return std::to_string(date.year);
    if (name == "m") return std::to_string(date.month);
    if (name == "d") return std::to_string(date.day);
    if (name == "mm") return two_digits(date.month);
    if (name == "dd") return two_digits(date.day);
    return std::string{habits.in_date[static_cast<std::size_t>(date.month - 1)]};
}

std::string filled(std::string_view pattern, Date date, const Habits& habits) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t open = pattern.find('{', at);
        out += pattern.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        out += part_of(pattern.substr(open + 1, close - open - 1), date, habits);
        at = close + 1;
    }
    return out;
}

std::string grouped(std::string_view digits, const Habits& habits) {
    if (static_cast<int>(digits.size()) < habits.group_from) return std::string{digits};
    std::string out;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > 0 && (digits.size() - at) % 3 == 0) out += habits.group;
        out += digits[at];
    }
    return out;
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string format_date(Date date, Language language, DateLength length) {
    const Habits& habits = habits_of(language);
    return filled(length == DateLength::text ? habits.date : habits.numeric, date, habits);
}

std::string format_time(int hour, int minute) {
    return two_digits(hour) + ":" + two_digits(minute);
}

std::string format_instant(Millis at, const Clock& clock, Language language) {
    constexpr Millis minute = 60'000, day_minutes = 24 * 60;
    const Millis local = at + clock.utc_offset_minutes(at) * minute;
    Millis of_day = (local / minute) % day_minutes;
    if (local % minute < 0) of_day -= 1;
    if (of_day < 0) of_day += day_minutes;
    const std::string_view between = language == Language::zh   ? " "
                                     : language == Language::ar ? "، "
                                                                : ", ";
    return format_date(local_date(clock, at), language).append(between) +
           format_time(static_cast<int>(of_day / 60), static_cast<int>(of_day % 60));
}

std::string format_number(std::int64_t number, Language language) {
    return format_written(std::to_string(number), language);
}

std::string format_number(double number, int decimals, Language language) {
    if (!std::isfinite(number)) return "–";
    const double factor = std::pow(10.0, decimals);
    std::array<char, 352> digits{};  // the largest double has 309 digits before the point
    const double rounded = std::round(number * factor) / factor;
    std::snprintf(digits.data(), digits.size(), "%.*f", decimals, std::fabs(rounded));
    return format_written((rounded < 0 ? "-" : "") + std::string{digits.data()}, language);
}

std::string format_written(std::string_view number, Language language) {
    const std::string_view sign = number.substr(0, number.starts_with('-') ? 1 : 0);
    const std::string_view plain = number.substr(sign.size());
    const std::size_t point = std::min(plain.find('.'), plain.size());
    const std::string_view whole = plain.substr(0, point);
    const std::string_view fraction = plain.substr(std::min(point + 1, plain.size()));
    if (whole.empty() || !all_digits(whole) || !all_digits(fraction)) return std::string{number};
    std::string out = std::string{sign} + grouped(whole, habits_of(language));
    return fraction.empty() ? out : out.append(habits_of(language).decimal).append(fraction);
}

std::string format_share(double share, Language language) {
    return format_number(share * 100, 0, language).append(habits_of(language).percent);
}

std::string format_bytes(std::int64_t bytes, Language language) {
    constexpr std::array<std::string_view, 4> latin{"B", "kB", "MB", "GB"};
    constexpr std::array<std::string_view, 4> french{"o", "ko", "Mo", "Go"};
    constexpr std::array<std::string_view, 4> russian{"Б", "кБ", "МБ", "ГБ"};
    constexpr std::array<std::string_view, 4> arabic{"بايت", "كيلوبايت", "ميغابايت", "غيغابايت"};
    const auto& units = language == Language::fr   ? french
                        : language == Language::ru ? russian
                        : language == Language::ar ? arabic
                                                   : latin;
    auto amount = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (amount >= 999.95 && unit + 1 < units.size()) {
        amount /= 1000;
        ++unit;
    }
    const int decimals = unit == 0 || amount >= 99.95 ? 0 : 1;
    return format_number(amount, decimals, language).append(kNoBreak).append(units[unit]);
}

std::string_view month_name(int month, Language language) {
    return habits_of(language).alone[static_cast<std::size_t>(month - 1)];
}

std::string_view weekday_name(int weekday, Language language) {
    return habits_of(language).days[static_cast<std::size_t>(weekday)];
}

int first_weekday(Language language) {
    return habits_of(language).first_weekday;
}

}  // namespace bordereau::text
