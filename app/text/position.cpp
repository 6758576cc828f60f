#include "app/text/position.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/text/format.h"
#include "app/text/position_link.h"
#include "app/text/position_tokens.h"
#include "storage/base/text.h"

namespace bordereau::text {
namespace {

constexpr std::array<std::string_view, 11> kFaults{
    "empty",           "half",          "too_many",       "latitude_range",
    "longitude_range", "minutes_range", "part_of_degree", "same_direction",
    "sign_twice",      "word",          "short_link"};

PositionReading faulty(PositionFault fault, std::string part = {}) {
    return {std::nullopt, fault, std::move(part)};
}

bool is_direction(TokenKind kind) {
    return kind >= TokenKind::north && kind <= TokenKind::west;
}
bool is_axis(TokenKind kind) {
    return kind == TokenKind::latitude || kind == TokenKind::longitude;
}
bool is_mark(TokenKind kind) {
    return kind >= TokenKind::degree && kind <= TokenKind::second;
}
bool across(TokenKind kind) {
    return kind == TokenKind::east || kind == TokenKind::west || kind == TokenKind::longitude;
}

// One angle, or numbers whose meaning is not known yet.
struct Term {
    std::vector<Token> numbers;
    std::optional<TokenKind> direction, axis;

    std::optional<bool> is_longitude() const {
        if (direction) return across(*direction);
        return axis ? std::optional{across(*axis)} : std::nullopt;
    }
};

// Altitude and accuracy are taken out where words or units say that they are.
struct Extras {
    std::optional<double> altitude, accuracy;

    bool add(double number) {
        if (!altitude) return altitude = number, true;
        if (!accuracy) return accuracy = std::fabs(number), true;
        return false;
    }
};

double signed_number(const Token& token) {
    return token.negative ? -token.number : token.number;
}

// "alt 1650 m", "± 5", "1650 m".
Extras take_extras(std::vector<Token>& tokens) {
    Extras extras;
    std::vector<Token> rest;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const TokenKind kind = tokens[i].kind;
        const bool named = kind == TokenKind::altitude || kind == TokenKind::accuracy;
        const bool before =
            named && i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::number;
        const bool metres = kind == TokenKind::number && i + 1 < tokens.size() &&
                            tokens[i + 1].kind == TokenKind::metre;
        if (!before && !metres) {
            rest.push_back(std::move(tokens[i]));
            continue;
        }
        const double number = signed_number(tokens[before ? ++i : i]);
        if (kind == TokenKind::accuracy)
            extras.accuracy = std::fabs(number);
        else if (kind == TokenKind::altitude)
            extras.altitude = number;
        else
            extras.add(number);
        if (i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::metre) ++i;
    }
    tokens = std::move(rest);
    return extras;
}

class Terms {
public:
    explicit Terms(const std::vector<Token>& tokens) : tokens_(tokens) {
        const auto first = std::ranges::find_if(
            tokens, [](const Token& one) { return one.kind != TokenKind::separator; });
        prefixed_ = first != tokens.end() && (is_direction(first->kind) || is_axis(first->kind));
        for (at_ = 0; at_ < tokens_.size(); ++at_) take(tokens_[at_]);
        close();
    }
    std::vector<Term> terms;

private:
    void close() {
        if (!open_.numbers.empty()) terms.push_back(std::move(open_));
        if (!terms.empty()) open_ = {};
    }
    void take(const Token& token) {
        if (token.kind == TokenKind::separator && !open_.numbers.empty()) close();
        if (token.kind == TokenKind::number) {
            const bool degree_next =
                at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == TokenKind::degree;
            const bool closed = open_.direction && !prefixed_;
            if (!open_.numbers.empty() && (degree_next || closed)) close();
            open_.numbers.push_back(token);
        }
        if (is_direction(token.kind)) direction(token.kind);
        if (is_axis(token.kind)) {
            if (!open_.numbers.empty()) close();
            open_.axis = token.kind;
        }
    }
    void direction(TokenKind kind) {
        const bool new_one =
            prefixed_ && !open_.numbers.empty() && (open_.direction || !open_.axis);
        if (new_one) close();
        open_.direction = kind;
    }

    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
    bool prefixed_ = false;
    Term open_;
};

Term term_of(std::vector<Token> numbers) {
    return {std::move(numbers), std::nullopt, std::nullopt};
}

std::vector<Token> range_of(const std::vector<Token>& all, std::size_t from, std::size_t count) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

// Degrees and minutes twice, rather than latitude, longitude, altitude and accuracy.
bool are_minutes(const std::vector<Token>& four) {
    return !four[0].fraction && four[1].fraction && !four[2].fraction && four[3].fraction &&
           four[2].number <= 180 && four[3].number < 60;
}

// Numbers with blanks alone between them: how many there are tells what they are.
std::vector<Term> divided(const std::vector<Token>& all) {
    std::size_t each = 1;
    if (all.size() == 4 && are_minutes(all)) each = 2;
    if (all.size() >= 6) each = 3;
    std::vector<Term> terms;
    for (std::size_t i = 0; i < 2 && (i + 1) * each <= all.size(); ++i)
        terms.push_back(term_of(range_of(all, i * each, each)));
    for (std::size_t i = 2 * each; i < all.size(); ++i) terms.push_back(term_of({all[i]}));
    return terms;
}

bool is_bare(const Term& term) {
    return !term.direction && !term.axis;
}

// Numbers that belong to no angle stand as terms of their own behind the two angles.
std::vector<Term> sorted_out(std::vector<Term> terms, bool marked) {
    if (marked || terms.empty()) return terms;
    if (terms.size() == 1 && is_bare(terms[0])) return divided(terms[0].numbers);
    if (is_bare(terms[0]) && terms[0].numbers.size() == 2 && terms[0].numbers[0].fraction) {
        std::vector<Token> all;
        for (const Term& term : terms)
            all.insert(all.end(), term.numbers.begin(), term.numbers.end());
        return divided(all);
    }
    if (terms.size() == 2 && terms[1].numbers.size() > terms[0].numbers.size()) {
        const std::size_t each = terms[0].numbers.size();
        const std::vector<Token> all = std::exchange(terms[1].numbers, {});
        terms[1].numbers = range_of(all, 0, each);
        for (std::size_t i = each; i < all.size(); ++i) terms.push_back(term_of({all[i]}));
    }
    return terms;
}

// Behind the two angles every number stands for itself.
std::vector<Term> one_by_one(std::vector<Term> terms) {
    std::vector<Term> out;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (i < 2 || !is_bare(terms[i]) || !terms[1].direction)
            out.push_back(std::move(terms[i]));
        else
            for (const Token& number : terms[i].numbers) out.push_back(term_of({number}));
    }
    return out;
}

