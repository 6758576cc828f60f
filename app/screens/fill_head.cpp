#include "app/screens/fill_head.h"

#include "app/screens/parts.h"
#include "app/screens/sections.h"
#include "app/screens/shortcuts.h"
#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {
namespace {

using widgets::Icon;
using widgets::Row;

void draw_saved_badge(const FillView& view, Row& row, float width) {
    row.next(width);
    widgets::gap((widgets::target_height() - widgets::unit() * 1.4f) / 2 / widgets::unit());
    if (!view.saved.empty())
        widgets::badge(view.saved, view.saved_tone, widgets::tone_icon(view.saved_tone));
}

float width_of(int targets, const Row& row) {
    return static_cast<float>(targets) * (widgets::target_height() + row.gap());
}

void draw_undo(const FillView& view, Row& row, const text::Words& words, Commands& out) {
    const float target = widgets::target_height();
    row.next(target);
    if (widgets::icon_button("undo", Icon::undo, with_key(words("fill.undo"), Shortcut::undo),
                             view.can_undo))
        out.push_back(Undo{});
    row.next(target);
    if (widgets::icon_button("redo", Icon::redo, with_key(words("fill.redo"), Shortcut::redo),
                             view.can_redo))
        out.push_back(Redo{});
}

/// One question or all of them.
void draw_one_page(const FillView& view, Row& row, const text::Words& words, Commands& out) {
    row.next(widgets::target_height());
    if (widgets::icon_button("one_page", view.one_page ? Icon::menu : Icon::file,
                             words(view.one_page ? "fill.whole_section" : "fill.one_page")))
        out.push_back(OnePage{!view.one_page});
}

std::string number_words(std::int64_t number, const text::Words& words) {
    return text::format_number(number, words.language());
}

}  // namespace

const SectionView* open_section(const FillView& view) {
    const auto at = static_cast<std::size_t>(view.section);
    return view.section >= 0 && at < view.sections.size() ? &view.sections[at] : nullptr;
}

std::string section_words(const FillView& view, const text::Words& words) {
    const SectionView* section = open_section(view);
    if (section == nullptr) return {};
    return words("fill.section_of", {{"n", number_words(view.section + 1, words)},
                                     {"total", number_words(std::ssize(view.sections), words)}}) +
           " \xC2\xB7 " + words_of(section->progress, words);
}

void draw_saved(const FillView& view, const text::Words& words, Commands& out) {
    const float badge = view.saved.empty() ? 1 : widgets::badge_width(view.saved);
    const auto draw_ways = [&](Row& row) {
        draw_undo(view, row, words, out);
        draw_one_page(view, row, words, out);
    };
    {
        Row row(Row::Overflow::keep, 0.25f);
        const float beside = row.rest(width_of(3, row));
        draw_saved_badge(view, row, badge > beside ? row.rest() : beside);
        if (badge <= beside) return draw_ways(row);
    }
    Row row(Row::Overflow::keep, 0.25f);
    draw_ways(row);
}

void draw_form_languages(const FillView& view, const text::Words& words, Commands& out) {
    if (view.languages.size() < 2) return;
    widgets::gap(0.25f);
    widgets::text_line(words("fill.form_language"), widgets::kSmall);
    draw_languages(view.languages, view.language, out);
}

void draw_fill_head(const FillView& view, bool& open, const text::Words& words, Commands& out) {
    if (open && pressed(Shortcut::close)) open = false;
    {
        Row row(Row::Overflow::keep, 0.25f);
        const float width = row.rest(width_of(2, row));
        row.next(width);
        const std::string place = section_words(view, words);
        if (widgets::fold("sections", {.title = view.header.title,
                                       .detail = place.empty() ? words("fill.sections") : place,
                                       .tone = view.saved.empty() ? Tone::neutral : view.saved_tone,
                                       .told = view.saved,
                                       .open = open}))
            open = !open;
        draw_undo(view, row, words, out);
    }
    if (!view.saved.empty() && view.saved_tone != Tone::good && !view.told_above)
        widgets::message_strip("saved", view.saved_tone, view.saved);
    widgets::rule();
}

void draw_fill_fold(const FillView& view, const text::Words& words, Commands& out) {
    draw_audit_header(view.header, Place::fill, words, out);
    {
        Row row(Row::Overflow::keep, 0.25f);
        draw_saved_badge(view, row, row.rest(width_of(1, row)));
        draw_one_page(view, row, words, out);
    }
    draw_form_languages(view, words, out);
    widgets::gap(0.25f);
    draw_sections(view.sections, view.section, out);
}

}  // namespace bordereau::app
