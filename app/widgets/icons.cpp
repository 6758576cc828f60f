#include "app/widgets/icons.h"

#include <cmath>
#include <initializer_list>

#include "app/widgets/look.h"

namespace bordereau::widgets {
namespace {

// A pen on a square of 16 by 16, y downward.
class Pen {
public:
    Pen(ImVec2 at, float size, ImU32 ink, bool mirror)
        : list_(ImGui::GetWindowDrawList()),
          at_(at),
          step_(size / 16),
          ink_(ink),
          mirror_(mirror) {}

    void line(std::initializer_list<ImVec2> points, bool closed = false) {
        for (const ImVec2& point : points) list_->PathLineTo(place(point));
        list_->PathStroke(ink_, closed ? ImDrawFlags_Closed : ImDrawFlags_None, thickness());
    }
    void shape(std::initializer_list<ImVec2> points) {
        for (const ImVec2& point : points) list_->PathLineTo(place(point));
        list_->PathFillConvex(ink_);
    }
    void circle(ImVec2 centre, float radius) {
        list_->AddCircle(place(centre), radius * step_, ink_, 0, thickness());
    }
    void disc(ImVec2 centre, float radius) {
        list_->AddCircleFilled(place(centre), radius * step_, ink_);
    }
    /// Angles in eighths of a turn, clockwise from three o'clock.
    void arc(ImVec2 centre, float radius, float from, float to) {
        constexpr float eighth = 3.14159265f / 4;
        if (mirror_) {
            const float kept = from;
            from = 4 - to;
            to = 4 - kept;
        }
        list_->PathArcTo(place(centre), radius * step_, from * eighth, to * eighth);
        list_->PathStroke(ink_, ImDrawFlags_None, thickness());
    }
    void box(ImVec2 from, ImVec2 to, float rounding = 1) {
        const ImVec2 a = place(from), b = place(to);
        list_->AddRect({std::fmin(a.x, b.x), a.y}, {std::fmax(a.x, b.x), b.y}, ink_,
                       rounding * step_, 0, thickness());
    }

private:
    float thickness() const { return std::fmax(1.0f, step_ * 1.4f) * std::sqrt(stroke()); }
    ImVec2 place(ImVec2 point) const {
        const float x = mirror_ ? 16 - point.x : point.x;
        return {at_.x + x * step_, at_.y + point.y * step_};
    }

