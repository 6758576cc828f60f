// app/form/xlsform/cell_value.h - numbers, dates and booleans of a spreadsheet cell as text.
#pragma once

#include <string>
#include <string_view>

namespace bordereau::form::xlsform {

/// What a number format makes of a number.
enum class NumberKind { plain, date_or_time };

/// Which day a workbook counts its dates from.
enum class DateSystem { from_1900, from_1904 };

/// The kind of a custom format code such as "0.00" or "dd/mm/yyyy hh:mm".
NumberKind number_kind(std::string_view format_code);

/// The kind of a built-in format (ECMA-376 part 1, 18.8.30).
NumberKind number_kind(int built_in_format);

/// The text of a stored number: "5" for 5.0, "0.1"; unreadable text is returned as it is.
/// Dates become ISO: "2026-03-07", "2026-03-07 14:05:09", times "14:05:09". (pyxform prints a
/// midnight after every date, which no client can read back as a date.)
std::string number_text(std::string_view stored, NumberKind kind, DateSystem system);

}  // namespace bordereau::form::xlsform
