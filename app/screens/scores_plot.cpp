#include "app/screens/scores_plot.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/icons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"

namespace bordereau::app {

namespace {

constexpr double kTop = 4;          // the highest mean
constexpr float kBesideUnits = 44;  // a page wide enough for titles beside the plot

/// Places of one lane of the plot, mirrored where text runs from right to left.
struct Lane {
    ImVec2 at;
    float width, height;
    bool mirrored;

    float x(double mean) const {
        const float inset = height * 0.25f;
        const auto share = static_cast<float>(std::clamp(mean / kTop, 0.0, 1.0));
        const float along = inset + share * (width - 2 * inset);
        return mirrored ? at.x + width - along : at.x + along;
    }
    float middle() const { return at.y + height * 0.36f; }
};

void draw_axis(const Lane& lane) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 line = widgets::colour(widgets::palette().line);
    const float size = widgets::unit() * 0.6f;
    for (int mean = 0; mean <= 4; ++mean) {
        const float x = lane.x(mean), bottom = lane.at.y + lane.height;
        list.AddLine({x, lane.at.y}, {x, bottom - size}, line);
        const widgets::TextStyle style{widgets::Ink::quiet, text::Weight::regular, 0.7f};
        const std::string number = std::to_string(mean);
        const float width = widgets::text_size(number, style).x;
        widgets::draw_text({x - width / 2, bottom - size}, width + 1, number, style);
    }
}

void draw_marks(const ScoreRow& row, const Lane& lane) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const widgets::Palette& palette = widgets::palette();
    const bool rated = row.state == ScoreState::rated;
    const ImU32 ink = widgets::colour(rated ? palette.accent : palette.quiet);
    const float radius = widgets::unit() * 0.32f, y = lane.middle();
    const float low = lane.x(row.low), high = lane.x(row.high);
    const float left = std::min(low, high), right = std::max(low, high);  // mirrored: high is left
    list.AddRectFilled(
        {left - radius / 2, y - radius * 0.7f}, {right + radius / 2, y + radius * 0.7f},
        rated ? widgets::colour(palette.accent_soft) : widgets::colour(palette.quiet, 0.3f),
        radius * 0.7f);
    list.AddLine({lane.x(row.verified), y}, {lane.x(row.declared), y}, ink, radius * 0.3f);
    list.AddCircleFilled({lane.x(row.declared), y}, radius * 0.95f, widgets::colour(palette.card));
    list.AddCircle({lane.x(row.declared), y}, radius * 0.95f, ink, 0, radius * 0.35f);
    list.AddCircleFilled({lane.x(row.verified), y}, radius * 0.75f, ink);
}

void draw_lane(const ScoreRow& row, float width) {
    const Lane lane{ImGui::GetCursorScreenPos(), width, widgets::unit() * 1.7f,
                    widgets::mirrored()};
    ImGui::Dummy({lane.width, lane.height});
    if (!ImGui::IsItemVisible()) return;
    draw_axis(lane);
    if (row.state != ScoreState::not_applicable) draw_marks(row, lane);
}

std::string_view standing_of(const ScoreRow& row, const text::Words& words) {
    if (row.state == ScoreState::insufficient) return words("scores.insufficient");
    if (row.state == ScoreState::not_applicable) return words("scores.not_applicable");
    return words("level." + std::to_string(row.level));
}

void draw_figures(const ScoreRow& row, const text::Words& words) {
    if (row.state == ScoreState::not_applicable) return;
    const std::string coverage = std::string(words("scores.coverage")) + " " + row.coverage;
    widgets::text_block(row.figures + " \xC2\xB7 " + coverage, widgets::kSmall);
    for (const std::string& gap : row.critical)
        widgets::text_block(words("scores.critical", {{"items", gap}}),
                            {widgets::Ink::error, text::Weight::regular, 0.875f});
}

