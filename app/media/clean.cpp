#include "app/media/clean.h"

#include <algorithm>
#include <array>

#include "app/media/bytes.h"

namespace bordereau::media {
namespace {

Error damaged(const char* what) {
    return {ErrorCode::invalid, what};
}

// PNG: what a picture needs to look as it does, and nothing else (PNG 3rd edition, "Chunks").
constexpr std::array<std::string_view, 19> kPngChunks{
    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB",
    "bKGD", "hIST", "pHYs", "sPLT", "cICP", "mDCV", "acTL", "fcTL", "fdAT"};
constexpr std::string_view kPngMark = "\x89PNG\r\n\x1A\n";

// WebP container, "Extended File Format".
constexpr std::array<std::string_view, 7> kWebpChunks{"VP8 ", "VP8L", "VP8X", "ANIM",
                                                      "ANMF", "ALPH", "ICCP"};
constexpr std::uint32_t kWebpExif = 0x08, kWebpXmp = 0x04;

template <class Names>
bool one_of(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

Result<Cleaned> clean_png(std::string_view bytes) {
    if (!bytes.starts_with(kPngMark)) return damaged("not a PNG");
    Cleaned out{std::string{kPngMark}, false, true};
    out.bytes.reserve(bytes.size());
    bool ended = false;
    std::size_t at = kPngMark.size();
    while (!ended && at + 12 <= bytes.size()) {
        const std::size_t size = std::size_t{be32(bytes, at)} + 12;
        if (size > bytes.size() - at) return damaged("a PNG that is cut short");
        const std::string_view type = bytes.substr(at + 4, 4);
        ended = type == "IEND";
        if (one_of(kPngChunks, type))
            out.bytes.append(bytes.substr(at, size));
        else
            out.removed = true;
        at += size;
    }
    if (!ended) return damaged("a PNG without an end");
    out.removed = out.removed || at < bytes.size();
    return out;
}

Result<Cleaned> clean_webp(std::string_view bytes) {
    constexpr std::size_t kHead = 12;
    if (sniff(bytes) != Kind::webp) return damaged("not a WebP");
    const std::size_t end = std::min(bytes.size(), std::size_t{le32(bytes, 4)} + 8);
    Cleaned out{std::string{bytes.substr(0, kHead)}, end < bytes.size(), true};
    out.bytes.reserve(end);
    for (std::size_t at = kHead; at + 8 <= end;) {
        const std::size_t size = std::size_t{le32(bytes, at + 4)};
        if (size > end - at - 8) return damaged("a WebP that is cut short");
        const std::size_t whole = std::min(8 + size + size % 2, end - at);
        const std::string_view type = bytes.substr(at, 4);
        if (one_of(kWebpChunks, type)) {
            out.bytes.append(bytes.substr(at, whole));
            if (type == "VP8X" && size > 0) {
                char& flags = out.bytes[out.bytes.size() - whole + 8];
                flags =
                    static_cast<char>(static_cast<unsigned char>(flags) & ~(kWebpExif | kWebpXmp));
            }
        } else {
            out.removed = true;
        }
        at += whole;
    }
    if (out.bytes.size() == kHead) return damaged("a WebP without a picture");
    put_le32(out.bytes, 4, static_cast<std::uint32_t>(out.bytes.size() - 8));
    return out;
}

bool can_clean(Kind kind) {
    switch (kind) {
        case Kind::jpeg:
        case Kind::png:
        case Kind::webp:
        case Kind::bmp:
        case Kind::text:
        case Kind::mp4:
        case Kind::quicktime:
        case Kind::three_gp:
        case Kind::m4a: return true;
        default: return false;
    }
}

Result<Cleaned> clean(Kind kind, std::string bytes) {
    switch (kind) {
        case Kind::jpeg: return clean_jpeg(bytes);
        case Kind::png: return clean_png(bytes);
        case Kind::webp: return clean_webp(bytes);
        case Kind::mp4:
        case Kind::quicktime:
        case Kind::three_gp:
        case Kind::m4a: return clean_movie(std::move(bytes));
        default: return Cleaned{std::move(bytes), false, can_clean(kind)};
    }
}

}  // namespace bordereau::media
