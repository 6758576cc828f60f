#include "app/screens/settings_screen.h"

#include "app/screens/parts.h"
#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"

namespace bordereau::app {

namespace {

void draw_text_sizes(const SettingsView& view, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const int size : view.text_sizes) {
        const std::string label = text::format_share(size / 100.0, words.language());
        const std::string id = "size" + std::to_string(size);
        row.next(widgets::tab_width(label));
        if (widgets::tab(id.c_str(), label, size == view.text_size))
            out.push_back(SetTextSize{size});
    }
}

void draw_themes(const SettingsView& view, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const std::string& theme : view.themes) {
        const std::string_view label = words("theme." + theme);
        row.next(widgets::tab_width(label));
        if (widgets::tab(theme.c_str(), label, theme == view.theme)) out.push_back(SetTheme{theme});
    }
}

void draw_touch(const SettingsView& view, const text::Words& words, Commands& out) {
    bool touch = view.touch;
    if (widgets::check_box("touch", words("settings.touch"), touch)) out.push_back(SetTouch{touch});
}

void draw_lock(const SettingsView& view, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const int minutes : view.lock_choices) {
        const std::string label = words.count("settings.minutes", minutes);
        const std::string id = "lock" + std::to_string(minutes);
        row.next(widgets::tab_width(label));
        if (widgets::tab(id.c_str(), label, minutes == view.lock_minutes))
            out.push_back(SetLockAfter{minutes});
    }
}

void draw_backup(SettingsUi& ui, const text::Words& words, Commands& out) {
    widgets::heading(words("settings.backup"), 2);
    widgets::text_block(words("settings.backup.about"), widgets::kQuiet);
    widgets::field_label(words("settings.backup.path"));
    widgets::input_text("backup_path", ui.backup_path, {.label = words("settings.backup.path")});
    widgets::gap(0.25f);
    if (widgets::button("back_up", words("settings.backup.begin"),
                        {.enabled = !ui.backup_path.empty()}))
        out.push_back(BackUp{ui.backup_path});
    widgets::gap();
}

void draw_about(const SettingsView& view, const text::Words& words) {
    widgets::heading(words("settings.about"), 2);
    widgets::text_line(words("settings.version"), widgets::kSmall);
    widgets::text_line(view.version);
    widgets::text_line(words("settings.notebook"), widgets::kSmall);
    widgets::text_block(view.notebook);
}

}  // namespace

void draw_settings(const SettingsView& view, SettingsUi& ui, const text::Words& words,
                   Commands& out) {
    widgets::begin_pane("settings", {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(kPageUnits);
    draw_page_heading(Place::settings, words);
    widgets::heading(words("settings.language"), 3);
    draw_languages(view.languages, view.language, out);
    widgets::gap();
    widgets::heading(words("settings.text_size"), 3);
    draw_text_sizes(view, words, out);
    widgets::gap();
    widgets::heading(words("settings.theme"), 3);
    draw_themes(view, words, out);
    widgets::gap();
    draw_touch(view, words, out);
    widgets::gap();
    widgets::heading(words("settings.lock"), 3);
    draw_lock(view, words, out);
    widgets::gap();
    if (view.can_back_up) draw_backup(ui, words, out);
    draw_about(view, words);
    widgets::end_column();
    widgets::end_pane();
}

}  // namespace bordereau::app
