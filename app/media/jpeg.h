// app/media/jpeg.h - libjpeg-turbo, held in one file with its long jumps. For codec.cpp only.
#pragma once

#include "app/media/codec.h"

namespace bordereau::media {

Result<Raster> decode_jpeg(std::string_view bytes, const DecodeLimits& limits);

}  // namespace bordereau::media
