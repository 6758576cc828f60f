// tests/app/report/english.h - the words of reports as the program has them.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>

#include "app/report/texts.h"
#include "assets/assets.h"

namespace bordereau::report {

inline Texts texts_in(const std::string& language) {
    const auto words = assets::find("i18n/reports/" + language + ".json");
    const auto english = assets::find("i18n/reports/en.json");
    REQUIRE(words);
    REQUIRE(english);
    auto texts = Texts::read(language, *words, *english);
    REQUIRE(texts);
    return *std::move(texts);
}

inline const Texts& english() {
    static const Texts texts = texts_in("en");
    return texts;
}

}  // namespace bordereau::report
