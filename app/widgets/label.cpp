#include "app/widgets/label.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/widgets/items.h"
#include "app/widgets/look.h"
#include "app/widgets/over.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

// Marks above and below Arabic letters need more room than the line of the text size has.
constexpr float kTallLines = 1.25f;

// The font and size of a style while it lives.
class Styled {
public:
    explicit Styled(const TextStyle& style) {
        const float body =
            unit() / (ImGui::GetStyle().FontScaleMain * ImGui::GetStyle().FontScaleDpi);
        ImGui::PushFont(type().font(style.weight), body * style.size);
    }
    ~Styled() { ImGui::PopFont(); }
    Styled(const Styled&) = delete;
    Styled& operator=(const Styled&) = delete;
};

float width_of(const std::string& visual) {
    return ImGui::CalcTextSize(visual.data(), visual.data() + visual.size()).x;
}

void draw_visual(ImVec2 at, ImU32 ink, const std::string& visual) {
    ImGui::GetWindowDrawList()->AddText(at, ink, visual.data(), visual.data() + visual.size());
}

// The longest start of a text that fits with an ellipsis, cut between code points.
std::string shortened(std::string_view text, float width, text::Base base) {
    std::vector<std::size_t> ends{0};
    for (std::size_t at = 0; at < text.size(); ends.push_back(at)) next_code_point(text, at);
    std::size_t fits = 0, too_long = ends.size() - 1;
    const auto cut = [&](std::size_t count) {
        return std::string{trimmed(text.substr(0, ends[count]))} + "…";
    };
    while (fits + 1 < too_long) {
        const std::size_t middle = (fits + too_long) / 2;
        (width_of(type().visual(cut(middle), base)) <= width ? fits : too_long) = middle;
    }
    return cut(fits);
}

float offset_of(Align align, float width, float room) {
    if (align == Align::centre) return (room - width) / 2;
    return (align == Align::end) != mirrored() ? room - width : 0;
}

float line_height(const text::Block& block) {
    return std::round(ImGui::GetFontSize() * (block.tall ? kTallLines : 1.0f));
}

float room_for(float width) {
    return width > 0 ? width : std::max(ImGui::GetContentRegionAvail().x, 1.0f);
}

}  // namespace

ImU32 ink_colour(Ink ink) {
    const Palette& from = palette();
    switch (ink) {
        case Ink::text: return colour(from.text);
        case Ink::quiet: return colour(from.quiet);
        case Ink::accent: return colour(from.accent);
        case Ink::good: return colour(from.good);
        case Ink::warning: return colour(from.warning);
        case Ink::error: return colour(from.error);
        case Ink::on_accent: return colour(from.on_accent);
        case Ink::side: return colour(from.side_text);
        case Ink::side_quiet: return colour(from.side_quiet);
    }
    return colour(from.text);
}

void draw_text(ImVec2 at, float width, std::string_view text, const TextStyle& style) {
    const Styled styled{style};
    const std::string* visual = &type().visual(text, style.base);
    float wide = width_of(*visual);
    if (wide > width + 0.5f) {
        tell_overflow(text, wide, width, true);
        visual = &type().visual(shortened(text, width, style.base), style.base);
        wide = width_of(*visual);
    }
    draw_visual({at.x + std::max(offset_of(style.align, wide, width), 0.0f), at.y},
                ink_colour(style.ink), *visual);
}

void draw_block(ImVec2 at, float width, std::string_view text, const TextStyle& style) {
    const Styled styled{style};
    const text::Block& block = type().wrap(text, width, style.base);
    const float step = line_height(block);
    if (block.width > width + 1.5f) tell_overflow(text, block.width, width, false);
    float y = at.y + (step - ImGui::GetFontSize()) / 2;
    for (const text::WrappedLine& line : block.lines) {
        draw_visual({at.x + offset_of(style.align, line.width, width), y}, ink_colour(style.ink),
                    line.line.visual);
        y += step;
    }
}

void text_line(std::string_view text, const TextStyle& style, float width) {
    const float room = room_for(width);
    const ImVec2 size = text_size(text, style);
    const bool cut = size.x > room + 0.5f;
    // Only as wide as the words where they stand at the left edge, so that SameLine() works.
    const bool at_left = offset_of(style.align, 0, 1) == 0;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({at_left && width <= 0 ? std::min(size.x, room) : room, size.y});
    announce(text);
    if (!ImGui::IsItemVisible()) return;
    draw_text(at, room, text, style);
    if (cut && ImGui::IsItemHovered()) tooltip(text);
}

void middle_line(std::string_view text, const TextStyle& style, float width) {
    const float room = room_for(width);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({room, target_height()});
    announce(text);
    const float height = text_size(text, style).y;
    draw_text({at.x, at.y + (target_height() - height) / 2}, room, text, style);
}

void text_block(std::string_view text, const TextStyle& style, float width) {
    const float room = room_for(width);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size = text_size(text, style, room);
    ImGui::Dummy({mirrored() || style.align != Align::start ? room : size.x, size.y});
    announce(text);
    if (ImGui::IsItemVisible()) draw_block(at, room, text, style);
}

void middle_block(std::string_view text, const TextStyle& style) {
    const float room = room_for(0), height = text_size(text, style, room).y;
    const float above = std::floor(std::max(target_height() - height, 0.0f) / 2);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({room, std::max(height, target_height())});
    announce(text);
    if (ImGui::IsItemVisible()) draw_block({at.x, at.y + above}, room, text, style);
}

void secret_block(std::string_view secret, std::string_view label, const TextStyle& style) {
    const Styled styled{style};
    const char* const end = secret.data() + secret.size();
    const float room = room_for(0);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size = ImGui::CalcTextSize(secret.data(), end, false, room);
    ImGui::Dummy({mirrored() ? room : size.x, size.y});
    announce(label);
    ImGui::GetWindowDrawList()->AddText(nullptr, 0, {at.x + (mirrored() ? room - size.x : 0), at.y},
                                        ink_colour(style.ink), secret.data(), end, room);
}

void heading(std::string_view text, int level) {
    const float size = level == 1 ? 1.5f : level == 2 ? 1.2f : 1.0f;
    text_block(text, {Ink::text, text::Weight::bold, size});
}

ImVec2 text_size(std::string_view text, const TextStyle& style, float wrap_width) {
    const Styled styled{style};
    if (wrap_width <= 0) return {width_of(type().visual(text, style.base)), ImGui::GetFontSize()};
    const text::Block& block = type().wrap(text, wrap_width, style.base);
    return {std::ceil(block.width), line_height(block) * static_cast<float>(block.lines.size())};
}

}  // namespace bordereau::widgets
