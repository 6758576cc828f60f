#include "app/media/qr.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "app/media/barcode.h"
#include "tests/support/notebooks.h"

namespace bordereau::media {

using test::code_of;
using test::want;

// ISO/IEC 18004, 6.3.3: a dark square of 7 modules, a light one of 5, a dark one of 3.
bool has_finder_at(const QrSymbol& symbol, int left, int top) {
    for (int row = 0; row < 7; ++row)
        for (int column = 0; column < 7; ++column) {
            const bool edge = row == 0 || row == 6 || column == 0 || column == 6;
            const bool core = row >= 2 && row <= 4 && column >= 2 && column <= 4;
            if (symbol.at(left + column, top + row) != (edge || core)) return false;
        }
    return true;
}

TEST_CASE("a code becomes a QR symbol as large as it needs to be", "[media][qr]") {
    const QrSymbol small = want(qr_symbol("ABCDE-FGHIJ"));
    const QrSymbol large = want(qr_symbol(std::string(900, 'A')));
    CHECK(small.side == 21);
    CHECK(large.side > 60);
    CHECK(codes_in(qr_picture(small, 4)) == std::vector<std::string>{"ABCDE-FGHIJ"});
    CHECK(codes_in(qr_picture(large, 4)) == std::vector{std::string(900, 'A')});
    for (const QrSymbol& symbol : {small, large}) {
        CHECK(has_finder_at(symbol, 0, 0));
        CHECK(has_finder_at(symbol, symbol.side - 7, 0));
        CHECK(has_finder_at(symbol, 0, symbol.side - 7));
    }
}

TEST_CASE("its picture has the quiet zone that readers need", "[media][qr]") {
    const QrSymbol symbol = want(qr_symbol("ABCDE"));
    const Raster picture = qr_picture(symbol, 3);
    CHECK(picture.width == (symbol.side + 8) * 3);
    const auto grey = [&](int x, int y) {
        return picture.rgba[4 * static_cast<std::size_t>(y * picture.width + x)];
    };
    CHECK(grey(0, 0) == 255);
    CHECK(grey(11, 11) == 255);
    CHECK(grey(12, 12) == 0);
    CHECK(grey(15, 15) == 255);
}

TEST_CASE("what no symbol can hold is refused", "[media][qr]") {
    CHECK(code_of(qr_symbol("")) == ErrorCode::invalid);
    CHECK(code_of(qr_symbol(std::string(8000, 'x'))) == ErrorCode::refused);
}

}  // namespace bordereau::media
