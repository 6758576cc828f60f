#include "app/media/barcode.h"

// What text() gives is UTF-8, as it will be in later releases.
#define ZX_USE_UTF8
#include <ReadBarcode.h>

#include <algorithm>
#include <exception>

#include "app/media/codec.h"
#include "storage/base/text.h"

namespace bordereau::media {
namespace {

// A photo of a code has far more pixels than its bars need.
constexpr int kLongestSide = 2000;
constexpr std::size_t kLongestText = 8000;  // a QR code holds 7089 digits

ZXing::DecodeHints hints() {
    ZXing::DecodeHints hints;
    hints.setTryHarder(true).setTryRotate(true).setTryDownscale(true);
    hints.setMaxNumberOfSymbols(static_cast<std::uint8_t>(kMostCodes));
    return hints;
}

std::string plain(std::string_view text) {
    std::string out;
    for (const char sign : text.substr(0, kLongestText))
        if (static_cast<unsigned char>(sign) >= 0x20 && sign != 0x7F) out += sign;
    return is_utf8(out) ? out : std::string{};
}

ZXing::Results read_all(const Raster& raster) {
    const ZXing::ImageView view{raster.rgba.data(), raster.width, raster.height,
                                ZXing::ImageFormat::RGBX};
    try {
        return ZXing::ReadBarcodes(view, hints());
    } catch (const std::exception&) {
        return {};  // the library throws at damaged codes
    }
}

}  // namespace

std::vector<std::string> codes_in(const Raster& raster) {
    if (raster.empty()) return {};
    std::vector<std::string> codes;
    for (const ZXing::Result& result : read_all(raster)) {
        std::string text = result.isValid() ? plain(result.text()) : std::string{};
        if (text.empty() || std::ranges::find(codes, text) != codes.end()) continue;
        codes.push_back(std::move(text));
    }
    return codes;
}

Result<std::vector<std::string>> codes_in(Kind kind, std::string_view bytes) {
    DecodeLimits limits;
    limits.side = kLongestSide;
    auto raster = decode(kind, bytes, limits);
    if (!raster) return std::move(raster).error();
    return codes_in(shrunk_to(*std::move(raster), kLongestSide));
}

}  // namespace bordereau::media
