#include "app/widgets/map.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "app/text/format.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/look.h"

namespace bordereau::widgets {
namespace {

constexpr double kEquator = 40'075'017;       // metres
constexpr double kClosest = kEquator / 0.05;  // pixels: five centimetres each
constexpr double kStep = 1.6;                 // of zooming, a press
constexpr float kPressSlack = 4;              // pixels that a press may move and still be one

// Where parts of the world lie on the screen.
struct Window {
    ImVec2 from, to;
    double x, y, scale;

    ImVec2 shown(MapSpot spot) const {
        return {static_cast<float>((from.x + to.x) / 2 + (spot.x - x) * scale),
                static_cast<float>((from.y + to.y) / 2 + (spot.y - y) * scale)};
    }
    MapSpot spot(ImVec2 at) const {
        return {x + (at.x - (from.x + to.x) / 2) / scale, y + (at.y - (from.y + to.y) / 2) / scale};
    }
    MapSpot first() const { return spot(from); }
    MapSpot last() const { return spot(to); }
};

double smallest_scale(float width, float height) {
    return std::max(static_cast<double>(width), static_cast<double>(height) * 1.1);
}

void keep_within(MapUi& ui, float width, float height) {
    ui.scale = std::clamp(ui.scale, smallest_scale(width, height), kClosest);
    ui.x -= std::floor(ui.x);
    const double half = std::min(0.5, height / ui.scale / 2);
    ui.y = std::clamp(ui.y, half, 1 - half);
}

// The place that is under the pointer stays there.
void zoom_at(MapUi& ui, const Window& window, ImVec2 at, double times) {
    const MapSpot before = window.spot(at);
    ui.zoom(times);
    const Window after{window.from, window.to, ui.x, ui.y, ui.scale};
    const MapSpot now = after.spot(at);
    ui.x += before.x - now.x;
    ui.y += before.y - now.y;
}

// The arrows are the map's own while it has the keyboard; Tab leaves it.
void take_keys(ImGuiID id, MapUi& ui, float height) {
    const double step = height / 8 / ui.scale;
    const auto pressed = [id](ImGuiKey key) {
        ImGui::SetKeyOwner(key, id);
        return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, id);
    };
    if (pressed(ImGuiKey_LeftArrow)) ui.x -= step;
    if (pressed(ImGuiKey_RightArrow)) ui.x += step;
    if (pressed(ImGuiKey_UpArrow)) ui.y -= step;
    if (pressed(ImGuiKey_DownArrow)) ui.y += step;
    if (pressed(ImGuiKey_Equal) || pressed(ImGuiKey_KeypadAdd)) ui.zoom(kStep);
    if (pressed(ImGuiKey_Minus) || pressed(ImGuiKey_KeypadSubtract)) ui.zoom(1 / kStep);
}

// Over a map that nobody has turned to, the wheel moves the page.
void take_pointer(MapUi& ui, const Window& window, bool focused) {
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, kPressSlack)) {
        ui.x -= io.MouseDelta.x / ui.scale;
        ui.y -= io.MouseDelta.y / ui.scale;
    }
    if (!focused) return;
    ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
    if (ImGui::IsItemHovered() && io.MouseWheel != 0)
        zoom_at(ui, window, io.MousePos, std::pow(kStep, io.MouseWheel));
}

// A press that moved was a look around, and no sweep over the page.
bool was_press() {
    ImGuiIO& io = ImGui::GetIO();
    const bool press = io.MouseDragMaxDistanceSqr[0] < kPressSlack * kPressSlack;
    io.MouseClickedPos[0] = io.MousePos;
    return press;
}

MapPlace place_at(MapSpot spot, double scale) {
    // No more decimals than a pixel is worth.
    const double decimals = std::clamp(std::ceil(std::log10(scale / 360)), 1.0, 7.0);
    const double places = std::pow(10, decimals);
    const auto rounded = [places](double number) { return std::round(number * places) / places; };
    return {rounded(std::clamp(latitude_at(spot), -90.0, 90.0)), rounded(longitude_at(spot))};
}

void draw_lines(const MapLines& lines, const Window& window) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImU32 coast = colour(palette().quiet, 0.7f), border = colour(palette().accent, 0.8f);
    const MapSpot first = window.first(), last = window.last();
    std::vector<ImVec2> points;
    for (const MapLine& line : lines.level_for(1.2 / window.scale).lines) {
        if (line.bottom < first.y || line.top > last.y) continue;
        for (const double turn : {-1.0, 0.0, 1.0}) {  // the world goes on beyond its edge
            if (line.right + turn < first.x || line.left + turn > last.x) continue;
            points.clear();
            for (const MapSpot& spot : line.spots)
                points.push_back(window.shown({spot.x + turn, spot.y}));
            list->AddPolyline(points.data(), static_cast<int>(points.size()),
                              line.border ? border : coast, ImDrawFlags_None,
                              stroke(line.border ? 1.2f : 1.0f));
        }
    }
}

