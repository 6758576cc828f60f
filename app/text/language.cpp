#include "app/text/language.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::text {
namespace {

struct Named {
    Language language;
    std::string_view tag, name;
};
constexpr std::array<Named, 6> kNames{{{Language::en, "en", "English"},
                                       {Language::fr, "fr", "Français"},
                                       {Language::es, "es", "Español"},
                                       {Language::ru, "ru", "Русский"},
                                       {Language::ar, "ar", "العربية"},
                                       {Language::zh, "zh", "中文"}}};

const Named& named(Language language) {
    return kNames[static_cast<std::size_t>(language)];
}

// First code points of the runs of ten digits that people type with.
constexpr std::array<char32_t, 4> kZeros{0x0660, 0x06F0, 0x0966, 0xFF10};

char32_t western(char32_t code) {
    for (const char32_t zero : kZeros)
        if (code >= zero && code < zero + 10) return '0' + (code - zero);
    switch (code) {
        case 0x066B:  // Arabic decimal separator
        case 0xFF0E: return '.';
        case 0x066C:  // Arabic thousands separator
        case 0xFF0C: return ',';
        case 0x2212:  // minus sign
        case 0xFE63:
        case 0xFF0D: return '-';
        default: return code;
    }
}

// Lower case of the letters of the six languages.
char32_t lower(char32_t code) {
    if (code >= 'A' && code <= 'Z') return code + 32;
    if (code >= 0x00C0 && code <= 0x00DE && code != 0x00D7) return code + 32;
    if (code >= 0x0410 && code <= 0x042F) return code + 32;
    if (code >= 0x0400 && code <= 0x040F) return code + 80;
    if (code == 0x0152) return 0x0153;
    if (code == 0x0178) return 0x00FF;
    return code;
}

struct Fold {
    std::u32string_view letters;
    char32_t as;
};
constexpr std::array<Fold, 13> kFolds{{{U"àáâãäå", 'a'},
                                       {U"ç", 'c'},
                                       {U"èéêë", 'e'},
                                       {U"ìíîï", 'i'},
                                       {U"ñ", 'n'},
                                       {U"òóôõö", 'o'},
                                       {U"ùúûü", 'u'},
                                       {U"ýÿ", 'y'},
                                       {U"ё", U'е'},
                                       {U"آأإٱ", U'ا'},
                                       {U"ى", U'ي'},
                                       {U"ة", U'ه'},
                                       {U"\u00A0\u202F\u2009", ' '}}};

char32_t folded(char32_t code) {
    if (code < 0x80) return code;
    for (const Fold& fold : kFolds)
        if (fold.letters.find(code) != std::u32string_view::npos) return fold.as;
    return code;
}

// Combining accents, Arabic short vowels and the tatweel that only stretches.
bool is_left_out(char32_t code) {
    return (code >= 0x0300 && code <= 0x036F) || (code >= 0x064B && code <= 0x0652) ||
           code == 0x0640 || code == 0x0670 || code == 0x200C || code == 0x200D;
}

bool is_right_to_left_letter(char32_t code) {
    return (code >= 0x05D0 && code <= 0x05EA) || (code >= 0x0620 && code <= 0x064A) ||
           (code >= 0x066E && code <= 0x06D5) || (code >= 0x0750 && code <= 0x08C7) ||
           (code >= 0xFB1D && code <= 0xFDFB) || (code >= 0xFE70 && code <= 0xFEFC);
}

bool is_left_to_right_letter(char32_t code) {
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0x00C0 && code < 0x02B0 && code != 0x00D7 && code != 0x00F7) ||
           (code >= 0x0370 && code < 0x0590) || (code >= 0x0900 && code < 0x2000) ||
           (code >= 0x2E80 && code < 0xA000) || (code >= 0xAC00 && code < 0xD7B0) ||
           (code >= 0x20000 && code < 0x40000);
}

Plural russian(std::int64_t count) {
    const std::int64_t last = count % 10, last_two = count % 100;
    if (last == 1 && last_two != 11) return Plural::one;
    if (last >= 2 && last <= 4 && (last_two < 12 || last_two > 14)) return Plural::few;
    return Plural::many;
}

Plural arabic(std::int64_t count) {
    const std::int64_t last_two = count % 100;
    if (count == 0) return Plural::zero;
    if (count == 1) return Plural::one;
    if (count == 2) return Plural::two;
    if (last_two >= 3 && last_two <= 10) return Plural::few;
    return last_two >= 11 ? Plural::many : Plural::other;
}

}  // namespace

std::string_view tag_of(Language language) {
    return named(language).tag;
}

std::string_view own_name(Language language) {
    return named(language).name;
}

std::optional<Language> language_of(std::string_view tag) {
    // "Français (fr)", as XLSForm writes the languages of a form.
    if (const std::size_t open = tag.rfind('('); open != std::string_view::npos)
        tag = tag.substr(open + 1, tag.find(')', open) - open - 1);
    const std::string start = lower_ascii(tag.substr(0, tag.find_first_of("-_.")));
    const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                     [&](const Named& each) { return each.tag == start; });
    if (found == kNames.end()) return std::nullopt;
    return found->language;
}

Direction direction_of(Language language) {
    return language == Language::ar ? Direction::right_to_left : Direction::left_to_right;
}

Direction direction_of_text(std::string_view utf8, Direction otherwise) {
    int isolates = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t code = next_code_point(utf8, at);
        if (code >= 0x2066 && code <= 0x2068) ++isolates;
        if (code == 0x2069 && isolates > 0) --isolates;
        if (isolates > 0) continue;
        if (code == 0x200F) return Direction::right_to_left;  // marks are letters in this
        if (code == 0x200E) return Direction::left_to_right;
        if (is_right_to_left_letter(code)) return Direction::right_to_left;
        if (is_left_to_right_letter(code)) return Direction::left_to_right;
    }
    return otherwise;
}

// Unicode CLDR, plural rules, for whole numbers.
Plural plural_of(Language language, std::int64_t count) {
    if (count < 0) count = -count;
    const bool millions = count != 0 && count % 1'000'000 == 0;
    switch (language) {
        case Language::en: return count == 1 ? Plural::one : Plural::other;
        case Language::fr:
            if (count <= 1) return Plural::one;
            return millions ? Plural::many : Plural::other;
        case Language::es:
            if (count == 1) return Plural::one;
            return millions ? Plural::many : Plural::other;
        case Language::ru: return russian(count);
        case Language::ar: return arabic(count);
        case Language::zh: break;
    }
    return Plural::other;
}

std::string with_western_digits(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();)
        append_utf8(out, western(next_code_point(utf8, at)));
    return out;
}

std::string search_key(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t code = folded(lower(western(next_code_point(utf8, at))));
        if (!is_left_out(code)) append_utf8(out, code);
    }
    return out;
}

}  // namespace bordereau::text
