#include "app/media/clean.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/media/codec.h"
#include "app/media/measure.h"
#include "tests/support/media_samples.h"

namespace bordereau::media {
namespace {

bool tells(std::string_view bytes) {
    return bytes.find(test::kSecretPlace) != bytes.npos ||
           bytes.find(test::kSecretDevice) != bytes.npos;
}

Cleaned cleaned(Kind kind, const std::string& bytes) {
    auto result = clean(kind, bytes);
    REQUIRE(result.ok());
    return *std::move(result);
}

Raster pixels(Kind kind, std::string_view bytes) {
    auto raster = decode(kind, bytes, {});
    REQUIRE(raster.ok());
    return *std::move(raster);
}

}  // namespace

TEST_CASE("a photo loses place, device, thumbnail and comments, and no pixel", "[media]") {
    const std::string photo = test::telling_jpeg(64, 48, 6);
    REQUIRE(tells(photo));
    const Cleaned clean_photo = cleaned(Kind::jpeg, photo);
    CHECK(clean_photo.removed);
    CHECK(clean_photo.complete);
    CHECK_FALSE(tells(clean_photo.bytes));
    CHECK(clean_photo.bytes.ends_with("\xFF\xD9"));
    CHECK(measure(Kind::jpeg, clean_photo.bytes).orientation == 6);
    CHECK(clean_photo.bytes.find(test::kProfile) != std::string::npos);
    CHECK(pixels(Kind::jpeg, clean_photo.bytes).rgba == pixels(Kind::jpeg, photo).rgba);
}

TEST_CASE("a picture without traces stays as it is, byte by byte", "[media]") {
    const std::string jpeg = *encode_jpeg(test::quarters(32, 32), 80);
    CHECK(cleaned(Kind::jpeg, jpeg).bytes == jpeg);
    CHECK_FALSE(cleaned(Kind::jpeg, jpeg).removed);
    const std::string png = *encode_png(test::quarters(32, 32));
    CHECK(cleaned(Kind::png, png).bytes == png);
    CHECK_FALSE(cleaned(Kind::png, png).removed);
}

TEST_CASE("cleaning twice changes nothing more", "[media]") {
    const auto [kind, bytes] =
        GENERATE(table<Kind, std::string>({{Kind::jpeg, test::telling_jpeg(24, 24, 3)},
                                           {Kind::png, test::telling_png(24, 24)},
                                           {Kind::webp, test::telling_webp()},
                                           {Kind::mp4, test::telling_movie()}}));
    const Cleaned once = cleaned(kind, bytes);
    const Cleaned twice = cleaned(kind, once.bytes);
    CHECK(twice.bytes == once.bytes);
    CHECK_FALSE(tells(once.bytes));
}

TEST_CASE("a JFIF thumbnail goes, its resolution stays", "[media]") {
    const std::string plain = *encode_jpeg(test::quarters(16, 16), 80);
    const std::string jfif =
        std::string("JFIF\0\x01\x02\x01\x01\x2C\x01\x2C", 12) + "\x03\x04" + std::string(36, 'T');
    const std::string photo = "\xFF\xD8" + test::jpeg_segment(0xE0, jfif) + plain.substr(2 + 18);
    const Cleaned clean_photo = cleaned(Kind::jpeg, photo);
    CHECK(clean_photo.removed);
    CHECK(clean_photo.bytes.find("TTT") == std::string::npos);
    CHECK(clean_photo.bytes.find(std::string_view{"\x01\x2C\x01\x2C\0\0", 6}) != std::string::npos);
}

TEST_CASE("a PNG keeps its pixels and loses its texts and times", "[media]") {
    const std::string drawing = test::telling_png(20, 10);
    const Cleaned clean_drawing = cleaned(Kind::png, drawing);
    CHECK(clean_drawing.removed);
    CHECK_FALSE(tells(clean_drawing.bytes));
    CHECK(clean_drawing.bytes.find("tIME") == std::string::npos);
    CHECK(pixels(Kind::png, clean_drawing.bytes).rgba == pixels(Kind::png, drawing).rgba);
}

TEST_CASE("a WebP keeps frames and profile, and says that nothing else is in it", "[media]") {
    const Cleaned clean_webp = cleaned(Kind::webp, test::telling_webp());
    CHECK_FALSE(tells(clean_webp.bytes));
    CHECK(clean_webp.bytes.find("the picture") != std::string::npos);
    CHECK(clean_webp.bytes.find("ICCP") != std::string::npos);
    CHECK((clean_webp.bytes[20] & 0x0C) == 0);
    CHECK(clean_webp.bytes.substr(4, 4) == test::le(clean_webp.bytes.size() - 8, 4));
}

TEST_CASE("a film is blanked in place, so that offsets into it hold", "[media]") {
    const std::string movie = test::telling_movie();
    const Cleaned clean_movie = cleaned(Kind::mp4, movie);
    CHECK(clean_movie.removed);
    CHECK(clean_movie.complete);
    CHECK_FALSE(tells(clean_movie.bytes));
    CHECK(clean_movie.bytes.size() == movie.size());
    CHECK(clean_movie.bytes.find("the film itself") == movie.find("the film itself"));
    CHECK(clean_movie.bytes.find(test::be(3'800'000'000, 4)) == std::string::npos);
    CHECK(length_of(Kind::mp4, clean_movie.bytes) == 83'500);
}

TEST_CASE("a film with a track of unknown measurements is told to be incomplete", "[media]") {
    CHECK_FALSE(cleaned(Kind::mp4, test::telling_movie("meta")).complete);
    CHECK(cleaned(Kind::mp4, test::telling_movie("soun")).complete);
}

TEST_CASE("kinds that cannot be cleaned come back as they are and say so", "[media]") {
    const std::string plan = "%PDF-1.7 /Author (" + std::string{test::kSecretDevice} + ")";
    const Cleaned same = cleaned(Kind::pdf, plan);
    CHECK(same.bytes == plan);
    CHECK_FALSE(same.complete);
    CHECK_FALSE(can_clean(Kind::heic));
    CHECK(cleaned(Kind::text, "notes").complete);
}

TEST_CASE("files that are cut short or damaged are refused, whatever is cut", "[media]") {
    const std::string photo = *encode_jpeg(test::quarters(32, 32), 80);
    CHECK(clean_jpeg(photo.substr(0, 40)).error().code == ErrorCode::invalid);
    CHECK(clean_jpeg("\xFF\xD8\xFF\xD9").error().code == ErrorCode::invalid);
    CHECK(clean_png(test::telling_png(8, 8).substr(0, 60)).error().code == ErrorCode::invalid);
    CHECK(clean_webp(test::telling_webp().substr(0, 12)).error().code == ErrorCode::invalid);
    CHECK(clean_movie(test::telling_movie().substr(0, 90)).error().code == ErrorCode::invalid);
    // Folders within folders without end.
    std::string nested;
    for (int i = 0; i < 100'000; ++i) nested.insert(0, test::be(0, 4) + "moov");
    CHECK(clean_movie(nested).ok());
}

}  // namespace bordereau::media
