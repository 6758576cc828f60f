#include "app/report/plots.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "app/report/ink.h"
#include "app/report/numbers.h"
#include "storage/base/text.h"

namespace bordereau::report {
namespace {

constexpr double kSmall = 11;
constexpr double kRow = 26;      // height of one row
constexpr double kBar = 16;      // height of a bar in it
constexpr double kBase = 5;      // from the middle of a row down to its base line
constexpr double kLabels = 268;  // width of the row labels
constexpr double kTop = 4;       // of the scale of levels

using Anchor = Label::Anchor;

void put(Scene& scene, Label label) {
    scene.shapes.emplace_back(std::move(label));
}

void small(Scene& scene, double x, double y, std::string text, Anchor anchor = Anchor::start) {
    put(scene, {x, y, std::move(text), anchor, Ink::faint, kSmall});
}

/// How wide words of a size are, about: the letters of East Asia are as wide as they are high.
double about_width(std::string_view text, double size) {
    double width = 0;
    for (std::size_t at = 0; at < text.size();)
        width += next_code_point(text, at) >= 0x2E80 ? size : 0.54 * size;
    return width;
}

/// A label that is smaller where its words are long for their room.
Label fitted(Label label, double room) {
    constexpr double kLeast = 8.5;
    const double wanted = about_width(label.text, label.size);
    if (wanted > room) label.size = std::max(kLeast, label.size * room / wanted);
    return label;
}

/// Where a value lies between two ends of an axis.
struct Axis {
    double from, to, most;
    double at(double value) const { return from + (to - from) * value / most; }
};

constexpr Axis kLevels{290, 590, kTop};
constexpr double kFigures = 612;

void level_axis(Scene& scene, double top, double bottom, const Texts& texts) {
    for (int level = 0; level <= 4; ++level) {
        const double x = kLevels.at(level);
        scene.shapes.push_back(Line{x, top, x, bottom, Ink::insufficient, 1, false});
        put(scene, {x, top - 18, std::to_string(level), Anchor::middle, Ink::text, 12, true});
        put(scene, {x, top - 5, texts("level.short." + std::to_string(level)), Anchor::middle,
                    Ink::faint, 10});
    }
}

void gap_mark(Scene& scene, double x, double y) {
    scene.shapes.push_back(Dot{x, y, 7, Ink::critical, false});
    put(scene, {x, y + 4, "!", Anchor::middle, Ink::paper, 12, true});
}

void range_bar(Scene& scene, const DotRangeRow& row, double y) {
    if (!row.low || !row.high) return;
    const double from = kLevels.at(*row.low), to = kLevels.at(*row.high);
    scene.shapes.push_back(
        Box{from - 2, y - 4, to - from + 4, 8, row.insufficient ? Ink::insufficient : Ink::range});
}

std::string score_text(const DotRangeRow& row, const Texts& texts) {
    if (row.not_applicable) return texts("score.not_applicable");
    if (row.insufficient) return texts("score.insufficient");
    std::string mean = texts.or_dash(row.verified, 2);
    if (!row.level) return mean;
    return mean + "  " + texts("score.level", {{"level", std::to_string(*row.level)}});
}

void draw_row(Scene& scene, const DotRangeRow& row, double y, const Texts& texts) {
    put(scene, {0, y + kBase, row.code, Anchor::start, Ink::faint, 12});
    put(scene, fitted({32, y + kBase, row.label}, kLabels - 32));
    put(scene, fitted({kFigures, y + kBase, score_text(row, texts), Anchor::start,
                       row.insufficient || row.not_applicable ? Ink::faint : Ink::text, 12},
                      kPlotWidth - 20 - kFigures));
    if (row.critical_gap) gap_mark(scene, kPlotWidth - 10, y);
    if (row.not_applicable) return;
    range_bar(scene, row, y);
    const Ink grey = Ink::hidden;
    if (row.earlier)
        scene.shapes.push_back(Dot{kLevels.at(*row.earlier), y, 5, Ink::earlier, true});
    if (row.declared)
        scene.shapes.push_back(
            Dot{kLevels.at(*row.declared), y, 7, row.insufficient ? grey : Ink::declared, true});
    if (row.verified)
        scene.shapes.push_back(
            Dot{kLevels.at(*row.verified), y, 4, row.insufficient ? grey : Ink::verified, false});
}

double legend_text(Scene& scene, double x, double y, const std::string& text) {
    small(scene, x, y + 4, text);
    return x + about_width(text, kSmall) + 30;
}

void dot_legend(Scene& scene, const DotRange& data, double y, const Texts& texts) {
    double x = 12;
    const auto some = [&](auto has) { return std::ranges::any_of(data.rows, has); };
    scene.shapes.push_back(Dot{x, y, 4, Ink::verified, false});
    x = legend_text(scene, x + 12, y, texts("legend.verified"));
    scene.shapes.push_back(Dot{x, y, 7, Ink::declared, true});
    x = legend_text(scene, x + 14, y, texts("legend.declared"));
    if (some([](const DotRangeRow& row) { return row.low.has_value(); })) {
        scene.shapes.push_back(Box{x - 6, y - 4, 24, 8, Ink::range});
        x = legend_text(scene, x + 24, y, texts(data.spread ? "legend.spread" : "legend.bounds"));
    }
    if (some([](const DotRangeRow& row) { return row.earlier.has_value(); })) {
        scene.shapes.push_back(Dot{x, y, 5, Ink::earlier, true});
        x = legend_text(scene, x + 12, y, texts("legend.earlier"));
    }
    if (some([](const DotRangeRow& row) { return row.critical_gap; })) {
        gap_mark(scene, x, y);
        legend_text(scene, x + 12, y, texts("legend.critical"));
    }
}

constexpr Axis kMenSide{440, 700, 1};
constexpr Axis kWomenSide{440, 180, 1};

/// One bar and its number; `parity` is where half of the row's total lies, below 0 for no mark.
struct SideBar {
    Axis side;
    std::optional<std::int64_t> count;
    double share = 0, parity = -1;  ///< of the length of the side
    Ink ink = Ink::women;
};

void side_bar(Scene& scene, const SideBar& bar, double y, const Texts& texts) {
    constexpr double kHidden = 34, kNumber = 36;
    const double outward = bar.side.to > bar.side.from ? 1 : -1;
    const double full = std::abs(bar.side.to - bar.side.from);
    const double length = bar.count ? full * bar.share : kHidden;
    const double start = outward > 0 ? bar.side.from : bar.side.from - length;
    if (length > 0)
        scene.shapes.push_back(
            Box{start, y - kBar / 2, length, kBar, bar.count ? bar.ink : Ink::hidden});
    const double mark = full * bar.parity;
    if (bar.parity >= 0) {
        const double x = bar.side.from + outward * mark;
        scene.shapes.push_back(
            Line{x, y - kBar / 2 - 3, x, y + kBar / 2 + 3, Ink::target, 1.5, true});
    }
    if (!bar.count) return;
    const bool in_the_way = mark > length - 4 && mark < length + kNumber;
    put(scene,
        {bar.side.from + outward * ((in_the_way ? mark : length) + 5), y + 4,
         texts.grouped(*bar.count), outward > 0 ? Anchor::start : Anchor::end, Ink::text, 12});
}

std::int64_t longest(const MirroredBars& data) {
    std::int64_t most = 1;
    for (const auto& row : data.rows)
        most = std::max({most, row.women.value_or(0), row.men.value_or(0),
                         data.parity ? row.total / 2 : std::int64_t{0}});
    return most;
}

void stack(Scene& scene, const std::array<int, 5>& counts, double x, double y, double per_audit) {
    for (int severity = 0; severity < 5; ++severity) {
        const double width = per_audit * counts[static_cast<std::size_t>(severity)];
        if (width <= 0) continue;
        const Ink ink = level_ink(severity);
        scene.shapes.push_back(Box{x, y - kBar / 2, width, kBar, ink});
        if (width >= 10)
            put(scene, {x + width / 2, y + 4, std::to_string(severity), Anchor::middle,
                        text_on(ink), kSmall});
        x += width;
    }
}

int most_audits(const StackedBars& data) {
    int most = 1;
    for (const auto& row : data.rows)
        for (const auto& panel : row.counts) {
            int sum = 0;
            for (const int count : panel) sum += count;
            most = std::max(most, sum);
        }
    return most;
}

void severity_legend(Scene& scene, double y, const Texts& texts) {
    double x = 0;
    for (int severity = 0; severity < 5; ++severity) {
        scene.shapes.push_back(Box{x, y - 6, 14, 12, level_ink(severity)});
        x = legend_text(scene, x + 20, y, texts.choice("sev", std::to_string(severity)));
    }
}

void share_row(Scene& scene, const ShareBars::Row& row, double y, const Texts& texts) {
    constexpr Axis kShare{200, kPlotWidth - 10, 1};
    double sum = 0, before = 0;
    for (const auto& part : row.parts) sum += part.value;
    put(scene, fitted({0, y + kBase, row.label}, 190));
    if (sum <= 0) return;
    for (const auto& part : row.parts) {
        if (part.value <= 0) continue;
        const double from = kShare.at(before / sum), to = kShare.at((before + part.value) / sum);
        scene.shapes.push_back(Box{from, y - kBar / 2 - 2, to - from, kBar + 4, part.ink});
        if (to - from > 60)
            put(scene,
                {(from + to) / 2, y + 4, part.label + ": " + texts.percent(100 * part.value / sum),
                 Anchor::middle, text_on(part.ink), 12});
        before += part.value;
    }
}

}  // namespace

Scene draw(const DotRange& data, const Texts& texts) {
    Scene scene{kPlotWidth, 0, {}};
    constexpr double kHead = 34;
    double y = kHead;
    const double headings = data.rows.size() > data.drivers ? 2 : 1;
    const double bottom = kHead + 22 * headings + kRow * static_cast<double>(data.rows.size()) + 4;
    level_axis(scene, kHead, bottom, texts);
    for (std::size_t at = 0; at < data.rows.size(); ++at) {
        if (at == 0 || at == data.drivers) {
            put(scene, {0, y + 14, texts(at == 0 ? "plot.drivers" : "plot.others"), Anchor::start,
                        Ink::text, 12, true});
            y += 22;
        }
        draw_row(scene, data.rows[at], y + kRow / 2, texts);
        y += kRow;
    }
    dot_legend(scene, data, bottom + 16, texts);
    scene.height = bottom + 30;
    return scene;
}

Scene draw(const MirroredBars& data, const Texts& texts) {
    Scene scene{kPlotWidth, 0, {}};
    const auto most = static_cast<double>(longest(data));
    put(scene, {kWomenSide.from - 10, 14, texts("sex.women"), Anchor::end, Ink::women, 13, true});
    put(scene, {kMenSide.from + 10, 14, texts("sex.men"), Anchor::start, Ink::men, 13, true});
    double y = 22;
    for (const auto& row : data.rows) {
        const double middle = y + kRow / 2;
        put(scene, fitted({0, middle + kBase, row.label}, kWomenSide.to - 35));
        const auto share = [most](double count) { return count / most; };
        const double parity =
            data.parity && row.total > 0 ? share(static_cast<double>(row.total) / 2) : -1;
        for (const auto& [side, count, ink] :
             {std::tuple{kWomenSide, row.women, Ink::women}, {kMenSide, row.men, Ink::men}})
            side_bar(scene,
                     {side, count, share(static_cast<double>(count.value_or(0))), parity, ink},
                     middle, texts);
        y += kRow;
    }
    scene.shapes.push_back(Line{kMenSide.from, 20, kMenSide.from, y, Ink::text, 1.2, false});
    const bool hidden =
        std::ranges::any_of(data.rows, [](const auto& row) { return !row.women || !row.men; });
    std::string note = data.parity ? texts("plot.parity") : "";
    if (hidden) note += (note.empty() ? "" : " ") + texts("plot.hatched");
    if (!note.empty()) small(scene, 0, y + 16, note);
    scene.height = note.empty() ? y + 6 : y + 24;
    return scene;
}

Scene draw(const TargetBars& data, const Texts& texts) {
    constexpr Axis kPercent{kLabels + 20, 660, 100};
    Scene scene{kPlotWidth, 0, {}};
    double y = 20;
    for (const auto& row : data.rows) {
        put(scene, fitted({0, y + 12, row.label}, kLabels));
        small(scene, 0, y + 27, row.basis);
        const double length = row.percent ? kPercent.at(*row.percent) - kPercent.from : 34;
        scene.shapes.push_back(
            Box{kPercent.from, y + 4, length, 20, row.percent ? Ink::level3 : Ink::insufficient});
        put(scene,
            {kPercent.to + 10, y + 19,
             row.percent ? texts.percent(*row.percent) : texts("score.none"), Anchor::start});
        y += 40;
    }
    scene.shapes.push_back(Line{kPercent.to, 14, kPercent.to, y, Ink::target, 1.5, true});
    scene.shapes.push_back(Line{kPercent.from, 14, kPercent.from, y, Ink::text, 1.2, false});
    small(scene, kPercent.to, 10, texts("plot.target"), Anchor::middle);
    scene.height = y + 6;
    return scene;
}

Scene draw(const StackedBars& data, const Texts& texts) {
    constexpr double kPanel = 138, kBetween = 14, kFirst = 318;
    Scene scene{kPlotWidth, 0, {}};
    const double per_audit = kPanel / most_audits(data);
    for (std::size_t panel = 0; panel < 3; ++panel)
        put(scene, fitted({kFirst + static_cast<double>(panel) * (kPanel + kBetween), 14,
                           data.panels[panel], Anchor::start, Ink::text, 12, true},
                          kPanel));
    double y = 22;
    for (const auto& row : data.rows) {
        const double middle = y + kRow / 2;
        put(scene, fitted({0, middle + kBase, row.label, Anchor::start,
                           row.named ? Ink::text : Ink::faint, 12},
                          kFirst - 18));
        if (!row.named) small(scene, kFirst + 4, middle + 4, texts("obstacle.not_reported"));
        for (std::size_t panel = 0; panel < 3; ++panel)
            stack(scene, row.counts[panel],
                  kFirst + static_cast<double>(panel) * (kPanel + kBetween), middle, per_audit);
        y += kRow;
    }
    for (std::size_t panel = 0; panel < 3; ++panel) {
        const double x = kFirst + static_cast<double>(panel) * (kPanel + kBetween);
        scene.shapes.push_back(Line{x, 22, x, y, Ink::text, 1.2, false});
    }
    severity_legend(scene, y + 16, texts);
    scene.height = y + 30;
    return scene;
}

Scene draw(const DotGroups& data, const Texts& texts) {
    Scene scene{kPlotWidth, 0, {}};
    constexpr double kHead = 22;
    std::size_t rows = 0;
    for (const auto& group : data.groups) rows += group.rows.size();
    const double bottom =
        kHead + kRow * static_cast<double>(rows) + 22 * static_cast<double>(data.groups.size());
    for (int strength = 0; strength <= 4; ++strength) {
        const double x = kLevels.at(strength) + 60;
        scene.shapes.push_back(Line{x, kHead, x, bottom, Ink::insufficient, 1, false});
        put(scene, {x, kHead - 8, std::to_string(strength), Anchor::middle, Ink::text, 12, true});
    }
    double y = kHead;
    for (const auto& group : data.groups) {
        put(scene, {0, y + 15, group.title, Anchor::start, Ink::text, 12, true});
        y += 22;
        for (const auto& row : group.rows) {
            put(scene, fitted({0, y + kRow / 2 + kBase, row.label, Anchor::start, Ink::text, 12},
                              kLevels.from + 45));
            if (row.strength)
                scene.shapes.push_back(Dot{kLevels.at(*row.strength) + 60, y + kRow / 2,
                                           4 + 1.5 * std::sqrt(static_cast<double>(row.audits)),
                                           Ink::verified, false});
            small(scene, 680, y + kRow / 2 + 4, "n = " + std::to_string(row.audits));
            y += kRow;
        }
    }
    small(scene, 0, bottom + 16, texts("plot.strength"));
    scene.height = bottom + 24;
    return scene;
}

Scene draw(const ShareBars& data, const Texts& texts) {
    Scene scene{kPlotWidth, 0, {}};
    double y = 4;
    for (const auto& row : data.rows) {
        share_row(scene, row, y + kRow / 2, texts);
        y += kRow + 6;
    }
    small(scene, 0, y + 12, texts("plot.codes"));
    scene.height = y + 20;
    return scene;
}

}  // namespace bordereau::report
