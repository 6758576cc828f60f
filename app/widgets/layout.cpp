#include "app/widgets/layout.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/widgets/items.h"
#include "app/widgets/keyboard.h"
#include "app/widgets/label.h"
#include "app/widgets/look.h"
#include "app/widgets/over.h"

namespace bordereau::widgets {
namespace {

// One order of Tab and of the arrow keys through the whole window, whatever lies in what.
constexpr ImGuiChildFlags kFlattened = ImGuiChildFlags_NavFlattened;

}  // namespace

void gap(float units) {
    // Dummy() is followed by the spacing that every item has.
    const float height = units * unit() - ImGui::GetStyle().ItemSpacing.y;
    ImGui::Dummy({0, std::max(height, 0.0f)});
}

void rule() {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::Dummy({width, 1});
    ImGui::GetWindowDrawList()->AddLine(at, {at.x + width, at.y}, colour(palette().line), stroke());
}

void align_start(float width) {
    if (!mirrored()) return;
    const float room = ImGui::GetContentRegionAvail().x;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(room - width, 0.0f));
}

namespace {

// What GetContentRegionAvail() measures by: one in tables, the other outside.
void set_region_right(float right) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    window->ContentRegionRect.Max.x = window->WorkRect.Max.x = right;
}

}  // namespace

Row::Row(Overflow overflow, float gap_units)
    : overflow_(overflow),
      gap_(gap_units * unit()),
      left_(ImGui::GetCursorScreenPos().x),
      width_(ImGui::GetContentRegionAvail().x),
      top_(ImGui::GetCursorScreenPos().y),
      region_right_(left_ + width_),
      bottom_(top_) {
    ImGui::BeginGroup();
}

Row::~Row() {
    close_place();
    ImGui::EndGroup();
}

void Row::close_place() {
    if (!open_) return;
    open_ = false;
    ImGui::EndGroup();
    set_region_right(region_right_);
    bottom_ = std::max(bottom_, ImGui::GetCursorScreenPos().y);
}

void Row::next(float wanted) {
    close_place();
    const float width = std::min(wanted, width_);
    if (overflow_ == Overflow::wrap && used_ > 0 && used_ + width > width_ + 0.5f) {
        used_ = 0;
        top_ = bottom_;
    }
    const float x = mirrored() ? left_ + width_ - used_ - width : left_ + used_;
    used_ += width + gap_;
    // Not SetCursorScreenPos(), which insists on an item: a place may stay empty.
    ImGui::GetCurrentWindow()->DC.CursorPos = {x, top_};
    set_region_right(x + width);
    ImGui::BeginGroup();
    open_ = true;
}

float Row::rest(float reserved) const {
    return std::max(width_ - used_ - reserved, 1.0f);
}

void Row::push_to_end(float width) {
    used_ = std::max(used_, width_ - width);
}

int swept() {
    constexpr float kLeastUnits = 4;
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::IsMouseReleased(ImGuiMouseButton_Left) || io.WantTextInput) return 0;
    const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    const ImRect pane{from, {from.x + size.x, from.y + size.y}};
    if (!pane.Contains(io.MouseClickedPos[0])) return 0;
    const float x = io.MousePos.x - io.MouseClickedPos[0].x;
    const float y = io.MousePos.y - io.MouseClickedPos[0].y;
    if (std::abs(x) < kLeastUnits * unit() || std::abs(x) < 2 * std::abs(y)) return 0;
    return (x > 0) == mirrored() ? -1 : 1;
}