    ImDrawList* list_;
    ImVec2 at_;
    float step_;
    ImU32 ink_;
    bool mirror_;
};

void draw_sign(Icon icon, Pen& pen) {
    switch (icon) {
        case Icon::check: return pen.line({{3, 8.5f}, {6.5f, 12}, {13, 4.5f}});
        case Icon::cross: pen.line({{4, 4}, {12, 12}}); return pen.line({{12, 4}, {4, 12}});
        case Icon::plus: pen.line({{8, 3}, {8, 13}}); return pen.line({{3, 8}, {13, 8}});
        case Icon::minus: return pen.line({{3, 8}, {13, 8}});
        case Icon::info:
            pen.circle({8, 8}, 6.3f);
            pen.disc({8, 5}, 0.9f);
            return pen.line({{8, 7.3f}, {8, 11.5f}});
        case Icon::warning:
            pen.line({{8, 2}, {14.5f, 13.5f}, {1.5f, 13.5f}}, true);
            pen.line({{8, 6}, {8, 9.8f}});
            return pen.disc({8, 11.7f}, 0.9f);
        case Icon::error:
            pen.line({{5, 1.7f},
                      {11, 1.7f},
                      {14.3f, 5},
                      {14.3f, 11},
                      {11, 14.3f},
                      {5, 14.3f},
                      {1.7f, 11},
                      {1.7f, 5}},
                     true);
            pen.line({{8, 4.5f}, {8, 8.8f}});
            return pen.disc({8, 11}, 0.9f);
        case Icon::down: return pen.line({{3.5f, 6}, {8, 10.5f}, {12.5f, 6}});
        case Icon::up: return pen.line({{3.5f, 10}, {8, 5.5f}, {12.5f, 10}});
        case Icon::forward: return pen.line({{6, 3.5f}, {10.5f, 8}, {6, 12.5f}});
        case Icon::backward: return pen.line({{10, 3.5f}, {5.5f, 8}, {10, 12.5f}});
        case Icon::dot: return pen.disc({8, 8}, 4);
        case Icon::ring: return pen.circle({8, 8}, 4);
        case Icon::menu:
            pen.line({{2.5f, 4}, {13.5f, 4}});
            pen.line({{2.5f, 8}, {13.5f, 8}});
            return pen.line({{2.5f, 12}, {13.5f, 12}});
        default: return;
    }
}

void draw_thing(Icon icon, Pen& pen) {
    switch (icon) {
        case Icon::search: pen.circle({7, 7}, 4.3f); return pen.line({{10.2f, 10.2f}, {14, 14}});
        case Icon::calendar:
            pen.box({2, 3.5f}, {14, 14});
            pen.line({{2, 7}, {14, 7}});
            pen.line({{5, 2}, {5, 5}});
            return pen.line({{11, 2}, {11, 5}});
        case Icon::clock:
            pen.circle({8, 8}, 6.3f);
            return pen.line({{8, 4.3f}, {8, 8}, {10.7f, 9.5f}});
        case Icon::comment:
            return pen.line(
                {{2, 3}, {14, 3}, {14, 11}, {7.5f, 11}, {4.5f, 14}, {4.5f, 11}, {2, 11}}, true);
        case Icon::keyboard:
            pen.box({1.5f, 4}, {14.5f, 12.5f});
            for (const float x : {4.3f, 8.0f, 11.7f}) pen.disc({x, 7}, 0.8f);
            return pen.line({{5, 10}, {11, 10}});
        case Icon::undo:
            pen.line({{6, 2.5f}, {2.5f, 6}, {6, 9.5f}});
            pen.line({{2.5f, 6}, {9.5f, 6}});
            pen.arc({9.5f, 9.7f}, 3.7f, -2, 2);
            return pen.line({{9.5f, 13.4f}, {6, 13.4f}});
        case Icon::redo:
            pen.line({{10, 2.5f}, {13.5f, 6}, {10, 9.5f}});
            pen.line({{13.5f, 6}, {6.5f, 6}});
            pen.arc({6.5f, 9.7f}, 3.7f, 2, 6);
            return pen.line({{6.5f, 13.4f}, {10, 13.4f}});
        case Icon::lock: pen.box({3, 7}, {13, 14}); return pen.arc({8, 7}, 3.2f, 4, 8);
        case Icon::trash:
            pen.line({{2.5f, 4}, {13.5f, 4}});
            pen.line({{6, 4}, {6, 2}, {10, 2}, {10, 4}});
            return pen.line({{4, 4}, {4.7f, 14}, {11.3f, 14}, {12, 4}});
        case Icon::file:
            pen.line({{3.5f, 2}, {9.5f, 2}, {12.5f, 5}, {12.5f, 14}, {3.5f, 14}}, true);
            return pen.line({{9.3f, 2}, {9.3f, 5.2f}, {12.5f, 5.2f}});
        case Icon::folder:
            return pen.line(
                {{1.8f, 3.5f}, {6.3f, 3.5f}, {7.8f, 5.3f}, {14.2f, 5.3f}, {14.2f, 13}, {1.8f, 13}},
                true);
        case Icon::pencil:
            pen.line({{3, 13}, {3.6f, 10.2f}, {11, 2.8f}, {13.2f, 5}, {5.8f, 12.4f}}, true);
            return pen.line({{9.3f, 4.5f}, {11.5f, 6.7f}});
        default: return;
    }
}

void draw_place(Icon icon, Pen& pen) {
    switch (icon) {
        case Icon::home:
            pen.line({{1.8f, 8}, {8, 2.2f}, {14.2f, 8}});
            return pen.line({{3.5f, 7}, {3.5f, 13.8f}, {12.5f, 13.8f}, {12.5f, 7}});
        case Icon::review:
            pen.box({2.5f, 2}, {13.5f, 14});
            return pen.line({{5, 8.3f}, {7.2f, 10.5f}, {11, 5.8f}});
        case Icon::history:
            pen.arc({8, 8}, 6, -3, 3.6f);
            pen.line({{1.6f, 2.8f}, {3.4f, 4.6f}, {6, 3.6f}});
            return pen.line({{8, 4.6f}, {8, 8}, {10.6f, 9.4f}});
        case Icon::sync:
            pen.arc({8, 8}, 5.8f, 4.4f, 7.4f);
            pen.arc({8, 8}, 5.8f, 0.4f, 3.4f);
            pen.line({{13.8f, 2.6f}, {13.3f, 5.9f}, {10.2f, 5}});
            return pen.line({{2.2f, 13.4f}, {2.7f, 10.1f}, {5.8f, 11}});
        case Icon::offline:
            pen.arc({8, 12.5f}, 8.5f, 5.1f, 6.9f);
            pen.arc({8, 12.5f}, 4.8f, 5.1f, 6.9f);
            pen.disc({8, 12.5f}, 1.1f);
            return pen.line({{2.5f, 2.5f}, {13.5f, 13.5f}});
        case Icon::report:
            pen.line({{2.5f, 2}, {2.5f, 13.5f}, {14, 13.5f}});
            pen.line({{5.7f, 13}, {5.7f, 9}});
            pen.line({{8.9f, 13}, {8.9f, 5}});
            return pen.line({{12.1f, 13}, {12.1f, 7.5f}});
        case Icon::form:
            pen.box({3, 2}, {13, 14});
            pen.line({{5.5f, 5.5f}, {10.5f, 5.5f}});
            pen.line({{5.5f, 8}, {10.5f, 8}});
            return pen.line({{5.5f, 10.5f}, {8.5f, 10.5f}});
        case Icon::people:
            pen.circle({6, 5.2f}, 2.6f);
            pen.arc({6, 14}, 4.6f, 4, 8);
            pen.arc({10.7f, 5.2f}, 2.4f, -2.2f, 2.2f);
            return pen.arc({10.6f, 14}, 4.2f, 6.3f, 8);
        case Icon::settings: {
            pen.line({{2, 4.5f}, {14, 4.5f}});
            pen.line({{2, 11.5f}, {14, 11.5f}});
            pen.disc({10.3f, 4.5f}, 2.1f);
            return pen.disc({5.7f, 11.5f}, 2.1f);
        }
        default: return;
    }
}

bool has_direction(Icon icon) {
    return icon == Icon::forward || icon == Icon::backward || icon == Icon::comment ||
           icon == Icon::file || icon == Icon::folder || icon == Icon::report ||
           icon == Icon::undo || icon == Icon::redo;
}

}  // namespace

void draw_icon(Icon icon, ImVec2 at, float size, ImU32 colour) {
    Pen pen{at, size, colour, has_direction(icon) && mirrored()};
    draw_sign(icon, pen);
    draw_thing(icon, pen);
    draw_place(icon, pen);
}

void icon_item(Icon icon, ImU32 colour, float units) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float size = units * unit();
    ImGui::Dummy({size, size});
    draw_icon(icon, {at.x + size * 0.05f, at.y + size * 0.05f}, size * 0.9f, colour);
}

}  // namespace bordereau::widgets
