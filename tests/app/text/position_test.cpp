#include "app/text/position.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/support/frames.h"

namespace bordereau::text {
namespace {

Position read(std::string_view written) {
    const PositionReading reading = read_position(written);
    CAPTURE(written, name_of(reading.fault), reading.part);
    REQUIRE(reading.position);
    return *reading.position;
}

}  // namespace

TEST_CASE("a place is understood however people write it", "[text][position]") {
    const char* written = GENERATE(
        "-1.2864 36.8172", "-1.2864, 36.8172", "-1.2864,36.8172", "-1,2864 36,8172",
        "-1,2864; 36,8172", "-1,2864,36,8172", "-1,2864, 36,8172",
        "\xE2\x88\x92"
        "1.2864 36.8172",
        "1.2864 S 36.8172 E", "1.2864S,36.8172E", "S 1.2864 E 36.8172", "S1.2864, E36.8172",
        "1.2864° S, 36.8172° E", "36.8172° E, 1.2864° S", "36.8172 E 1.2864 S",
        "1° 17.184' S 36° 49.032' E", "1 17.184 S 36 49.032 E", "-1 17.184 36 49.032",
        "-1°17'11.04\" 36°49'1.92\"", "1°17′11.04″S 36°49′1.92″E", "1º17'11,04''S 36º49'1,92''E",
        "1 17 11.04 S, 36 49 1.92 E", "-1 17 11.04 36 49 1.92", "S 1 17 11.04 E 36 49 1.92",
        "Latitude: -1.2864 Longitude: 36.8172", "lon 36.8172 lat -1.2864",
        "Latitude: 1.2864° S, Longitude: 36.8172° E", "1.2864 sud 36.8172 est",
        "1.2864° Sur y 36.8172° Este", "1,2864° ю. ш. 36,8172° в. д.", "1,2864 ю.ш., 36,8172 в.д.",
        "南纬1.2864度，东经36.8172度", "南纬 1°17′11.04″ 东经 36°49′1.92″", "١٫٢٨٦٤° ج، ٣٦٫٨١٧٢° ق",
        "خط العرض -1.2864 خط الطول 36.8172", "1.2864 S 36.8172");
    const Position position = read(written);
    CHECK(position.latitude == Catch::Approx(-1.2864).margin(1e-6));
    CHECK(position.longitude == Catch::Approx(36.8172).margin(1e-6));
    CHECK_FALSE(position.altitude);
    CHECK_FALSE(position.accuracy);
}

TEST_CASE("west is below zero, with the letters of each language", "[text][position]") {
    const char* written = GENERATE("8.9 N 79.5 W", "8.9° N 79.5° O", "79,5° з. д. 8,9° с. ш.",
                                   "北纬8.9度西经79.5度", "8.9 ش 79.5 غ", "8.9;-79.5");
    const Position position = read(written);
    CHECK(position.latitude == Catch::Approx(8.9));
    CHECK(position.longitude == Catch::Approx(-79.5));
}

TEST_CASE("altitude and accuracy may stand behind", "[text][position]") {
    const char* written =
        GENERATE("-1.2864 36.8172 1650 5", "-1.2864, 36.8172, 1650, 5", "1.2864 S 36.8172 E 1650 5",
                 "-1.2864 36.8172 1650 m ±5 m", "-1.2864, 36.8172 alt 1650 acc 5",
                 "-1.2864, 36.8172 ± 5 m, alt: 1650 m", "-1 17 11.04 36 49 1.92 1650 5",
                 "geo:-1.2864,36.8172,1650;u=5", "-1.2864 36.8172 1650.0 5.0;");
    const Position position = read(written);
    CHECK(position.latitude == Catch::Approx(-1.2864).margin(1e-6));
    CHECK(position.longitude == Catch::Approx(36.8172).margin(1e-6));
    CHECK(position.altitude == 1650.0);
    CHECK(position.accuracy == 5.0);
}

TEST_CASE("the address of a map holds its place", "[text][position]") {
    const char* address = GENERATE(
        "https://www.google.com/maps/@-1.2864,36.8172,15z",
        "https://www.google.com/maps/place/Gate/@-1.29,36.9,15z/data=!3m1!8m2!3d-1.2864!4d36.8172",
        "https://maps.google.com/?q=-1.2864,36.8172",
        "https://www.google.com/maps/search/?api=1&query=-1.2864%2C36.8172",
        "https://maps.apple.com/?ll=-1.2864,36.8172&q=Gate",
        "https://www.openstreetmap.org/?mlat=-1.2864&mlon=36.8172#map=5/3.1/20.2",
        "https://www.openstreetmap.org/#map=16/-1.2864/36.8172", "geo:-1.2864,36.8172",
        "geo:0,0?q=-1.2864,36.8172(Gate)", "GEO:-1.2864,36.8172?z=12");
    const Position position = read(address);
    CHECK(position.latitude == Catch::Approx(-1.2864));
    CHECK(position.longitude == Catch::Approx(36.8172));
}

TEST_CASE("what is not understood is named", "[text][position]") {
    const auto [written, fault, part] = GENERATE(table<const char*, PositionFault, const char*>(
        {{"", PositionFault::empty, ""},
         {"-1.2864", PositionFault::half, ""},
         {"1.2864 S", PositionFault::half, ""},
         {"1 2 3 4 5 6 7 8 9", PositionFault::too_many, ""},
         {"1, 2, 3, 4, 5", PositionFault::too_many, ""},
         {"136.8172 1.2864", PositionFault::latitude_range, ""},
         {"1.2864 236.8172", PositionFault::longitude_range, ""},
         {"1° 77' S 36° 49' E", PositionFault::minutes_range, ""},
         {"1.5° 17' S 36° 49' E", PositionFault::part_of_degree, ""},
         {"1.2 S 36.8 S", PositionFault::same_direction, ""},
         {"1.2 E 36.8 W", PositionFault::same_direction, ""},
         {"-1.2 S 36.8 E", PositionFault::sign_twice, ""},
         {"near the market", PositionFault::word, "near"},
         {"1.2 S 36.8 X", PositionFault::word, "X"},
         {"1.2 # 36.8", PositionFault::word, "#"},
         {"https://maps.app.goo.gl/kZ3x", PositionFault::short_link, ""},
         {"https://example.org/", PositionFault::link_without_place, ""},
         {"geo:", PositionFault::link_without_place, ""}}));
    const PositionReading reading = read_position(written);
    CAPTURE(written, name_of(reading.fault));
    CHECK_FALSE(reading.position);
    CHECK(reading.fault == fault);
    CHECK(reading.part == part);
}

TEST_CASE("every fault has a sentence in every language", "[text][position]") {
    const auto language = GENERATE(Language::en, Language::fr, Language::es, Language::ru,
                                   Language::ar, Language::zh);
    const Words words = test::words_in(language);
    for (int fault = 0; fault <= static_cast<int>(PositionFault::link_without_place); ++fault)
        CHECK(words.translated("place.fault." +
                               std::string{name_of(static_cast<PositionFault>(fault))}));
}

TEST_CASE("several places stand in lines or between semicolons", "[text][position]") {
    const char* written = GENERATE("1 2; 3 4; 5 6", "1 2 0 0;3 4 0 0;5 6 0 0;",
                                   "1, 2\n3° N 4° E\n\ngeo:5,6\n", "1,5 2; 3 4; 5 6");
    const PositionsReading reading = read_positions(written);
    CHECK_FALSE(reading.stopped_at);
    REQUIRE(reading.positions.size() == 3);
    CHECK(reading.positions[1].latitude == 3);
    CHECK(reading.positions[2].longitude == 6);
}

TEST_CASE("of several places those before the first that is not one are kept", "[text][position]") {
    const PositionsReading reading = read_positions("1 2\n3 4\nhere\n5 6");
    CHECK(reading.positions.size() == 2);
    REQUIRE(reading.stopped_at);
    CHECK(reading.stopped_at->fault == PositionFault::word);
    CHECK(reading.stopped_at->part == "here");
}

TEST_CASE("a place is stored as ODK does, and read again", "[text][position]") {
    CHECK(stored(Position{-1.2864, 36.8172, {}, {}}) == "-1.2864 36.8172 0 0");
    CHECK(stored(Position{-1.0 / 3, 36.8172, 1650.0, 4.5}) == "-0.3333333 36.8172 1650 4.5");
    CHECK(stored({{1, 2, {}, {}}, {3, 4, {}, {}}}) == "1 2 0 0; 3 4 0 0");
    CHECK(read_stored("-1.5 36.8 0 0") == std::vector<Position>{{-1.5, 36.8, {}, {}}});
    CHECK(read_stored("1.5 2.5 0.0 7.0; 3 4;") ==
          std::vector<Position>{{1.5, 2.5, 0.0, 7.0}, {3, 4, {}, {}}});
    CHECK(read_stored("") == std::vector<Position>{});
    CHECK_FALSE(read_stored("here"));
    CHECK_FALSE(read_stored("91 2"));
    CHECK_FALSE(read_stored("1 S 2"));
}

TEST_CASE("what is stored is typed again as the same place", "[text][position]") {
    const Position position =
        GENERATE(Position{-1.2864, 36.8172, {}, {}}, Position{1, 36.5, 10.0, 5.5},
                 Position{1, 36, {}, 5.5}, Position{-0.0000004, 179.9999999, 3.0, {}});
    const Position again = read(typed(position));
    CHECK(stored(again) == stored(position));
}

TEST_CASE("a place is said in degrees with directions", "[text][position]") {
    const Position position{-1.2864, 36.8172, 1650.0, 4.5};
    const std::string english = in_words(position, test::words_in(Language::en));
    CHECK(english.find("1.28640") != english.npos);
    CHECK(english.find("S") < english.find("E"));
    CHECK(english.find("4.5") != english.npos);
    CHECK(english.find("1,650") != english.npos);
    CHECK(in_words(position, test::words_in(Language::fr)).find("1,28640") != std::string::npos);
}

}  // namespace bordereau::text
