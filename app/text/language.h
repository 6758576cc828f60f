// app/text/language.h - the six languages of the interface: names, directions, plurals, digits.
// No drawing and no shaping: the command line uses it too.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bordereau::text {

enum class Language { en, fr, es, ru, ar, zh };
inline constexpr std::array kLanguages{Language::en, Language::fr, Language::es,
                                       Language::ru, Language::ar, Language::zh};

enum class Direction { left_to_right, right_to_left };

/// "en", "fr", ... : BCP 47 language subtags.
std::string_view tag_of(Language language);
/// Takes "fr", "fr-CA", "fr_FR.UTF-8" and "Français (fr)"; nothing for other languages.
std::optional<Language> language_of(std::string_view tag);
/// The language's own name for itself: "Français".
std::string_view own_name(Language language);
Direction direction_of(Language language);

/// Direction of the first strong letter (Unicode UAX #9, P2 and P3); `otherwise` if there is none.
Direction direction_of_text(std::string_view utf8, Direction otherwise);

/// Categories of Unicode CLDR for whole numbers.
enum class Plural { zero, one, two, few, many, other };
Plural plural_of(Language language, std::int64_t count);

/// Digits of Arabic, Persian, Devanagari and full-width writing, and their signs and separators, as
/// 0-9 - . , so that typed numbers can be read.
std::string with_western_digits(std::string_view utf8);

/// For comparing what a person types with labels: lower case, without Latin accents, Arabic short
/// vowels and tatweel; Arabic letter variants (alef, yeh, teh marbuta) as one.
std::string search_key(std::string_view utf8);

}  // namespace bordereau::text
