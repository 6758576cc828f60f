// tests/support/mjpeg_samples.h - a frame as cameras write it in Motion JPEG: with the standard's
// Huffman tables, which are left out.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <jpeglib.h>

#include "app/media/raster.h"

namespace bordereau::test {

inline std::string jpeg_with_standard_tables(const media::Raster& raster) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(raster.width);
    jpeg.image_height = static_cast<JDIMENSION>(raster.height);
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_EXT_RGBX;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        auto* row = const_cast<std::uint8_t*>(
            &raster.rgba[std::size_t{jpeg.next_scanline} * jpeg.image_width * 4]);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::string out{reinterpret_cast<const char*>(bytes), size};
    std::free(bytes);
    return out;
}

inline std::string mjpeg_of(const media::Raster& raster) {
    std::string jpeg = jpeg_with_standard_tables(raster);
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(jpeg[at]); };
    for (std::size_t at = 2; at + 4 < jpeg.size() && byte(at) == 0xFF && byte(at + 1) != 0xDA;) {
        const std::size_t size = std::size_t{byte(at + 2)} * 256 + byte(at + 3) + 2;
        if (byte(at + 1) == 0xC4)
            jpeg.erase(at, size);
        else
            at += size;
    }
    return jpeg;
}

}  // namespace bordereau::test
