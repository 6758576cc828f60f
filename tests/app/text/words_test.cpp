#include "app/text/words.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/support/frames.h"

namespace bordereau::text {
namespace {

constexpr std::string_view kEnglish = R"({
    "save": "Save",
    "only": {"english": "English only"},
    "hello": "Hello {name}",
    "waiting": {"one": "{n} record waiting at {place}", "other": "{n} records waiting at {place}"}
})";
constexpr std::string_view kArabic = R"({
    "save": "حفظ",
    "hello": "مرحبا {name}",
    "waiting": {"two": "سجلان في {place}", "few": "{n} سجلات في {place}", "other": "{n} سجل"}
})";

Words read(Language language, std::string_view json) {
    auto words = Words::read(language, json, kEnglish);
    REQUIRE(words.ok());
    return std::move(*words);
}

}  // namespace

TEST_CASE("a text that the language lacks is shown in English, and a missing one as its key",
          "[text][words]") {
    const Words words = read(Language::ar, kArabic);
    CHECK(words("save") == "حفظ");
    CHECK(words("only.english") == "English only");
    CHECK(words("nowhere") == "nowhere");
    CHECK(words.count("nowhere", 3) == "nowhere");
    CHECK(words.translated("save"));
    CHECK_FALSE(words.translated("only.english"));
    CHECK_FALSE(words.has("nowhere"));
}

TEST_CASE("a count takes the plural form of its language", "[text][words]") {
    const Words english = read(Language::en, kEnglish);
    CHECK(english.count("waiting", 1, {{"place", "Hani"}}) == "1 record waiting at Hani");
    CHECK(english.count("waiting", 1200, {{"place", "Hani"}}) == "1,200 records waiting at Hani");
    const Words arabic = read(Language::ar, kArabic);
    CHECK(arabic.count("waiting", 2, {{"place", "Hani"}}) == "سجلان في \u2068Hani\u2069");
    CHECK(arabic.count("waiting", 5, {{"place", "Hani"}}) ==
          "\u2068"
          "5\u2069 سجلات في \u2068Hani\u2069");
    CHECK(arabic.count("waiting", 0) ==
          "\u2068"
          "0\u2069 سجل");
}

TEST_CASE("a text taken from English keeps the plurals of English", "[text][words]") {
    const Words russian = read(Language::ru, "{}");
    CHECK(russian.count("waiting", 21, {{"place", "Hani"}}) == "21 records waiting at Hani");
}

TEST_CASE("a value of the other direction is isolated from the words around it", "[text][words]") {
    const Words english = read(Language::en, kEnglish);
    CHECK(english("hello", {{"name", "Zoë"}}) == "Hello Zoë");
    CHECK(english("hello", {{"name", "سارة"}}) == "Hello \u2068سارة\u2069");
    CHECK(english("hello", {}) == "Hello {name}");
}

TEST_CASE("a damaged file of texts is refused with its place", "[text][words]") {
    for (const std::string_view bad :
         {"", "[]", "{\"a\": 1}", "{\"a\": {\"other\": \"x\", \"several\": \"y\"}}", "{\"a\":"}) {
        INFO(bad);
        const auto words = Words::read(Language::fr, bad, kEnglish);
        REQUIRE_FALSE(words.ok());
        CHECK(words.error().code == ErrorCode::invalid);
    }
}

TEST_CASE("the interface's own files can be read, and those of widgets are complete",
          "[text][words]") {
    for (const Language language : kLanguages) {
        const Words words = test::words_in(language);
        INFO(tag_of(language));
        for (const char* key : {"widget.search", "widget.nothing_found", "widget.clear",
                                "widget.close", "widget.today", "widget.open_calendar",
                                "widget.previous_month", "widget.next_month", "widget.comments"})
            CHECK(words.translated(key));
    }
}

TEST_CASE("a list is written as the language writes lists, with the order of its pieces kept",
          "[text][words]") {
    constexpr std::string_view kEnglishList = R"({"list": {"separator": ", "}})";
    const auto list = [&](Language language, std::string_view separator) {
        const std::string json = R"({"list": {"separator": ")" + std::string{separator} + R"("}})";
        const auto words = Words::read(language, json, kEnglishList);
        REQUIRE(words.ok());
        return words->list(std::vector<std::string>{"English (en)", "العربية (ar)"});
    };
    CHECK(list(Language::en, ", ") == "English (en), \u2068العربية (ar)\u2069");
    CHECK(list(Language::zh, "、") == "English (en)、\u2068العربية (ar)\u2069");
    CHECK(list(Language::ar, "، ") == "\u200F\u2068English (en)\u2069، \u2068العربية (ar)\u2069");
    // Within a sentence the list still runs from right to left.
    CHECK(direction_of_text(list(Language::ar, "، "), Direction::left_to_right) ==
          Direction::right_to_left);
}

}  // namespace bordereau::text
