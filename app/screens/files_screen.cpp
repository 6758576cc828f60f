#include "app/screens/files_screen.h"

#include <imgui.h>

#include <algorithm>

#include "app/screens/parts.h"
#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"
#include "app/widgets/signs.h"

namespace bordereau::app {
namespace {

using widgets::Icon;

/// Two lines in every row, so that long folders are clipped.
constexpr float kRowUnits = 2.6f;

void take_keys(const BrowserView& view, Commands& out) {
    if (pressed(Shortcut::close)) out.push_back(CloseFiles{});
    if (pressed(Shortcut::folder_above) && !view.above.empty())
        out.push_back(BrowseFolder{view.above});
}

using Wanted = BrowserView::Wanted;

const char* title_of(const BrowserView& view) {
    if (view.saving) return "browser.save";
    switch (view.wanted) {
        case Wanted::form: return "browser.form";
        case Wanted::bundles: return "sync.stick";
        case Wanted::answer: break;
    }
    return "browser.choose";
}

/// What is done with the folder that is open.
void draw_folder_deeds(const BrowserView& view, widgets::Row& row, const text::Words& words,
                       Commands& out) {
    const auto deed = [&](const char* id, const char* key, widgets::ButtonKind kind) {
        row.next(widgets::button_width(words(key), Icon::down));
        return widgets::button(id, words(key), {.kind = kind, .icon = Icon::down});
    };
    using widgets::ButtonKind;
    if (view.saving && deed("save_here", "browser.save_here", ButtonKind::primary))
        out.push_back(SaveFileHere{});
    if (view.wanted != Wanted::bundles) return;
    if (deed("write_here", "browser.write_here", ButtonKind::primary))
        out.push_back(WriteBundle{view.folder});
    row.next(widgets::button_width(words("browser.read_here"), Icon::up));
    if (widgets::button("read_here", words("browser.read_here"), {.icon = Icon::up}))
        out.push_back(ReadBundles{{view.folder}});
}

void draw_head(const BrowserView& view, const text::Words& words, Commands& out) {
    widgets::heading(words(title_of(view)), widgets::narrow() ? 2 : 1);
    if (view.saving) widgets::text_line(view.file, widgets::kBold);
    if (!view.rule.empty())
        widgets::text_block(
            view.rule, view.saving ? widgets::TextStyle{widgets::Ink::warning} : widgets::kQuiet);
    widgets::gap(0.3f);
    widgets::Row row{widgets::Row::Overflow::wrap};
    draw_folder_deeds(view, row, words, out);
    row.next(widgets::button_width(words("action.cancel")));
    if (widgets::button("cancel", words("action.cancel"))) out.push_back(CloseFiles{});
}

void draw_places(const BrowserView& view, Commands& out) {
    widgets::Row row{widgets::Row::Overflow::wrap, 0.25f};
    for (const BrowserPlaceView& place : view.places) {
        ImGui::PushID(place.path.c_str());
        row.next(widgets::tab_width(place.label));
        if (widgets::tab("place", place.label, place.here)) out.push_back(BrowseFolder{place.path});
        ImGui::PopID();
    }
}

void draw_path(const BrowserView& view, bool landing, const text::Words& words, Commands& out) {
    constexpr widgets::TextStyle kPath{.base = text::Base::left_to_right};
    const std::string_view up = words("browser.up");
    const widgets::ButtonLook look{.icon = Icon::up, .enabled = !view.above.empty()};
    {
        widgets::Row row{widgets::Row::Overflow::wrap};
        row.next(widgets::button_width(up, Icon::up));
        if (landing && view.entries.empty()) widgets::land_here();
        if (widgets::button("up", up, look)) out.push_back(BrowseFolder{view.above});
        if (!widgets::narrow()) {
            row.next(row.rest());
            widgets::middle_line(view.folder, kPath);
        }
    }
    // A narrow window would cut the end, which says most.
    if (widgets::narrow()) widgets::text_block(view.folder, kPath);
}

void draw_finding(const BrowserView& view, FilesUi& ui, const text::Words& words, Commands& out) {
    widgets::Row row{widgets::Row::Overflow::wrap};
    const std::string_view toggle = words(view.all ? "browser.fitting" : "browser.all");
    const float width = view.saving ? 0 : widgets::button_width(toggle);
    row.next(widgets::narrow() ? row.rest() : row.rest(width + row.gap()));
    const widgets::Edit edit = widgets::input_search(
        "find", ui.find, {.label = words("browser.find"), .placeholder = words("browser.find")});
    if (edit.changed) out.push_back(BrowseFind{ui.find});
    if (view.saving) return;
    row.next(width);
    if (widgets::button("all", toggle)) out.push_back(BrowseAll{!view.all});
}

Command chosen(const BrowserView& view, const BrowserEntryView& entry) {
    if (entry.folder) return BrowseFolder{entry.path};
    switch (view.wanted) {
        case Wanted::form: return AddForm{entry.path};
        case Wanted::bundles: return ReadBundles{{entry.path}};
        case Wanted::answer: break;
    }
    return AttachFile{view.question, entry.path};
}

void draw_entry(widgets::Table& table, const BrowserView& view, const BrowserEntryView& entry,
                Commands& out) {
    ImGui::PushID(entry.name.c_str());
    table.row();
    table.cell(0);
    if (table.row_button("open", entry.name, kRowUnits * widgets::unit()))
        out.push_back(chosen(view, entry));
    widgets::Row row{widgets::Row::Overflow::keep, 0.4f};
    row.next(1.6f * widgets::unit());
    widgets::icon_item(
        entry.folder ? Icon::folder : Icon::file,
        widgets::ink_colour(entry.folder ? widgets::Ink::accent : widgets::Ink::quiet), 1.4f);
    const float rest = row.rest();
    row.next(rest);
    widgets::text_line(entry.name, entry.folder ? widgets::kBold : widgets::TextStyle{}, rest);
    if (!entry.about.empty()) widgets::text_line(entry.about, widgets::kSmall, rest);
    ImGui::PopID();
}

void draw_entries(const BrowserView& view, bool landing, const text::Words& words, Commands& out) {
    if (!view.problem.empty()) widgets::message_strip("problem", Tone::warning, view.problem);
    if (view.entries.empty()) {
        if (!view.saving)
            widgets::empty_state(Icon::folder, words("browser.empty"), words("browser.empty.next"));
        return;
    }
    widgets::Table table{"entries", {{words("browser.choose"), 1}}};
    if (!table.visible()) return;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(view.entries.size()));
    if (landing) widgets::land_here();
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            draw_entry(table, view, view.entries[static_cast<std::size_t>(i)], out);
}

}  // namespace

