#include "storage/search_text.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/search_query.h"

using namespace bordereau;
using namespace bordereau::storage;

namespace {

std::string words(std::string_view text) {
    std::string out;
    for (const SearchWord& word : search_words(text)) out += "[" + word.text + "]";
    return out;
}

std::string marked(std::string_view question, std::string_view text) {
    const SearchQuestion asked = understand(question, false);
    std::string out;
    std::size_t at = 0;
    for (const auto& term : asked.terms)
        for (const SearchMark& mark : places_of(term, search_words(text))) {
            out.append(text.substr(at, mark.begin - at)).append("<");
            out.append(text.substr(mark.begin, mark.end - mark.begin)).append(">");
            at = mark.end;
        }
    return out.append(text.substr(at));
}

}  // namespace

TEST_CASE("Words are compared without case, accents and spelling variants") {
    struct Row {
        std::string_view text, expected;
    };
    const Row row = GENERATE(
        Row{"The Search-Room, at 9:30!", "[the][search][room][at][9][30]"},
        Row{"Accès à l’œuvre: Ngũgĩ", "[acces][a][l][oeuvre][ngugi]"},
        Row{"ñandú STRASSE Straße", "[nandu][strasse][strasse]"},
        Row{"Łódź, İstanbul, Đerđap, Ndjeshmëria", "[lodz][istanbul][derdap][ndjeshmeria]"},
        Row{"e\xCC\x81tat", "[etat]"},  // the accent as a mark of its own
        Row{"Ещё ЁЛКА ребёнка", "[еще][елка][ребенка]"}, Row{"Ώρα ΆΣΤΥΣ", "[ωρα][αστυσ]"},
        Row{"إحالة إلى الـمأوى", "[احاله][الي][ماوي]"},
        Row{"مُتَرْجِمَة والترجمة ٢٠٢٦", "[مترجمه][ترجمه][2026]"},
        Row{"女翻译在场", "[女翻][翻译][译在][在场][场]"}, Row{"第3班", "[第][3][班]"},
        Row{"ＡＢＣ１", "[abc1]"}, Row{"\xFF\xFE damaged", "[damaged]"});
    CAPTURE(row.text);
    CHECK(words(row.text) == row.expected);
}

TEST_CASE("What has no words of people is not searched") {
    for (const std::string_view value : {"12", "3.5", "2026-03-07", "2026-03-07T14:05:09.250+01:00",
                                         "46.1 19.5 0 0", "uuid:0f0c1d4e-aaaa", ""}) {
        CAPTURE(value);
        CHECK_FALSE(is_searchable(value));
    }
    CHECK(is_searchable("Tirana"));
    CHECK(is_searchable("投诉箱"));
}

TEST_CASE("A question is read as words, phrases, exclusions and filters") {
    const auto asked = understand(
        R"(search "female interpreter" -holding state:approved unit:"North Gate" from:2026-01-01)",
        false);
    REQUIRE(asked.terms.size() == 3);
    CHECK(asked.terms[0].words == std::vector<std::string>{"search"});
    CHECK(asked.terms[1].words == std::vector<std::string>{"female", "interpreter"});
    CHECK(asked.terms[2].excluded);
    CHECK(asked.state == "approved");
    CHECK(asked.unit == "North Gate");
    CHECK(asked.from == Date{2026, 1, 1});
    CHECK_FALSE(asked.to.has_value());
    CHECK(asked.not_understood.empty());
    CHECK(understand("to:yesterday", false).not_understood ==
          std::vector<std::string>{"to:yesterday"});
    CHECK_FALSE(understand("-only -this", false).has_words());
    CHECK_FALSE(understand("  \" ", false).has_words());
    CHECK(understand("«комната досмотра»", false).terms.size() == 1);
}

TEST_CASE("The last word may be unfinished while it is typed") {
    CHECK(understand("search ro", true).terms[1].beginning);
    CHECK_FALSE(understand("search ro", true).terms[0].beginning);
    CHECK_FALSE(understand("search ro ", true).terms[1].beginning);
    CHECK_FALSE(understand("search ro", false).terms[1].beginning);
    CHECK(understand("interp* room", false).terms[0].beginning);
}

TEST_CASE("Matches are marked in the text as it was written") {
    CHECK(marked("acces", "Un Accès difficile") == "Un <Accès> difficile");
    CHECK(marked("\"search room\"", "The room; the Search Room.") ==
          "The room; the <Search Room>.");
    CHECK(marked("interp*", "interpreters") == "<interpreters>");
    CHECK(marked("翻译", "女翻译在场") == "女<翻译>在场");
    CHECK(marked("场", "女翻译在场") == "女翻译在<场>");
    CHECK(marked("译", "女翻译在场") == "女翻<译在>场");
    CHECK(marked("مترجمة", "طلبت المُتَرْجِمَة") == "طلبت <المُتَرْجِمَة>");
    CHECK(marked("ребенка", "мать и ребёнок, ребёнка") == "мать и ребёнок, <ребёнка>");
}
