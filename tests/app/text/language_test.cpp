#include "app/text/language.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

namespace bordereau::text {

TEST_CASE("plurals follow the rules of the language", "[text]") {
    struct Case {
        Language language;
        std::int64_t count;
        Plural plural;
    };
    const auto [language, count, plural] =
        GENERATE(Case{Language::en, 0, Plural::other}, Case{Language::en, 1, Plural::one},
                 Case{Language::en, -1, Plural::one}, Case{Language::fr, 0, Plural::one},
                 Case{Language::fr, 1, Plural::one}, Case{Language::fr, 2, Plural::other},
                 Case{Language::fr, 1'000'000, Plural::many}, Case{Language::es, 0, Plural::other},
                 Case{Language::es, 1, Plural::one}, Case{Language::es, 2'000'000, Plural::many},
                 Case{Language::ru, 1, Plural::one}, Case{Language::ru, 21, Plural::one},
                 Case{Language::ru, 11, Plural::many}, Case{Language::ru, 3, Plural::few},
                 Case{Language::ru, 13, Plural::many}, Case{Language::ru, 24, Plural::few},
                 Case{Language::ru, 5, Plural::many}, Case{Language::ru, 0, Plural::many},
                 Case{Language::ar, 0, Plural::zero}, Case{Language::ar, 1, Plural::one},
                 Case{Language::ar, 2, Plural::two}, Case{Language::ar, 3, Plural::few},
                 Case{Language::ar, 110, Plural::few}, Case{Language::ar, 11, Plural::many},
                 Case{Language::ar, 99, Plural::many}, Case{Language::ar, 100, Plural::other},
                 Case{Language::ar, 102, Plural::other}, Case{Language::zh, 1, Plural::other});
    INFO(tag_of(language) << " " << count);
    CHECK(plural_of(language, count) == plural);
}

TEST_CASE("a language is found by its tag, its locale and the name that forms give it", "[text]") {
    CHECK(language_of("fr") == Language::fr);
    CHECK(language_of("zh-Hans-CN") == Language::zh);
    CHECK(language_of("ru_RU.UTF-8") == Language::ru);
    CHECK(language_of("العربية (ar)") == Language::ar);
    CHECK(language_of("English (EN)") == Language::en);
    CHECK_FALSE(language_of("sq").has_value());
    CHECK_FALSE(language_of("").has_value());
}

TEST_CASE("the first strong letter decides the direction of a text", "[text]") {
    const auto ltr = Direction::left_to_right, rtl = Direction::right_to_left;
    CHECK(direction_of_text("12 – سلام", ltr) == rtl);
    CHECK(direction_of_text("WFP سلام", rtl) == ltr);
    CHECK(direction_of_text("12 %", rtl) == rtl);
    CHECK(direction_of_text("\u2068Zoë\u2069 سلام", ltr) == rtl);
}

TEST_CASE("digits of other scripts are read as 0 to 9", "[text]") {
    CHECK(with_western_digits("١٢٫٥") == "12.5");
    CHECK(with_western_digits("۰۹") == "09");
    CHECK(with_western_digits("１２３") == "123");
    CHECK(with_western_digits("−4") == "-4");
    CHECK(with_western_digits("12 a") == "12 a");
}

TEST_CASE("a search ignores case, accents, short vowels and tatweel", "[text]") {
    CHECK(search_key("Évaluation") == search_key("evaluation"));
    CHECK(search_key("ПУНКТ") == search_key("пункт"));
    CHECK(search_key("مُدَقِّق") == search_key("مدقق"));
    CHECK(search_key("مـــدقق") == search_key("مدقق"));
    CHECK(search_key("إجابة") == search_key("اجابه"));
    CHECK(search_key("审计") == "审计");
}

}  // namespace bordereau::text
