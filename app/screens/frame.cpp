#include "app/screens/frame.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <variant>

#include "app/screens/parts.h"
#include "app/screens/shortcut_sheet.h"
#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"
#include "app/widgets/told.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

constexpr float kSideUnits = 13;
/// Dear ImGui lays out a card within a column in as many frames; before, nothing in it can be come
/// to.
constexpr int kLandingFrames = 4;

Icon icon_of_sync(SyncState state) {
    static constexpr std::array<Icon, 7> kIcons{Icon::ring,    Icon::offline, Icon::check,
                                                Icon::history, Icon::sync,    Icon::warning,
                                                Icon::clock};
    return kIcons[static_cast<std::size_t>(state)];
}

std::string_view words_of_sync(SyncState state, const text::Words& words) {
    static constexpr std::array<std::string_view, 7> kKeys{
        "sync.state.alone",   "sync.state.offline",    "sync.state.up_to_date",
        "sync.state.waiting", "sync.state.travelling", "sync.state.attention",
        "sync.state.paused"};
    return words(kKeys[static_cast<std::size_t>(state)]);
}

/// Words in line with those of the entries, which have room around them.
void side_words(std::string_view words, const widgets::TextStyle& style, bool wrap = false) {
    const float inset = widgets::unit() * 0.6f;
    widgets::Row row(widgets::Row::Overflow::keep, 0);
    row.next(inset);
    const float rest = row.rest(inset);
    row.next(rest);
    if (wrap)
        widgets::text_block(words, style, rest);
    else
        widgets::text_line(words, style, rest);
}

void toggle_sheet(FrameUi& ui) {
    ui.returns = ui.keys_open;
    if (!ui.keys_open) ui.left = widgets::keyboard_place();
    ui.keys_open = !ui.keys_open;
    ui.menu_open = false;  // it would cover the sheet
}

/// Menu and sheet make room for the screen that was asked for.
void close_both(FrameUi& ui) {
    ui.menu_open = ui.keys_open = false;
}

void draw_places(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out) {
    for (const PlaceView& place : view.places) {
        const widgets::SideItem item{.icon = icon_of(place.place),
                                     .label = words(key_of(place.place)),
                                     .count = place.count,
                                     .chosen = place.place == view.place};
        if (!widgets::side_item(key_of(place.place), item)) continue;
        out.push_back(GoTo{place.place});
        close_both(ui);
    }
}

/// Sync, person and lock, at the foot of the side bar.
void draw_foot(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out) {
    const bool attention = view.sync == SyncState::attention;
    if (widgets::side_item("sync_state", {.icon = icon_of_sync(view.sync),
                                          .label = words_of_sync(view.sync, words),
                                          .sign = attention ? Tone::warning : Tone::neutral})) {
        out.push_back(GoTo{Place::sync});
        close_both(ui);
    }
    if (!view.sync_line.empty())
        side_words(view.sync_line, {widgets::Ink::side_quiet, text::Weight::regular, 0.8f}, true);
    widgets::gap(0.25f);
    widgets::rule();
    widgets::gap(0.25f);
    side_words(view.person, {widgets::Ink::side, text::Weight::bold});
    side_words(words("role." + view.role),
               {widgets::Ink::side_quiet, text::Weight::regular, 0.875f});
    widgets::Row row(widgets::Row::Overflow::keep, 0.25f);
    const float sheet = std::max(widgets::unit() * 2.2f, widgets::target_height());
    const float lock = row.rest(sheet + row.gap());
    row.next(lock);
    if (widgets::side_item("lock", {.icon = Icon::lock, .label = words("action.lock")}))
        out.push_back(Lock{});
    row.next(sheet);
    if (widgets::side_item("keys",
                           {.icon = Icon::keyboard, .label = words("keys.title"), .bare = true}))
        toggle_sheet(ui);
}

void draw_side(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out) {
    const float start = ImGui::GetCursorPosY();
    side_words("Bordereau", {widgets::Ink::side, text::Weight::bold, 1.25f});
    side_words(view.team, {widgets::Ink::side_quiet, text::Weight::regular, 0.875f});
    widgets::gap();
    draw_places(view, ui, words, out);
    // Tall scripts reach below their line.
    const float slack = ImGui::GetStyle().ItemSpacing.y + widgets::unit() * 0.5f;
    const float left = ImGui::GetWindowHeight() - start - ImGui::GetCursorPosY() - ui.foot - slack;
    const float above = ImGui::GetCursorPosY() - start;
    if (left > 0) ImGui::Dummy({0, left});
    const float top = ImGui::GetCursorPosY();
    draw_foot(view, ui, words, out);
    ui.foot = ImGui::GetCursorPosY() - top;
    ui.side_height = above + ui.foot;
}

