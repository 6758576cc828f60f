#include "app/screens/sync_screen.h"

#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/screens/parts.h"
#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

struct StateSign {
    const char* key;
    Tone tone;
    Icon icon;
};
constexpr std::array<StateSign, 7> kStates{{
    {"sync.state.alone", Tone::neutral, Icon::ring},
    {"sync.state.offline", Tone::neutral, Icon::offline},
    {"sync.state.up_to_date", Tone::good, Icon::check},
    {"sync.state.waiting", Tone::info, Icon::clock},
    {"sync.state.travelling", Tone::info, Icon::sync},
    {"sync.state.attention", Tone::warning, Icon::warning},
    {"sync.state.paused", Tone::neutral, Icon::clock},
}};
constexpr std::array<const char*, 5> kDirections{
    "sync.direction.sent", "sync.direction.received", "sync.direction.note",
    "sync.direction.acknowledged", "sync.direction.refused"};

/// A large number above its name; three stand side by side.
void draw_counts(const SyncView& view, const text::Words& words) {
    struct Count {
        const char* key;
        int number;
    };
    const std::array<Count, 3> counts{{{"sync.waiting", view.waiting},
                                       {"sync.sent", view.sent},
                                       {"sync.received", view.received}}};
    const float third = (ImGui::GetContentRegionAvail().x - 2 * widgets::unit()) / 3;
    const float width = std::min(8 * widgets::unit(), third);
    widgets::Row row(widgets::Row::Overflow::wrap, 1);
    for (const Count& count : counts) {
        row.next(std::max(width, widgets::text_size(words(count.key), widgets::kQuiet).x + 1));
        ImGui::BeginGroup();
        widgets::text_line(text::format_number(std::int64_t{count.number}, words.language()),
                           {widgets::Ink::text, text::Weight::bold, 1.75f}, width);
        widgets::text_line(words(count.key), widgets::kQuiet);
        ImGui::EndGroup();
    }
}

void draw_fact(std::string_view name, std::string_view value) {
    widgets::text_line(name, widgets::kSmall);
    widgets::text_block(value);
}

void draw_state_buttons(const SyncView& view, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.5f);
    const widgets::ButtonLook look{
        .kind = widgets::ButtonKind::primary, .icon = Icon::sync, .enabled = view.can_sync};
    const bool paused = view.state == SyncState::paused;
    const std::string_view now = words(paused ? "sync.resume" : "sync.now");
    row.next(widgets::button_width(now, look.icon));
    if (widgets::button(paused ? "resume" : "sync_now", now, look)) out.push_back(SyncNow{});
    if (!view.can_pause) return;
    row.next(widgets::button_width(words("sync.pause")));
    if (widgets::button("pause", words("sync.pause"))) out.push_back(PauseTravel{});
}

void draw_state(const SyncView& view, const text::Words& words, Commands& out) {
    const StateSign& sign = kStates[static_cast<std::size_t>(view.state)];
    widgets::begin_card("state");
    widgets::badge(words(sign.key), sign.tone, sign.icon);
    widgets::gap(0.25f);
    draw_counts(view, words);
    if (view.share >= 0) widgets::labelled_progress(view.remaining, view.share);
    if (view.state == SyncState::paused)
        widgets::text_block(words(view.share >= 0 ? "sync.paused.half" : "sync.paused.about"),
                            widgets::kQuiet);
    if (view.quarantined > 0)
        widgets::message_strip("quarantined", Tone::warning,
                               words.count("sync.quarantined", view.quarantined));
    if (!view.turned_away.empty())
        widgets::message_strip("turned_away", Tone::warning, view.turned_away);
    if (!view.endpoint.empty()) {
        widgets::gap(0.5f);
        draw_fact(words("sync.endpoint"), view.endpoint);
        draw_fact(words("sync.last_contact"),
                  view.last_contact.empty() ? words("sync.never") : view.last_contact);
        if (!view.next_try.empty()) draw_fact(words("sync.next_try"), view.next_try);
        widgets::gap(0.25f);
        draw_state_buttons(view, words, out);
    }
    widgets::end_card();
}

void draw_door(const SyncView& view, const text::Words& words, Commands& out) {
    if (!view.door.empty()) widgets::message_strip("door", Tone::info, view.door);
    for (const std::string& guest : view.guests) {
        ImGui::PushID(guest.c_str());
        widgets::message_strip("guest", Tone::good, guest);
        ImGui::PopID();
    }
    const bool open = !view.door.empty();
    const std::string_view label = words(open ? "sync.lan.close" : "sync.lan.open");
    if (!widgets::button("door_button", label)) return;
    if (open)
        out.push_back(CloseDoor{});
    else
        out.push_back(OpenDoor{});
}

