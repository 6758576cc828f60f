// app/media/barcode.h - what barcodes in a picture say: QR, Data Matrix, Aztec, PDF417, EAN, UPC,
// Code 39, 93 and 128, ITF, Codabar. With qr.h the only room of ZXing-C++.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/media/kind.h"
#include "app/media/raster.h"
#include "storage/base/result.h"

namespace bordereau::media {

/// A picture holds no more codes than are told apart here.
inline constexpr int kMostCodes = 16;

/// The texts of the codes, each once, in the order in which they stand; without control signs,
/// which no answer can hold.
std::vector<std::string> codes_in(const Raster& raster);

/// Errors as decode().
Result<std::vector<std::string>> codes_in(Kind kind, std::string_view bytes);

}  // namespace bordereau::media
