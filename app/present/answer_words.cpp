#include "app/present/answer_words.h"

#include "app/present/outline.h"
#include "app/text/format.h"
#include "app/text/position.h"
#include "storage/base/text.h"
#include "storage/base/time.h"

namespace bordereau::app {
namespace {

std::string places_in_words(const text::Words& words, const std::string& value) {
    const auto points = text::read_stored(value);
    if (!points) return value;
    std::vector<std::string> places;
    for (const text::Position& point : *points) places.push_back(text::in_words(point, words));
    return words.list(places, "list.of_phrases");
}

std::string choices_in_words(const text::Words& words, const form::Session& session,
                             const form::Element& element, const std::string& value) {
    std::vector<std::string> labels;
    for (const std::string_view part : words_of(value))
        labels.push_back(session.choice_label(element, part));
    return words.list(labels, "list.of_phrases");
}

std::string day_in_words(const text::Words& words, const std::string& value) {
    const auto day = parse_date(value);
    return day ? text::format_date(*day, words.language()) : value;
}

}  // namespace

std::string answer_for_people(const text::Words& words, const form::Session& session,
                              const form::Element& element, const std::string& value) {
    switch (element.widget) {
        case form::Widget::geopoint:
        case form::Widget::geotrace:
        case form::Widget::geoshape: return places_in_words(words, value);
        case form::Widget::select_multiple:
        case form::Widget::rank: return choices_in_words(words, session, element, value);
        case form::Widget::integer:
        case form::Widget::decimal:
            if (has_word(session.appearance(element), "thousands-sep"))
                return text::format_written(value_in_words(session, element, value),
                                            words.language());
            return value_in_words(session, element, value);
        case form::Widget::date: return day_in_words(words, value);
        default: return value_in_words(session, element, value);
    }
}

}  // namespace bordereau::app
