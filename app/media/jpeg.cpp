#include "app/media/jpeg.h"

#include <csetjmp>
#include <cstdio>  // jpeglib.h needs FILE
#include <cstdlib>

#include <jpeglib.h>

#include <algorithm>
#include <memory>

namespace bordereau::media {
namespace {

// A picture of many empty scans costs time without end; cameras write at most about ten.
constexpr int kMostScans = 100;

// libjpeg's way out of an error is a jump: between it and its landing nothing needs a destructor.
struct Failure {
    jpeg_error_mgr handler;
    std::jmp_buf landing;
};

[[noreturn]] void jump(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<Failure*>(jpeg->err)->landing, 1);
}
void say_nothing(j_common_ptr) {}

jpeg_error_mgr* quiet(Failure& failure) {
    jpeg_std_error(&failure.handler);
    failure.handler.error_exit = jump;
    failure.handler.output_message = say_nothing;
    return &failure.handler;
}

void count_scans(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > kMostScans) jump(jpeg);
}

// Sizes and settings between the head and the pixels; the smallest eighth that is large enough.
void choose_size(jpeg_decompress_struct& jpeg, int side) {
    jpeg.out_color_space = JCS_EXT_RGBA;
    jpeg.dct_method = JDCT_ISLOW;
    jpeg.scale_denom = 8;
    jpeg.scale_num = 8;
    const auto longer = std::max(jpeg.image_width, jpeg.image_height);
    for (unsigned eighths = 1; side > 0 && eighths < 8; ++eighths) {
        if (std::uint64_t{longer} * eighths / 8 < static_cast<unsigned>(side)) continue;
        jpeg.scale_num = eighths;
        break;
    }
    jpeg_calc_output_dimensions(&jpeg);
}

enum class Outcome { read, damaged, too_large };

struct Reading {
    jpeg_decompress_struct jpeg{};
    Failure failure{};
    jpeg_progress_mgr progress{};
    Raster raster;

    Reading() {
        jpeg.err = quiet(failure);
        progress.progress_monitor = count_scans;
    }
    ~Reading() { jpeg_destroy_decompress(&jpeg); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    Outcome read_head(std::string_view bytes, const DecodeLimits& limits);
    Outcome read_rows();
};

Outcome Reading::read_head(std::string_view bytes, const DecodeLimits& limits) {
    if (setjmp(failure.landing) != 0) return Outcome::damaged;
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &progress;
    jpeg.mem->max_memory_to_use = static_cast<long>(limits.memory);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&jpeg, TRUE);
    choose_size(jpeg, limits.side);
    const auto pixels = std::int64_t{jpeg.image_width} * jpeg.image_height;
    const auto wanted = std::int64_t{jpeg.output_width} * jpeg.output_height * 4;
    // A progressive picture is held as coefficients until its last scan.
    const auto held = jpeg_has_multiple_scans(&jpeg) ? pixels * 6 : 0;
    return pixels > limits.pixels || wanted + held > limits.memory ? Outcome::too_large
                                                                   : Outcome::read;
}

Outcome Reading::read_rows() {
    if (setjmp(failure.landing) != 0) return Outcome::damaged;
    jpeg_start_decompress(&jpeg);
    const std::size_t stride = std::size_t{jpeg.output_width} * 4;
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = raster.rgba.data() + stride * jpeg.output_scanline;
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    return Outcome::read;
}

// A JPEG being written into memory that libjpeg allocates.
struct Writing {
    jpeg_compress_struct jpeg{};
    Failure failure{};
    unsigned char* bytes = nullptr;
    unsigned long size = 0;

    Writing() { jpeg.err = quiet(failure); }
    ~Writing() {
        jpeg_destroy_compress(&jpeg);
        std::free(bytes);
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

    bool write(const Raster& raster, int quality);
};

bool Writing::write(const Raster& raster, int quality) {
    if (setjmp(failure.landing) != 0) return false;
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(raster.width);
    jpeg.image_height = static_cast<JDIMENSION>(raster.height);
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_EXT_RGBA;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        // libjpeg takes rows without const and leaves them as they are.
        auto* row = const_cast<JSAMPROW>(raster.rgba.data() +
                                         std::size_t{jpeg.next_scanline} * 4 * jpeg.image_width);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    return true;
}

}  // namespace

Result<Raster> decode_jpeg(std::string_view bytes, const DecodeLimits& limits) {
    Reading reading;
    Outcome outcome = reading.read_head(bytes, limits);
    if (outcome == Outcome::too_large)
        return Error{ErrorCode::refused, "a picture larger than is decoded"};
    if (outcome == Outcome::read) {
        reading.raster.width = static_cast<int>(reading.jpeg.output_width);
        reading.raster.height = static_cast<int>(reading.jpeg.output_height);
        reading.raster.rgba.resize(std::size_t{reading.jpeg.output_width} *
                                   reading.jpeg.output_height * 4);
        outcome = reading.read_rows();
    }
    if (outcome != Outcome::read) return Error{ErrorCode::invalid, "a JPEG that cannot be decoded"};
    return std::move(reading.raster);
}

Result<std::string> encode_jpeg(const Raster& raster, int quality) {
    Writing writing;
    if (raster.empty() || !writing.write(raster, quality))
        return Error{ErrorCode::invalid, "no JPEG can be made of this"};
    return std::string{reinterpret_cast<const char*>(writing.bytes), writing.size};
}

}  // namespace bordereau::media
