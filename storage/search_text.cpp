#include "storage/search_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "storage/base/text.h"

namespace bordereau::storage {
namespace {

constexpr std::size_t kLongestWord = 40;

/// Letters that are looked up as others. From Unicode's decompositions; the rest by custom.
struct Variant {
    std::string_view plain, letters;
};
constexpr std::array<Variant, 49> kVariants{{
    {"a", "ÀÁÂÃÄÅàáâãäåĀāĂăĄąƏəǍǎǞǟǠǡǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ"},
    {"ae", "Ææ"},
    {"b", "ḂḃḄḅḆḇ"},
    {"c", "ÇçĆćĈĉĊċČčḈḉ"},
    {"d", "ÐðĎďĐđƉḊḋḌḍḎḏḐḑḒḓ"},
    {"dz", "ǄǅǆǱǲǳ"},
    {"e", "ÈÉÊËèéêëĒēĔĕĖėĘęĚěƐȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ"},
    {"f", "Ḟḟ"},
    {"g", "ĜĝĞğĠġĢģǦǧǴǵḠḡ"},
    {"h", "ĤĥĦħȞȟḢḣḤḥḦḧḨḩḪḫẖ"},
    {"i", "ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋḬḭḮḯỈỉỊị"},
    {"ij", "Ĳĳ"},
    {"j", "Ĵĵǰ"},
    {"k", "ĶķĸǨǩḰḱḲḳḴḵ"},
    {"l", "ĹĺĻļĽľŁłḶḷḸḹḺḻḼḽ"},
    {"lj", "Ǉǈǉ"},
    {"m", "ḾḿṀṁṂṃ"},
    {"n", "ÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋ"},
    {"ng", "Ŋŋ"},
    {"nj", "Ǌǋǌ"},
    {"o", "ÒÓÔÕÖØòóôõöøŌōŎŏŐőƆƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ"},
    {"oe", "Œœ"},
    {"p", "ṔṕṖṗ"},
    {"r", "ŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟ"},
    {"s", "ŚśŜŝŞşŠšſȘșṠṡṢṣṤṥṦṧṨṩẛ"},
    {"ss", "ßẞ"},
    {"t", "ŢţŤťŦŧȚțṪṫṬṭṮṯṰṱẗ"},
    {"th", "Þþ"},
    {"u", "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự"},
    {"v", "ṼṽṾṿ"},
    {"w", "ŴŵẀẁẂẃẄẅẆẇẈẉẘ"},
    {"x", "ẊẋẌẍ"},
    {"y", "ÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ"},
    {"z", "ŹźŻżŽžẐẑẒẓẔẕ"},
    {"е", "ЁёЀѐЕ"},
    {"и", "Ѝѝ"},
    {"α", "Άά"},
    {"ε", "Έέ"},
    {"η", "Ήή"},
    {"ι", "Ίίϊΐ"},
    {"ο", "Όό"},
    {"σ", "ς"},
    {"υ", "Ύύϋΰ"},
    {"ω", "Ώώ"},
    {"ا", "أإآٱ"},
    {"ه", "ة"},
    {"و", "ؤ"},
    {"ي", "ىئی"},
    {"ك", "ک"},
}};

using Letters = std::unordered_map<char32_t, std::u32string>;

Letters read_variants() {
    Letters letters;
    for (const Variant& variant : kVariants)
        for (const char32_t letter : to_utf32(variant.letters))
            letters.emplace(letter, to_utf32(variant.plain));
    return letters;
}

bool within(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

// Signs of scripts without spaces between words.
bool is_unspaced(char32_t c) {
    return within(c, 0x3400, 0x9FFF) || within(c, 0x3040, 0x30FF) || within(c, 0x3005, 0x3007) ||
           within(c, 0xF900, 0xFAFF) || within(c, 0x20000, 0x3FFFF) || within(c, 0x2E80, 0x2FDF);
}

// Marks that stand on or between letters and are left out: combining accents, Arabic vowels,
// tatweel.
bool is_mark(char32_t c) {
    return within(c, 0x0300, 0x036F) || within(c, 0x064B, 0x065F) || c == 0x0670 || c == 0x0640 ||
           within(c, 0x06D6, 0x06ED) || within(c, 0x200B, 0x200F) || c == 0x00AD || c == 0xFEFF;
}

bool is_letter(char32_t c) {
    if (c < 0x80) return within(c, 'a', 'z') || within(c, 'A', 'Z') || within(c, '0', '9');
    if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (within(c, 0x0600, 0x061F) || within(c, 0x066A, 0x066D) || c == 0x06D4) return false;
    if (c == 0xD7 || c == 0xF7 || within(c, 0x2B0, 0x2FF) || c == 0x37E || c == 0x387) return false;
    if (c < 0x2000) return true;
    return within(c, 0x2C00, 0x2DFF) || within(c, 0xA000, 0xD7FF) || within(c, 0xFB00, 0xFDFF) ||
           within(c, 0xFE70, 0xFEFC) || is_unspaced(c);
}

// Small letters and plain digits, where a step away.
char32_t lowered(char32_t c) {
    if (within(c, 0xFF01, 0xFF5E)) c -= 0xFEE0;  // as wide as a Han sign
    if (within(c, 'A', 'Z')) return c + 32;
    if (within(c, 0x0660, 0x0669)) return c - 0x0660 + '0';
    if (within(c, 0x06F0, 0x06F9)) return c - 0x06F0 + '0';
    if (within(c, 0x0391, 0x03A9)) return c + 32;
    if (within(c, 0x0410, 0x042F)) return c + 32;
    if (within(c, 0x0400, 0x040F)) return c + 80;
    if (within(c, 0x0460, 0x0481) || within(c, 0x048A, 0x04BF) || within(c, 0x04D0, 0x052F))
        return c | 1;
    return c;
}

// The article, after "and" too, of words that keep three letters without it.
void drop_arabic_article(std::u32string& word) {
    for (const std::u32string_view article : {U"وال", U"ال"}) {
        if (!word.starts_with(article) || word.size() < article.size() + 3) continue;
        word.erase(0, article.size());
        return;
    }
}

class Splitter {
public:
    explicit Splitter(std::string_view text) : text_(text) {}

    std::vector<SearchWord> words() {
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t begin = at;
            const char32_t c = lowered(next_code_point(text_, at));
            if (is_mark(c)) {
                if (!word_.empty()) end_ = at;
                continue;
            }
            if (is_unspaced(c))
                take_sign(c, begin, at);
            else if (is_letter(c))
                take_letter(c, begin, at);
            else
                finish();
        }
        finish();
        return std::move(words_);
    }

private:
    void take_letter(char32_t c, std::size_t begin, std::size_t end) {
        static const Letters kLetters = read_variants();
        finish_signs();
        if (word_.empty()) begin_ = begin;
        const auto variant = kLetters.find(c);
        if (variant == kLetters.end())
            word_ += c;
        else
            word_ += variant->second;
        end_ = end;
    }

    void take_sign(char32_t c, std::size_t begin, std::size_t end) {
        finish_word();
        if (!sign_.empty()) put(sign_ + c, sign_begin_, end, true);
        sign_ = c;
        sign_begin_ = begin;
        sign_end_ = end;
    }

    void finish_signs() {
        if (!sign_.empty()) put(sign_, sign_begin_, sign_end_, true);
        sign_.clear();
    }

    void finish_word() {
        if (word_.empty()) return;
        drop_arabic_article(word_);
        put(word_.substr(0, kLongestWord), begin_, end_, false);
        word_.clear();
    }

    void finish() {
        finish_word();
        finish_signs();
    }

    void put(const std::u32string& word, std::size_t begin, std::size_t end, bool pair) {
        words_.push_back({to_utf8(word), begin, end, pair});
    }

    std::string_view text_;
    std::vector<SearchWord> words_;
    std::u32string word_, sign_;
    std::size_t begin_ = 0, end_ = 0, sign_begin_ = 0, sign_end_ = 0;
};

}  // namespace

std::vector<SearchWord> search_words(std::string_view text) {
    return Splitter{text}.words();
}

bool is_searchable(std::string_view value) {
    if (value.starts_with("uuid:")) return false;
    // Numbers, dates, times and places have no letters but the T and Z of ISO 8601.
    return std::ranges::any_of(value, [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z' && c != 'T' && c != 'Z');
    });
}

}  // namespace bordereau::storage
