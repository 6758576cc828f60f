#include "app/text/format.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

namespace bordereau::text {

TEST_CASE("dates are written as the language writes them", "[text]") {
    struct Case {
        Language language;
        std::string words, numeric;
    };
    const auto [language, words, numeric] =
        GENERATE(Case{Language::en, "7 March 2026", "07/03/2026"},
                 Case{Language::fr, "7 mars 2026", "07/03/2026"},
                 Case{Language::es, "7 de marzo de 2026", "7/3/2026"},
                 Case{Language::ru, "7 марта 2026\u00A0г.", "07.03.2026"},
                 Case{Language::ar, "7 آذار/مارس 2026", "7/3/2026"},
                 Case{Language::zh, "2026年3月7日", "2026/3/7"});
    CHECK(format_date({2026, 3, 7}, language) == words);
    CHECK(format_date({2026, 3, 7}, language, DateLength::numeric) == numeric);
}

TEST_CASE("numbers are grouped and pointed as the language does", "[text]") {
    CHECK(format_number(1234567.891, 2, Language::en) == "1,234,567.89");
    CHECK(format_written("-1234567.80", Language::fr) == "-1\u202F234\u202F567,80");
    CHECK(format_written("98765432109876543210", Language::en) == "98,765,432,109,876,543,210");
    for (const char* other : {"", "-", "12a", "1.2.3", ".5", "INF"})
        CHECK(format_written(other, Language::en) == other);
    CHECK(format_number(1234.5, 1, Language::fr) == "1\u202F234,5");
    CHECK(format_number(1234.5, 1, Language::es) == "1234,5");
    CHECK(format_number(12345.0, 0, Language::es) == "12.345");
    CHECK(format_number(1234.5, 1, Language::ru) == "1\u00A0234,5");
    CHECK(format_number(std::int64_t{-1234}, Language::en) == "-1,234");
    CHECK(format_number(0.5, 0, Language::en) == "1");
    CHECK(format_number(-0.4, 0, Language::en) == "0");
    CHECK(format_share(0.456, Language::fr) == "46\u202F%");
    CHECK(format_share(1, Language::en) == "100%");
}

TEST_CASE("sizes are given in units that a person can compare", "[text]") {
    CHECK(format_bytes(0, Language::en) == "0\u00A0B");
    CHECK(format_bytes(999, Language::en) == "999\u00A0B");
    CHECK(format_bytes(4'100'000, Language::en) == "4.1\u00A0MB");
    CHECK(format_bytes(4'100'000, Language::fr) == "4,1\u00A0Mo");
    CHECK(format_bytes(250'000'000'000, Language::ru) == "250\u00A0ГБ");
    CHECK(format_bytes(33'600'000, Language::ar) == "33.6\u00A0ميغابايت");
    CHECK(format_bytes(999'999, Language::en) == "1.0\u00A0MB");
}

TEST_CASE("an instant is shown in local time", "[text]") {
    const Millis at = *parse_iso("2026-03-07T23:30:00Z");
    CHECK(format_instant(at, fixed_clock(at, 60), Language::en) == "8 March 2026, 00:30");
    CHECK(format_instant(at, fixed_clock(at, -60), Language::zh) == "2026年3月7日 22:30");
    CHECK(format_instant(-1, fixed_clock(0), Language::en) == "31 December 1969, 23:59");
}

TEST_CASE("a calendar's week begins as the language has it", "[text]") {
    CHECK(first_weekday(Language::fr) == 0);
    CHECK(first_weekday(Language::ar) == 5);
    CHECK(month_name(3, Language::ru) == "март");
    CHECK(weekday_name(6, Language::en) == "Sun");
}

}  // namespace bordereau::text
