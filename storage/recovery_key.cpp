#include "storage/recovery_key.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bordereau::storage {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kRandom = 26;
constexpr std::size_t kLength = kRandom + 2;
constexpr std::size_t kGroup = 4;

// The field of 32 elements: polynomials over bits modulo x^5 + x^2 + 1; x generates all but zero.
struct Field {
    std::array<int, 31> power{};
    std::array<int, 32> log{};
};
constexpr Field make_field() {
    Field field;
    int value = 1;
    for (std::size_t i = 0; i < field.power.size(); ++i) {
        field.power[i] = value;
        field.log[static_cast<std::size_t>(value)] = static_cast<int>(i);
        value <<= 1;
        if ((value & 32) != 0) value ^= 0b100101;
    }
    return field;
}
constexpr Field kField = make_field();

constexpr int times(int a, int b) {
    if (a == 0 || b == 0) return 0;
    const auto sum = static_cast<std::size_t>(kField.log[static_cast<std::size_t>(a)] +
                                              kField.log[static_cast<std::size_t>(b)]);
    return kField.power[sum % 31];
}

// A whole key makes both sums zero; one wrong character e at place p makes them e and e * x^p.
struct Sums {
    int plain = 0, weighted = 0;
};
Sums sums_of(const std::vector<int>& symbols) {
    Sums sums;
    for (std::size_t place = 0; place < symbols.size(); ++place) {
        sums.plain ^= symbols[place];
        sums.weighted ^= times(symbols[place], kField.power[place]);
    }
    return sums;
}

// Two symbols at the last two places that make both sums zero.
void add_check(std::vector<int>& symbols) {
    const Sums sums = sums_of(symbols);
    const int at = kField.power[kRandom], next = kField.power[kRandom + 1];
    // a ^ b = plain and a * at ^ b * next = weighted, so b = (weighted ^ plain * at) / (at ^ next).
    const int numerator = sums.weighted ^ times(sums.plain, at);
    const int inverse = kField.power[static_cast<std::size_t>(
        (31 - kField.log[static_cast<std::size_t>(at ^ next)]) % 31)];
    const int b = times(numerator, inverse);
    symbols.push_back(sums.plain ^ b);
    symbols.push_back(b);
}

std::string in_groups(const std::vector<int>& symbols) {
    std::string text;
    for (std::size_t place = 0; place < symbols.size(); ++place) {
        if (place > 0 && place % kGroup == 0) text += '-';
        text += kAlphabet[static_cast<std::size_t>(symbols[place])];
    }
    return text;
}

// -1: skipped; -2: no character of a key.
int symbol_of(char c) {
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') return -1;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const std::size_t found = kAlphabet.find(c);
    return found == kAlphabet.npos ? -2 : static_cast<int>(found);
}

int group_of(std::size_t place) {
    return static_cast<int>(place / kGroup) + 1;
}

}  // namespace

std::string new_recovery_key(const Entropy& entropy) {
    std::array<std::uint8_t, kRandom> bytes{};
    entropy(bytes);
    std::vector<int> symbols;
    for (std::uint8_t& byte : bytes) {
        symbols.push_back(byte & 31);
        byte = 0;
    }
    add_check(symbols);
    return in_groups(symbols);
}

TypedRecoveryKey read_recovery_key(std::string_view typed) {
    std::vector<int> symbols;
    TypedRecoveryKey read;
    for (const char c : typed) {
        const int symbol = symbol_of(c);
        if (symbol == -1) continue;
        if (symbol == -2 && read.wrong_group == 0) read.wrong_group = group_of(symbols.size());
        symbols.push_back(symbol == -2 ? 0 : symbol);
    }
    if (symbols.size() != kLength || read.wrong_group != 0) return read;
    const Sums sums = sums_of(symbols);
    if (sums.plain == 0 && sums.weighted == 0) {
        read.whole = true;
        read.key = in_groups(symbols);
    } else if (sums.plain != 0 && sums.weighted != 0) {
        const auto place =
            static_cast<std::size_t>((kField.log[static_cast<std::size_t>(sums.weighted)] -
                                      kField.log[static_cast<std::size_t>(sums.plain)] + 31) %
                                     31);
        if (place < kLength) read.wrong_group = group_of(place);
    }
    return read;
}

}  // namespace bordereau::storage
