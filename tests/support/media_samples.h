// tests/support/media_samples.h - small pictures and films that tell where they were made, byte by
// byte, so that no test needs a camera.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/media/clean.h"
#include "app/media/codec.h"

namespace bordereau::test {

/// What no cleaned file may hold.
inline constexpr std::string_view kSecretPlace = "59.9139N010.7522E";
inline constexpr std::string_view kSecretDevice = "Loudmaker X100 serial 4711";

inline std::string be(std::uint64_t number, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i) & 0xFF);
    return out;
}
inline std::string le(std::uint64_t number, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
    return out;
}

/// Four differently coloured quarters: the upper left one red, the upper right one green.
inline media::Raster quarters(int width, int height) {
    media::Raster raster{width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool right = x >= width / 2, lower = y >= height / 2;
            const std::uint8_t red = !right ? 220 : 20, green = right != lower ? 200 : 20;
            for (const std::uint8_t channel :
                 {red, green, std::uint8_t(lower ? 210 : 10), std::uint8_t{255}})
                raster.rgba.push_back(channel);
        }
    return raster;
}

inline std::string jpeg_segment(unsigned marker, std::string_view content) {
    return std::string("\xFF") + static_cast<char>(marker) + be(content.size() + 2, 2) +
           std::string{content};
}

/// EXIF with orientation, maker and a GPS directory, little-endian as many cameras write it.
inline std::string telling_exif(int orientation) {
    const auto entry = [](unsigned tag, unsigned type, std::size_t count, std::uint64_t value) {
        return le(tag, 2) + le(type, 2) + le(count, 4) + le(value, 4);
    };
    const std::size_t texts = 8 + 2 + 3 * 12 + 4;
    std::string tiff = std::string("II*\0", 4) + le(8, 4) + le(3, 2);
    tiff += entry(0x010F, 2, kSecretDevice.size(), texts);
    tiff += entry(0x0112, 3, 1, static_cast<std::uint64_t>(orientation));
    tiff += entry(0x8825, 4, 1, texts + kSecretDevice.size());
    tiff += le(0, 4) + std::string{kSecretDevice};
    tiff += le(1, 2) + entry(0x001B, 7, kSecretPlace.size(), texts) + le(0, 4);
    tiff += kSecretPlace;
    return std::string("Exif\0\0", 6) + tiff;
}

inline std::string telling_xmp() {
    return "http://ns.adobe.com/xap/1.0/" + std::string(1, '\0') + "<x:xmpmeta GPS='" +
           std::string{kSecretPlace} + "'/>";
}

/// A profile that must stay: colours depend on it.
inline constexpr std::string_view kProfile{"ICC_PROFILE\0\x01\x01 the colours of this camera", 40};

/// A JPEG with everything in it that telephones and cameras write.
inline std::string telling_jpeg(int width, int height, int orientation) {
    const std::string plain = *media::encode_jpeg(quarters(width, height), 90);
    std::string told = jpeg_segment(0xE1, telling_exif(orientation));
    told += jpeg_segment(0xE1, telling_xmp());
    told += jpeg_segment(0xE2, kProfile);
    told += jpeg_segment(0xE2, "MPF " + std::string{kSecretPlace});
    told += jpeg_segment(0xED, "Photoshop 3.0 8BIM " + std::string{kSecretPlace});
    told += jpeg_segment(0xFE, "taken with " + std::string{kSecretDevice});
    return media::with_segments(plain, told) + "a film behind it: " + std::string{kSecretPlace};
}

inline std::string png_chunk(std::string_view type, std::string_view content) {
    std::string body = std::string{type} + std::string{content};
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char byte : body) {
        crc ^= static_cast<unsigned char>(byte);
        for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return be(content.size(), 4) + body + be(crc ^ 0xFFFFFFFF, 4);
}

inline std::string telling_png(int width, int height) {
    constexpr std::size_t kBehindHead = 8 + 25;  // mark and IHDR
    std::string png = *media::encode_png(quarters(width, height));
    std::string told =
        png_chunk("tEXt", "Model" + std::string(1, '\0') + std::string{kSecretDevice});
    told += png_chunk("iTXt", "Place" + std::string(5, '\0') + std::string{kSecretPlace});
    told += png_chunk("zTXt", std::string{kSecretPlace});
    told += png_chunk("eXIf", telling_exif(1).substr(6));
    told += png_chunk("tIME", be(0x07E80101, 4) + be(0, 3));
    return png.insert(kBehindHead, told) + "behind the end: " + std::string{kSecretPlace};
}

inline std::string riff_chunk(std::string_view type, std::string_view content) {
    return std::string{type} + le(content.size(), 4) + std::string{content} +
           std::string(content.size() % 2, '\0');
}

/// No decodable picture, but the layout of one: 1200 by 800.
inline std::string telling_webp() {
    std::string body = riff_chunk("VP8X", le(0x2C, 4) + le(1199, 3) + le(799, 3));
    body += riff_chunk("ICCP", "profile") + riff_chunk("VP8L", "the picture");
    body += riff_chunk("EXIF", telling_exif(1).substr(6)) + riff_chunk("XMP ", telling_xmp());
    return "RIFF" + le(body.size() + 4, 4) + "WEBP" + body;
}

inline std::string atom(std::string_view type, std::string_view content) {
    return be(content.size() + 8, 4) + std::string{type} + std::string{content};
}

/// A film of 83.5 seconds with a place in its user data; `handler` is its track's.
inline std::string telling_movie(std::string_view handler = "vide") {
    const std::string head = be(0, 4) + be(3'800'000'000, 4) + be(3'800'000'001, 4) + be(1000, 4) +
                             be(83'500, 4) + std::string(80, '\0');
    const std::string kind = be(0, 8) + std::string{handler} + std::string(12, '\0') +
                             std::string{kSecretDevice} + std::string(1, '\0');
    const std::string track =
        atom("tkhd", be(0, 4) + be(3'800'000'000, 8) + std::string(72, '\0')) +
        atom("mdia", atom("hdlr", kind)) + atom("udta", atom("name", kSecretDevice));
    const std::string place =
        atom("\xA9xyz", be(17, 2) + be(0x15C7, 2) + std::string{kSecretPlace});
    return atom("ftyp", "mp42" + be(0, 4) + "mp42isom") +
           atom("moov", atom("mvhd", head) + atom("trak", track) + atom("udta", place) +
                            atom("meta", std::string{kSecretDevice})) +
           atom("uuid", std::string(16, 'x') + telling_xmp()) +
           atom("mdat", "the film itself, which stays where it is");
}

}  // namespace bordereau::test
