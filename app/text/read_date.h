// app/text/read_date.h - dates as people of a language type them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/text/language.h"
#include "storage/base/time.h"

namespace bordereau::text {

/// Year, month and day in numbers of any digits: the year first ("2026-11-20", "2026/11/20",
/// "2026年11月20日") in every language; the day first ("20.11.2026", "20/11/2026") where the
/// language writes it so, never the month. Years have four digits: two could mean either end of
/// the writing. Nothing for days that do not exist.
std::optional<Date> read_date(std::string_view typed, Language language);

/// The date as answers hold it, "2026-11-20"; what is no date stays as it was typed.
std::string date_answer(std::string_view typed, Language language);

/// Whether a sign may stand in a typed date: digits, separators and the Chinese words for units.
bool in_typed_date(char32_t sign);

}  // namespace bordereau::text
