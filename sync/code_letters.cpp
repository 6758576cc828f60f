#include "sync/code_letters.h"

#include "storage/crypto/hash.h"
#include "sync/base32.h"

namespace bordereau::sync {
namespace {

constexpr std::size_t kChecksumLetters = 4, kGroup = 5;
constexpr std::size_t kMaxCode = 16'000;

std::string checksum_of(std::string_view letters_of) {
    return to_base32(storage::crypto::digest(letters_of)).substr(0, kChecksumLetters);
}

std::string grouped(std::string_view letters) {
    std::string text;
    for (std::size_t at = 0; at < letters.size(); at += kGroup) {
        if (at > 0) text += '-';
        text += letters.substr(at, kGroup);
    }
    return text;
}

std::string without_separators(std::string_view code) {
    std::string letters;
    for (const char c : code)
        if (c != '-' && c != ' ' && c != '\t' && c != '\r' && c != '\n') letters += c;
    return letters;
}

}  // namespace

std::string to_code_letters(std::string_view bytes) {
    return grouped(to_base32(bytes) + checksum_of(bytes));
}

std::optional<std::string> from_code_letters(std::string_view code) {
    const std::string letters = without_separators(code.substr(0, kMaxCode));
    if (letters.size() <= kChecksumLetters) return std::nullopt;
    const std::string_view body{letters.data(), letters.size() - kChecksumLetters};
    auto bytes = from_base32(body);
    // Both sides of the comparison go through the alphabet once, so that look-alikes are the same.
    const auto given = from_base32(letters.substr(body.size()) + "0");
    if (!bytes || from_base32(checksum_of(*bytes) + "0") != given) return std::nullopt;
    return bytes;
}

}  // namespace bordereau::sync
