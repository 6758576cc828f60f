#include "app/text/position_tokens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "storage/base/text.h"

namespace bordereau::text {
namespace {

using Known = std::pair<std::u32string_view, TokenKind>;

// In small letters; points and blanks within abbreviations are left out. "o" is west in French and
// Spanish, and no word for east in any of the six languages.
constexpr std::array kWords{
    Known{U"n", TokenKind::north},
    Known{U"north", TokenKind::north},
    Known{U"nord", TokenKind::north},
    Known{U"norte", TokenKind::north},
    Known{U"с", TokenKind::north},
    Known{U"сш", TokenKind::north},
    Known{U"север", TokenKind::north},
    Known{U"北", TokenKind::north},
    Known{U"北纬", TokenKind::north},
    Known{U"北緯", TokenKind::north},
    Known{U"ش", TokenKind::north},
    Known{U"شمال", TokenKind::north},
    Known{U"شمالا", TokenKind::north},
    Known{U"s", TokenKind::south},
    Known{U"south", TokenKind::south},
    Known{U"sud", TokenKind::south},
    Known{U"sur", TokenKind::south},
    Known{U"ю", TokenKind::south},
    Known{U"юш", TokenKind::south},
    Known{U"юг", TokenKind::south},
    Known{U"南", TokenKind::south},
    Known{U"南纬", TokenKind::south},
    Known{U"南緯", TokenKind::south},
    Known{U"ج", TokenKind::south},
    Known{U"جنوب", TokenKind::south},
    Known{U"جنوبا", TokenKind::south},
    Known{U"e", TokenKind::east},
    Known{U"east", TokenKind::east},
    Known{U"est", TokenKind::east},
    Known{U"este", TokenKind::east},
    Known{U"в", TokenKind::east},
    Known{U"вд", TokenKind::east},
    Known{U"восток", TokenKind::east},
    Known{U"东", TokenKind::east},
    Known{U"东经", TokenKind::east},
    Known{U"東經", TokenKind::east},
    Known{U"ق", TokenKind::east},
    Known{U"شرق", TokenKind::east},
    Known{U"شرقا", TokenKind::east},
    Known{U"w", TokenKind::west},
    Known{U"o", TokenKind::west},
    Known{U"west", TokenKind::west},
    Known{U"ouest", TokenKind::west},
    Known{U"oeste", TokenKind::west},
    Known{U"з", TokenKind::west},
    Known{U"зд", TokenKind::west},
    Known{U"запад", TokenKind::west},
    Known{U"西", TokenKind::west},
    Known{U"西经", TokenKind::west},
    Known{U"西經", TokenKind::west},
    Known{U"غ", TokenKind::west},
    Known{U"غرب", TokenKind::west},
    Known{U"غربا", TokenKind::west},
    Known{U"lat", TokenKind::latitude},
    Known{U"latitude", TokenKind::latitude},
    Known{U"latitud", TokenKind::latitude},
    Known{U"широта", TokenKind::latitude},
    Known{U"纬度", TokenKind::latitude},
    Known{U"العرض", TokenKind::latitude},
    Known{U"lon", TokenKind::longitude},
    Known{U"long", TokenKind::longitude},
    Known{U"lng", TokenKind::longitude},
    Known{U"longitude", TokenKind::longitude},
    Known{U"longitud", TokenKind::longitude},
    Known{U"долгота", TokenKind::longitude},
    Known{U"经度", TokenKind::longitude},
    Known{U"الطول", TokenKind::longitude},
    Known{U"alt", TokenKind::altitude},
    Known{U"altitude", TokenKind::altitude},
    Known{U"altitud", TokenKind::altitude},
    Known{U"elevation", TokenKind::altitude},
    Known{U"высота", TokenKind::altitude},
    Known{U"海拔", TokenKind::altitude},
    Known{U"الارتفاع", TokenKind::altitude},
    Known{U"acc", TokenKind::accuracy},
    Known{U"accuracy", TokenKind::accuracy},
    Known{U"précision", TokenKind::accuracy},
    Known{U"precisión", TokenKind::accuracy},
    Known{U"точность", TokenKind::accuracy},
    Known{U"精度", TokenKind::accuracy},
    Known{U"الدقة", TokenKind::accuracy},
    Known{U"m", TokenKind::metre},
    Known{U"м", TokenKind::metre},
    Known{U"م", TokenKind::metre},
    Known{U"米", TokenKind::metre},
    Known{U"deg", TokenKind::degree},
    Known{U"degrees", TokenKind::degree},
    Known{U"d", TokenKind::degree},
    Known{U"度", TokenKind::degree},
    Known{U"min", TokenKind::minute},
    Known{U"分", TokenKind::minute},
    Known{U"sec", TokenKind::second},
    Known{U"秒", TokenKind::second},
};
// Words that say nothing: "at", "and", the word before "latitude" in Arabic.
constexpr std::array<std::u32string_view, 7> kEmpty{U"at", U"and", U"et", U"y", U"и", U"و", U"خط"};

constexpr std::u32string_view kDegrees = U"°º˚", kMinutes = U"'′’‘´`ʹ", kSeconds = U"\"″”“ʺ";
constexpr std::u32string_view kSeparators = U",;،；，、/|\n";
constexpr std::u32string_view kMinus = U"-−–—", kBlanks = U" \t\r\u00A0\u202F\u2009:=()[]";
// Marks of direction that come along when text is copied.
constexpr std::u32string_view kUnseen =
    U"\u200E\u200F\u202A\u202B\u202C\u2066\u2067\u2068\u2069\uFEFF";

bool is_one_of(std::u32string_view set, char32_t sign) {
    return set.find(sign) != set.npos;
}

int digit_of(char32_t sign) {
    for (const char32_t zero : {U'0', U'\u0660', U'\u06F0', U'\uFF10', U'\u0966'})
        if (sign >= zero && sign <= zero + 9) return static_cast<int>(sign - zero);
    return -1;
}

char32_t small(char32_t sign) {
    if (sign >= U'A' && sign <= U'Z') return sign + 32;
    if (sign >= 0x410 && sign <= 0x42F) return sign + 32;  // Russian
    if (sign == U'É') return U'é';
    return sign == U'Ó' ? U'ó' : sign;
}

bool is_han(char32_t sign) {
    return sign >= 0x4E00 && sign <= 0x9FFF;
}

bool is_letter(char32_t sign) {
    return (sign >= U'a' && sign <= U'z') || (sign >= U'A' && sign <= U'Z') ||
           (sign >= 0xC0 && sign <= 0x24F) || (sign >= 0x400 && sign <= 0x52F) ||
           (sign >= 0x620 && sign <= 0x65F) || is_han(sign);
}

// One walk over a text, from sign to sign.
class Reader {
public:
    explicit Reader(std::string_view written) : text_(to_utf32(written)) {
        std::erase_if(text_, [](char32_t sign) { return is_one_of(kUnseen, sign); });
        for (std::size_t i = 0; i + 2 < text_.size(); ++i)
            if (digit_of(text_[i]) >= 0 && is_one_of(U".٫", text_[i + 1]) &&
                digit_of(text_[i + 2]) >= 0)
                points_ = true;
    }

