#include "app/widgets/look.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <set>
#include <string>

#include "app/widgets/layout.h"
#include "app/widgets/signs.h"
#include "tests/support/frames.h"

namespace bordereau::widgets {
namespace {

constexpr Theme kThemes[] = {Theme::light, Theme::dark, Theme::contrast, Theme::sunlight};

float linear(float channel) {
    return channel <= 0.04045f ? channel / 12.92f : std::pow((channel + 0.055f) / 1.055f, 2.4f);
}

float luminance(const ImVec4& of) {
    return 0.2126f * linear(of.x) + 0.7152f * linear(of.y) + 0.0722f * linear(of.z);
}

// WCAG 2.1, contrast ratio: 1 to 21.
float ratio(const ImVec4& one, const ImVec4& other) {
    const float a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05f) / (std::min(a, b) + 0.05f);
}

ImVec4 over(const ImVec4& top, float alpha, const ImVec4& ground) {
    const auto mix = [alpha](float a, float b) { return a * alpha + b * (1 - alpha); };
    return {mix(top.x, ground.x), mix(top.y, ground.y), mix(top.z, ground.z), 1};
}

struct Pair {
    std::string name;
    ImVec4 ink, ground;
};

// Every ink on every ground that widgets put it on.
std::vector<Pair> text_pairs(const Palette& from) {
    std::vector<Pair> pairs;
    const std::pair<const char*, ImVec4> grounds[] = {
        {"page", from.page}, {"card", from.card}, {"field", from.field}, {"raised", from.raised}};
    const std::pair<const char*, ImVec4> inks[] = {
        {"text", from.text}, {"quiet", from.quiet},     {"accent", from.accent},
        {"good", from.good}, {"warning", from.warning}, {"error", from.error}};
    for (const auto& [ink, one] : inks)
        for (const auto& [ground, other] : grounds)
            pairs.push_back({std::string{ink} + " on " + ground, one, other});
    const std::pair<const char*, ImVec4> tints[] = {{"accent", from.accent_soft},
                                                    {"good", from.good_soft},
                                                    {"warning", from.warning_soft},
                                                    {"error", from.error_soft}};
    for (const auto& [tint, ground] : tints) {
        pairs.push_back({std::string{"text on tint of "} + tint, from.text, ground});
        pairs.push_back({std::string{"quiet on tint of "} + tint, from.quiet, ground});
    }
    pairs.push_back({"accent on its tint", from.accent, from.accent_soft});
    pairs.push_back({"good on its tint", from.good, from.good_soft});
    pairs.push_back({"warning on its tint", from.warning, from.warning_soft});
    pairs.push_back({"error on its tint", from.error, from.error_soft});
    pairs.push_back({"error on the tint of a choice", from.error, from.accent_soft});
    pairs.push_back({"on accent", from.on_accent, from.accent});
    pairs.push_back({"side text", from.side_text, from.side});
    pairs.push_back({"side quiet", from.side_quiet, from.side});
    pairs.push_back({"side chosen", from.side_text, from.side_chosen});
    pairs.push_back({"count in the side bar", from.side, from.side_text});
    pairs.push_back(
        {"side under the pointer", from.side_quiet, over(from.side_chosen, 0.6f, from.side)});
    pairs.push_back({"selected in a field", from.text, over(from.accent, 0.3f, from.field)});
    return pairs;
}

}  // namespace

TEST_CASE("letters stand out from every ground they are drawn on", "[widgets][look]") {
    for (const Theme theme : kThemes) {
        const bool strong = theme == Theme::contrast || theme == Theme::sunlight;
        for (const Pair& pair : text_pairs(palette_of(theme))) {
            CAPTURE(kThemeNames[static_cast<std::size_t>(theme)], pair.name);
            CHECK(ratio(pair.ink, pair.ground) >= (strong ? 7.0f : 4.5f));
        }
    }
}

TEST_CASE("the edges of fields and the sign of the keyboard stand out", "[widgets][look]") {
    for (const Theme theme : kThemes) {
        const Palette& from = palette_of(theme);
        CAPTURE(kThemeNames[static_cast<std::size_t>(theme)]);
        for (const ImVec4& ground : {from.page, from.card, from.field}) {
            CHECK(ratio(from.strong_line, ground) >= 3.0f);
            CHECK(ratio(from.accent, ground) >= 3.0f);
        }
        // The ring stands around what has the keyboard, on the ground that lies beneath it.
        for (const ImVec4& ground :
             {from.raised, from.accent_soft, from.good_soft, from.warning_soft, from.error_soft})
            CHECK(ratio(from.accent, ground) >= 3.0f);
        for (const ImVec4& ground : {from.side, from.side_chosen})
            CHECK(ratio(from.side_ring, ground) >= 3.0f);
    }
}

TEST_CASE("what is left of a progress bar looks empty beside what is done", "[widgets][look]") {
    for (const Theme theme : kThemes) {
        const Palette& from = palette_of(theme);
        CAPTURE(kThemeNames[static_cast<std::size_t>(theme)]);
        for (const ImVec4& done : {from.accent, from.good}) CHECK(ratio(done, from.undone) >= 3.0f);
        for (const ImVec4& ground : {from.page, from.card})
            CHECK(ratio(from.undone, ground) < 1.6f);
    }
}

TEST_CASE("in sunlight everything is black or nearly so on white, with stronger lines",
          "[widgets][look]") {
    const Palette& from = palette_of(Theme::sunlight);
    CHECK(ratio(from.text, from.page) > 20);
    CHECK(ratio(from.quiet, from.page) > 20);
    for (const ImVec4& ink : {from.accent, from.good, from.warning, from.error})
        CHECK(ratio(ink, from.page) > 12);
    float light = 0, sunlight = 0;
    test::Frames frames{[&] { (look().theme == Theme::light ? light : sunlight) = stroke(); }};
    frames.look().theme = Theme::sunlight;
    use(frames.look());
    frames.draw();
    CHECK(light == 1);
    CHECK(sunlight == 2);
}

TEST_CASE("how loud something is shows in its sign, not only in its colour", "[widgets][look]") {
    std::set<Icon> signs;
    for (const Tone tone : {Tone::info, Tone::good, Tone::warning, Tone::error})
        signs.insert(tone_icon(tone));
    CHECK(signs.size() == 4);
}

TEST_CASE("a theme is found by the name that settings hold, and light for any other",
          "[widgets][look]") {
    for (const Theme theme : kThemes)
        CHECK(theme_named(kThemeNames[static_cast<std::size_t>(theme)]) == theme);
    CHECK(theme_named("pink") == Theme::light);
}

}  // namespace bordereau::widgets
