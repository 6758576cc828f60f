#include "app/present/answer_words.h"

#include "app/present/outline.h"
#include "app/text/format.h"
#include "app/text/position.h"
#include "storage/base/time.h"

namespace bordereau::app {
namespace {

std::string places_in_words(const text::Words& words, const std::string& value) {
    const auto points = text::read_stored(value);
    if (!points) return value;
    std::string out;
    for (const text::Position& point : *points)
        out += (out.empty() ? "" : "; ") + text::in_words(point, words);
    return out;
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
        case form::Widget::date: return day_in_words(words, value);
        default: return value_in_words(session, element, value);
    }
}

}  // namespace bordereau::app
