// app/media/bytes.h - numbers at places of foreign bytes. What lies beyond the end reads as zero,
// so that a walk over damaged content ends instead of leaving it. For this folder's sources only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bordereau::media {

inline std::uint32_t octet(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}
inline std::uint32_t be16(std::string_view bytes, std::size_t at) {
    return octet(bytes, at) << 8 | octet(bytes, at + 1);
}
inline std::uint32_t be32(std::string_view bytes, std::size_t at) {
    return be16(bytes, at) << 16 | be16(bytes, at + 2);
}
inline std::uint64_t be64(std::string_view bytes, std::size_t at) {
    return std::uint64_t{be32(bytes, at)} << 32 | be32(bytes, at + 4);
}
inline std::uint32_t le16(std::string_view bytes, std::size_t at) {
    return octet(bytes, at) | octet(bytes, at + 1) << 8;
}
inline std::uint32_t le24(std::string_view bytes, std::size_t at) {
    return le16(bytes, at) | octet(bytes, at + 2) << 16;
}
inline std::uint32_t le32(std::string_view bytes, std::size_t at) {
    return le16(bytes, at) | le16(bytes, at + 2) << 16;
}

/// At most `size` bytes from `at` on; nothing beyond the end.
inline std::string_view piece(std::string_view bytes, std::size_t at, std::size_t size) {
    return at < bytes.size() ? bytes.substr(at, size) : std::string_view{};
}

inline void put_le32(std::string& bytes, std::size_t at, std::uint32_t number) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i) & 0xFF);
}

}  // namespace bordereau::media