void draw_wide_row(const ScoreRow& row, const text::Words& words) {
    widgets::Row line;
    const float title = widgets::unit() * 17, standing = widgets::unit() * 9;
    line.next(title);
    ImGui::BeginGroup();
    widgets::text_line(row.code + "  " + row.title, widgets::kBold, title);
    draw_figures(row, words);
    ImGui::EndGroup();
    const float plot = line.rest(standing + line.gap());
    line.next(plot);
    draw_lane(row, plot);
    line.next(standing);
    widgets::text_line(standing_of(row, words), {}, standing);
}

/// Where titles beside the plot would leave it no room, they stand above it.
void draw_stacked_row(const ScoreRow& row, const text::Words& words) {
    {
        widgets::Row line;
        const std::string_view standing = standing_of(row, words);
        const float end = std::min(widgets::text_size(standing).x + 1, line.rest() / 2);
        const float title = line.rest(end + line.gap());
        line.next(title);
        widgets::text_block(row.code + "  " + row.title, widgets::kBold, title);
        line.next(end);
        widgets::text_block(standing, {}, end);
    }
    draw_lane(row, ImGui::GetContentRegionAvail().x);
    draw_figures(row, words);
    widgets::gap(0.75f);
}

std::string index_text(const std::optional<int>& index, const text::Words& words) {
    return index ? text::format_number(std::int64_t{*index}, words.language())
                 : std::string(words("scores.not_published"));
}

void draw_index(const ScoresView& view, const text::Words& words) {
    const float half = (ImGui::GetContentRegionAvail().x - widgets::unit()) / 2;
    const float width = std::min(10 * widgets::unit(), half);
    const auto figure = [&](const char* key, const std::optional<int>& index) {
        ImGui::BeginGroup();
        const float size = index ? 1.75f : 1;
        widgets::text_line(index_text(index, words), {widgets::Ink::text, text::Weight::bold, size},
                           width);
        widgets::text_block(
            std::string(words("scores.index")) + " \xC2\xB7 " + std::string(words(key)),
            widgets::kQuiet, width);
        ImGui::EndGroup();
    };
    {
        widgets::Row row(widgets::Row::Overflow::keep, 1);
        row.next(width);
        figure("scores.verified", view.verified_index);
        row.next(width);
        figure("scores.declared", view.declared_index);
    }
    if (!view.index_note.empty()) widgets::text_block(view.index_note, widgets::kSmall);
}

/// What the signs of the plot mean, drawn with the signs themselves.
void draw_legend(const text::Words& words) {
    widgets::Row row(widgets::Row::Overflow::wrap);
    const ImU32 ink = widgets::colour(widgets::palette().accent);
    const auto entry = [&](widgets::Icon icon, const char* key) {
        const float width = widgets::text_size(words(key), widgets::kSmall).x;
        row.next(widgets::unit() * 1.25f + width);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float size = widgets::unit();
        const float x = widgets::mirrored() ? at.x + width + size * 0.25f : at.x;
        widgets::draw_icon(icon, {x, at.y}, size * 0.9f, ink);
        ImGui::Dummy({size * 1.25f + width, size});
        widgets::draw_text({widgets::mirrored() ? at.x : at.x + size * 1.25f, at.y}, width,
                           words(key), widgets::kSmall);
    };
    entry(widgets::Icon::dot, "scores.verified");
    entry(widgets::Icon::ring, "scores.declared");
    entry(widgets::Icon::minus, "scores.range");
}

}  // namespace

void draw_scores(const ScoresView& view, const text::Words& words) {
    draw_index(view, words);
    widgets::gap();
    draw_legend(words);
    widgets::gap(0.25f);
    const bool stacked = ImGui::GetContentRegionAvail().x < kBesideUnits * widgets::unit();
    for (const ScoreRow& row : view.rows) {
        ImGui::PushID(row.code.c_str());
        if (stacked)
            draw_stacked_row(row, words);
        else
            draw_wide_row(row, words);
        ImGui::PopID();
    }
}

}  // namespace bordereau::app