/// The room that pushes the foot down is made from its height in the frame before. It does not
/// count as contents: where that height was another, the bar would begin to scroll.
void draw_side_pane(const FrameView& view, FrameUi& ui, float width, const text::Words& words,
                    Commands& out) {
    ImGui::SetNextWindowContentSize({0, std::max(ui.side_height, 1.0f)});
    widgets::begin_pane("side", {width, 0}, widgets::PaneLook::side);
    draw_side(view, ui, words, out);
    widgets::end_pane();
}

/// In a narrow window: one line with the menu, the place and the sign of sync.
void draw_top(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out) {
    widgets::Row row;
    const float target = widgets::target_height();
    row.next(target);
    if (std::exchange(ui.menu_left, false)) widgets::land_here();
    if (widgets::icon_button("menu", ui.menu_open ? Icon::cross : Icon::menu, words("action.menu")))
        ui.menu_open = !ui.menu_open;
    const float title = row.rest(target + row.gap());
    row.next(title);
    widgets::gap((target - widgets::unit()) / 2 / widgets::unit());
    widgets::text_line(words(key_of(view.place)), widgets::kBold, title);
    row.next(target);
    if (widgets::icon_button("sync_state", icon_of_sync(view.sync),
                             words_of_sync(view.sync, words)))
        out.push_back(GoTo{Place::sync});
}

void draw_offer(const OfferView& offer, const text::Words& words, Commands& out) {
    widgets::message_strip("offer", widgets::Tone::warning, offer.text);
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    const std::string_view yes = words("offer.take_over.yes"), no = words("offer.take_over.no");
    row.next(widgets::button_width(yes));
    if (widgets::button("take_over", yes)) out.push_back(TakeOver{offer.audit});
    row.next(widgets::button_width(no));
    if (widgets::button("decline_offer", no, {.kind = widgets::ButtonKind::quiet}))
        out.push_back(DeclineOffer{});
}

/// What must be read stands above the page until somebody takes it away.
bool is_loud(const MessageView& message) {
    return !message.text.empty() &&
           (message.tone == widgets::Tone::error || message.tone == widgets::Tone::warning);
}

bool is_told(const MessageView& message) {
    return !message.text.empty() && !is_loud(message);
}

/// What went well is told below the page, which does not move, until the next thing is done.
void draw_told(const MessageView& message, Commands& out) {
    if (!is_told(message)) return;
    if (widgets::told_note("told", message.tone, message.text)) out.push_back(DismissMessage{});
}

bool is_done_by_hand(const Command& command) {
    return !std::holds_alternative<MoreAudits>(command) &&
           !std::holds_alternative<DismissMessage>(command);
}

/// First of all, so that what the commands of this frame tell stays.
void let_go_of_told(const MessageView& message, std::size_t asked_before, Commands& out) {
    if (!is_told(message)) return;
    const auto begin = out.begin() + static_cast<std::ptrdiff_t>(asked_before);
    if (std::any_of(begin, out.end(), is_done_by_hand)) out.insert(begin, DismissMessage{});
}

void draw_strips_inside(const FrameView& view, const text::Words& words, Commands& out) {
    if (is_loud(view.message) &&
        widgets::message_strip("message", view.message.tone, view.message.text, true))
        out.push_back(DismissMessage{});
    if (view.offer) draw_offer(*view.offer, words, out);
    if (!view.work) return;
    widgets::Row row;
    const std::string_view cancel = words("action.cancel");
    const float cancel_width = view.work->can_cancel ? widgets::button_width(cancel) : 0;
    const float width = row.rest(cancel_width + row.gap());
    row.next(width);
    widgets::labelled_progress(view.work->text, view.work->share, width);
    if (!view.work->can_cancel) return;
    row.next(cancel_width);
    if (widgets::button("cancel_work", cancel)) out.push_back(CancelWork{});
}

/// Message, offer and long work above the screen, as far from the window's edges as its contents.
void draw_strips(const FrameView& view, const text::Words& words, Commands& out) {
    if (!is_loud(view.message) && !view.offer && !view.work) return;
    const float margin = widgets::unit() * 0.7f;
    widgets::gap(0.35f);
    widgets::Row row(widgets::Row::Overflow::keep, 0);
    row.next(margin);
    const float rest = row.rest(margin);
    row.next(rest);
    draw_strips_inside(view, words, out);
}

