// tests/support/barcode_samples.h - pictures of barcodes, made on the spot, so that no test needs a
// camera.
#pragma once

#define ZX_USE_UTF8
#include <BitMatrix.h>
#include <MultiFormatWriter.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "app/media/raster.h"

namespace bordereau::test {

/// Black on white with a margin, about `width` by `height` pixels.
inline media::Raster barcode(ZXing::BarcodeFormat format, const std::string& text, int width,
                             int height) {
    ZXing::MultiFormatWriter writer{format};
    if (format == ZXing::BarcodeFormat::QRCode) writer.setEncoding(ZXing::CharacterSet::UTF8);
    const ZXing::BitMatrix bits = writer.setMargin(10).encode(text, width, height);
    media::Raster raster{bits.width(), bits.height(), {}};
    for (int y = 0; y < bits.height(); ++y)
        for (int x = 0; x < bits.width(); ++x)
            for (int channel = 0; channel < 4; ++channel)
                raster.rgba.push_back(channel < 3 && bits.get(x, y) ? 0 : 255);
    return raster;
}

/// One above the other.
inline media::Raster stacked(const media::Raster& one, const media::Raster& other) {
    media::Raster both{std::max(one.width, other.width), one.height + other.height, {}};
    both.rgba.assign(
        static_cast<std::size_t>(both.width) * static_cast<std::size_t>(both.height) * 4, 255);
    const auto put = [&](const media::Raster& raster, int below) {
        for (int y = 0; y < raster.height; ++y)
            std::copy_n(&raster.rgba[static_cast<std::size_t>(y * raster.width) * 4],
                        static_cast<std::size_t>(raster.width) * 4,
                        &both.rgba[static_cast<std::size_t>((y + below) * both.width) * 4]);
    };
    put(one, 0);
    put(other, one.height);
    return both;
}

}  // namespace bordereau::test
