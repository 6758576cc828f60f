// The interface texts: every key the screens use is there, in every language.

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/values.h"
#include "assets/assets.h"

namespace bordereau::test {

namespace {

text::Words words_in(text::Language language, const std::string& folder = "i18n/") {
    const auto file = [&](text::Language one) {
        const auto bytes = assets::find(folder + std::string(text::tag_of(one)) + ".json");
        REQUIRE(bytes);
        return *bytes;
    };
    auto words = text::Words::read(language, file(language), file(text::Language::en));
    REQUIRE(words);
    return *std::move(words);
}

/// String literals of the form "home.empty" in the sources of the screens.
std::set<std::string> keys_used() {
    const std::regex literal(R"re("([a-z][a-z_0-9]*(\.[a-z_0-9]+)+)")re");
    const std::filesystem::path root(BORDEREAU_SOURCE_DIR);
    std::set<std::string> keys;
    for (const auto& entry : std::filesystem::directory_iterator(root / "app/screens")) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        std::stringstream text;
        text << file.rdbuf();
        const std::string source = text.str();
        for (std::sregex_iterator at(source.begin(), source.end(), literal), end; at != end; ++at)
            keys.insert((*at)[1]);
    }
    return keys;
}

}  // namespace

TEST_CASE("every key that a screen uses has an English text", "[screens][words]") {
    const text::Words words = words_in(text::Language::en);
    const std::set<std::string> keys = keys_used();
    CHECK(keys.size() > 100);
    for (const std::string& key : keys) {
        CAPTURE(key);
        CHECK(words.has(key));
    }
}

// The program's own name is the same in every language.
TEST_CASE("no words for people stand in the code of screens and widgets", "[screens][words]") {
    const std::regex words(R"re("[^"]*[A-Za-z]{2,} [A-Za-z]{2,}[^"]*")re");
    const std::regex meant(R"re(check\(|#include|^\s*//)re");
    const std::filesystem::path root(BORDEREAU_SOURCE_DIR);
    int lines = 0;
    for (const char* room : {"app/screens", "app/widgets"})
        for (const auto& entry : std::filesystem::directory_iterator(root / room)) {
            if (entry.path().extension() != ".cpp") continue;
            std::ifstream file(entry.path());
            for (std::string line; std::getline(file, line); ++lines) {
                CAPTURE(entry.path(), line);
                CHECK((!std::regex_search(line, words) || std::regex_search(line, meant)));
            }
        }
    CHECK(lines > 1000);
}

TEST_CASE("keys that are put together have texts for all their parts", "[screens][words]") {
    const text::Words words = words_in(text::Language::en);
    for (const std::string role : {"officer", "supervisor", "administrator"})
        for (const std::string& key : {"role." + role, "role." + role + ".about"})
            CHECK(words.has(key));
    for (const std::string state : {"draft", "finalized", "returned", "approved", "rejected"})
        CHECK(words.has("filter." + state));
    for (const std::string report : {"submission", "scorecard", "csv"})
        for (const std::string& key : {"report." + report, "report." + report + ".about"})
            CHECK(words.has(key));
    for (const std::string audience : {"team", "agency", "public"})
        for (const std::string& key : {"audience." + audience, "audience." + audience + ".about"})
            CHECK(words.has(key));
    for (const std::string_view theme : widgets::kThemeNames)
        CHECK(words.has("theme." + std::string{theme}));
    for (int level = 0; level <= 4; ++level) CHECK(words.has("level." + std::to_string(level)));
}

TEST_CASE("what is wrong with a date says how dates are written", "[screens][words]") {
    for (const text::Language language : text::kLanguages) {
        const text::Words words = words_in(language);
        const std::string_view said =
            app::problem_words(app::AnswerProblem::type, "", words, app::Control::date);
        CAPTURE(said);
        CHECK(said.find("2026-11-20") != said.npos);
        CHECK(app::problem_words(app::AnswerProblem::type, "", words) == words("problem.type"));
    }
}

TEST_CASE("every English text is translated into the other five languages", "[screens][words]") {
    const std::string folder = GENERATE("i18n/", "i18n/reports/");
    for (const text::Language language : text::kLanguages) {
        const text::Words words = words_in(language, folder);
        std::size_t translated = 0;
        for (const std::string_view key : words.keys()) {
            CAPTURE(key, text::tag_of(language));
            CHECK(words.translated(key));
            translated += words.translated(key) ? 1 : 0;
        }
        std::cout << folder << " in " << text::tag_of(language) << ": " << translated << " of "
                  << words.keys().size() << "\n";
    }
}

TEST_CASE("a text keeps the placeholders of its English original", "[screens][words]") {
    const std::regex placeholder(R"(\{[a-z_]+\})");
    const auto placeholders = [&](std::string_view text) {
        std::set<std::string> found;
        const std::string copy(text);
        for (std::sregex_iterator at(copy.begin(), copy.end(), placeholder), end; at != end; ++at)
            found.insert(at->str());
        return found;
    };
    const std::string folder = GENERATE("i18n/", "i18n/reports/");
    const text::Words english = words_in(text::Language::en, folder);
    for (const text::Language language : text::kLanguages) {
        const text::Words words = words_in(language, folder);
        for (const std::string_view key : english.keys()) {
            CAPTURE(key, text::tag_of(language));
            CHECK(placeholders(words(key)) == placeholders(english(key)));
        }
    }
}

TEST_CASE("a thing has one name in a language", "[screens][words]") {
    struct Rejected {
        const char *language, *word, *instead;
    };
    for (const Rejected& one : {Rejected{"ru", "тетрад", "блокнот"},
                                {"zh", "笔记本", "记录本"},
                                {"zh", "密码", "口令短语"},
                                {"zh", "主管", "督导员"},
                                {"zh", "审查", "审计"},
                                {"zh", "评论", "意见"},
                                {"zh", "已通过", "已批准"},
                                {"zh", "端点", "服务器"},
                                {"zh", "题目", "问题"},
                                {"zh", "存储盘", "U\u00A0盘"},
                                {"zh", "U盘", "U\u00A0盘"},  // and no line ends within it
                                {"zh", "U 盘", "U\u00A0盘"},
                                {"es", "frase de paso", "frase de contraseña"},
                                {"es", "hallazgo", "constatación"},
                                {"ar", "استمار", "نموذج"},
                                {"ar", "مسؤول", "مدير نظام"},
                                {"ar", "حزمة تغييرات", "دفعة تغييرات"},
                                {"ar", "عملية مراجعة", "عملية تدقيق"},
                                {"ar", " الصق", "ألصق"},
                                {"ar", "جار ", "جارٍ "},
                                {"ar", "شيئًا", "شيئا"},
                                {"fr", "mot de passe", "phrase secrète"},
                                {"fr", "cahier", "carnet"}}) {
        const auto file = assets::find("i18n/" + std::string{one.language} + ".json");
        REQUIRE(file);
        INFO(one.language << ": " << one.word << " is called " << one.instead);
        CHECK(file->find(one.word) == std::string_view::npos);
        CHECK(file->find(one.instead) != std::string_view::npos);
    }
    // In Russian the journal is the signed log alone, of which only verifying speaks.
    const text::Words russian = words_in(text::Language::ru);
    for (const std::string_view key : russian.keys()) {
        CAPTURE(key);
        CHECK((key.starts_with("verify.") ||
               std::string{russian(key)}.find("урнал") == std::string::npos));
    }
}

}  // namespace bordereau::test