    std::vector<Token> tokens() {
        while (at_ < text_.size()) step();
        return std::move(tokens_);
    }

private:
    char32_t sign(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0';
    }
    void add(TokenKind kind, std::size_t from) {
        tokens_.push_back({kind, 0, false, false, to_utf8(text_.substr(from, at_ - from))});
    }
    void mark(TokenKind kind) {
        ++at_;
        add(kind, at_ - 1);
    }

    void step() {
        const char32_t now = sign();
        const bool minus = is_one_of(kMinus, now) || now == U'+';
        if (digit_of(now) >= 0 || (minus && digit_of(sign(1)) >= 0)) return number();
        if (is_one_of(kBlanks, now)) return static_cast<void>(++at_);
        if (is_one_of(kDegrees, now)) return mark(TokenKind::degree);
        if (is_one_of(kMinutes, now) && is_one_of(kMinutes, sign(1))) {
            ++at_;
            return mark(TokenKind::second);
        }
        if (is_one_of(kMinutes, now)) return mark(TokenKind::minute);
        if (is_one_of(kSeconds, now)) return mark(TokenKind::second);
        if (is_one_of(kSeparators, now)) return mark(TokenKind::separator);
        if (now == U'±') return mark(TokenKind::accuracy);
        if (is_letter(now)) return letters();
        mark(TokenKind::word);
    }

    bool decimal_mark() const {
        const char32_t now = sign();
        const bool marks = now == U'.' || now == U'٫' || (now == U',' && !points_);
        return marks && digit_of(sign(1)) >= 0;
    }

    void number() {
        const std::size_t from = at_;
        std::string plain;
        Token token{TokenKind::number, 0, is_one_of(kMinus, sign()), false, {}};
        if (token.negative || sign() == U'+') ++at_;
        for (;; ++at_) {
            if (const int digit = digit_of(sign()); digit >= 0) {
                plain += static_cast<char>('0' + digit);
            } else if (!token.fraction && decimal_mark()) {
                plain += '.';
                token.fraction = true;
            } else {
                break;
            }
        }
        // Beyond a double's precision more digits say nothing.
        const std::string_view read = std::string_view{plain}.substr(0, 40);
        std::from_chars(read.data(), read.data() + read.size(), token.number);
        token.text = to_utf8(text_.substr(from, at_ - from));
        tokens_.push_back(std::move(token));
    }

    void letters() {
        const std::size_t from = at_;
        const bool han = is_han(sign());
        std::u32string word;
        // "с. ш." is one word with its points and blanks.
        for (; is_letter(sign()) || (sign() == U'.' && !word.empty()); ++at_) {
            if (is_han(sign()) != han) break;
            if (sign() != U'.') word += small(sign());
            if (sign() == U'.' && sign(1) == U' ' && sign(3) == U'.' && is_letter(sign(2))) ++at_;
        }
        if (han) return han_words(from);
        if (std::ranges::find(kEmpty, word) != kEmpty.end()) return;
        add(kind_of(word), from);
    }

    // Chinese is written without blanks: the longest known word first.
    void han_words(std::size_t from) {
        const std::size_t end = at_;
        for (at_ = from; at_ < end;) {
            std::size_t length = std::min<std::size_t>(2, end - at_);
            if (length == 2 && kind_of(text_.substr(at_, 2)) == TokenKind::word) length = 1;
            const TokenKind kind = kind_of(text_.substr(at_, length));
            at_ += length;
            add(kind, at_ - length);
        }
    }

    static TokenKind kind_of(std::u32string_view word) {
        const auto found = std::ranges::find(kWords, word, &Known::first);
        return found == kWords.end() ? TokenKind::word : found->second;
    }

    std::u32string text_;
    std::size_t at_ = 0;
    bool points_ = false;  // a point is the decimal mark somewhere
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> position_tokens(std::string_view written) {
    return Reader{written}.tokens();
}

}  // namespace bordereau::text
