#include "app/screens/place_field.h"

#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/screens/place_parts.h"
#include "app/screens/typing.h"
#include "app/text/format.h"
#include "app/text/position.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"
#include "app/widgets/signs_input.h"

namespace bordereau::app {
namespace {

using text::Position;
using widgets::Icon;

/// What is not understood stays as it was typed, so that nothing is lost.
std::string answer_of(const std::string& typed) {
    const text::PositionReading reading = text::read_position(typed);
    return reading.position ? text::stored(*reading.position) : typed;
}

std::vector<Position> stored_in(const QuestionView& question) {
    return text::read_stored(question.value).value_or(std::vector<Position>{});
}

/// What the field means now: that which is typed into it, else the answer.
text::PositionReading reading_of(const QuestionView& question, const FieldsUi& ui) {
    if (ui.question == question.key) return text::read_position(ui.typed);
    if (question.value.empty()) return {};
    const std::vector<Position> points = stored_in(question);
    if (points.size() == 1) return {points.front(), text::PositionFault::empty, {}};
    return text::read_position(question.value);
}

std::string shown_value(const QuestionView& question) {
    const std::vector<Position> points = stored_in(question);
    return points.size() == 1 ? text::typed(points.front()) : question.value;
}

/// The points that are told apart: of a shape without the one that closes it.
std::vector<Position> points_of(const QuestionView& question) {
    std::vector<Position> points = stored_in(question);
    const bool shape = question.control == Control::geoshape;
    if (shape && points.size() > 2 && points.front() == points.back()) points.pop_back();
    return points;
}

Answer answer_with(const QuestionView& question, std::vector<Position> points) {
    const bool shape = question.control == Control::geoshape;
    if (shape && points.size() > 2) points.push_back(points.front());
    return {question.key, text::stored(points)};
}

/// Adds what is typed, as far as it is understood; the rest stays in the field.
void draw_adding(const QuestionView& question, PlacesUi& ui, const text::Words& words,
                 Commands& out) {
    std::string none;
    const bool mine = ui.adding_for == question.key;
    std::string& typed = mine ? ui.adding : none;
    const widgets::Edit edit = widgets::input_signs(
        "adding", typed, {.label = words("place.add"), .placeholder = words("place.add")});
    if (edit.changed && !mine) {
        ui.adding = typed;
        ui.adding_for = question.key;
    }
    if (typed.empty()) return widgets::text_block(words("place.add.help"), widgets::kSmall);
    text::PositionsReading reading = text::read_positions(typed);
    if (reading.stopped_at)
        draw_fault(*reading.stopped_at, words);
    else if (!reading.positions.empty())
        widgets::text_block(text::in_words(reading.positions.back(), words), widgets::kQuiet);
    if (!edit.finished || reading.stopped_at || reading.positions.empty()) return;
    std::vector<Position> points = points_of(question);
    points.insert(points.end(), reading.positions.begin(), reading.positions.end());
    out.push_back(answer_with(question, std::move(points)));
    ui.adding.clear();
    ui.adding_for.clear();
}

/// The latest points, each with a way to take it out.
void draw_points(const QuestionView& question, const std::vector<Position>& points,
                 const text::Words& words, Commands& out) {
    constexpr std::size_t kShown = 12;
    const std::size_t first = points.size() > kShown ? points.size() - kShown : 0;
    if (first > 0)
        widgets::text_line(words.count("place.earlier", static_cast<std::int64_t>(first)),
                           widgets::kSmall);
    for (std::size_t i = first; i < points.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        widgets::Row row;
        const float target = question.readonly ? 0 : widgets::target_height();
        const float rest = row.rest(target + row.gap());
        row.next(rest);
        widgets::middle_line(
            text::format_number(static_cast<std::int64_t>(i + 1), words.language()) + ".  " +
                text::in_words(points[i], words),
            {}, rest);
        if (target > 0) {
            row.next(target);
            if (widgets::icon_button("remove", Icon::trash, words("place.remove"))) {
                std::vector<Position> fewer = points;
                fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
                out.push_back(answer_with(question, std::move(fewer)));
            }
        }
        ImGui::PopID();
    }
}

}  // namespace

void draw_place_field(const QuestionView& question, FieldsUi& ui, const text::Words& words,
                      Commands& out) {
    type_into(
        question, {"", shown_value(question)}, ui, out,
        [&](std::string& typed) { return widgets::input_signs("field", typed, look_of(question)); },
        answer_of);
    const text::PositionReading reading = reading_of(question, ui);
    const bool empty = !reading.position && reading.fault == text::PositionFault::empty;
    if (reading.position)
        widgets::text_block(text::in_words(*reading.position, words), widgets::kBold);
    else if (empty)
        widgets::text_block(words("place.help"), widgets::kSmall);
    else
        draw_fault(reading, words);
    std::vector<Position> points;
    if (reading.position) points.push_back(*reading.position);
    draw_receiver(question, words, out);
    if (const auto put = draw_place_map(question, {points, false, false}, ui.places, words))
        out.push_back(PutPlace{question.key, text::stored(*put)});
}

void draw_places_field(const QuestionView& question, FieldsUi& ui, const text::Words& words,
                       Commands& out) {
    const std::vector<Position> points = points_of(question);
    if (points.empty() && !question.value.empty())
        widgets::message_strip("kept", Tone::warning, question.value);
    if (!question.readonly) draw_adding(question, ui.places, words, out);
    draw_points(question, points, words, out);
    draw_receiver(question, words, out);
    const PlaceMap map{points, true, question.control == Control::geoshape};
    if (const auto put = draw_place_map(question, map, ui.places, words)) {
        std::vector<Position> more = points;
        more.push_back(*put);
        out.push_back(answer_with(question, std::move(more)));
    }
}

}  // namespace bordereau::app