void draw_found(const SyncView& view, SyncUi& ui, const text::Words& words, Commands& out) {
    if (!view.looking_nearby) {
        if (widgets::button("look", words("sync.lan.looking"))) out.push_back(LookNearby{});
        return;
    }
    if (view.nearby.empty()) return;
    widgets::text_line(words("sync.lan.found"), widgets::kSmall);
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const std::string& address : view.nearby) {
        row.next(widgets::tab_width(address));
        if (widgets::tab(address.c_str(), address, address == ui.laptop)) ui.laptop = address;
    }
}

/// One laptop opens its door, the other one goes to it.
void draw_lan(const SyncView& view, SyncUi& ui, const text::Words& words, Commands& out) {
    if (!view.can_carry) return;
    widgets::gap();
    widgets::begin_card("lan");
    widgets::heading(words("sync.lan"), 2);
    widgets::text_block(words("sync.lan.about"), widgets::kQuiet);
    draw_door(view, words, out);
    widgets::gap(0.25f);
    draw_found(view, ui, words, out);
    widgets::field_label(words("sync.lan.address"));
    widgets::input_text("laptop", ui.laptop, {.label = words("sync.lan.address")});
    widgets::gap(0.25f);
    if (widgets::button("meet", words("sync.lan.go"), {.enabled = !ui.laptop.empty()}))
        out.push_back(MeetLaptop{ui.laptop});
    widgets::end_card();
}

/// All choices as they are, for one of them to be changed.
ChooseTravel as_chosen(const TravelView& travel) {
    return {travel.on_request, travel.bytes_per_second, travel.proxy_kind == ProxyKind::system,
            travel.proxy};
}

void draw_speeds(const TravelView& travel, const text::Words& words, Commands& out) {
    widgets::field_label(words("sync.limit"));
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const SpeedView& speed : travel.speeds) {
        const std::string id = "speed" + std::to_string(speed.bytes_per_second);
        row.next(widgets::tab_width(speed.label));
        if (!widgets::tab(id.c_str(), speed.label,
                          speed.bytes_per_second == travel.bytes_per_second))
            continue;
        ChooseTravel change = as_chosen(travel);
        change.bytes_per_second = speed.bytes_per_second;
        out.push_back(std::move(change));
    }
}

void draw_proxy(const TravelView& travel, SyncUi& ui, const text::Words& words, Commands& out) {
    struct Kind {
        ProxyKind kind;
        const char* key;
    };
    constexpr std::array<Kind, 3> kKinds{{{ProxyKind::system, "sync.proxy.system"},
                                          {ProxyKind::none, "sync.proxy.none"},
                                          {ProxyKind::own, "sync.proxy.own"}}};
    const ProxyKind shown = ui.own_proxy ? ProxyKind::own : travel.proxy_kind;
    widgets::field_label(words("sync.proxy"));
    {
        widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
        for (const Kind& one : kKinds) {
            row.next(widgets::tab_width(words(one.key)));
            if (!widgets::tab(one.key, words(one.key), one.kind == shown)) continue;
            ui.own_proxy = one.kind == ProxyKind::own;
            if (ui.own_proxy) {
                ui.proxy = travel.proxy;
                continue;
            }
            ChooseTravel change = as_chosen(travel);
            change.proxy_by_system = one.kind == ProxyKind::system;
            change.proxy.clear();
            out.push_back(std::move(change));
        }
    }
    if (shown != ProxyKind::own) return;
    if (ui.proxy.empty()) ui.proxy = travel.proxy;
    widgets::field_label(words("sync.proxy.address"));
    widgets::input_text("proxy", ui.proxy,
                        {.label = words("sync.proxy.address"), .invalid = !travel.problem.empty()});
    if (!travel.problem.empty())
        widgets::message_strip("proxy_problem", Tone::error, travel.problem);
    widgets::gap(0.25f);
    if (widgets::button("use_proxy", words("sync.proxy.use"),
                        {.enabled = !ui.proxy.empty() && ui.proxy != travel.proxy})) {
        ChooseTravel change = as_chosen(travel);
        change.proxy_by_system = false;
        change.proxy = ui.proxy;
        out.push_back(std::move(change));
    }
}

