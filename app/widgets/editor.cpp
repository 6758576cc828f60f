#include "app/widgets/editor.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "app/widgets/bursts.h"
#include "app/widgets/caret.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/look.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

// Caret and selection as bytes of the text; no selection where they are equal.
struct Caret {
    std::size_t at = 0, anchor = 0;
};

// What the callback of Dear ImGui's field needs: where the text lives and what we want of it.
struct Exchange {
    std::string* value;
    const std::function<char32_t(char32_t)>* filter;
    bool fixed;  // the text must not grow beyond its capacity
    std::optional<Caret> wish;
    bool refused = false;  // the filter left out a sign
};

int on_field_event(ImGuiInputTextCallbackData* data) {
    auto& exchange = *static_cast<Exchange*>(data->UserData);
    switch (data->EventFlag) {
        case ImGuiInputTextFlags_CallbackResize:
            if (exchange.fixed)
                data->BufTextLen =
                    std::min(data->BufTextLen, static_cast<int>(exchange.value->capacity()));
            exchange.value->resize(static_cast<std::size_t>(data->BufTextLen));
            data->Buf = exchange.value->data();
            return 0;
        case ImGuiInputTextFlags_CallbackCharFilter:
            data->EventChar = static_cast<ImWchar>((*exchange.filter)(data->EventChar));
            exchange.refused = exchange.refused || data->EventChar == 0;
            return data->EventChar == 0 ? 1 : 0;
        default:
            if (!exchange.wish) return 0;
            data->CursorPos = static_cast<int>(exchange.wish->at);
            data->SelectionStart = static_cast<int>(exchange.wish->anchor);
            data->SelectionEnd = data->CursorPos;
            return 0;
    }
}

// In text from right to left the arrow keys act on what is seen.
class MirroredArrows {
public:
    explicit MirroredArrows(bool mirror) : mirror_(mirror) { swap(); }
    ~MirroredArrows() { swap(); }
    MirroredArrows(const MirroredArrows&) = delete;
    MirroredArrows& operator=(const MirroredArrows&) = delete;

private:
    void swap() const {
        if (mirror_)
            std::swap(*ImGui::GetKeyData(ImGuiKey_LeftArrow),
                      *ImGui::GetKeyData(ImGuiKey_RightArrow));
    }
    bool mirror_;
};

// A drawn line of the field: bytes [begin, end) of the text and its place.
struct DrawnLine {
    std::size_t begin, end;
    std::string visual;
    CaretLine caret;
    float x, y;
    bool from_right;
};

struct Layout {
    ImVec2 from, to;  // the field
    std::vector<DrawnLine> lines;
    float line_height = 0;
};

std::string dots_for(std::string_view secret) {
    std::string dots;
    for (std::size_t at = 0; at < secret.size(); next_code_point(secret, at)) dots += "•";
    return dots;
}

// A secret is laid out as dots, of which each stands for one code point.
std::size_t byte_in(std::string_view value, bool secret, std::size_t byte) {
    return secret ? byte_of(value, byte / 3) : byte;  // "•" has three bytes
}
std::size_t byte_drawn(std::string_view value, bool secret, std::size_t byte) {
    return secret ? 3 * code_points_before(value, byte) : byte;
}

// What is drawn of a field: its text, with what an input method composes in the place of the
// selection. Places are bytes.
struct Seen {
    std::string text;
    std::optional<Caret> caret;
    std::size_t begin = 0, end = 0;                // what is composed; equal: nothing
    std::size_t chosen_begin = 0, chosen_end = 0;  // a part of it
    std::size_t hidden = 0;                        // of the text, in its place

    // Where in the text without it.
    std::size_t beneath(std::size_t byte) const {
        if (byte <= begin) return byte;
        return byte < end ? begin : byte - (end - begin) + hidden;
    }
};

