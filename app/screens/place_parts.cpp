#include "app/screens/place_parts.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/screens/typing.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {
namespace {

using widgets::Icon;
using widgets::MapMark;

constexpr double kButtonZoom = 2;

// What the map shows, that of the answer first.
std::vector<MapMark> marks_of(const QuestionView& question, const PlaceMap& map) {
    std::vector<MapMark> marks;
    for (const text::Position& point : map.points)
        marks.push_back({point.latitude, point.longitude, point.accuracy.value_or(0)});
    if (question.place->receiver.at) marks.push_back(*question.place->receiver.at);
    marks.insert(marks.end(), question.place->others.begin(), question.place->others.end());
    return marks;
}

bool in_sight(const widgets::MapUi& ui, const MapMark& mark, ImVec2 size) {
    const widgets::MapSpot spot = widgets::map_spot(mark.latitude, mark.longitude);
    return std::fabs(spot.x - ui.x) * ui.scale < size.x / 2 &&
           std::fabs(spot.y - ui.y) * ui.scale < size.y / 2;
}

bool was_put(const widgets::MapUi& ui, const MapMark& mark) {
    constexpr double kSame = 1e-6;  // degrees: a hand's breadth
    return ui.put && std::fabs(ui.put->latitude - mark.latitude) < kSame &&
           std::fabs(ui.put->longitude - mark.longitude) < kSame;
}

// Moves to another answer: a place alone into the middle, unless it was pointed out on the map; of
// several what would not be seen. First to what there is.
void follow(const PlaceMap& map, const std::vector<MapMark>& marks, widgets::MapUi& ui,
            ImVec2 size) {
    const std::string shown = text::stored(map.points) + "!";
    const bool alone = map.points.size() == 1 && !map.joined;
    if (ui.shown == shown) {
        if (ui.coming && alone) ui.centre_on(marks.front());
        return;
    }
    const bool first = ui.shown.empty();
    ui.shown = shown;
    const std::span<const MapMark> all{marks};
    const std::span<const MapMark> answer = all.first(map.points.size());
    if (first)
        ui.look_at(answer.empty() ? all : answer, size.x, size.y);
    else if (!answer.empty() && !in_sight(ui, answer.back(), size))
        ui.look_at(answer, size.x, size.y);
    else if (alone && !was_put(ui, answer.front()))
        ui.centre_on(answer.front());
}

ImVec2 size_of_map(const QuestionView& question) {
    const float width = ImGui::GetContentRegionAvail().x;
    const float share = has_appearance(question, "placement-map") ? 0.6f : 0.45f;
    const float most = share * ImGui::GetMainViewport()->Size.y;
    return {width, std::max(std::min(width * 0.6f, most), 9 * widgets::unit())};
}

void draw_zoom(widgets::MapUi& ui, const std::vector<MapMark>& marks, std::size_t answers,
               ImVec2 size, const text::Words& words) {
    widgets::Row row{widgets::Row::Overflow::wrap, 0.25f};
    const float target = widgets::target_height();
    row.next(target);
    if (widgets::icon_button("zoom_in", Icon::plus, words("map.closer"))) ui.zoom(kButtonZoom);
    row.next(target);
    if (widgets::icon_button("zoom_out", Icon::minus, words("map.farther")))
        ui.zoom(1 / kButtonZoom);
    row.next(widgets::button_width(words("map.world")));
    if (widgets::button("world", words("map.world"))) ui.scale = 0;
    if (answers == 0) return;
    row.next(widgets::button_width(words("map.answer")));
    if (widgets::button("answer", words("map.answer")))
        ui.look_at(std::span{marks}.first(answers), size.x, size.y);
}

}  // namespace

void draw_fault(const text::PositionReading& reading, const text::Words& words) {
    const std::string key = "place.fault." + std::string{text::name_of(reading.fault)};
    widgets::text_block(words(key, {{"part", reading.part}}), {widgets::Ink::warning});
}

void draw_receiver(const QuestionView& question, const text::Words& words, Commands& out) {
    if (question.readonly || !question.place) return;
    const ReceiverView& receiver = question.place->receiver;
    if (!receiver.text.empty()) widgets::message_strip("receiver", receiver.tone, receiver.text);
    widgets::Row row{widgets::Row::Overflow::wrap};
    if (!receiver.asking) {
        row.next(widgets::button_width(words("receiver.ask")));
        if (widgets::button("receiver_ask", words("receiver.ask")))
            out.push_back(AskReceiver{question.key});
        return;
    }
    row.next(widgets::button_width(words("receiver.take")));
    if (widgets::button("receiver_take", words("receiver.take"),
                        {.kind = widgets::ButtonKind::primary, .enabled = receiver.at.has_value()}))
        out.push_back(StopReceiver{true});
    row.next(widgets::button_width(words("action.cancel")));
    if (widgets::button("receiver_stop", words("action.cancel"))) out.push_back(StopReceiver{});
}

std::optional<text::Position> draw_place_map(const QuestionView& question, const PlaceMap& map,
                                             PlacesUi& ui, const text::Words& words) {
    if (!question.place) return std::nullopt;
    const bool only_look =
        has_appearance(question, "maps") && !has_appearance(question, "placement-map");
    const bool open = has_appearance(question, "maps") ||
                      has_appearance(question, "placement-map") || !map.points.empty() ||
                      question.place->receiver.at || ui.opened.contains(question.key);
    if (!open) {
        widgets::Row row;
        row.next(widgets::button_width(words("map.open")));
        if (!widgets::button("map_open", words("map.open"))) return std::nullopt;
        ui.opened.insert(question.key);
        ui.opening = question.key;
        return std::nullopt;
    }
    const std::vector<MapMark> marks = marks_of(question, map);
    const ImVec2 size = size_of_map(question);
    widgets::MapUi& seen = ui.maps[question.key];
    follow(map, marks, seen, size);
    const bool can_put = !question.readonly && !only_look;
    widgets::gap(0.2f);
    if (ui.opening == question.key) {
        widgets::land_here();
        ui.opening.clear();
    }
    const auto put = widgets::map("map",
                                  {.lines = question.place->lines.get(),
                                   .marks = marks,
                                   .joined = map.joined,
                                   .closed = map.closed,
                                   .can_put = can_put,
                                   .width = size.x,
                                   .height = size.y,
                                   .label = words(can_put ? "map.put" : "map.look")},
                                  seen);
    draw_zoom(seen, marks, map.points.size(), size, words);
    widgets::text_block(words(can_put ? "map.put" : "map.look"), widgets::kSmall);
    widgets::text_block(words("map.borders"), widgets::kSmall);
    if (!put) return std::nullopt;
    return text::Position{put->latitude, put->longitude, {}, {}};
}

}  // namespace bordereau::app
