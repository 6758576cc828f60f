#include "app/present/positions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/present/blocks.h"
#include "assets/assets.h"

namespace bordereau::app {
namespace {

using End = ReceiverState::End;

constexpr std::size_t kMostOthers = 200;

bool is_point(const form::Element& element) {
    return element.kind == form::ElementKind::question && element.widget == form::Widget::geopoint;
}

// Points of the whole audit, so that a place is seen beside those that are known.
std::vector<std::pair<form::NodeId, widgets::MapMark>> points_in(const form::Session& session) {
    std::vector<std::pair<form::NodeId, widgets::MapMark>> points;
    for (const form::Element& element : session.elements()) {
        if (!is_point(element) || points.size() == kMostOthers) continue;
        const auto stored = text::read_stored(session.value(element.node));
        if (!stored || stored->size() != 1) continue;
        points.push_back({element.node,
                          {stored->front().latitude, stored->front().longitude, 0,
                           widgets::MapMark::Kind::other}});
    }
    return points;
}

std::string answer_words(const text::Words& words, const QuestionView& row) {
    const auto points = text::read_stored(row.value);
    if (!points) return row.value;
    std::string out;
    for (const text::Position& point : *points)
        out += (out.empty() ? "" : "\n") + text::in_words(point, words);
    return out;
}

std::string asking_words(const text::Words& words, const ReceiverState& state) {
    if (!state.connected) return std::string{words("receiver.connecting")};
    std::string out =
        state.best
            ? words("receiver.at", {{"place", text::in_words(position_of(*state.best), words)}})
            : std::string{words("receiver.searching")};
    if (state.satellites > 0) out += " " + words.count("receiver.satellites", state.satellites);
    return out;
}

std::string_view end_key(const ReceiverState& state) {
    const bool found = state.best.has_value();
    switch (state.end) {
        case End::good: return "receiver.good";
        case End::patience: return found ? "receiver.patience" : "receiver.nothing";
        case End::unreachable: return "receiver.unreachable";
        case End::no_receiver: return "receiver.no_receiver";
        case End::hung_up: return "receiver.hung_up";
        case End::none: break;
    }
    return "receiver.connecting";
}

}  // namespace

std::shared_ptr<const widgets::MapLines> world_lines() {
    auto lines = widgets::read_map_lines(assets::find("map/world.lines").value_or(""));
    if (!lines) return nullptr;
    return std::make_shared<const widgets::MapLines>(*std::move(lines));
}

ReceiverView present_receiver(const text::Words& words, const ReceiverState& state) {
    ReceiverView view;
    view.asking = state.end == End::none;
    view.text = view.asking ? asking_words(words, state) : std::string{words(end_key(state))};
    if (state.end == End::good) view.tone = Tone::good;
    if (!view.asking && state.end != End::good) view.tone = Tone::warning;
    if (view.asking && state.best)
        view.at =
            widgets::MapMark{state.best->latitude, state.best->longitude,
                             state.best->accuracy.value_or(0), widgets::MapMark::Kind::receiver};
    return view;
}

text::Position position_of(const Fix& fix) {
    return {fix.latitude, fix.longitude, fix.altitude, fix.accuracy};
}

std::string with_point(form::Widget widget, std::string_view value, const text::Position& point) {
    std::vector<text::Position> points =
        text::read_stored(value).value_or(std::vector<text::Position>{});
    const bool shape = widget == form::Widget::geoshape;
    if (shape && points.size() > 2 && points.front() == points.back()) points.pop_back();
    points.push_back(point);
    if (shape && points.size() > 2) points.push_back(points.front());
    return text::stored(points);
}

bool asks_for_place(const QuestionView& row) {
    return row.kind == RowKind::question &&
           (row.control == Control::geopoint || row.control == Control::geotrace ||
            row.control == Control::geoshape);
}

void present_positions(const text::Words& words, const Filling& filling,
                       const PositionSources& from, std::vector<QuestionView>& rows) {
    const std::vector<QuestionView*> questions = questions_in(rows);
    const auto of_place = [](const QuestionView* row) { return asks_for_place(*row); };
    if (std::ranges::none_of(questions, of_place)) return;
    const form::Session& session = filling.session();
    const auto points = points_in(session);
    for (QuestionView* question : questions) {
        QuestionView& row = *question;
        if (!asks_for_place(row)) continue;
        PositionView view{from.lines, {}, {}};
        const form::NodeId node = session.find_key_path(row.key);
        for (const auto& [where, mark] : points)
            if (where != node) view.others.push_back(mark);
        if (from.receiver_for == row.key) view.receiver = from.receiver;
        row.place = std::make_shared<const PositionView>(std::move(view));
        row.shown = answer_words(words, row);
    }
}

}  // namespace bordereau::app
