// app/media/qr.h - a text as a QR picture, for codes that go from one screen to another machine.
// With barcode.h the only room of ZXing-C++.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "app/media/raster.h"
#include "storage/base/result.h"

namespace bordereau::media {

/// Modules of a QR symbol without its quiet zone, rows from the top.
struct QrSymbol {
    int side = 0;
    std::vector<bool> dark;  ///< side * side

    bool empty() const { return side == 0; }
    bool at(int column, int row) const {
        return dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(side) +
                    static_cast<std::size_t>(column)];
    }
};

/// With the correction of level L: screens do not get scratched, and fewer modules read better.
/// invalid: empty; refused: longer than the largest symbol takes (about 4,000 capital letters).
Result<QrSymbol> qr_symbol(std::string_view text);

/// Black on white with the quiet zone of four modules that readers need, `scale` pixels a module.
Raster qr_picture(const QrSymbol& symbol, int scale);

}  // namespace bordereau::media
