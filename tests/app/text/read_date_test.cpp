#include "app/text/read_date.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "app/text/format.h"

namespace bordereau::text {

TEST_CASE("a date is read as the language writes it in numbers", "[text][date]") {
    for (const Language language : kLanguages)
        for (const Date date : {Date{2026, 3, 7}, Date{2026, 11, 20}, Date{2024, 2, 29}}) {
            CAPTURE(tag_of(language), to_text(date));
            CHECK(read_date(format_date(date, language, DateLength::numeric), language) == date);
            CHECK(read_date(to_text(date), language) == date);
        }
    CHECK(read_date(format_date({2026, 11, 20}, Language::zh), Language::zh) == Date{2026, 11, 20});
}

TEST_CASE("the day comes first, with any separator and any digits", "[text][date]") {
    const auto typed = GENERATE(as<std::string>{}, "20.11.2026", "20/11/2026", "20-11-2026",
                                "20. 11. 2026", "٢٠/١١/٢٠٢٦", "2026/11/20", " 2026.11.20");
    CAPTURE(typed);
    CHECK(date_answer(typed, Language::ru) == "2026-11-20");
}

TEST_CASE("no date is guessed", "[text][date]") {
    // The month first; a year of two digits; days that do not exist; parts of dates and more.
    for (const std::string typed :
         {"11/20/2026", "20.11.26", "26-11-20", "30.02.2026", "2026-02-30", "20.11", "2026",
          "20.11.2026.1", "20112026", "20.11.20266", "", "-", "20 x 11 2026"}) {
        CAPTURE(typed);
        CHECK(date_answer(typed, Language::en) == typed);
    }
    // Nobody writes the year last there, so neither number is known to be the day.
    CHECK(date_answer("5/6/2026", Language::zh) == "5/6/2026");
}

}  // namespace bordereau::text
