#include "app/media/kind.h"

#include <algorithm>
#include <array>

#include "app/media/bytes.h"
#include "storage/base/text.h"

namespace bordereau::media {
namespace {

struct Row {
    Kind kind;
    Family family;
    std::string_view type;
    std::string_view extensions;  ///< the first one is given to files; separated by blanks
};

constexpr std::array kRows{
    Row{Kind::unknown, Family::other, "application/octet-stream", ""},
    Row{Kind::jpeg, Family::image, "image/jpeg", ".jpg .jpeg .jpe"},
    Row{Kind::png, Family::image, "image/png", ".png"},
    Row{Kind::gif, Family::image, "image/gif", ".gif"},
    Row{Kind::webp, Family::image, "image/webp", ".webp"},
    Row{Kind::heic, Family::image, "image/heic", ".heic .heif"},
    Row{Kind::avif, Family::image, "image/avif", ".avif"},
    Row{Kind::tiff, Family::image, "image/tiff", ".tif .tiff"},
    Row{Kind::bmp, Family::image, "image/bmp", ".bmp"},
    Row{Kind::pdf, Family::other, "application/pdf", ".pdf"},
    Row{Kind::docx, Family::other,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    Row{Kind::xlsx, Family::other,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    Row{Kind::pptx, Family::other,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"},
    Row{Kind::odt, Family::other, "application/vnd.oasis.opendocument.text", ".odt"},
    Row{Kind::ods, Family::other, "application/vnd.oasis.opendocument.spreadsheet", ".ods"},
    Row{Kind::zip, Family::other, "application/zip", ".zip"},
    Row{Kind::text, Family::other, "text/plain", ".txt .csv .tsv .md .json .xml .svg .html"},
    Row{Kind::wav, Family::audio, "audio/wav", ".wav"},
    Row{Kind::mp3, Family::audio, "audio/mpeg", ".mp3"},
    Row{Kind::aac, Family::audio, "audio/aac", ".aac"},
    Row{Kind::m4a, Family::audio, "audio/mp4", ".m4a .mp4"},
    Row{Kind::ogg, Family::audio, "audio/ogg", ".ogg .oga .opus"},
    Row{Kind::flac, Family::audio, "audio/flac", ".flac"},
    Row{Kind::amr, Family::audio, "audio/amr", ".amr"},
    Row{Kind::mp4, Family::video, "video/mp4", ".mp4 .m4v"},
    Row{Kind::quicktime, Family::video, "video/quicktime", ".mov .qt"},
    Row{Kind::three_gp, Family::video, "video/3gpp", ".3gp .3g2"},
    Row{Kind::webm, Family::video, "video/webm", ".webm .mkv"},
    Row{Kind::avi, Family::video, "video/x-msvideo", ".avi"},
};

const Row& row_of(Kind kind) {
    return *std::ranges::find(kRows, kind, &Row::kind);
}

// ISO base media: the brand tells pictures, sound and movies apart (ISO/IEC 14496-12, "ftyp").
Kind brand(std::string_view name) {
    constexpr std::array<std::string_view, 8> kHeic{"heic", "heix", "hevc", "hevx",
                                                    "heim", "heis", "mif1", "msf1"};
    if (std::ranges::find(kHeic, name) != kHeic.end()) return Kind::heic;
    if (name == "avif" || name == "avis") return Kind::avif;
    if (name.starts_with("M4A") || name.starts_with("M4B")) return Kind::m4a;
    if (name == "qt  ") return Kind::quicktime;
    if (name.starts_with("3g")) return Kind::three_gp;
    return Kind::mp4;
}

Kind riff(std::string_view name) {
    if (name == "WEBP") return Kind::webp;
    if (name == "WAVE") return Kind::wav;
    return name == "AVI " ? Kind::avi : Kind::unknown;
}

// The names of the first files in the archive tell office documents from other archives.
Kind archive(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 4096);
    const auto names = [&](std::string_view name) { return head.find(name) != head.npos; };
    if (names("mimetypeapplication/vnd.oasis.opendocument.text")) return Kind::odt;
    if (names("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")) return Kind::ods;
    if (!names("[Content_Types].xml") && !names("_rels/")) return Kind::zip;
    if (names("word/")) return Kind::docx;
    if (names("xl/")) return Kind::xlsx;
    return names("ppt/") ? Kind::pptx : Kind::zip;
}

// A frame of MPEG audio: eleven set bits, then version, layer, bit rate and sampling rate as they
// exist. Layer 0 is how AAC's ADTS frames look.
Kind frame(std::string_view bytes) {
    const std::uint32_t head = be16(bytes, 0);
    if ((head & 0xFFF6) == 0xFFF0) return Kind::aac;
    const bool exists = (head & 0x0018) != 0x0008 && (head & 0x0006) != 0 &&
                        (octet(bytes, 2) & 0xF0) != 0xF0 && (octet(bytes, 2) & 0x0C) != 0x0C;
    return (head & 0xFFE0) == 0xFFE0 && exists ? Kind::mp3 : Kind::unknown;
}

bool is_text(std::string_view bytes) {
    constexpr std::size_t kLooked = 4096, kLongestCharacter = 4;
    std::string_view head = bytes.substr(0, kLooked);
    // The cut may lie within a character.
    for (std::size_t i = 1; i < kLongestCharacter && bytes.size() > kLooked && !is_utf8(head); ++i)
        head.remove_suffix(1);
    return !head.empty() && is_utf8(head) && std::ranges::none_of(head, [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 && letter != '\t' && letter != '\n' &&
               letter != '\r' && letter != '\f';
    });
}

bool token_fits(std::string_view token, Kind kind, std::string_view file_name) {
    if (token == "*/*" || token == "application/*") return true;
    if (token.starts_with('.')) return lower_ascii(file_name).ends_with(lower_ascii(token));
    const std::string_view type = media_type(kind);
    if (token.ends_with("/*")) return type.starts_with(token.substr(0, token.size() - 1));
    return lower_ascii(token) == type;
}

}  // namespace

Kind sniff(std::string_view bytes) {
    const auto starts = [&](std::string_view mark) { return bytes.starts_with(mark); };
    if (starts("\xFF\xD8\xFF")) return Kind::jpeg;
    if (starts("\x89PNG\r\n\x1A\n")) return Kind::png;
    if (starts("GIF87a") || starts("GIF89a")) return Kind::gif;
    if (starts("RIFF")) return riff(piece(bytes, 8, 4));
    if (piece(bytes, 4, 4) == "ftyp") return brand(piece(bytes, 8, 4));
    // Older QuickTime files begin with one of their atoms.
    for (const std::string_view atom : {"moov", "mdat", "wide"})
        if (piece(bytes, 4, 4) == atom) return Kind::quicktime;
    if (starts(std::string_view{"II*\0", 4}) || starts(std::string_view{"MM\0*", 4}))
        return Kind::tiff;
    if (starts("BM") && le32(bytes, 2) == bytes.size()) return Kind::bmp;
    if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return Kind::pdf;
    if (starts("PK\x03\x04")) return archive(bytes);
    if (starts("OggS")) return Kind::ogg;
    if (starts("fLaC")) return Kind::flac;
    if (starts("#!AMR")) return Kind::amr;
    if (starts("\x1A\x45\xDF\xA3")) return Kind::webm;
    if (starts("ID3")) return Kind::mp3;
    if (const Kind found = frame(bytes); found != Kind::unknown) return found;
    return is_text(bytes) ? Kind::text : Kind::unknown;
}

Family family(Kind kind) {
    return row_of(kind).family;
}

std::string_view media_type(Kind kind) {
    return row_of(kind).type;
}

std::string_view extension(Kind kind) {
    const std::string_view all = row_of(kind).extensions;
    return all.substr(0, all.find(' '));
}

bool has_extension_of(std::string_view file_name, Kind kind) {
    const std::string name = lower_ascii(file_name);
    const auto endings = words_of(row_of(kind).extensions);
    return std::ranges::any_of(endings, [&](std::string_view ending) {
        return name.size() > ending.size() && name.ends_with(ending);
    });
}

bool fits(std::string_view wanted, Kind kind, std::string_view file_name) {
    std::string list{wanted};
    std::ranges::replace(list, ',', ' ');
    const auto tokens = words_of(list);
    return tokens.empty() || std::ranges::any_of(tokens, [&](std::string_view token) {
               return token_fits(token, kind, file_name);
           });
}

bool name_fits(std::string_view wanted, std::string_view file_name) {
    return fits(wanted, Kind::unknown, file_name) ||
           std::ranges::any_of(kRows, [&](const Row& row) {
               return has_extension_of(file_name, row.kind) && fits(wanted, row.kind, file_name);
           });
}

}  // namespace bordereau::media
