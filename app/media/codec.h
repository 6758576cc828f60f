// app/media/codec.h - pictures to pixels and back. The only room of libjpeg-turbo and libpng.
// Limits are checked before anything is allocated: a small file can claim to be a huge picture.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/media/kind.h"
#include "app/media/raster.h"
#include "storage/base/result.h"

namespace bordereau::media {

struct DecodeLimits {
    std::int64_t pixels = 100'000'000;  ///< of the picture as stored
    std::int64_t memory = 192'000'000;  ///< bytes a decoder may take, about
    int side = 0;  ///< the longer side wanted; 0: full size. JPEG is decoded no larger than needed.
};

/// Whether pictures of this kind can be decoded here.
bool can_decode(Kind kind);

/// Pixels as stored, not turned. invalid: damaged, or of a kind that is not decoded; refused:
/// larger than the limits.
Result<Raster> decode(Kind kind, std::string_view bytes, const DecodeLimits& limits);

/// Turned upright, its longer side at most `side`.
Result<Raster> thumbnail(Kind kind, std::string_view bytes, int side);

/// invalid: an empty raster. Alpha is left out.
Result<std::string> encode_jpeg(const Raster& raster, int quality);
Result<std::string> encode_png(const Raster& raster);

/// The picture with its longer side at most `side`, of the same kind, orientation and ICC profile
/// kept; unchanged where it is small enough. Errors as decode().
Result<std::string> scaled_down(Kind kind, std::string bytes, int side);

}  // namespace bordereau::media