void take_keys(const FrameView& view, FrameUi& ui, Commands& out) {
    if (pressed(Shortcut::sheet)) toggle_sheet(ui);
    if (ui.keys_open && pressed(Shortcut::close)) {
        toggle_sheet(ui);
        widgets::take_key(ImGuiKey_Escape);  // what lies below the sheet stays open
    }
    if (ui.menu_open && pressed(Shortcut::close)) {
        ui.menu_open = false;
        ui.menu_left = true;
    }
    // Before anything is drawn that it may have been at.
    if (std::exchange(ui.returns, false)) widgets::return_keyboard(ui.left);
    if (!view.unlocked) return;
    if (pressed(Shortcut::lock)) out.push_back(Lock{});
    const auto number = pressed_of(Shortcut::place);
    if (!number || static_cast<std::size_t>(*number) >= view.places.size()) return;
    out.push_back(GoTo{view.places[static_cast<std::size_t>(*number)].place});
    close_both(ui);
    ui.stood.reset();
}

/// What covers the page takes the keyboard, and gives it back to where it was.
void note_over(FrameUi& ui, bool same_page) {
    const Over before = std::exchange(ui.stood_over, ui.over);
    if (before == ui.over) return;
    if (before == Over::nothing) ui.under = widgets::keyboard_place();
    if (ui.over != Over::nothing)
        ui.landing = kLandingFrames;
    else if (same_page)
        widgets::return_keyboard(ui.under);
}

/// Whoever opened another page goes on in it, and not where the old one was left.
void note_page(const FrameView& view, FrameUi& ui) {
    const std::optional<Place> here = view.unlocked ? std::optional{view.place} : std::nullopt;
    if (here && here != ui.stood) ui.landing = kLandingFrames;
    note_over(ui, here == ui.stood);
    ui.stood = here;
}

void draw_body(FrameUi& ui, const text::Words& words, const std::function<void()>& body) {
    const bool busy = ImGui::IsAnyItemActive();  // who is that quick knows where to go
    if (ui.landing > 0 && --ui.landing == 0 && !busy) widgets::land_here();
    if (ui.keys_open) {
        if (draw_shortcut_sheet(words)) toggle_sheet(ui);
        return;
    }
    body();
}

/// While something is told, the page ends above it and scrolls that much further.
void draw_page(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out,
               const std::function<void()>& body) {
    const float below = is_told(view.message) ? widgets::told_height(view.message.text) : 0;
    widgets::begin_pane("page", {0, -below}, widgets::PaneLook::plain);
    draw_body(ui, words, body);
    widgets::end_pane();
    draw_told(view.message, out);
}

void draw_narrow(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out,
                 const std::function<void()>& body) {
    draw_top(view, ui, words, out);
    if (ui.menu_open) {
        return draw_side_pane(view, ui, 0, words, out);
    }
    draw_strips(view, words, out);
    widgets::begin_pane("content", {0, 0}, widgets::PaneLook::plain);
    draw_page(view, ui, words, out, body);
    widgets::end_pane();
}

void draw_around(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out,
                 const std::function<void()>& body) {
    if (!view.unlocked) {
        draw_strips(view, words, out);
        return draw_page(view, ui, words, out, body);
    }
    if (widgets::narrow()) return draw_narrow(view, ui, words, out, body);
    widgets::Row row(widgets::Row::Overflow::keep, 0);
    const float side = kSideUnits * widgets::unit();
    row.next(side);
    draw_side_pane(view, ui, side, words, out);
    const float rest = row.rest();
    row.next(rest);
    widgets::begin_pane("content", {rest, 0}, widgets::PaneLook::plain);
    draw_strips(view, words, out);
    draw_page(view, ui, words, out, body);
    widgets::end_pane();
}

}  // namespace

Over over_page(const FilesView& files) {
    return files.browser    ? Over::browser
           : files.camera   ? Over::camera
           : files.pad      ? Over::pad
           : files.enlarged ? Over::enlarged
                            : Over::nothing;
}

void draw_frame(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out,
                const std::function<void()>& body) {
    const std::size_t asked_before = out.size();
    note_page(view, ui);
    take_keys(view, ui, out);
    draw_around(view, ui, words, out, body);
    let_go_of_told(view.message, asked_before, out);
}

}  // namespace bordereau::app
