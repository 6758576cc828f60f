// JPEG by segments (ITU-T T.81, annex B). Only what decoding needs is copied.
#include <algorithm>
#include <optional>

#include "app/media/bytes.h"
#include "app/media/clean.h"
#include "app/media/measure.h"

namespace bordereau::media {
namespace {

constexpr std::uint32_t kStart = 0xD8, kEnd = 0xD9, kScan = 0xDA;
constexpr std::uint32_t kJfif = 0xE0, kExif = 0xE1, kIcc = 0xE2, kAdobe = 0xEE;
constexpr std::string_view kIccMark{"ICC_PROFILE\0", 12};
constexpr std::string_view kJfifMark{"JFIF\0", 5};

struct Segment {
    std::uint32_t marker = 0;
    std::size_t begin = 0, end = 0;  ///< with its marker; after a scan's head its data follows
};

std::string_view content(std::string_view jpeg, const Segment& segment) {
    return piece(jpeg, segment.begin + 4, segment.end - std::min(segment.end, segment.begin + 4));
}

// The segment at `at`, which may have fill bytes before its marker. Nothing at damaged bytes.
std::optional<Segment> segment_at(std::string_view jpeg, std::size_t at) {
    if (octet(jpeg, at) != 0xFF) return std::nullopt;
    while (octet(jpeg, at + 1) == 0xFF) ++at;
    const std::uint32_t marker = octet(jpeg, at + 1);
    if (marker == kStart || marker == kEnd) return Segment{marker, at, at + 2};
    const std::size_t size = be16(jpeg, at + 2);
    if (marker < 0xC0 || size < 2 || at + 2 + size > jpeg.size()) return std::nullopt;
    return Segment{marker, at, at + 2 + size};
}

// The end of a scan's data: the next marker that is neither a stuffed byte nor a restart.
std::size_t end_of_scan(std::string_view jpeg, std::size_t at) {
    while (true) {
        at = jpeg.find('\xFF', at);
        if (at == jpeg.npos || at + 1 >= jpeg.size()) return jpeg.size();
        const std::uint32_t next = octet(jpeg, at + 1);
        if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return at;
        at += next == 0xFF ? 1 : 2;
    }
}

bool is_icc(std::string_view jpeg, const Segment& segment) {
    return segment.marker == kIcc && content(jpeg, segment).starts_with(kIccMark);
}

// Tables, frame heads and scans; the colour's meaning; nothing that only tells about the picture.
bool decodes(std::string_view jpeg, const Segment& segment) {
    const std::uint32_t marker = segment.marker;
    if (marker == kAdobe) return content(jpeg, segment).starts_with("Adobe");
    return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC8) ||
           (marker >= kScan && marker < kJfif);
}

// JFIF says resolution and aspect; its own thumbnail may show what was cropped away.
bool append_jfif(std::string_view jpeg, const Segment& segment, std::string& out) {
    const std::string_view body = content(jpeg, segment);
    if (segment.marker != kJfif || !body.starts_with(kJfifMark) || body.size() < 14) return false;
    out.append(std::string_view{"\xFF\xE0\x00\x10", 4}).append(body.substr(0, 12)).append(2, '\0');
    return true;
}

struct Walk {
    std::string_view jpeg;
    Cleaned out{};
    int orientation = 1;
    bool scanned = false, placed = false;

    // The orientation stands after JFIF, which has to be first.
    void place_orientation() {
        if (placed) return;
        placed = true;
        if (orientation != 1) out.bytes += orientation_segment(orientation);
    }
    void keep(const Segment& segment, std::size_t end) {
        place_orientation();
        out.bytes.append(jpeg.substr(segment.begin, end - segment.begin));
    }
    std::size_t take(const Segment& segment) {
        if (segment.marker == kScan) {
            const std::size_t end = end_of_scan(jpeg, segment.end);
            keep(segment, end);
            scanned = true;
            return end;
        }
        if (!placed && append_jfif(jpeg, segment, out.bytes)) {
            out.removed = out.removed || segment.end - segment.begin > 18;
        } else if (decodes(jpeg, segment) || is_icc(jpeg, segment)) {
            keep(segment, segment.end);
        } else {
            out.removed = true;
        }
        return segment.end;
    }
};

}  // namespace

std::string orientation_segment(int orientation) {
    // TIFF, big-endian: one directory with one entry, Orientation (0x0112), one SHORT.
    std::string segment{
        "\xFF\xE1\x00\x22"
        "Exif\0\0"
        "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0",
        36};
    segment[29] = static_cast<char>(orientation);
    return segment;
}

std::string icc_segments(std::string_view jpeg) {
    std::string found;
    for (std::size_t at = 2; at < jpeg.size();) {
        const auto segment = segment_at(jpeg, at);
        if (!segment || segment->marker == kScan || segment->marker == kEnd) break;
        if (is_icc(jpeg, *segment))
            found.append(jpeg.substr(segment->begin, segment->end - segment->begin));
        at = segment->end;
    }
    return found;
}

std::string with_segments(std::string_view jpeg, std::string_view segments) {
    std::size_t at = std::min<std::size_t>(2, jpeg.size());
    if (const auto first = segment_at(jpeg, at); first && first->marker == kJfif) at = first->end;
    std::string out{jpeg.substr(0, at)};
    return out.append(segments).append(jpeg.substr(at));
}

Result<Cleaned> clean_jpeg(std::string_view jpeg) {
    if (!jpeg.starts_with("\xFF\xD8")) return Error{ErrorCode::invalid, "not a JPEG"};
    Walk walk{jpeg};
    walk.orientation = measure(Kind::jpeg, jpeg).orientation;
    walk.out.bytes.reserve(jpeg.size() + 64);
    walk.out.bytes = "\xFF\xD8";
    std::size_t at = 2;
    while (at < jpeg.size()) {
        const auto segment = segment_at(jpeg, at);
        if (!segment || segment->marker == kStart)
            return Error{ErrorCode::invalid, "a damaged JPEG"};
        at = segment->end;
        if (segment->marker == kEnd) break;
        at = walk.take(*segment);
    }
    if (!walk.scanned) return Error{ErrorCode::invalid, "a JPEG without a picture"};
    walk.out.bytes += "\xFF\xD9";
    // Behind the end: further pictures, films and maker's blocks of telephones.
    walk.out.removed = walk.out.removed || at < jpeg.size();
    walk.out.complete = true;
    return std::move(walk.out);
}

}  // namespace bordereau::media