/// Proxy, speed and whether anything travels by itself.
void draw_choices(const SyncView& view, SyncUi& ui, const text::Words& words, Commands& out) {
    if (view.endpoint.empty()) return;
    widgets::gap();
    widgets::begin_card("choices");
    widgets::heading(words("sync.choices"), 2);
    bool on_request = view.travel.on_request;
    if (widgets::check_box("on_request", words("sync.on_request"), on_request)) {
        ChooseTravel change = as_chosen(view.travel);
        change.on_request = on_request;
        out.push_back(std::move(change));
    }
    draw_speeds(view.travel, words, out);
    draw_proxy(view.travel, ui, words, out);
    widgets::end_card();
}

void draw_joining(const SyncView& view, SyncUi& ui, const text::Words& words, Commands& out) {
    if (!view.can_join) return;
    widgets::gap();
    widgets::begin_card("joining");
    widgets::heading(words("sync.join"), 2);
    widgets::text_block(words("sync.join.about"), widgets::kQuiet);
    widgets::field_label(words("sync.invitation"));
    widgets::input_paragraph(
        "invitation", ui.invitation,
        {.label = words("sync.invitation"), .invalid = !view.join_problem.empty()}, 2);
    if (!view.join_problem.empty())
        widgets::message_strip("join_problem", Tone::error, view.join_problem);
    if (widgets::button("join", words("sync.join.do"), {.enabled = !ui.invitation.empty()})) {
        out.push_back(JoinTeam{ui.invitation});
        ui.invitation.clear();
    }
    if (widgets::link("join_laptops", words("laptops.join"))) out.push_back(GoTo{Place::people});
    widgets::end_card();
}

void draw_stick_buttons(const SyncUi& ui, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap);
    const bool enabled = !ui.stick.empty();
    row.next(widgets::button_width(words("sync.stick.write")));
    if (widgets::button("write_stick", words("sync.stick.write"), {.enabled = enabled}))
        out.push_back(WriteBundle{ui.stick});
    row.next(widgets::button_width(words("sync.stick.read")));
    if (widgets::button("read_stick", words("sync.stick.read"), {.enabled = enabled}))
        out.push_back(ReadBundles{{ui.stick}});
    row.next(widgets::button_width(words("sync.stick.browse"), Icon::folder));
    if (widgets::button("browse_stick", words("sync.stick.browse"), {.icon = Icon::folder}))
        out.push_back(BrowseFor{BrowseFor::What::bundles});
}

/// Bundles: a folder, found by itself or typed in, and what to do there.
void draw_stick(const SyncView& view, SyncUi& ui, const text::Words& words, Commands& out) {
    if (!view.can_carry) return;
    if (ui.stick.empty() && !view.sticks.empty()) ui.stick = view.sticks.front();
    widgets::gap();
    widgets::begin_card("stick");
    widgets::heading(words("sync.stick"), 2);
    widgets::text_block(words("sync.stick.about"), widgets::kQuiet);
    widgets::field_label(words("sync.stick.path"));
    widgets::input_text("stick_path", ui.stick, {.label = words("sync.stick.path")});
    widgets::gap(0.25f);
    draw_stick_buttons(ui, words, out);
    widgets::end_card();
}

void draw_log(const SyncView& view, const text::Words& words, Commands& out) {
    widgets::gap();
    widgets::heading(words("sync.log"), 2);
    if (view.log.empty()) widgets::text_block(words("sync.log.empty"), widgets::kQuiet);
    for (const SyncLogRow& row : view.log) {
        const char* direction = kDirections[static_cast<std::size_t>(row.direction)];
        std::string head = row.when + " \xC2\xB7 " + std::string(words(direction));
        if (!row.way.empty()) head += " \xC2\xB7 " + row.way;
        widgets::text_line(head, widgets::kSmall);
        widgets::Row line;
        line.next(widgets::unit());
        widgets::icon_item(widgets::tone_icon(row.tone),
                           widgets::colour(widgets::tone_colour(row.tone)));
        const float rest = line.rest();
        line.next(rest);
        widgets::text_block(row.text, {}, rest);
    }
    if (view.more_log && widgets::button("earlier", words("sync.log.earlier")))
        out.push_back(EarlierTravel{});
}

}  // namespace

void draw_sync(const SyncView& view, SyncUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("sync", {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(kPageUnits);
    draw_page_heading(Place::sync, words);
    draw_state(view, words, out);
    draw_joining(view, ui, words, out);
    draw_stick(view, ui, words, out);
    draw_lan(view, ui, words, out);
    draw_choices(view, ui, words, out);
    draw_log(view, words, out);
    widgets::end_column();
    widgets::end_pane();
}

}  // namespace bordereau::app
