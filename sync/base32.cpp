#include "sync/base32.h"

#include <cstdint>

namespace bordereau::sync {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::optional<std::uint32_t> value_of(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L') c = '1';
    if (c == 'O') c = '0';
    const std::size_t at = kDigits.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint32_t>(at);
}

}  // namespace

std::string to_base32(std::string_view bytes) {
    std::string text;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char byte : bytes) {
        held = ((held << 8) | static_cast<unsigned char>(byte)) & 0xFFF;
        for (bits += 8; bits >= 5; bits -= 5) text += kDigits[(held >> (bits - 5)) & 31];
    }
    if (bits > 0) text += kDigits[(held << (5 - bits)) & 31];
    return text;
}

std::optional<std::string> from_base32(std::string_view text) {
    std::string bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : text) {
        const auto value = value_of(c);
        if (!value) return std::nullopt;
        held = ((held << 5) | *value) & 0xFFF;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((held >> bits) & 0xFF);
    }
    const std::uint32_t filling = held & ((1u << bits) - 1);
    if (bits >= 5 || filling != 0) return std::nullopt;
    return bytes;
}

}  // namespace bordereau::sync