// Degrees, or what is wrong with them.
using Angle = std::pair<double, std::optional<PositionFault>>;
Angle angle_of(const Term& term) {
    const std::vector<Token>& numbers = term.numbers;
    if (numbers.size() > 3) return {0, PositionFault::too_many};
    double degrees = 0, part = 1;
    for (std::size_t i = 0; i < numbers.size(); ++i, part *= 60) {
        if (i + 1 < numbers.size() && numbers[i].fraction)
            return {0, PositionFault::part_of_degree};
        if (i > 0 && (numbers[i].negative || numbers[i].number >= 60))
            return {0, PositionFault::minutes_range};
        degrees += numbers[i].number / part;
    }
    const bool minus = numbers[0].negative;
    if (minus && term.direction) return {0, PositionFault::sign_twice};
    const bool down = term.direction == TokenKind::south || term.direction == TokenKind::west;
    return {minus || down ? -degrees : degrees, std::nullopt};
}

PositionReading position_of(std::vector<Term> terms, Extras extras) {
    if (terms.size() < 2) return faulty(terms.empty() ? PositionFault::empty : PositionFault::half);
    const auto first = terms[0].is_longitude(), second = terms[1].is_longitude();
    if (first && second && *first == *second) return faulty(PositionFault::same_direction);
    if (first.value_or(!second.value_or(true))) std::swap(terms[0], terms[1]);
    const Angle latitude = angle_of(terms[0]), longitude = angle_of(terms[1]);
    for (const Angle& angle : {latitude, longitude})
        if (angle.second) return faulty(*angle.second);
    for (std::size_t i = 2; i < terms.size(); ++i)
        if (terms[i].numbers.size() != 1 || !extras.add(signed_number(terms[i].numbers[0])))
            return faulty(PositionFault::too_many);
    if (std::fabs(latitude.first) > 90) return faulty(PositionFault::latitude_range);
    if (std::fabs(longitude.first) > 180) return faulty(PositionFault::longitude_range);
    return {Position{latitude.first, longitude.first, extras.altitude, extras.accuracy},
            PositionFault::empty,
            {}};
}

// A mark that follows no number, and what is neither number nor known word.
const Token* stranger_in(const std::vector<Token>& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const TokenKind kind = tokens[i].kind;
        const bool lost = is_mark(kind) && (i == 0 || tokens[i - 1].kind != TokenKind::number);
        const bool loose =
            kind == TokenKind::altitude || kind == TokenKind::accuracy || kind == TokenKind::metre;
        if (kind == TokenKind::word || lost || loose) return &tokens[i];
    }
    return nullptr;
}