// Degrees between the lines of the grid, so that a few of them are seen.
double grid_step(const Window& window) {
    const double seen = (window.last().x - window.first().x) * 360;
    constexpr std::array<double, 14> kSteps{30,  15,  10,   5,    2,    1,     0.5,
                                            0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001};
    for (const double step : kSteps)
        if (seen / step >= 4) return step;
    return kSteps.back();
}

void draw_grid(const Window& window) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImU32 faint = colour(palette().line);
    const double step = grid_step(window);
    const double west = (window.first().x - 0.5) * 360, east = (window.last().x - 0.5) * 360;
    for (double line = std::ceil(west / step) * step; line < east; line += step) {
        const float x = window.shown({line / 360 + 0.5, 0}).x;
        list->AddLine({x, window.from.y}, {x, window.to.y}, faint, stroke());
    }
    const double north = latitude_at(window.first()), south = latitude_at(window.last());
    for (double line = std::ceil(south / step) * step; line < north; line += step) {
        const float y = window.shown(map_spot(line, 0)).y;
        list->AddLine({window.from.x, y}, {window.to.x, y}, faint, stroke());
    }
}

double metres_a_pixel(const Window& window) {
    const double latitude = latitude_at({window.x, window.y}) * std::numbers::pi / 180;
    return kEquator * std::cos(latitude) / window.scale;
}

std::string distance_words(double metres) {
    const text::Words& words = *look().words;
    const bool far = metres >= 1000;
    return words(far ? "map.km" : "map.m",
                 {{"n", text::format_number(far ? metres / 1000 : metres, metres < 1 ? 1 : 0,
                                            words.language())}});
}

void draw_scale(const Window& window) {
    const double most = 8 * unit() * metres_a_pixel(window);
    double metres = std::pow(10, std::floor(std::log10(most)));
    for (const double times : {5.0, 2.0})
        if (metres * times <= most) {
            metres *= times;
            break;
        }
    const float length = static_cast<float>(metres / metres_a_pixel(window)), line = unit();
    const ImVec2 at{window.from.x + line * 0.6f, window.to.y - line * 0.6f};
    const std::string words = distance_words(metres);
    const ImVec2 size = text_size(words, kSmall);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled({at.x - 4, at.y - size.y - 8},
                        {at.x + std::max(length, size.x) + 4, at.y + 4},
                        colour(palette().field, 0.8f));
    list->AddLine(at, {at.x + length, at.y}, colour(palette().text), stroke(2));
    draw_text({at.x, at.y - size.y - 4}, size.x + 1, words,
              {Ink::text, text::Weight::regular, kSmall.size});
}

// The one of the world's repetitions that is nearest to the middle.
ImVec2 mark_at(const Window& window, const MapMark& mark) {
    MapSpot spot = map_spot(mark.latitude, mark.longitude);
    spot.x += std::round(window.x - spot.x);
    return window.shown(spot);
}

void draw_mark(const Window& window, const MapMark& mark, float size) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 at = mark_at(window, mark);
    const bool answer = mark.kind == MapMark::Kind::answer;
    const ImU32 ink = colour(answer                                 ? palette().error
                             : mark.kind == MapMark::Kind::receiver ? palette().accent
                                                                    : palette().quiet);
    const auto radius = static_cast<float>(mark.accuracy / metres_a_pixel(window));
    if (radius > size) {
        list->AddCircleFilled(at, radius, (ink & ~IM_COL32_A_MASK) | (40U << IM_COL32_A_SHIFT));
        list->AddCircle(at, radius, ink, 0, stroke());
    }
    if (mark.kind == MapMark::Kind::other)
        return list->AddCircle(at, size * 0.6f, ink, 0, stroke(2));
    list->AddCircleFilled(at, size, colour(palette().field));
    list->AddCircleFilled(at, size * 0.75f, ink);
}