Seen seen_with(Seen seen, const text::Composed& composed, bool secret) {
    const auto [begin, end] = std::minmax(seen.caret->at, seen.caret->anchor);
    const auto drawn = [&](std::size_t byte) {
        return begin + byte_drawn(composed.text, secret, byte);
    };
    seen.begin = begin;
    seen.hidden = end - begin;
    const std::string text = secret ? dots_for(composed.text) : composed.text;
    seen.text.replace(begin, seen.hidden, text);
    seen.end = begin + text.size();
    seen.chosen_begin = drawn(composed.chosen_begin);
    seen.chosen_end = drawn(composed.chosen_end);
    seen.caret = Caret{drawn(composed.caret), drawn(composed.caret)};
    return seen;
}

float inner_width(const EditorLook& look, float width) {
    return std::max(width - 2 * unit() * 0.6f - look.start_inset - look.end_inset, unit());
}

Layout laid_out(const std::string& shown, const EditorLook& look, ImVec2 from, ImVec2 to) {
    Layout layout{from, to, {}, 0};
    const float pad = unit() * 0.6f;
    const float left = from.x + pad + (mirrored() ? look.end_inset : look.start_inset);
    const float room = inner_width(look, to.x - from.x);
    ImFontBaked* baked = ImGui::GetFontBaked();
    const auto advance = [&](char32_t code) {
        return baked->GetCharAdvance(static_cast<ImWchar>(code));
    };
    const auto add = [&](std::size_t begin, std::size_t end, const text::Line& line) {
        const std::string_view part = std::string_view{shown}.substr(begin, end - begin);
        CaretLine caret{line, part, advance};
        const bool from_right =
            part.empty() && look.base == text::Base::from_text ? mirrored() : caret.rtl();
        const bool at_right = look.field.at_end ? !mirrored() : from_right;
        const float x = at_right ? left + room - caret.width() : left;
        layout.lines.push_back({begin, end, line.visual, std::move(caret), x, 0, from_right});
    };
    if (look.lines == 1) {
        add(0, shown.size(), type().line(shown, look.base));
        layout.line_height = unit();
        layout.lines[0].y = from.y + (to.y - from.y - unit()) / 2;
        return layout;
    }
    const text::Block& block = type().wrap(shown, room, look.base);
    layout.line_height = text_size(shown, {}, room).y / static_cast<float>(block.lines.size());
    float y = from.y + unit() * 0.45f + (layout.line_height - unit()) / 2;
    for (const text::WrappedLine& line : block.lines) {
        add(line.begin, line.end, line.line);
        layout.lines.back().y = y;
        y += layout.line_height;
    }
    return layout;
}

std::size_t line_of(const Layout& layout, std::size_t byte) {
    std::size_t found = 0;
    for (std::size_t index = 0; index < layout.lines.size(); ++index)
        if (layout.lines[index].begin <= byte) found = index;
    return found;
}

// Each paragraph has its own direction: that of the one with the caret says where arrows lead.
bool caret_from_right(const Layout& layout, const std::optional<Caret>& caret) {
    return caret && layout.lines[line_of(layout, caret->at)].from_right;
}

float caret_x(const DrawnLine& line, const std::string& shown, std::size_t byte) {
    const std::string_view part = std::string_view{shown}.substr(line.begin, line.end - line.begin);
    const std::size_t inside = std::min(byte - line.begin, part.size());
    return line.x + line.caret.x_of(code_points_before(part, inside));
}

std::size_t byte_at(const DrawnLine& line, const std::string& shown, float x) {
    const std::string_view part = std::string_view{shown}.substr(line.begin, line.end - line.begin);
    return line.begin + byte_of(part, line.caret.position_at(x - line.x));
}

std::size_t byte_under(const Layout& layout, const std::string& shown, ImVec2 place) {
    const float top = layout.lines.front().y;
    const auto index = static_cast<int>((place.y - top) / layout.line_height);
    const auto last = static_cast<int>(layout.lines.size()) - 1;
    return byte_at(layout.lines[static_cast<std::size_t>(std::clamp(index, 0, last))], shown,
                   place.x);
}

