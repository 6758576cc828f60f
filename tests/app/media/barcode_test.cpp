#include "app/media/barcode.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/media/codec.h"
#include "tests/support/barcode_samples.h"
#include "tests/support/media_samples.h"

namespace bordereau::media {
namespace {

using ZXing::BarcodeFormat;
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("barcodes of the usual kinds are read", "[media][barcode]") {
    const auto [format, text] = GENERATE(table<BarcodeFormat, const char*>(
        {{BarcodeFormat::QRCode, "Post 7; case 0042"},
         {BarcodeFormat::QRCode, "\xD0\x9F\xD0\xBE\xD1\x81\xD1\x82 7"},
         {BarcodeFormat::DataMatrix, "A-1234"},
         {BarcodeFormat::Aztec, "A-1234"},
         {BarcodeFormat::PDF417, "A-1234"},
         {BarcodeFormat::Code128, "A-1234"},
         {BarcodeFormat::Code39, "A-1234"},
         {BarcodeFormat::EAN13, "4006381333931"}}));
    CAPTURE(text);
    CHECK(codes_in(test::barcode(format, text, 400, 200)) == Texts{text});
}

TEST_CASE("a code is read whichever way the picture was held", "[media][barcode]") {
    const int orientation = GENERATE(1, 3, 6, 8);
    const Raster raster = test::barcode(BarcodeFormat::Code128, "A-1234", 400, 150);
    CHECK(codes_in(upright(raster, orientation)) == Texts{"A-1234"});
}

TEST_CASE("several codes are told apart, equal ones once", "[media][barcode]") {
    const Raster one = test::barcode(BarcodeFormat::QRCode, "one", 300, 300);
    const Raster two = test::barcode(BarcodeFormat::QRCode, "two", 300, 300);
    Texts both = codes_in(test::stacked(one, two));
    std::ranges::sort(both);
    CHECK(both == Texts{"one", "two"});
    CHECK(codes_in(test::stacked(one, one)) == Texts{"one"});
}

TEST_CASE("what a code says holds no control signs", "[media][barcode]") {
    const Raster raster = test::barcode(BarcodeFormat::QRCode,
                                        "A\x1D"
                                        "B\nC",
                                        300, 300);
    CHECK(codes_in(raster) == Texts{"ABC"});
}

TEST_CASE("a picture without a code has none", "[media][barcode]") {
    CHECK(codes_in(test::quarters(300, 200)).empty());
    CHECK(codes_in(Raster{}).empty());
}

TEST_CASE("codes are read from a JPEG, and a damaged one is said to be that", "[media][barcode]") {
    const auto bytes = encode_jpeg(test::barcode(BarcodeFormat::QRCode, "Post 7", 400, 400), 70);
    REQUIRE(bytes.ok());
    const auto codes = codes_in(Kind::jpeg, *bytes);
    REQUIRE(codes.ok());
    CHECK(*codes == Texts{"Post 7"});
    CHECK(codes_in(Kind::jpeg, "no picture").error().code == ErrorCode::invalid);
}

}  // namespace bordereau::media