PositionReading read_plain(std::string_view written) {
    std::vector<Token> tokens = position_tokens(written);
    const Extras extras = take_extras(tokens);
    if (const Token* stranger = stranger_in(tokens))
        return faulty(PositionFault::word, stranger->text);
    const bool marked =
        std::ranges::any_of(tokens, [](const Token& token) { return is_mark(token.kind); });
    return position_of(one_by_one(sorted_out(Terms{tokens}.terms, marked)), extras);
}

std::string short_number(double number) {
    constexpr double kPlaces = 1e7;
    const double rounded = std::round(number * kPlaces) / kPlaces;
    return to_text(rounded == 0 ? 0.0 : rounded);  // never "-0"
}

std::string signed_degrees(double degrees, std::string_view up, std::string_view down,
                           const Words& words) {
    constexpr int kDecimals = 5;
    // The sign belongs to the number, also where words run from right to left.
    const std::string number =
        format_number(std::fabs(degrees), kDecimals, words.language()) + "\xC2\xB0";
    return words(degrees < 0 ? down : up, {{"n", number}});
}

}  // namespace

std::string_view name_of(PositionFault fault) {
    const auto at = static_cast<std::size_t>(fault);
    return at < kFaults.size() ? kFaults[at] : "link_without_place";
}

PositionReading read_position(std::string_view written) {
    written = trimmed(written);
    if (written.empty()) return faulty(PositionFault::empty);
    constexpr std::size_t kLongest = 2000;  // an address of a map has hundreds of bytes at most
    if (written.size() > kLongest) return faulty(PositionFault::too_many);
    if (!is_address(written)) return read_plain(written);
    if (const auto place = place_in(written)) return read_plain(*place);
    return faulty(is_short_link(written) ? PositionFault::short_link
                                         : PositionFault::link_without_place);
}

// A list of ODK has semicolons between its points; a place alone may have one between its halves.
PositionsReading read_positions(std::string_view written) {
    PositionsReading reading;
    const char between = written.find('\n') != written.npos ? '\n' : ';';
    for (const std::string_view line : split(written, between)) {
        if (trimmed(line).empty()) continue;
        auto one = read_position(line);
        if (one.position) {
            reading.positions.push_back(*one.position);
            continue;
        }
        reading.stopped_at = std::move(one);
        break;
    }
    if (!reading.positions.empty()) return reading;
    auto whole = read_position(written);
    if (whole.position) return {{*whole.position}, {}};
    if (!reading.stopped_at) reading.stopped_at = std::move(whole);
    return reading;
}

std::string stored(const Position& position) {
    return short_number(position.latitude) + " " + short_number(position.longitude) + " " +
           short_number(position.altitude.value_or(0)) + " " +
           short_number(position.accuracy.value_or(0));
}

std::string stored(const std::vector<Position>& positions) {
    std::string value;
    for (const Position& position : positions)
        value += (value.empty() ? "" : "; ") + stored(position);
    return value;
}

std::optional<std::vector<Position>> read_stored(std::string_view value) {
    std::vector<Position> positions;
    for (const std::string_view piece : split(value, ';')) {
        if (trimmed(piece).empty()) continue;
        std::vector<double> numbers;
        for (const Token& token : position_tokens(piece)) {
            if (token.kind != TokenKind::number) return std::nullopt;
            numbers.push_back(signed_number(token));
        }
        if (numbers.size() < 2 || numbers.size() > 4) return std::nullopt;
        numbers.resize(4);
        if (std::fabs(numbers[0]) > 90 || std::fabs(numbers[1]) > 180) return std::nullopt;
        Position position{numbers[0], numbers[1], {}, {}};
        if (numbers[2] != 0 || numbers[3] != 0) position.altitude = numbers[2];
        if (numbers[3] > 0) position.accuracy = numbers[3];
        positions.push_back(position);
    }
    return positions;
}

std::string typed(const Position& position) {
    std::string text = short_number(position.latitude) + ", " + short_number(position.longitude);
    if (position.altitude) text += ", " + short_number(*position.altitude);
    if (position.accuracy)
        text += (position.altitude ? ", " : ", 0, ") + short_number(*position.accuracy);
    return text;
}

std::string in_words(const Position& position, const Words& words) {
    std::string out = signed_degrees(position.latitude, "place.north", "place.south", words);
    const auto add = [&](const std::string& part) {
        out.append(words("place.between")).append(part);
    };
    add(signed_degrees(position.longitude, "place.east", "place.west", words));
    const auto metres = [&](double number) {
        return format_number(number, number < 10 ? 1 : 0, words.language());
    };
    if (position.accuracy) add(words("place.accuracy", {{"n", metres(*position.accuracy)}}));
    if (position.altitude) add(words("place.altitude", {{"n", metres(*position.altitude)}}));
    return out;
}

}  // namespace bordereau::text
