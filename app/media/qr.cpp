#include "app/media/qr.h"

#include <qrencode.h>

#include <cerrno>
#include <memory>
#include <string>

namespace bordereau::media {
namespace {

constexpr int kQuiet = 4;  // modules around the symbol: ISO/IEC 18004, 6.3.8

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

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
    const std::string copy{text};
    errno = 0;
    const std::unique_ptr<QRcode, FreeCode> code{
        QRcode_encodeString(copy.c_str(), 0, QR_ECLEVEL_L, QR_MODE_8, 1)};
    if (!code)
        return errno == ERANGE ? Error{ErrorCode::refused, "too long for a QR picture"}
                               : Error{ErrorCode::invalid, "no text for a QR picture"};
    QrSymbol symbol{code->width, {}};
    const auto modules = static_cast<std::size_t>(code->width * code->width);
    symbol.dark.reserve(modules);
    for (std::size_t at = 0; at < modules; ++at) symbol.dark.push_back((code->data[at] & 1) != 0);
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