namespace {

bool within(const ImGuiWindow* inner, const ImGuiWindow* outer) {
    for (; inner != nullptr; inner = inner->ParentWindow)
        if (inner == outer) return true;
    return false;
}

// Up and down go on in the pane in which the keyboard is, and to what lies around it, but not into
// one beside it: Dear ImGui takes whatever is nearest in height, however far to the side it lies.
void let_arrows_into_this_pane() {
    ImGuiContext& context = *ImGui::GetCurrentContext();
    const bool vertical = context.NavMoveDir == ImGuiDir_Up || context.NavMoveDir == ImGuiDir_Down;
    const bool tabbing = (context.NavMoveFlags & ImGuiNavMoveFlags_IsTabbing) != 0;
    if (!context.NavMoveSubmitted || !vertical || tabbing) return;
    const ImGuiWindow *pane = ImGui::GetCurrentWindow(), *keyboard = context.NavWindow;
    context.NavMoveScoringItems = within(keyboard, pane) || within(pane, keyboard);
}

}  // namespace

bool begin_pane(const char* id, ImVec2 size, PaneLook look) {
    const float line = unit();
    const bool padded = look != PaneLook::plain;
    const ImVec4 ground = look == PaneLook::side   ? palette().side
                          : look == PaneLook::card ? palette().card
                                                   : ImVec4{0, 0, 0, 0};
    ImGui::PushStyleColor(ImGuiCol_ChildBg, ground);
    const bool dark = look == PaneLook::side;
    ImVec4 grab = dark ? palette().side_quiet : palette().line;
    if (dark) grab.w *= 0.5f;
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrab, grab);
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding,
                        look == PaneLook::card ? ImGui::GetStyle().ChildRounding : 0);
    const ImVec2 padding = look == PaneLook::side ? ImVec2{line * 0.5f, line * 0.7f}
                           : narrow()             ? ImVec2{line * 0.7f, line * 0.7f}
                                                  : ImVec2{line * 1.2f, line};
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padded ? padding : ImVec2{0, 0});
    const bool visible = ImGui::BeginChild(
        id, size,
        kFlattened | (padded ? ImGuiChildFlags_AlwaysUseWindowPadding : ImGuiChildFlags_None),
        ImGuiWindowFlags_NoSavedSettings | scroll_flags());
    scroll_bar_at_end();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
    let_arrows_into_this_pane();
    return visible;
}

void end_pane() {
    ImGui::EndChild();
    let_arrows_into_this_pane();
}

namespace {

// Under this key the window of everything keeps what had the keyboard as the frame began.
constexpr ImGuiID kHadKeyboard = 0x4EEB;

// What was clicked last has the keyboard, though nothing shows it: Tab leads on from there at once.
// Dear ImGui would first show it there, and lead on with the next press.
void lead_on_from_clicked() {
    ImGuiContext& context = *ImGui::GetCurrentContext();
    const bool tabbing =
        context.NavMoveScoringItems && (context.NavMoveFlags & ImGuiNavMoveFlags_IsTabbing) != 0;
    const bool clicked = context.NavId != 0 && context.NavId == context.LastActiveId;
    if (tabbing && clicked && context.NavTabbingDir == 0) context.NavTabbingDir = 1;
}

}  // namespace

void begin_root() {
    const ImGuiViewport* viewport = ImGui::GetMainViewport();
    // A pane that had the keyboard and is gone would keep it: Tab would lead nowhere.
    const ImGuiWindow* keyboard = ImGui::GetCurrentContext()->NavWindow;
    if (keyboard == nullptr || !keyboard->WasActive) ImGui::SetNextWindowFocus();
    ImGui::SetNextWindowPos(viewport->WorkPos);
    ImGui::SetNextWindowSize(viewport->WorkSize);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0f);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
    ImGui::Begin("root", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
    ImGui::PopStyleVar(2);
    lead_on_from_clicked();
    ImGui::GetStateStorage()->SetInt(kHadKeyboard,
                                     static_cast<int>(ImGui::GetCurrentContext()->NavId));
}

