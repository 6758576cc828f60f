#include "app/media/qr.h"

// What the library calls std::string is UTF-8, as it will be in later releases.
#define ZX_USE_UTF8
#include <BitMatrix.h>
#include <MultiFormatWriter.h>

#include <exception>
#include <string>

namespace bordereau::media {
namespace {

constexpr int kQuiet = 4;            // modules around the symbol: ISO/IEC 18004, 6.3.8
constexpr int kLeastCorrection = 0;  // level L in the library's scale from 0 to 8

void paint(Raster& raster, int left, int top, int size) {
    for (int row = top; row < top + size; ++row)
        for (int column = left; column < left + size; ++column) {
            const auto pixel =
                4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(raster.width) +
                     static_cast<std::size_t>(column));
            for (std::size_t channel = 0; channel < 3; ++channel) raster.rgba[pixel + channel] = 0;
        }
}

}  // namespace

Result<QrSymbol> qr_symbol(std::string_view text) {
    if (text.empty()) return Error{ErrorCode::invalid, "nothing to show"};
    ZXing::MultiFormatWriter writer{ZXing::BarcodeFormat::QRCode};
    writer.setMargin(0).setEccLevel(kLeastCorrection);
    QrSymbol symbol;
    try {
        const ZXing::BitMatrix bits = writer.encode(std::string{text}, 0, 0);
        symbol.side = bits.width();
        for (int row = 0; row < bits.height(); ++row)
            for (int column = 0; column < bits.width(); ++column)
                symbol.dark.push_back(bits.get(column, row));
    } catch (const std::exception&) {
        return Error{ErrorCode::refused, "too long for a QR picture"};
    }
    return symbol;
}

Raster qr_picture(const QrSymbol& symbol, int scale) {
    const int side = (symbol.side + 2 * kQuiet) * scale;
    Raster raster{side, side, {}};
    raster.rgba.assign(4 * static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 255);
    for (int row = 0; row < symbol.side; ++row)
        for (int column = 0; column < symbol.side; ++column)
            if (symbol.at(column, row))
                paint(raster, (column + kQuiet) * scale, (row + kQuiet) * scale, scale);
    return raster;
}

}  // namespace bordereau::media