// Where a press or a drag of the pointer wants the caret.
std::optional<Caret> wish_of_pointer(const Layout& layout, const std::string& shown, bool active,
                                     const Caret& now) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool inside = ImRect{layout.from, layout.to}.Contains(io.MouseClickedPos[0]);
    if (!inside) return std::nullopt;
    const std::size_t byte = byte_under(layout, shown, io.MousePos);
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        const int clicks = io.MouseClickedCount[0];
        if (clicks >= 3) return Caret{shown.size(), 0};
        if (clicks == 2) {
            const auto [begin, end] = word_around(shown, code_points_before(shown, byte));
            return Caret{end, begin};
        }
        return Caret{byte, io.KeyShift && active ? now.anchor : byte};
    }
    const bool dragging = active && io.MouseDown[0] && io.MouseDownDuration[0] > 0 &&
                          io.MouseClickedLastCount[0] == 1 &&
                          (io.MouseDelta.x != 0 || io.MouseDelta.y != 0);
    if (dragging) return Caret{byte, now.anchor};
    return std::nullopt;
}

// Dear ImGui would stop within "2.0".
std::optional<Caret> wish_of_word_keys(const Layout& layout, const std::string& shown,
                                       const Caret& now) {
    const bool left = ImGui::IsKeyPressed(ImGuiKey_LeftArrow);
    if (!left && !ImGui::IsKeyPressed(ImGuiKey_RightArrow)) return std::nullopt;
    const std::size_t to = left == caret_from_right(layout, now) ? next_word(shown, now.at)
                                                                 : word_before(shown, now.at);
    return Caret{to, ImGui::GetIO().KeyShift ? now.anchor : to};
}

// Up, down, Home and End of a paragraph go by the lines that are seen, not by its line feeds.
std::optional<Caret> wish_of_keys(const Layout& layout, const std::string& shown,
                                  const Caret& now) {
    if (ImGui::GetIO().KeyCtrl) return wish_of_word_keys(layout, shown, now);
    if (layout.lines.size() < 2) return std::nullopt;
    const std::size_t index = line_of(layout, now.at);
    const float x = caret_x(layout.lines[index], shown, now.at);
    std::optional<std::size_t> to;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
        to = index == 0 ? 0 : byte_at(layout.lines[index - 1], shown, x);
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
        to = index + 1 == layout.lines.size() ? shown.size()
                                              : byte_at(layout.lines[index + 1], shown, x);
    if (ImGui::IsKeyPressed(ImGuiKey_Home)) to = layout.lines[index].begin;
    if (ImGui::IsKeyPressed(ImGuiKey_End)) to = layout.lines[index].end;
    if (!to) return std::nullopt;
    return Caret{*to, ImGui::GetIO().KeyShift ? now.anchor : *to};
}

ImGuiInputTextState* state_of(ImGuiID field) {
    return ImGui::GetActiveID() == field ? ImGui::GetInputTextState(field) : nullptr;
}

std::optional<Caret> caret_of(ImGuiID id) {
    ImGuiInputTextState* state = state_of(id);
    if (!state) return std::nullopt;
    const auto at = static_cast<std::size_t>(state->GetCursorPos());
    if (!state->HasSelection()) return Caret{at, at};
    const auto begin = static_cast<std::size_t>(state->GetSelectionStart());
    const auto end = static_cast<std::size_t>(state->GetSelectionEnd());
    return Caret{at, at == begin ? end : begin};
}

Seen seen_of(ImGuiID field, const std::string& value, bool secret) {
    Seen seen{secret ? dots_for(value) : value, caret_of(field)};
    if (!seen.caret) return seen;
    const auto drawn = [&](std::size_t byte) {
        return byte_drawn(value, secret, std::min(byte, value.size()));
    };
    seen.caret = Caret{drawn(seen.caret->at), drawn(seen.caret->anchor)};
    const text::Composed* composed = widgets::look().composed;
    if (composed == nullptr || composed->empty()) return seen;
    return seen_with(std::move(seen), *composed, secret);
}

std::optional<Caret> wish_of(const Layout& layout, const Seen& seen) {
    const bool active = seen.caret.has_value();
    if (auto wish = wish_of_pointer(layout, seen.text, active, seen.caret.value_or(Caret{})))
        return wish;
    return active ? wish_of_keys(layout, seen.text, *seen.caret) : std::nullopt;
}

