// storage/base/text.h - small questions about UTF-8 text that more than one room asks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau {

/// The code point at byte `at`, which moves past it. Damaged bytes give U+FFFD, one byte each.
char32_t next_code_point(std::string_view utf8, std::size_t& at);

/// Appends one code point as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// True when every byte belongs to a well-formed sequence (no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);

std::u32string to_utf32(std::string_view utf8);
std::string to_utf8(std::u32string_view text);

/// Without leading and trailing blanks, tabs, line ends and no-break spaces.
std::string_view trimmed(std::string_view text);

/// Pieces between `separator`, empty ones included.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Pieces between runs of white space; none of them empty.
std::vector<std::string_view> words_of(std::string_view text);

bool starts_with_ignoring_case(std::string_view text, std::string_view start);  ///< ASCII only
std::string lower_ascii(std::string_view text);

std::string to_hex(std::string_view bytes);                  ///< lower case
std::optional<std::string> from_hex(std::string_view text);  ///< even number of hex digits
std::string to_base64(std::string_view bytes);               ///< RFC 4648, padded
std::optional<std::string> from_base64(
    std::string_view text);  ///< padding and white space optional

/// The shortest plain decimal text that reads back as the same number: "5", "0.1", never "1e22".
std::string to_text(double number);

/// Replaces all of & < > " so that text can stand in XML or HTML content and attributes.
std::string escape_markup(std::string_view text);

}  // namespace bordereau
