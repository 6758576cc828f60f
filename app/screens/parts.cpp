#include "app/screens/parts.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/text/format.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

const char* key_of(AuditState state) {
    static constexpr std::array<const char*, 5> kKeys{
        "state.draft", "state.finalized", "state.returned", "state.approved", "state.rejected"};
    return kKeys[static_cast<std::size_t>(state)];
}

const char* key_of(Place place) {
    static constexpr std::array<const char*, 11> kKeys{
        "place.home",    "place.fill",      "place.overview", "place.review",
        "place.history", "place.conflicts", "place.sync",     "place.reports",
        "place.forms",   "place.people",    "place.settings"};
    return kKeys[static_cast<std::size_t>(place)];
}

Icon icon_of(Place place) {
    static constexpr std::array<Icon, 11> kIcons{
        Icon::home, Icon::pencil, Icon::form, Icon::review, Icon::history, Icon::warning,
        Icon::sync, Icon::report, Icon::form, Icon::people, Icon::settings};
    return kIcons[static_cast<std::size_t>(place)];
}

Tone tone_of(AuditState state) {
    static constexpr std::array<Tone, 5> kTones{Tone::neutral, Tone::info, Tone::warning,
                                                Tone::good, Tone::error};
    return kTones[static_cast<std::size_t>(state)];
}

Icon icon_of(AuditState state) {
    static constexpr std::array<Icon, 5> kIcons{Icon::pencil, Icon::review, Icon::backward,
                                                Icon::check, Icon::cross};
    return kIcons[static_cast<std::size_t>(state)];
}

void draw_state(AuditState state, const text::Words& words) {
    widgets::badge(words(key_of(state)), tone_of(state), icon_of(state));
}

float state_width(AuditState state, const text::Words& words) {
    return widgets::badge_width(words(key_of(state)));
}

std::string words_of(const ProgressView& progress, const text::Words& words) {
    return words("progress.of",
                 {{"done", text::format_number(std::int64_t{progress.done}, words.language())},
                  {"total", text::format_number(std::int64_t{progress.total}, words.language())}});
}

float share_of(const ProgressView& progress) {
    if (progress.total <= 0) return 1;
    return static_cast<float>(progress.done) / static_cast<float>(progress.total);
}

void draw_audit_header(const AuditHeader& header, Place here, const text::Words& words,
                       Commands& out) {
    if (widgets::link("to_list", words("place.home"))) out.push_back(GoTo{Place::home});
    widgets::heading(header.title, widgets::narrow() ? 2 : 1);
    {
        widgets::Row row(widgets::Row::Overflow::wrap);
        row.next(state_width(header.state, words));
        draw_state(header.state, words);
        row.next(std::ceil(widgets::text_size(header.form, widgets::kQuiet).x));
        widgets::text_block(header.form, widgets::kQuiet);
    }
    if (header.places.size() < 2) return;
    widgets::gap(0.25f);
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const Place place : header.places) {
        const std::string_view label = words(key_of(place));
        row.next(widgets::tab_width(label));
        if (widgets::tab(key_of(place), label, place == here)) out.push_back(GoTo{place});
    }
}

void draw_page_heading(Place here, const text::Words& words) {
    if (widgets::narrow()) return;  // the line above the screen says it
    widgets::heading(words(key_of(here)), 1);
    widgets::gap(0.25f);
}

MiddleColumn::MiddleColumn(float units) {
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = std::min(units * widgets::unit(), room);
    row_.push_to_end((room + width) / 2);
    row_.next(width);
}

void draw_languages(const std::vector<LanguageView>& languages, const std::string& chosen,
                    Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (const LanguageView& language : languages) {
        row.next(widgets::tab_width(language.name));
        if (widgets::tab(language.code.c_str(), language.name, language.code == chosen))
            out.push_back(SetLanguage{language.code});
    }
}

namespace {

std::string_view kind_words(Control control, const text::Words& words) {
    switch (control) {
        case Control::date:
        case Control::date_time: return words("problem.type.date");
        case Control::time: return words("problem.type.time");
        case Control::integer: return words("problem.type.integer");
        case Control::decimal: return words("problem.type.decimal");
        default: return words("problem.type");
    }
}

}  // namespace

std::string_view problem_words(AnswerProblem problem, const std::string& message,
                               const text::Words& words, Control control) {
    if (!message.empty()) return message;
    switch (problem) {
        case AnswerProblem::none: return {};
        case AnswerProblem::required: return words("problem.required");
        case AnswerProblem::constraint: return words("problem.constraint");
        case AnswerProblem::type: return kind_words(control, words);
        case AnswerProblem::unconfirmed: return words("problem.unconfirmed");
    }
    return {};
}

}  // namespace bordereau::app