// A line longer than its field is moved so that the caret stays in sight.
void scroll_to_caret(Layout& layout, const EditorLook& look, const std::string& shown, ImGuiID id,
                     const std::optional<Caret>& caret) {
    if (look.lines > 1) return;
    DrawnLine& line = layout.lines[0];
    const float room = inner_width(look, layout.to.x - layout.from.x);
    float& shift = *ImGui::GetStateStorage()->GetFloatRef(id ^ 0x5C011, 0);
    const float hidden = line.caret.width() - room;
    if (!caret || hidden <= 0) {
        shift = 0;
        return;
    }
    const float left = line.caret.rtl() ? line.x + hidden : line.x;
    const float x = caret_x(line, shown, caret->at) + shift;
    if (x < left) shift += left - x;
    if (x > left + room) shift -= x - left - room;
    line.x += shift;
}

// The page follows a caret that moved out of sight, for as many frames as its field needs to grow.
void follow_caret(const Layout& layout, const EditorLook& look, ImGuiID id,
                  const std::optional<Caret>& caret) {
    constexpr int kFrames = 3;
    if (look.lines == 1 || !caret) return;
    ImGuiStorage& kept = *ImGui::GetStateStorage();
    int& seen_at = *kept.GetIntRef(id ^ 0x5C012, -1);
    int& frames = *kept.GetIntRef(id ^ 0x5C013, 0);
    const int at = static_cast<int>(caret->at);
    if (seen_at != at) frames = kFrames;
    seen_at = at;
    if (frames == 0) return;
    --frames;
    const auto line = std::ranges::find_if(
        layout.lines, [&](const DrawnLine& each) { return caret->at <= each.end; });
    const float y = line == layout.lines.end() ? layout.lines.back().y : line->y;
    ImGui::ScrollToRectEx(
        ImGui::GetCurrentWindow(),
        {{layout.from.x, y - unit() * 0.5f}, {layout.from.x + 1, y + unit() * 1.7f}},
        ImGuiScrollFlags_KeepVisibleEdgeY);
}

void draw_frame(const Layout& layout, const FieldLook& look, bool active) {
    const Palette& from = palette();
    const ImVec4 edge = look.invalid ? from.error : active ? from.accent : from.strong_line;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float rounding = unit() * 0.3f;
    list->AddRectFilled(layout.from, layout.to, colour(from.field), rounding);
    list->AddRect(layout.from, layout.to, colour(edge), rounding, 0,
                  stroke(look.invalid || active ? 2.0f : 1.0f));
}

// Over the pieces of a part of the text: their upper left and lower right corners.
template <class DrawPiece>
void over_pieces(const Layout& layout, const std::string& shown, std::size_t begin, std::size_t end,
                 const DrawPiece& draw_piece) {
    for (const DrawnLine& line : layout.lines) {
        const std::string_view part =
            std::string_view{shown}.substr(line.begin, line.end - line.begin);
        const auto position = [&](std::size_t byte) {
            return code_points_before(part, std::clamp(byte, line.begin, line.end) - line.begin);
        };
        for (const auto& [left, right] : line.caret.spans(position(begin), position(end)))
            draw_piece(ImVec2{line.x + left, line.y}, ImVec2{line.x + right, line.y + unit()});
    }
}

void draw_tinted(const Layout& layout, const std::string& shown, std::size_t begin,
                 std::size_t end) {
    over_pieces(layout, shown, begin, end, [](ImVec2 from, ImVec2 to) {
        ImGui::GetWindowDrawList()->AddRectFilled(from, to, colour(palette().accent, 0.3f));
    });
}

void draw_underlined(const Layout& layout, const std::string& shown, std::size_t begin,
                     std::size_t end, float thickness) {
    over_pieces(layout, shown, begin, end, [&](ImVec2 from, ImVec2 to) {
        ImGui::GetWindowDrawList()->AddLine({from.x, to.y}, to, ink_colour(Ink::text),
                                            stroke(thickness));
    });
}

