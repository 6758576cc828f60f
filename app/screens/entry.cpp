#include "app/screens/entry.h"

#include <algorithm>

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

void begin_entry(const char* id, const std::vector<LanguageView>& languages,
                 const std::string& language, Commands& out) {
    widgets::begin_pane(id, {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(28);
    draw_languages(languages, language, out);
    widgets::gap(widgets::narrow() ? 0.5f : 2.0f);
    widgets::text_line("Bordereau", {widgets::Ink::accent, text::Weight::bold, 1.25f});
}

void end_entry() {
    widgets::end_column();
    widgets::end_pane();
}

void draw_busy(const text::Words& words) {
    widgets::begin_pane("busy", {0, 0}, widgets::PaneLook::page);
    widgets::begin_column(28);
    widgets::gap(2);
    widgets::text_block(words("work.alone"));
    end_entry();
}

int characters(std::string_view utf8) {
    // Continuation bytes of UTF-8 are 10xxxxxx.
    return static_cast<int>(std::ranges::count_if(
        utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

widgets::Edit draw_new_passphrase(SecretText& passphrase, SecretText& again, int min_characters,
                                  bool tried, const text::Words& words) {
    const bool is_short = tried && characters(passphrase) < min_characters;
    const bool differs = tried && !is_short && !(passphrase == again);
    widgets::field_label(words("entry.passphrase"), true);
    const widgets::Edit first = widgets::input_secret(
        "passphrase", passphrase, {.label = words("entry.passphrase"), .invalid = is_short});
    widgets::text_block(words.count("entry.passphrase.hint", min_characters), widgets::kSmall);
    if (is_short) widgets::message_strip("short", Tone::error, words("entry.too_short"));
    widgets::field_label(words("entry.again"), true);
    if (first.entered) widgets::land_here();
    const widgets::Edit second =
        widgets::input_secret("again", again, {.label = words("entry.again"), .invalid = differs});
    if (differs) widgets::message_strip("differs", Tone::error, words("entry.mismatch"));
    return second;
}

bool passphrase_ready(const SecretText& passphrase, const SecretText& again, int min_characters) {
    return characters(passphrase) >= min_characters && passphrase == again;
}

}  // namespace bordereau::app
