// A drawing as text: its ground on the first line; then a line a stroke: "+" for one that is on the
// sheet or "-" for one that was cleared, the pen's letter, and numbers, each spot less the one
// before.
#include <charconv>
#include <utility>

#include "app/media/drawing.h"
#include "storage/base/text.h"

namespace bordereau::media {
namespace {

constexpr std::string_view kPens = "krb";  // in the order of Pen
constexpr int kFarthest = 1 << 20;         // more parts than any sheet has

void add_strokes(std::string& text, char mark, const std::vector<Stroke>& strokes) {
    for (const Stroke& stroke : strokes) {
        text += mark;
        text += kPens[static_cast<std::size_t>(stroke.pen)];
        Spot before;
        for (const Spot& spot : stroke.spots) {
            text +=
                " " + std::to_string(spot.x - before.x) + " " + std::to_string(spot.y - before.y);
            before = spot;
        }
        text += '\n';
    }
}

std::optional<int> number_in(std::string_view word) {
    int number = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    if (read.ec != std::errc{} || read.ptr != word.data() + word.size()) return std::nullopt;
    return number > -kFarthest && number < kFarthest ? std::optional{number} : std::nullopt;
}

std::optional<Stroke> stroke_in(std::string_view line) {
    const auto words = words_of(line);
    if (words.size() < 3 || words.size() % 2 == 0 || words[0].size() != 2) return std::nullopt;
    const std::size_t pen = kPens.find(words[0][1]);
    if (pen == kPens.npos || words.size() > 2 * kMostSpots) return std::nullopt;
    Stroke stroke{static_cast<Pen>(pen), {}};
    Spot spot;
    for (std::size_t i = 1; i < words.size(); i += 2) {
        const auto x = number_in(words[i]), y = number_in(words[i + 1]);
        if (!x || !y) return std::nullopt;
        spot = {spot.x + *x, spot.y + *y};
        if (spot.x < 0 || spot.y < 0 || spot.x > kFarthest || spot.y > kFarthest)
            return std::nullopt;
        stroke.spots.push_back(spot);
    }
    return stroke;
}

}  // namespace

std::string text_of(const Drawing& drawing) {
    std::string text = drawing.ground + "\n";
    add_strokes(text, '+', drawing.strokes);
    add_strokes(text, '-', drawing.cleared);
    return text;
}

std::optional<Drawing> drawing_in(std::string_view text) {
    const std::size_t first = text.find('\n');
    if (first == text.npos) return std::nullopt;
    Drawing drawing{std::string{text.substr(0, first)}, {}, {}};
    for (const std::string_view line : split(text.substr(first + 1), '\n')) {
        if (line.empty()) continue;
        auto stroke = stroke_in(line);
        if (!stroke || (line[0] != '+' && line[0] != '-')) return std::nullopt;
        (line[0] == '+' ? drawing.strokes : drawing.cleared).push_back(*std::move(stroke));
    }
    return drawing;
}

}  // namespace bordereau::media
