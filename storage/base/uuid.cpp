#include "storage/base/uuid.h"

#include <array>
#include <random>
#include <string_view>

#include "storage/base/text.h"

namespace bordereau {

std::string new_uuid(const Entropy& entropy) {
    std::array<std::uint8_t, 16> bytes{};
    entropy(bytes);
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    const std::string hex = to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
           hex.substr(16, 4) + "-" + hex.substr(20);
}

std::string new_key(const Entropy& entropy, int length) {
    // 32 characters: five bits each, so no byte is favoured.
    static constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789-";
    std::string out;
    while (out.size() < static_cast<std::size_t>(length)) {
        std::array<std::uint8_t, 1> byte{};
        entropy(byte);
        const char c = kAlphabet[byte[0] & 31];
        if (c != '-') out += c;
    }
    return out;
}

Entropy seeded_entropy(std::uint64_t seed) {
    return [generator = std::mt19937_64{seed}](std::span<std::uint8_t> out) mutable {
        for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(generator() >> 32);
    };
}

}  // namespace bordereau