void draw_browser(const BrowserView& view, FilesUi& ui, const text::Words& words, Commands& out) {
    take_keys(view, out);
    widgets::begin_pane("browser", {0, 0}, widgets::PaneLook::page);
    // The keyboard comes to what may be chosen, and so it does in a folder that keys opened.
    bool landing = widgets::landing() && !view.saving;
    if (ui.folder != view.folder) {
        landing = landing || (!ui.folder.empty() && widgets::by_keys());
        ui.folder = view.folder;
        ui.find.clear();
        ImGui::SetScrollY(0);
    }
    {
        const MiddleColumn column(kPageUnits);
        draw_head(view, words, out);
        widgets::gap(0.3f);
        draw_places(view, out);
        draw_path(view, landing, words, out);
        draw_finding(view, ui, words, out);
        draw_entries(view, landing, words, out);
    }
    widgets::end_pane();
}

void draw_enlarged(const EnlargedView& view, const text::Words& words, Commands& out) {
    if (pressed(Shortcut::close)) out.push_back(CloseFiles{});
    widgets::begin_pane("enlarged", {0, 0}, widgets::PaneLook::page);
    const FileView& file = view.file;
    {
        widgets::Row row{widgets::Row::Overflow::wrap};
        row.next(widgets::button_width(words("file.close"), Icon::cross));
        if (widgets::button("close", words("file.close"), {.icon = Icon::cross}))
            out.push_back(CloseFiles{});
        row.next(widgets::button_width(words("file.save"), Icon::down));
        if (widgets::button("save", words("file.save"),
                            {.icon = Icon::down, .enabled = file.can_save}))
            out.push_back(SaveFile{view.question});
    }
    widgets::text_line(file.name, widgets::kBold);
    widgets::text_line(file.loading ? words("file.loading") : std::string_view{file.about},
                       widgets::kSmall);
    if (!file.problem.empty()) widgets::message_strip("problem", Tone::warning, file.problem);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (file.picture)
        widgets::picture("picture", file.picture_key, *file.picture, room.x,
                         std::max(room.y, 10 * widgets::unit()));
    widgets::end_pane();
}

}  // namespace bordereau::app
