// app/text/read_time.h - times of day as people of a language type them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/text/language.h"

namespace bordereau::text {

/// A time of day.
struct HourMinute {
    int hour = 0, minute = 0;
    bool operator==(const HourMinute&) const = default;
};

/// Hours and minutes in any digits: "9:05", "9:5", "9.05", "905", "0905" and "9:05 pm" in every
/// language, and the words of this one: "21h05", "9 ч 05 мин", "下午9点05分", "9:05 مساء". Nothing
/// where it could mean something else ("9", "9.5", "12" at night), and for times that no day has.
std::optional<HourMinute> read_time(std::string_view typed, Language language);

/// The time as answers hold it, "09:05"; what is no time stays as it was typed.
std::string time_answer(std::string_view typed, Language language);

}  // namespace bordereau::text
