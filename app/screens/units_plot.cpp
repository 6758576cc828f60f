#include "app/screens/units_plot.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"

namespace bordereau::app {
namespace {

constexpr float kTop = 100;         // the highest index
constexpr float kBesideUnits = 34;  // a page wide enough for names beside the bars

/// One bar from the start edge, which is right where text runs from there.
class Lane {
public:
    explicit Lane(float width)
        : at_(ImGui::GetCursorScreenPos()), width_(width), height_(widgets::unit()) {
        ImGui::Dummy({width_, height_});
        seen_ = ImGui::IsItemVisible();
    }

    bool seen() const { return seen_; }
    void fill(int index, ImU32 ink) const { list().AddRectFilled(from(index), to(index), ink); }
    void outline(int index, ImU32 ink, float thick) const {
        list().AddRect(from(index), to(index), ink, 0, 0, thick);
    }

private:
    static ImDrawList& list() { return *ImGui::GetWindowDrawList(); }
    float along(int index) const {
        return width_ * std::clamp(static_cast<float>(index) / kTop, 0.0f, 1.0f);
    }
    ImVec2 from(int index) const {
        const float x = widgets::mirrored() ? at_.x + width_ - along(index) : at_.x;
        return {x, at_.y + height_ * 0.1f};
    }
    ImVec2 to(int index) const {
        const float x = widgets::mirrored() ? at_.x + width_ : at_.x + along(index);
        return {x, at_.y + height_ * 0.9f};
    }

    ImVec2 at_;
    float width_, height_;
    bool seen_ = false;
};

void draw_bar(const UnitScore& unit, float width) {
    const Lane lane{width};
    if (!lane.seen()) return;
    const widgets::Palette& palette = widgets::palette();
    lane.outline(static_cast<int>(kTop), widgets::colour(palette.line), 1);
    if (unit.verified) lane.fill(*unit.verified, widgets::colour(palette.accent));
    if (unit.declared)
        lane.outline(*unit.declared, widgets::colour(palette.accent), widgets::unit() * 0.12f);
}

std::string number(const std::optional<int>& index, const text::Words& words) {
    return index ? text::format_number(std::int64_t{*index}, words.language())
                 : std::string(words("scores.not_published"));
}

/// "Verified 62 - Declared 71": what the bar shows, for those who do not see it as well.
std::string figures(const UnitScore& unit, const text::Words& words) {
    if (!unit.verified && !unit.declared) return number({}, words);
    return std::string(words("scores.verified")) + " " + number(unit.verified, words) +
           " \xC2\xB7 " + std::string(words("scores.declared")) + " " +
           number(unit.declared, words);
}

void draw_unit(const UnitScore& unit, bool beside, const text::Words& words) {
    if (!beside) {
        widgets::text_block(unit.unit, widgets::kBold);
        draw_bar(unit, ImGui::GetContentRegionAvail().x);
        widgets::text_block(figures(unit, words) + " \xC2\xB7 " + unit.when, widgets::kSmall);
        return widgets::gap(0.5f);
    }
    {
        widgets::Row row;
        const float name = widgets::unit() * 16;
        row.next(name);
        widgets::text_block(unit.unit, widgets::kBold, name);
        widgets::text_block(unit.when, widgets::kSmall, name);
        const float bar = row.rest();
        row.next(bar);
        draw_bar(unit, bar);
        widgets::text_block(figures(unit, words), widgets::kSmall, bar);
    }
    widgets::gap(0.25f);
}

}  // namespace

void draw_units(const ReportsView& view, const text::Words& words) {
    if (view.units.empty()) return;
    widgets::heading(words("report.units"), 2);
    widgets::text_block(words("report.units.about"), widgets::kSmall);
    widgets::gap(0.25f);
    const bool beside = ImGui::GetContentRegionAvail().x >= kBesideUnits * widgets::unit();
    for (const UnitScore& unit : view.units) {
        ImGui::PushID(unit.key.c_str());
        draw_unit(unit, beside, words);
        ImGui::PopID();
    }
    if (view.further_units > 0)
        widgets::text_block(words.count("report.units.further", view.further_units),
                            widgets::kQuiet);
    widgets::gap();
}

}  // namespace bordereau::app