void draw_contents(const Layout& layout, const Seen& seen, const EditorLook& look) {
    const std::string& shown = seen.text;
    const std::optional<Caret>& caret = seen.caret;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float inset = unit() * 0.3f;
    const float start = mirrored() ? look.end_inset : look.start_inset;
    const float end = mirrored() ? look.start_inset : look.end_inset;
    list->PushClipRect({layout.from.x + start + inset, layout.from.y},
                       {layout.to.x - end - inset, layout.to.y}, true);
    if (caret)
        draw_tinted(layout, shown, std::min(caret->at, caret->anchor),
                    std::max(caret->at, caret->anchor));
    draw_tinted(layout, shown, seen.chosen_begin, seen.chosen_end);
    draw_underlined(layout, shown, seen.begin, seen.end, 1);
    draw_underlined(layout, shown, seen.chosen_begin, seen.chosen_end, 2);
    for (const DrawnLine& line : layout.lines)
        list->AddText({line.x, line.y}, ink_colour(Ink::text), line.visual.data(),
                      line.visual.data() + line.visual.size());
    if (shown.empty() && !look.field.placeholder.empty())
        draw_text({layout.from.x + unit() * 0.6f + start, layout.lines[0].y},
                  inner_width(look, layout.to.x - layout.from.x), look.field.placeholder,
                  {Ink::quiet});
    if (caret) {
        const DrawnLine& line = layout.lines[line_of(layout, caret->at)];
        const float x = caret_x(line, shown, caret->at);
        list->AddLine({x, line.y}, {x, line.y + unit()}, colour(palette().accent), stroke(2));
        ImGui::GetCurrentContext()->PlatformImeData.InputPos = {x, line.y};
    }
    list->PopClipRect();
}

// Dear ImGui's field at the cursor, of exactly `size`, with nothing of it to be seen.
bool transparent_field(const char* id, const EditorLook& look, ImVec2 size, Exchange& exchange) {
    std::string& value = *exchange.value;
    ImGuiInputTextFlags flags = ImGuiInputTextFlags_CallbackResize |
                                ImGuiInputTextFlags_CallbackAlways |
                                ImGuiInputTextFlags_NoHorizontalScroll;
    if (look.filter) flags |= ImGuiInputTextFlags_CallbackCharFilter;
    if (look.secret) flags |= ImGuiInputTextFlags_Password;
    for (const ImGuiCol part :
         {ImGuiCol_Text, ImGuiCol_TextSelectedBg, ImGuiCol_InputTextCursor, ImGuiCol_FrameBg,
          ImGuiCol_Border, ImGuiCol_ScrollbarBg, ImGuiCol_ScrollbarGrab,
          ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive})
        ImGui::PushStyleColor(part, ImVec4{0, 0, 0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        ImVec2{unit() * 0.6f, (target_height() - ImGui::GetFontSize()) / 2});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0f);
    ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, 1.0f);
    bool edited = false;
    if (look.lines > 1) {
        edited = ImGui::InputTextMultiline(id, value.data(), value.capacity() + 1, size, flags,
                                           on_field_event, &exchange);
    } else {
        ImGui::SetNextItemWidth(size.x);
        edited = ImGui::InputText(id, value.data(), value.capacity() + 1, flags, on_field_event,
                                  &exchange);
    }
    ImGui::PopStyleVar(3);
    ImGui::PopStyleColor(9);
    return edited;
}

// Escape leaves the field with what was typed, which is the answer by then: undo takes it back.
// Dear ImGui would go back to what the field held when it was entered.
void keep_on_escape(ImGuiID field) {
    ImGuiInputTextState* state = state_of(field);
    if (state == nullptr || !ImGui::IsKeyPressed(ImGuiKey_Escape)) return;
    state->TextToRevertTo.resize(state->TextLen + 1);
    std::copy_n(state->TextA.Data, state->TextLen + 1, state->TextToRevertTo.Data);
}

