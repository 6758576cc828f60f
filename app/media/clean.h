// app/media/clean.h - takes out of a file what the device wrote about itself and the place: EXIF
// with GPS and maker notes, XMP, IPTC, thumbnails, comments, times. Without loss: the picture or
// film itself is copied as it is. Foreign bytes: every step is bounded by them.
#pragma once

#include <string>
#include <string_view>

#include "app/media/kind.h"
#include "storage/base/result.h"

namespace bordereau::media {

struct Cleaned {
    std::string bytes;
    bool removed = false;   ///< something was taken out
    bool complete = false;  ///< nothing that could tell of device or place is left, as far as the
                            ///< kind of file is understood; false: it may still hold some
};

/// JPEG keeps orientation and ICC profile; PNG its colours; WebP its frames; of MP4, MOV and M4A
/// user data, metadata and times are blanked in place. Other kinds come back as they are, with
/// `complete` where they hold nothing of the kind anyway. invalid: it is no whole file of its kind.
Result<Cleaned> clean(Kind kind, std::string bytes);

/// Whether clean() knows how to take everything out of files of this kind.
bool can_clean(Kind kind);

Result<Cleaned> clean_jpeg(std::string_view bytes);
Result<Cleaned> clean_png(std::string_view bytes);
Result<Cleaned> clean_webp(std::string_view bytes);
Result<Cleaned> clean_movie(std::string bytes);

/// A segment to stand right after the beginning of a JPEG: EXIF that holds the orientation alone.
std::string orientation_segment(int orientation);
/// The ICC profile's segments of a JPEG as they stand in it, one after another.
std::string icc_segments(std::string_view jpeg);
/// The JPEG with segments put where such segments belong.
std::string with_segments(std::string_view jpeg, std::string_view segments);

}  // namespace bordereau::media
