#include "app/text/read_time.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

namespace bordereau::text {

namespace {

struct Typed {
    Language language;
    std::string text, answer;
};

}  // namespace

TEST_CASE("a time is understood in every language with a colon, a point, or no sign",
          "[text][time]") {
    for (const Language language : kLanguages)
        for (const auto& [typed, answer] : std::vector<std::pair<std::string, std::string>>{
                 {"9:05", "09:05"},       {"09:05", "09:05"},    {"9.05", "09:05"},
                 {"905", "09:05"},        {"0905", "09:05"},     {"9:5", "09:05"},
                 {"21:05", "21:05"},      {"2105", "21:05"},     {"٢١:٠٥", "21:05"},
                 {"２１：０５", "21:05"}, {" 9 : 05 ", "09:05"}, {"0:00", "00:00"},
                 {"23.59", "23:59"},      {"21h", "21:00"},      {"9h05", "09:05"},
                 {"9:05 pm", "21:05"},    {"9:05PM", "21:05"},   {"9.05 p.m.", "21:05"},
                 {"9 pm", "21:00"},       {"12:05 am", "00:05"}, {"12:05 pm", "12:05"},
                 {"905 am", "09:05"},     {"21:05 pm", "21:05"}}) {
            CAPTURE(tag_of(language), typed);
            CHECK(time_answer(typed, language) == answer);
        }
}

TEST_CASE("a time is understood in the words of the language", "[text][time]") {
    using enum Language;
    const auto typed = GENERATE(
        values<Typed>({{fr, "9 h 05", "09:05"},         {fr, "21 heures", "21:00"},
                       {fr, "9h05 du soir", "21:05"},   {fr, "3 h de l’après-midi", "15:00"},
                       {es, "9:05 p. m.", "21:05"},     {es, "21:05 h", "21:05"},
                       {es, "9 de la mañana", "09:00"}, {ru, "9 ч 05 мин", "09:05"},
                       {ru, "21 час", "21:00"},         {ru, "9 ч. 5 мин.", "09:05"},
                       {ru, "9 утра", "09:00"},         {ru, "9:05 вечера", "21:05"},
                       {ar, "٩:٠٥ م", "21:05"},         {ar, "9:05 صباحًا", "09:05"},
                       {ar, "9 مساءً", "21:00"},         {zh, "9点05分", "09:05"},
                       {zh, "9点5分", "09:05"},         {zh, "21时", "21:00"},
                       {zh, "下午3点半", "15:30"},      {zh, "下午15:30", "15:30"},
                       {zh, "9:05 上午", "09:05"}}));
    CAPTURE(tag_of(typed.language), typed.text);
    CHECK(time_answer(typed.text, typed.language) == typed.answer);
}

TEST_CASE("no time is guessed", "[text][time]") {
    using enum Language;
    for (const std::string typed :
         {"",      "9",       "21",    "9.5",   "9:",         ":05",     "24:00",
          "9:60",  "2460",    "12 am", "12 pm", "13:05 am",   "0:05 pm", "9:05 xm",
          "20260", "9:05:30", "9:005", "nine",  "9:05-10:00", "9h5h5"}) {
        CAPTURE(typed);
        CHECK(time_answer(typed, en) == typed);
    }
    CHECK_FALSE(read_time("12 ночи", ru));   // midnight for some, noon for nobody, and yet
    CHECK_FALSE(read_time("上午12点", zh));  // noon for some
    CHECK_FALSE(read_time("9 вечера", en));  // words of another language
}

}  // namespace bordereau::text
