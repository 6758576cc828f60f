#include "app/media/codec.h"

#include <png.h>

#include <algorithm>

#include "app/media/clean.h"
#include "app/media/jpeg.h"
#include "app/media/measure.h"

namespace bordereau::media {
namespace {

constexpr int kScaledQuality = 88;

// libpng's simplified interface: no jumps, errors as values.
struct Png {
    png_image image{};
    Png() { image.version = PNG_IMAGE_VERSION; }
    ~Png() { png_image_free(&image); }
    Png(const Png&) = delete;
    Png& operator=(const Png&) = delete;
};

Result<Raster> decode_png(std::string_view bytes, const DecodeLimits& limits) {
    // libpng takes the memory for a chunk of any length that the chunk claims; here all are there.
    const auto whole = clean_png(bytes);
    if (!whole) return whole.error();
    Png png;
    if (png_image_begin_read_from_memory(&png.image, whole->bytes.data(), whole->bytes.size()) == 0)
        return Error{ErrorCode::invalid, "a PNG that cannot be decoded"};
    const auto pixels = std::int64_t{png.image.width} * png.image.height;
    if (pixels > limits.pixels || pixels * 4 > limits.memory)
        return Error{ErrorCode::refused, "a picture larger than is decoded"};
    png.image.format = PNG_FORMAT_RGBA;
    Raster raster{static_cast<int>(png.image.width), static_cast<int>(png.image.height),
                  std::vector<std::uint8_t>(PNG_IMAGE_SIZE(png.image))};
    if (png_image_finish_read(&png.image, nullptr, raster.rgba.data(), 0, nullptr) == 0)
        return Error{ErrorCode::invalid, "a PNG that cannot be decoded"};
    return raster;
}

}  // namespace

bool can_decode(Kind kind) {
    return kind == Kind::jpeg || kind == Kind::png;
}

Result<Raster> decode(Kind kind, std::string_view bytes, const DecodeLimits& limits) {
    if (kind == Kind::jpeg) return decode_jpeg(bytes, limits);
    if (kind == Kind::png) return decode_png(bytes, limits);
    return Error{ErrorCode::invalid, "a kind of picture that is not decoded"};
}

Result<Raster> thumbnail(Kind kind, std::string_view bytes, int side) {
    DecodeLimits limits;
    limits.side = side;
    auto raster = decode(kind, bytes, limits);
    if (!raster) return raster;
    return upright(shrunk_to(*std::move(raster), side), measure(kind, bytes).orientation);
}

Result<std::string> encode_png(const Raster& raster) {
    if (raster.empty()) return Error{ErrorCode::invalid, "no PNG can be made of this"};
    Png png;
    png.image.width = static_cast<png_uint_32>(raster.width);
    png.image.height = static_cast<png_uint_32>(raster.height);
    png.image.format = PNG_FORMAT_RGBA;
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&png.image, nullptr, &size, 0, raster.rgba.data(), 0, nullptr) ==
        0)
        return Error{ErrorCode::invalid, "no PNG can be made of this"};
    std::string bytes(size, '\0');
    if (png_image_write_to_memory(&png.image, bytes.data(), &size, 0, raster.rgba.data(), 0,
                                  nullptr) == 0)
        return Error{ErrorCode::invalid, "no PNG can be made of this"};
    bytes.resize(size);
    return bytes;
}

Result<std::string> scaled_down(Kind kind, std::string bytes, int side) {
    const Shape shape = measure(kind, bytes);
    if (std::max(shape.width, shape.height) <= side) return bytes;
    DecodeLimits limits;
    limits.side = side;
    auto raster = decode(kind, bytes, limits);
    if (!raster) return raster.error();
    const Raster small = shrunk_to(*std::move(raster), side);
    if (kind == Kind::png) return encode_png(small);
    auto jpeg = encode_jpeg(small, kScaledQuality);
    if (!jpeg) return jpeg;
    std::string kept = icc_segments(bytes);
    if (shape.orientation != 1) kept = orientation_segment(shape.orientation) + kept;
    return with_segments(*jpeg, kept);
}

}  // namespace bordereau::media
