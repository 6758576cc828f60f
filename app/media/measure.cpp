#include "app/media/measure.h"

#include <algorithm>
#include <array>

#include "app/media/bytes.h"

namespace bordereau::media {
namespace {

// EXIF is a TIFF file in small (EXIF 2.32, 4.6): the first directory holds the orientation.
int exif_orientation(std::string_view tiff) {
    const bool little = tiff.starts_with("II");
    const auto two = [&](std::size_t at) { return little ? le16(tiff, at) : be16(tiff, at); };
    const auto four = [&](std::size_t at) { return little ? le32(tiff, at) : be32(tiff, at); };
    const std::size_t directory = four(4);
    if (directory >= tiff.size()) return 1;
    const std::uint32_t entries = two(directory);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t at = directory + 2 + i * 12;
        if (at + 12 > tiff.size()) break;
        if (two(at) != 0x0112 || two(at + 2) != 3) continue;
        const auto value = static_cast<int>(two(at + 8));
        return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

bool is_frame(std::uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

Shape measure_jpeg(std::string_view jpeg) {
    constexpr std::string_view kExif{"Exif\0\0", 6};
    Shape shape;
    for (std::size_t at = 2; at + 4 <= jpeg.size() && octet(jpeg, at) == 0xFF;) {
        const std::uint32_t marker = octet(jpeg, at + 1);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (marker == 0xDA || marker == 0xD9) break;
        const std::size_t size = be16(jpeg, at + 2);
        const std::string_view body = piece(jpeg, at + 4, size - std::min<std::size_t>(size, 2));
        if (marker == 0xE1 && body.starts_with(kExif) && shape.orientation == 1)
            shape.orientation = exif_orientation(body.substr(kExif.size()));
        if (is_frame(marker)) {
            shape.height = be16(body, 1);
            shape.width = be16(body, 3);
        }
        at += 2 + std::max<std::size_t>(size, 2);
    }
    return shape;
}

// WebP container specification: the extended head, or the first frame's.
Shape measure_webp(std::string_view bytes) {
    const std::string_view type = piece(bytes, 12, 4), body = piece(bytes, 20, 16);
    if (type == "VP8X") return {le24(body, 4) + 1, le24(body, 7) + 1, 1};
    if (type == "VP8 ") return {le16(body, 6) & 0x3FFF, le16(body, 8) & 0x3FFF, 1};
    if (type != "VP8L") return {};
    const std::uint32_t packed = le32(body, 1);
    return {(packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1, 1};
}

std::optional<std::int64_t> share(std::uint64_t units, std::uint64_t per_second) {
    constexpr std::uint64_t kMost = std::uint64_t{1} << 50;  // of units: more is no length
    if (per_second == 0 || units > kMost) return std::nullopt;
    return static_cast<std::int64_t>(units * 1000 / per_second);
}

std::optional<std::int64_t> wav_length(std::string_view bytes) {
    std::uint32_t rate = 0;
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
        const std::size_t size = le32(bytes, at + 4);
        const std::string_view type = bytes.substr(at, 4);
        if (type == "fmt ") rate = le32(bytes, at + 16);
        if (type == "data") return share(std::min(size, bytes.size() - at - 8), rate);
        at += 8 + size + size % 2;
    }
    return std::nullopt;
}

// The film's head within the first level of "moov".
std::optional<std::int64_t> movie_length(std::string_view bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size();) {
        const std::uint64_t size =
            be32(bytes, at) == 1 ? be64(bytes, at + 8) : std::uint64_t{be32(bytes, at)};
        const std::string_view type = bytes.substr(at + 4, 4);
        if (type == "mvhd" && octet(bytes, at + 8) == 1)
            return share(be64(bytes, at + 32), be32(bytes, at + 28));
        if (type == "mvhd") return share(be32(bytes, at + 24), be32(bytes, at + 20));
        if (type == "moov") {
            at += be32(bytes, at) == 1 ? 16 : 8;
            continue;
        }
        if (size < 8 || size > bytes.size() - at) break;
        at += static_cast<std::size_t>(size);
    }
    return std::nullopt;
}

std::optional<std::int64_t> flac_length(std::string_view bytes) {
    // STREAMINFO: 20 bits of sampling rate, 36 bits of samples, from byte 10 of the block on.
    const std::uint32_t rate = be32(bytes, 18) >> 12;
    return share(be64(bytes, 18) & 0xFFFFFFFFFULL, rate);
}

// Ogg: the last page says how many samples came before its end (RFC 3533, "granule position").
std::optional<std::int64_t> ogg_length(std::string_view bytes) {
    const std::size_t last = bytes.rfind("OggS");
    const std::string_view head = bytes.substr(0, 512);
    const std::uint64_t samples =
        std::uint64_t{le32(bytes, last + 10)} << 32 | le32(bytes, last + 6);
    if (head.find("OpusHead") != head.npos) return share(samples, 48'000);
    const std::size_t vorbis = head.find("\x01vorbis");
    return vorbis == head.npos ? std::nullopt : share(samples, le32(head, vorbis + 12));
}

// After tags comes the first frame. With a Xing or Info head the number of frames is known; else
// the bit rate of the first stands for all (constant in what recorders write).
std::optional<std::int64_t> mp3_length(std::string_view bytes) {
    constexpr std::array<int, 16> kRates1{0,   32,  40,  48,  56,  64,  80,  96,
                                          112, 128, 160, 192, 224, 256, 320, 0};
    constexpr std::array<int, 16> kRates2{0,  8,  16, 24,  32,  40,  48,  56,
                                          64, 80, 96, 112, 128, 144, 160, 0};
    constexpr std::array<std::uint32_t, 4> kSampling{44'100, 48'000, 32'000, 0};
    std::size_t at = 0;
    if (bytes.starts_with("ID3"))
        at = 10 + (octet(bytes, 6) << 21 | octet(bytes, 7) << 14 | octet(bytes, 8) << 7 |
                   octet(bytes, 9));
    if ((be16(bytes, at) & 0xFFE6) != 0xFFE2) return std::nullopt;  // layer III only
    const bool first = (octet(bytes, at + 1) & 0x18) == 0x18;
    const int divide = (octet(bytes, at + 1) & 0x18) == 0 ? 4 : first ? 1 : 2;
    const std::uint32_t sampling =
        kSampling[octet(bytes, at + 2) >> 2 & 3] / static_cast<std::uint32_t>(divide);
    const int rate = (first ? kRates1 : kRates2)[octet(bytes, at + 2) >> 4];
    for (const std::string_view mark : {"Xing", "Info"}) {
        const std::size_t found = bytes.substr(at, 64).find(mark);
        if (found != bytes.npos && (be32(bytes, at + found + 4) & 1))
            return share(std::uint64_t{be32(bytes, at + found + 8)} * (first ? 1152 : 576),
                         sampling);
    }
    return share(bytes.size() - at, static_cast<std::uint64_t>(rate) * 125);
}

}  // namespace

Shape measure(Kind kind, std::string_view bytes) {
    switch (kind) {
        case Kind::jpeg: return measure_jpeg(bytes);
        case Kind::png: return {be32(bytes, 16), be32(bytes, 20), 1};
        case Kind::gif: return {le16(bytes, 6), le16(bytes, 8), 1};
        case Kind::webp: return measure_webp(bytes);
        default: return {};
    }
}

std::optional<std::int64_t> length_of(Kind kind, std::string_view bytes) {
    switch (kind) {
        case Kind::wav: return wav_length(bytes);
        case Kind::mp3: return mp3_length(bytes);
        case Kind::flac: return flac_length(bytes);
        case Kind::ogg: return ogg_length(bytes);
        case Kind::mp4:
        case Kind::quicktime:
        case Kind::three_gp:
        case Kind::m4a: return movie_length(bytes);
        default: return std::nullopt;
    }
}

}  // namespace bordereau::media
