#include "app/widgets/question.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/widgets/buttons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::widgets {
namespace {

bool is_loud(Tone tone) {
    return tone == Tone::error || tone == Tone::warning;
}

// The label with the mark of a required answer in front, where no wrapping can hide it.
void draw_label(const QuestionFrame& frame, float room) {
    Row row{Row::Overflow::keep, 0.35f};
    if (!frame.number.empty()) {
        const float width = std::ceil(text_size(frame.number, kBold).x);
        row.next(width);
        text_line(frame.number, {Ink::accent, text::Weight::bold}, width);
    }
    if (frame.required) {
        row.next(unit() * 0.5f);
        const Ink ink = frame.answered ? Ink::quiet : Ink::error;
        text_line("*", {ink, text::Weight::bold, 1, Align::centre}, unit() * 0.5f);
    }
    const float rest = std::min(row.rest(), room);
    row.next(rest);
    text_block(frame.label, kBold, rest);
}

}  // namespace

void begin_question(const char* id, const QuestionFrame& frame) {
    ImGui::PushID(id);
    begin_card(id);
    const float line = unit();
    if (is_loud(frame.tone)) {
        const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
        const float x = mirrored() ? from.x + size.x - line * 0.3f : from.x;
        ImGui::GetWindowDrawList()->AddRectFilled({x, from.y}, {x + line * 0.3f, from.y + size.y},
                                                  colour(tone_colour(frame.tone)), line * 0.15f);
    }
    draw_label(frame, ImGui::GetContentRegionAvail().x);
    if (!frame.hint.empty()) text_block(frame.hint, kQuiet);
    gap(0.35f);
}

QuestionPress end_question(const QuestionFrame& frame) {
    QuestionPress press = QuestionPress::none;
    const bool says = !frame.message.empty();
    if (says) {
        gap(0.15f);
        Row row{Row::Overflow::keep, 0.4f};
        row.next(unit());
        icon_item(tone_icon(frame.tone), colour(tone_colour(frame.tone)));
        const float rest = row.rest();
        row.next(rest);
        const Ink ink = frame.tone == Tone::error     ? Ink::error
                        : frame.tone == Tone::warning ? Ink::warning
                                                      : Ink::quiet;
        text_block(frame.message, {ink}, rest);
    }
    if (frame.comments > 0) {
        const std::string words = look().words->count("widget.comments", frame.comments);
        if (button("comments", words, {ButtonKind::quiet, Icon::comment}))
            press = QuestionPress::comments;
    }
    end_card();
    ImGui::PopID();
    return press;
}

}  // namespace bordereau::widgets
