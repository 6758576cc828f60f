#include "app/form/values/compose.h"

#include <algorithm>
#include <vector>

#include "app/form/values/compose_table.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

// Korean syllables are put together by counting (Unicode 3.12).
constexpr char32_t kSyllable = 0xAC00, kLead = 0x1100, kVowel = 0x1161, kTail = 0x11A7;
constexpr char32_t kLeads = 19, kVowels = 21, kTails = 28;

int class_of(char32_t mark) {
    const auto after = std::ranges::upper_bound(kMarkClasses, mark, {}, &MarkClass::first);
    if (after == kMarkClasses.begin()) return 0;
    const auto& found = *std::prev(after);
    return mark <= found.last ? found.value : 0;
}

bool joins_others(char32_t c) {
    const bool korean = c >= kVowel && c < kTail + kTails;
    return korean || class_of(c) != 0 ||
           std::ranges::any_of(kComposites, [c](const Composite& one) { return one.mark == c; });
}

char32_t korean(char32_t first, char32_t second) {
    if (first >= kLead && first < kLead + kLeads && second >= kVowel && second < kVowel + kVowels)
        return kSyllable + ((first - kLead) * kVowels + (second - kVowel)) * kTails;
    const bool open = first >= kSyllable && first < kSyllable + kLeads * kVowels * kTails &&
                      (first - kSyllable) % kTails == 0;
    if (open && second > kTail && second < kTail + kTails) return first + (second - kTail);
    return 0;
}

/// 0 where the two have no code point together.
char32_t joined(char32_t letter, char32_t mark) {
    if (const auto syllable = korean(letter, mark); syllable != 0) return syllable;
    const auto found = std::ranges::find_if(kComposites, [&](const Composite& one) {
        return one.letter == letter && one.mark == mark;
    });
    return found == kComposites.end() ? 0 : found->composed;
}

void take_apart(char32_t c, std::vector<char32_t>& out) {
    const auto found = std::ranges::find(kComposites, c, &Composite::composed);
    if (found == kComposites.end()) return out.push_back(c);
    take_apart(found->letter, out);
    out.push_back(found->mark);
}

/// Marks of one letter in the order of their classes.
void order_marks(std::vector<char32_t>& text) {
    for (auto at = text.begin(); at != text.end();) {
        if (class_of(*at) == 0) {
            ++at;
            continue;
        }
        const auto end = std::find_if(at, text.end(), [](char32_t c) { return class_of(c) == 0; });
        std::stable_sort(at, end, [](char32_t a, char32_t b) { return class_of(a) < class_of(b); });
        at = end;
    }
}

std::vector<char32_t> put_together(const std::vector<char32_t>& text) {
    std::vector<char32_t> out;
    std::size_t letter = text.size();  // index in `out` of the last one that starts a character
    int last_class = 0;
    for (const auto c : text) {
        const int own = class_of(c);
        const bool free =
            letter < out.size() && (last_class == 0 ? letter + 1 == out.size() : last_class < own);
        const char32_t both = free ? joined(out[letter], c) : 0;
        if (both != 0) {
            out[letter] = both;
            continue;
        }
        if (own == 0) letter = out.size();
        last_class = own;
        out.push_back(c);
    }
    return out;
}

}  // namespace

std::string composed(std::string_view utf8) {
    const bool plain =
        std::ranges::all_of(utf8, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (plain) return std::string{utf8};
    std::vector<char32_t> given;
    for (std::size_t at = 0; at < utf8.size();) given.push_back(next_code_point(utf8, at));
    if (std::ranges::none_of(given, joins_others)) return std::string{utf8};
    std::vector<char32_t> apart;
    for (const auto c : given) take_apart(c, apart);
    order_marks(apart);
    std::string out;
    for (const auto c : put_together(apart)) append_utf8(out, c);
    return out;
}

}  // namespace bordereau::form
