// app/media/kind.h - what a file is, by its content: never by its name, which anybody may choose.
#pragma once

#include <string>
#include <string_view>

namespace bordereau::media {

enum class Kind {
    unknown,
    jpeg,
    png,
    gif,
    webp,
    heic,
    avif,
    tiff,
    bmp,
    pdf,
    docx,
    xlsx,
    pptx,
    odt,
    ods,
    zip,
    text,
    wav,
    mp3,
    aac,
    m4a,
    ogg,
    flac,
    amr,
    mp4,
    quicktime,
    three_gp,
    webm,
    avi
};

enum class Family { image, audio, video, other };

/// Reads at most the first few kilobytes.
Kind sniff(std::string_view bytes);

Family family(Kind kind);
std::string_view media_type(Kind kind);  ///< "image/jpeg"; unknown: "application/octet-stream"
std::string_view extension(Kind kind);   ///< ".jpg"; unknown: empty
/// The name ends as this kind's files do: .jpg, .jpeg and .jpe for JPEG.
bool has_extension_of(std::string_view file_name, Kind kind);

/// Whether a question takes the file. `wanted` is an upload's mediatype (ODK XForms) or its accept
/// list: media types, "image/*", ".pdf", separated by commas or blanks. Empty, "*/*" and
/// "application/*" (how ODK asks for any file) take everything.
bool fits(std::string_view wanted, Kind kind, std::string_view file_name);

/// The same by the name alone, for files that were not read.
bool name_fits(std::string_view wanted, std::string_view file_name);

}  // namespace bordereau::media