namespace {

// What had the keyboard and was not drawn any more is forgotten: Tab looks for it, and goes on from
// the first item only where there is nothing to look for. What was given the keyboard in this frame
// may have been drawn before that: a field that is clicked above the one that was left, or that a
// list gives the keyboard back to.
void forget_what_is_gone(ImGuiID before) {
    ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.NavId == 0 || context.NavId != before) return;
    // While a request looks for its item, and when it has found it.
    if (context.NavIdIsAlive || context.NavAnyRequest || context.NavMoveSubmitted) return;
    context.NavId = 0;
    context.NavCursorVisible = false;
}

}  // namespace

void end_root() {
    const auto before = static_cast<ImGuiID>(ImGui::GetStateStorage()->GetInt(kHadKeyboard));
    ImGui::End();
    forget_what_is_gone(before);
    keep_keyboard_on_escape();
}

void begin_card(const char* id) {
    const float line = unit();
    ImGui::PushStyleColor(ImGuiCol_ChildBg, palette().card);
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, stroke());
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                        narrow() ? ImVec2{line * 0.7f, line * 0.7f} : ImVec2{line, line * 0.9f});
    ImGui::BeginChild(id, {0, 0},
                      kFlattened | ImGuiChildFlags_Borders | ImGuiChildFlags_AutoResizeY,
                      ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
}

void end_card() {
    ImGui::EndChild();
}

void begin_column(float units) {
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = std::min(units * unit(), room);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + (room - width) / 2);
    ImGui::BeginChild("column", {width, 0}, kFlattened | ImGuiChildFlags_AutoResizeY,
                      ImGuiWindowFlags_NoSavedSettings);
}

void end_column() {
    ImGui::EndChild();
}

Table::Table(const char* id, std::span<const Column> columns)
    : columns_(columns.begin(), columns.end()) {
    visible_ = ImGui::BeginTable(id, static_cast<int>(columns_.size()),
                                 ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_SizingStretchProp |
                                     ImGuiTableFlags_NoSavedSettings);
    if (!visible_) return;
    // Dear ImGui counts columns from the left.
    for (std::size_t step = 0; step < columns_.size(); ++step) {
        const std::size_t index = mirrored() ? columns_.size() - 1 - step : step;
        const Column& column = columns_[index];
        const bool fixed = column.weight < 0;
        ImGui::PushID(static_cast<int>(index));
        ImGui::TableSetupColumn(
            "##column",
            fixed ? ImGuiTableColumnFlags_WidthFixed : ImGuiTableColumnFlags_WidthStretch,
            fixed ? -column.weight * unit() : column.weight);
        ImGui::PopID();
    }
}

Table::~Table() {
    if (visible_) ImGui::EndTable();
}

void Table::header() {
    if (!visible_) return;
    row();
    for (int index = 0; index < static_cast<int>(columns_.size()); ++index) {
        cell(index);
        const Column& column = columns_[static_cast<std::size_t>(index)];
        if (column.title.empty()) continue;
        TextStyle style{Ink::quiet, text::Weight::bold, 0.875f,
                        column.number ? Align::end : Align::start};
        // A single word longer than its column is set smaller.
        const float room = ImGui::GetContentRegionAvail().x;
        const float wide = text_size(column.title, style, room).x;
        if (wide > room) style.size *= std::max(room / (wide + 2), 0.4f);
        text_block(column.title, style);
    }
}

void Table::row() {
    if (visible_) ImGui::TableNextRow();
}

void Table::cell(int column) {
    if (!visible_) return;
    const int last = static_cast<int>(columns_.size()) - 1;
    ImGui::TableSetColumnIndex(mirrored() ? last - column : column);
}

bool Table::row_button(const char* id, std::string_view label, float height) {
    if (!visible_) return false;
    const ImVec2 at = ImGui::GetCursorPos();
    ImGui::PushID(id);
    const bool pressed = ImGui::Selectable(
        "##row", false, ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowOverlap,
        {0, height > 0 ? height : unit()});
    ImGui::PopID();
    announce(label);
    ImGui::SetCursorPos(at);
    return pressed;
}

}  // namespace bordereau::widgets