// Whoever has entered a field and not typed yet sees what it is given meanwhile: Dear ImGui would
// take what it held before for an edit.
void follow_value(ImGuiID field, const std::string& value) {
    ImGuiInputTextState* state = state_of(field);
    if (state == nullptr || state->TextToRevertTo.empty()) return;
    const std::string_view shown{state->TextA.Data, static_cast<std::size_t>(state->TextLen)},
        entered{state->TextToRevertTo.Data};
    if (shown == value || shown != entered) return;
    state->ReloadUserBufAndMoveToEnd();
    state->TextToRevertTo.resize(static_cast<int>(value.size()) + 1);
    std::copy_n(value.c_str(), value.size() + 1, state->TextToRevertTo.Data);
}

bool enter_pressed() {
    return ImGui::IsKeyPressed(ImGuiKey_Enter, false) ||
           ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
}

float field_height(const std::string& value, const EditorLook& look, float width) {
    if (look.lines == 1) return target_height();
    const float text = text_size(value, {}, inner_width(look, width)).y;
    return std::max(text, unit() * static_cast<float>(look.lines)) + unit() * 0.9f;
}

}  // namespace

Edit edit_text(const char* id, std::string& value, const EditorLook& look) {
    // Dear ImGui draws the words of a label beside the field; those after ### are only an id.
    const std::string label = "###" + std::string{id};
    const ImGuiID field = ImGui::GetID(label.c_str());
    // What is seen before the keys and clicks of this frame take effect.
    Seen seen = seen_of(field, value, look.secret);
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = look.field.width > 0 ? std::min(look.field.width, room) : room;
    const ImVec2 size{width, field_height(seen.text, look, width)};
    if (look.field.width > 0 && mirrored())
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room - width);
    const ImVec2 from = ImGui::GetCursorScreenPos(), to{from.x + size.x, from.y + size.y};
    Layout before = laid_out(seen.text, look, from, to);
    scroll_to_caret(before, look, seen.text, field, seen.caret);
    Exchange exchange{&value, &look.filter, look.secret, wish_of(before, seen), false};
    if (look.search && !seen.caret && !exchange.wish)
        exchange.wish = Caret{seen.text.size(), seen.text.size()};
    if (exchange.wish)
        exchange.wish = Caret{byte_in(value, look.secret, seen.beneath(exchange.wish->at)),
                              byte_in(value, look.secret, seen.beneath(exchange.wish->anchor))};

    draw_frame(before, look.field, seen.caret.has_value());
    const bool typing = state_of(field) != nullptr && !ImGui::GetIO().InputQueueCharacters.empty();
    const int undo = typing ? undo_records(*state_of(field)) : 0;
    ImGui::BeginDisabled(!look.field.enabled);
    follow_value(field, value);
    keep_on_escape(field);
    if (look.field.focus) ImGui::SetKeyboardFocusHere();
    Edit edit;
    {
        const MirroredArrows arrows{caret_from_right(before, seen.caret)};
        edit.changed = transparent_field(label.c_str(), look, size, exchange);
    }
    if (ImGuiInputTextState* state = typing ? state_of(field) : nullptr) join_typed(*state, undo);
    edit.refused = exchange.refused;
    edit.finished = ImGui::IsItemDeactivatedAfterEdit();
    edit.entered = look.lines == 1 && ImGui::IsItemDeactivated() && enter_pressed();
    // What is typed next would be lost.
    if (edit.entered && !look.search) ImGui::SetKeyboardFocusHere(-1);
    announce(look.field.label.empty() ? std::string_view{id} : look.field.label);
    if (!look.secret) announce_value(value);

    seen = seen_of(field, value, look.secret);
    if (!look.secret) announce_composed(seen.text.substr(seen.begin, seen.end - seen.begin));
    Layout after = laid_out(seen.text, look, from, to);
    scroll_to_caret(after, look, seen.text, field, seen.caret);
    follow_caret(after, look, field, seen.caret);
    draw_contents(after, seen, look);
    ImGui::EndDisabled();
    return edit;
}

}  // namespace bordereau::widgets
