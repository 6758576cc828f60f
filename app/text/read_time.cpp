#include "app/text/read_time.h"

#include <algorithm>
#include <array>
#include <span>

#include "app/text/format.h"

namespace bordereau::text {
namespace {

using enum Language;

// Words as search_key() gives them, without blanks.
struct Word {
    Language language;
    std::string_view text;
};

// The part of the day that a word names: hours on the clock's face, 12 as 0, and what they become.
struct Part {
    Language language;
    std::string_view text;
    int first, last, add;
};

// What every language takes from English and from the signs of units.
constexpr Language kAny = en;

constexpr std::array kHours{
    Word{kAny, "h"},   Word{kAny, "h."}, Word{en, "hrs"}, Word{en, "hours"}, Word{fr, "heures"},
    Word{fr, "heure"}, Word{es, "hrs."}, Word{es, "hs."}, Word{es, "horas"}, Word{es, "hora"},
    Word{ru, "часов"}, Word{ru, "часа"}, Word{ru, "час"}, Word{ru, "ч."},    Word{ru, "ч"},
    Word{zh, "点钟"},  Word{zh, "点整"}, Word{zh, "点"},  Word{zh, "點"},    Word{zh, "时"},
    Word{zh, "時"}};
constexpr std::array kMinutes{Word{kAny, "min"},   Word{kAny, "min."}, Word{fr, "minutes"},
                              Word{es, "minutos"}, Word{ru, "минут"},  Word{ru, "минуты"},
                              Word{ru, "мин."},    Word{ru, "мин"},    Word{zh, "分钟"},
                              Word{zh, "分"}};
// Noon and midnight are left out where people do not agree which one a word means.
constexpr std::array kParts{Part{kAny, "am", 0, 11, 0},
                            Part{kAny, "a.m.", 0, 11, 0},
                            Part{kAny, "a.m", 0, 11, 0},
                            Part{kAny, "pm", 0, 11, 12},
                            Part{kAny, "p.m.", 0, 11, 12},
                            Part{kAny, "p.m", 0, 11, 12},
                            Part{fr, "dumatin", 1, 11, 0},
                            Part{fr, "del'apres-midi", 0, 7, 12},
                            Part{fr, "del’apres-midi", 0, 7, 12},
                            Part{fr, "dusoir", 4, 11, 12},
                            Part{es, "delamanana", 1, 11, 0},
                            Part{es, "delatarde", 0, 8, 12},
                            Part{es, "delanoche", 6, 11, 12},
                            Part{es, "delamadrugada", 1, 6, 0},
                            Part{ru, "утра", 1, 11, 0},
                            Part{ru, "дня", 0, 6, 12},
                            Part{ru, "вечера", 4, 11, 12},
                            Part{ru, "ночи", 0, 4, 0},
                            Part{ar, "صباحا", 1, 11, 0},
                            Part{ar, "ص", 0, 11, 0},
                            Part{ar, "مساء", 1, 11, 12},
                            Part{ar, "م", 0, 11, 12},
                            Part{zh, "上午", 1, 11, 0},
                            Part{zh, "早上", 1, 11, 0},
                            Part{zh, "凌晨", 0, 5, 0},
                            Part{zh, "下午", 0, 11, 12},
                            Part{zh, "晚上", 5, 11, 12}};

std::string without_blanks(std::string_view typed) {
    std::string text = search_key(typed);
    for (const std::string_view blank :
         {" ", "\t", "\u00A0", "\u202F", "\u3000", "\u200E", "\u200F"})
        for (std::size_t at = 0; (at = text.find(blank)) != text.npos;)
            text.erase(at, blank.size());
    for (const std::string_view colon : {"：", "∶"})
        for (std::size_t at = 0; (at = text.find(colon)) != text.npos;)
            text.replace(at, colon.size(), ":");
    return text;
}

/// Takes one of the words from the beginning, the longest that fits.
bool take(std::string_view& rest, std::span<const Word> words, Language language) {
    std::size_t longest = 0;
    for (const Word& word : words)
        if ((word.language == kAny || word.language == language) && rest.starts_with(word.text))
            longest = std::max(longest, word.text.size());
    rest.remove_prefix(longest);
    return longest > 0;
}

const Part* take_part(std::string_view& rest, Language language) {
    const Part* found = nullptr;
    bool at_end = false;
    for (const Part& part : kParts) {
        if (part.language != kAny && part.language != language) continue;
        if (found != nullptr && part.text.size() <= found->text.size()) continue;
        if (!rest.ends_with(part.text) && !rest.starts_with(part.text)) continue;
        found = &part;
        at_end = rest.ends_with(part.text);
    }
    if (found == nullptr) return nullptr;
    if (at_end)
        rest.remove_suffix(found->text.size());
    else
        rest.remove_prefix(found->text.size());
    return found;
}

struct Digits {
    int value = 0, count = 0;
};

Digits take_digits(std::string_view& rest) {
    Digits read;
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9' && read.count < 5) {
        read = {read.value * 10 + (rest.front() - '0'), read.count + 1};
        rest.remove_prefix(1);
    }
    return read;
}

struct Reading {
    HourMinute time;
    bool hour_alone = false, named = false;  ///< a word says that it is an hour
};

// What follows the hour: a sign or a word, and minutes.
std::optional<Reading> read_minutes(int hour, std::string_view rest, Language language) {
    if (rest.empty()) return Reading{{hour, 0}, true, false};
    const bool point = rest.starts_with('.'), colon = rest.starts_with(':');
    if (point || colon)
        rest.remove_prefix(1);
    else if (!take(rest, kHours, language))
        return std::nullopt;
    else if (rest.empty())
        return Reading{{hour, 0}, true, true};
    if (language == zh && !point && !colon && rest == "半") return Reading{{hour, 30}};
    const Digits minutes = take_digits(rest);
    // Nine and a half hours may be 9.5 as well.
    if (minutes.count == 0 || minutes.count > 2 || (point && minutes.count == 1))
        return std::nullopt;
    if (!take(rest, kMinutes, language)) take(rest, kHours, language);
    if (!rest.empty()) return std::nullopt;
    return Reading{{hour, minutes.value}};
}

std::optional<Reading> read_digits(std::string_view rest, Language language) {
    const Digits first = take_digits(rest);
    if (first.count == 1 || first.count == 2) return read_minutes(first.value, rest, language);
    if (first.count != 3 && first.count != 4) return std::nullopt;
    take(rest, kHours, language);
    if (!rest.empty()) return std::nullopt;
    return Reading{{first.value / 100, first.value % 100}};
}

std::optional<int> hour_in(const Part& part, int hour, bool alone) {
    const int on_face = hour % 12;
    if (on_face < part.first || on_face > part.last) return std::nullopt;
    if (alone && on_face == 0) return std::nullopt;
    const bool of_day = hour > 12 || hour == 0;
    if (of_day && on_face + part.add != hour) return std::nullopt;
    return on_face + part.add;
}

}  // namespace

std::optional<HourMinute> read_time(std::string_view typed, Language language) {
    const std::string text = without_blanks(typed);
    std::string_view rest = text;
    const Part* part = take_part(rest, language);
    auto reading = read_digits(rest, language);
    if (!reading || reading->time.hour > 23 || reading->time.minute > 59) return std::nullopt;
    if (part == nullptr && reading->hour_alone && !reading->named) return std::nullopt;
    if (part != nullptr) {
        const auto hour = hour_in(*part, reading->time.hour, reading->hour_alone);
        if (!hour) return std::nullopt;
        reading->time.hour = *hour;
    }
    return reading->time;
}

std::string time_answer(std::string_view typed, Language language) {
    const auto time = read_time(typed, language);
    return time ? format_time(time->hour, time->minute) : std::string{typed};
}

}  // namespace bordereau::text
