// app/text/format.h - numbers, dates and sizes as people of a language write them.
// Gregorian dates and Western digits in all six, as the forms' own codes and numbers are written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/text/language.h"
#include "storage/base/time.h"

namespace bordereau::text {

enum class DateLength {
    numeric,  ///< 07/03/2026 in the order of the language
    text      ///< 7 March 2026
};

std::string format_date(Date date, Language language, DateLength length = DateLength::text);
/// Hours and minutes of a day in 24-hour writing: "14:05".
std::string format_time(int hour, int minute);
/// Local day and time of an instant: "7 March 2026, 14:05".
std::string format_instant(Millis at, const Clock& clock, Language language);

std::string format_number(std::int64_t number, Language language);
/// Rounded half away from zero to `decimals` (0 to 9) places.
std::string format_number(double number, int decimals, Language language);
/// A number as a form records it, "-12345.60", digit by digit; what is none stays as it is.
std::string format_written(std::string_view number, Language language);
/// A share from 0 to 1 as a whole percentage: "45 %", "45%".
std::string format_share(double share, Language language);
/// "4.1 MB": decimal units (1 MB is 1,000,000 bytes).
std::string format_bytes(std::int64_t bytes, Language language);

/// "March", "marzo": as it stands alone above a calendar. `month` is 1 to 12.
std::string_view month_name(int month, Language language);
/// Two or three letters. `weekday` is 0 for Monday to 6 for Sunday.
std::string_view weekday_name(int weekday, Language language);
/// The day on which a calendar's rows begin: 0 for Monday, 5 for Saturday.
int first_weekday(Language language);

}  // namespace bordereau::text