void draw_marks(const MapLook& look, const Window& window) {
    std::vector<ImVec2> line;
    for (const MapMark& mark : look.marks)
        if (mark.kind == MapMark::Kind::answer) line.push_back(mark_at(window, mark));
    const bool joined = look.joined && line.size() > 1;
    if (joined)
        ImGui::GetWindowDrawList()->AddPolyline(
            line.data(), static_cast<int>(line.size()), colour(palette().error),
            look.closed ? ImDrawFlags_Closed : ImDrawFlags_None, stroke(2.5f));
    const float size = unit() * (joined ? 0.3f : 0.42f);
    for (const MapMark& mark : look.marks) draw_mark(window, mark, size);
}

void draw_cross(const Window& window) {
    const ImVec2 at{(window.from.x + window.to.x) / 2, (window.from.y + window.to.y) / 2};
    const float arm = unit() * 0.8f;
    ImDrawList* list = ImGui::GetWindowDrawList();
    for (const auto& [ink, width] : {std::pair{palette().field, 4.0f}, {palette().text, 2.0f}}) {
        list->AddLine({at.x - arm, at.y}, {at.x + arm, at.y}, colour(ink), stroke(width));
        list->AddLine({at.x, at.y - arm}, {at.x, at.y + arm}, colour(ink), stroke(width));
    }
}

void draw_map(const MapLook& look, const Window& window, bool focused) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->PushClipRect(window.from, window.to, true);
    list->AddRectFilled(window.from, window.to, colour(palette().field));
    draw_grid(window);
    if (look.lines != nullptr) draw_lines(*look.lines, window);
    draw_marks(look, window);
    draw_scale(window);
    if (focused && look.can_put) draw_cross(window);
    list->PopClipRect();
    list->AddRect(window.from, window.to,
                  colour(focused ? palette().accent : palette().strong_line), 0, 0,
                  stroke(focused ? 2.0f : 1.0f));
}

}  // namespace

void MapUi::zoom(double times) {
    scale *= times;
}

void MapUi::look_at(std::span<const MapMark> marks, float width, float height) {
    constexpr double kNear = 1.0 / 60;  // parts of the world around a point alone
    if (marks.empty() || width <= 0 || height <= 0) return;
    MapSpot low{2, 2}, high{-2, -2};
    for (const MapMark& mark : marks) {
        const MapSpot spot = map_spot(mark.latitude, mark.longitude);
        low = {std::min(low.x, spot.x), std::min(low.y, spot.y)};
        high = {std::max(high.x, spot.x), std::max(high.y, spot.y)};
    }
    x = (low.x + high.x) / 2;
    y = (low.y + high.y) / 2;
    const bool alone = marks.size() == 1;
    const double across = alone ? kNear : std::max((high.x - low.x) * 1.3, 1e-7);
    const double down = alone ? kNear : std::max((high.y - low.y) * 1.3, 1e-7);
    scale = std::min(width / across, height / down);
    moved = false;
}

void MapUi::centre_on(const MapMark& mark) {
    const MapSpot spot = map_spot(mark.latitude, mark.longitude);
    x = spot.x;
    y = spot.y;
    moved = false;
}

std::optional<MapPlace> map(const char* id, const MapLook& look, MapUi& ui) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 to{from.x + look.width, from.y + look.height};
    const bool pressed =
        ImGui::InvisibleButton(id, {look.width, look.height}, ImGuiButtonFlags_EnableNav);
    announce(look.label);
    const bool focused = ImGui::IsItemFocused();
    keep_within(ui, look.width, look.height);
    const Window before{from, to, ui.x, ui.y, ui.scale};
    // A press of the mouse brings the keyboard too, and aims at what it sees.
    ui.coming = focused && !ui.entered && !ImGui::IsMouseDown(ImGuiMouseButton_Left);
    ui.entered = focused;
    if (focused) take_keys(ImGui::GetItemID(), ui, look.height);
    take_pointer(ui, before, focused);
    ui.moved = ui.moved || ui.x != before.x || ui.y != before.y;
    keep_within(ui, look.width, look.height);
    const Window window{from, to, ui.x, ui.y, ui.scale};
    if (ImGui::IsItemVisible()) draw_map(look, window, focused);
    if (!pressed) return std::nullopt;
    const bool by_mouse = ImGui::IsMouseReleased(ImGuiMouseButton_Left);
    if (by_mouse && !was_press()) return std::nullopt;
    if (!look.can_put) return std::nullopt;
    if (!by_mouse && !ui.moved) return std::nullopt;
    const MapSpot spot = by_mouse ? window.spot(ImGui::GetIO().MousePos) : MapSpot{ui.x, ui.y};
    ui.moved = false;
    ui.put = place_at(spot, ui.scale);
    return ui.put;
}

}  // namespace bordereau::widgets
