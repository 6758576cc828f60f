#include "app/screens/pad_field.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/screens/button_row.h"
#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/pad.h"
#include "app/widgets/signs.h"

namespace bordereau::app {
namespace {

using widgets::Icon;

/// Of the window's height that a sheet within a question takes at most.
constexpr float kMostOfHeight = 0.6f;

bool drawn(const PadView& pad) {
    return !pad.drawing->strokes.empty();
}

std::string_view help_key(const PadView& pad) {
    switch (pad.kind) {
        case PadView::Kind::signature: return "pad.help.signature";
        case PadView::Kind::drawing: return "pad.help.drawing";
        case PadView::Kind::annotation: break;
    }
    return "pad.help.annotation";
}

float width_within(const PadView& pad, ImVec2 room) {
    const float share = static_cast<float>(pad.sheet.width) / static_cast<float>(pad.sheet.height);
    return std::max(std::min(room.x, room.y * share), 4 * widgets::unit());
}

widgets::PadPress draw_sheet(const PadView& pad, float width, PadUi& ui, const text::Words& words,
                             Commands& out) {
    // Another sheet's stroke is none of this one's.
    media::Stroke none;
    const bool mine = ui.question == pad.question || ui.stroke.spots.empty();
    media::Stroke& stroke = mine ? ui.stroke : none;
    const widgets::PadPress press =
        widgets::pad("pad",
                     {.drawing = pad.drawing.get(),
                      .sheet = pad.sheet,
                      .ground = pad.ground.get(),
                      .ground_key = pad.ground_key,
                      .line = pad.kind == PadView::Kind::signature,
                      .width = width,
                      .pen = pad.kind == PadView::Kind::signature ? media::Pen::black : ui.pen,
                      .label = words(help_key(pad))},
                     stroke);
    if (!ui.stroke.spots.empty() && mine) ui.question = pad.question;
    if (press == widgets::PadPress::stroke)
        out.push_back(DrawStroke{pad.question, std::exchange(ui.stroke, {})});
    return press;
}

void draw_tools(const PadView& pad, Buttons& button, Commands& out) {
    if (button("done", "pad.done",
               {.kind = widgets::ButtonKind::primary, .icon = Icon::check, .enabled = drawn(pad)}))
        out.push_back(FinishDrawing{pad.question});
    if (button("undo_stroke", "pad.undo",
               {.icon = Icon::undo, .enabled = media::can_undo(*pad.drawing)}))
        out.push_back(UndoStroke{pad.question});
    if (button("clear", "pad.clear", {.icon = Icon::trash, .enabled = drawn(pad)}))
        out.push_back(ClearPad{pad.question});
}

void draw_pens(const PadView& pad, PadUi& ui, const text::Words& words) {
    if (pad.kind == PadView::Kind::signature) return;
    Buttons button{words};
    const auto pen = [&](const char* id, std::string_view key, media::Pen one) {
        if (button.tab(id, key, one == ui.pen)) ui.pen = one;
    };
    pen("black", "pad.pen.black", media::Pen::black);
    pen("red", "pad.pen.red", media::Pen::red);
    pen("blue", "pad.pen.blue", media::Pen::blue);
}

}  // namespace

void draw_pad_field(const PadView& pad, PadUi& ui, const text::Words& words, Commands& out) {
    widgets::text_block(words(help_key(pad)), widgets::kQuiet);
    draw_pens(pad, ui, words);
    const float height = kMostOfHeight * ImGui::GetMainViewport()->Size.y;
    const float width = width_within(pad, {ImGui::GetContentRegionAvail().x, height});
    widgets::align_start(width);
    if (draw_sheet(pad, width, ui, words, out) == widgets::PadPress::key)
        out.push_back(OpenPad{pad.question});
    widgets::gap(0.2f);
    Buttons button{words};
    draw_tools(pad, button, out);
    if (button("larger", "pad.larger", {.icon = Icon::search}))
        out.push_back(OpenPad{pad.question});
    // Who cannot draw with a pointer has a picture of it.
    if (button("choose", "pad.choose", {.icon = Icon::folder}))
        out.push_back(BrowseFiles{pad.question});
}

void draw_pad_page(const PadView& pad, PadUi& ui, const text::Words& words, Commands& out) {
    if (pressed(Shortcut::close)) out.push_back(CloseFiles{});
    if (pressed(Shortcut::undo)) out.push_back(UndoStroke{pad.question});
    widgets::begin_pane("pad_page", {0, 0}, widgets::PaneLook::page);
    {
        Buttons button{words};
        if (button("close", "file.close", {.icon = Icon::cross})) out.push_back(CloseFiles{});
        draw_tools(pad, button, out);
        if (button("choose", "pad.choose", {.icon = Icon::folder}))
            out.push_back(BrowseFiles{pad.question});
    }
    draw_pens(pad, ui, words);
    widgets::text_block(words(help_key(pad)), widgets::kQuiet);
    if (pad.sheet == media::Sheet{}) {
        widgets::text_line(words("file.loading"), widgets::kSmall);
    } else {
        const ImVec2 room = ImGui::GetContentRegionAvail();
        const float width = width_within(pad, {room.x, std::max(room.y, 8 * widgets::unit())});
        widgets::align_start(width);
        draw_sheet(pad, width, ui, words, out);
    }
    widgets::end_pane();
}

}  // namespace bordereau::app
