#include "app/text/type.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <functional>
#include <optional>
#include <tuple>

#include "app/text/aged_cache.h"
#include "app/text/arabic.h"
#include "app/text/clusters.h"
#include "app/text/faces.h"
#include "app/text/setting.h"
#include "app/text/wrap.h"
#include "storage/base/text.h"

namespace bordereau::text {
namespace {

// A screen holds a few hundred texts; twice as many as on the largest keep scrolling cheap.
constexpr std::size_t kLinesKept = 2000, kBlocksKept = 1000;
// Leaves room for what one frame may add before the table starts over.
constexpr std::size_t kClustersKept = 5000;

struct LineKey {
    std::string text;
    Base base;
};
struct LineLookup {
    std::string_view text;
    Base base;
};
// All that the breaking of a paragraph depends on.
struct Measure {
    float width = 0, size = 0;
    const ImFont* font = nullptr;
    Base base = Base::from_text;
    bool operator==(const Measure&) const = default;
};
struct BlockKey {
    std::string text;
    Measure measure;
};
struct BlockLookup {
    std::string_view text;
    Measure measure;
};

struct KeyHash {
    using is_transparent = void;
    static std::size_t mix(std::size_t seed, std::size_t more) {
        return (seed ^ (more + 0x9e3779b97f4a7c15u + (seed << 6) + (seed >> 2)));
    }
    template <class Key>
    std::size_t operator()(const Key& key) const {
        const std::size_t seed = std::hash<std::string_view>{}(key.text);
        if constexpr (requires { key.measure; })
            return mix(mix(seed, std::hash<float>{}(key.measure.width)),
                       std::hash<float>{}(key.measure.size));
        else
            return mix(seed, static_cast<std::size_t>(key.base));
    }
};
struct KeyEqual {
    using is_transparent = void;
    template <class Left, class Right>
    bool operator()(const Left& left, const Right& right) const {
        if constexpr (requires { left.measure; })
            return left.measure == right.measure && left.text == right.text;
        else
            return left.base == right.base && left.text == right.text;
    }
};

// A paragraph decoded, with the byte at which each code point begins (and one past the last).
struct Decoded {
    std::u32string codes;
    std::vector<std::size_t> bytes;
};

Decoded decoded(std::string_view utf8) {
    Decoded all;
    for (std::size_t at = 0; at < utf8.size();) {
        all.bytes.push_back(at);
        all.codes.push_back(next_code_point(utf8, at));
    }
    all.bytes.push_back(utf8.size());
    return all;
}

std::vector<float> advances_of(std::size_t code_points, const Line& line, std::u32string_view codes,
                               ImFontBaked* baked) {
    std::vector<float> advances(code_points, 0.0f);
    if (line.glyphs.empty())
        for (std::size_t at = 0; at < code_points; ++at)
            advances[at] = baked->GetCharAdvance(static_cast<ImWchar>(codes[at]));
    for (const Glyph& glyph : line.glyphs)
        advances[glyph.first] += baked->GetCharAdvance(static_cast<ImWchar>(glyph.code));
    return advances;
}

}  // namespace

struct Type::State {
    Clusters clusters;
    std::optional<ArabicShaper> shaper;
    std::optional<Faces> faces;
    ImFontAtlas* atlas = nullptr;
    ImFont* regular = nullptr;
    ImFont* bold = nullptr;
    Direction interface = Direction::left_to_right;
    AgedCache<LineKey, Line, KeyHash, KeyEqual> lines{kLinesKept};
    AgedCache<BlockKey, Block, KeyHash, KeyEqual> blocks{kBlocksKept};

    void forget() {
        lines.clear();
        blocks.clear();
    }
    Line set_line(std::string_view logical, Base base);
    void wrap_paragraph(std::string_view text, std::size_t begin, std::size_t end,
                        const Measure& measure, Block& block);
};

Line Type::State::set_line(std::string_view logical, Base base) {
    const std::u32string codes = to_utf32(logical);
    const Direction direction = resolved(base, codes, interface);
    if (direction == Direction::left_to_right && is_drawn_as_written(codes))
        return {std::string{logical}, {}, direction};
    const Levels levels = levels_of(codes, direction);
    return Setter{shaper, clusters}.set(codes, levels, 0, static_cast<std::uint32_t>(codes.size()));
}

void Type::State::wrap_paragraph(std::string_view text, std::size_t begin, std::size_t end,
                                 const Measure& measure, Block& block) {
    const Decoded paragraph = decoded(text.substr(begin, end - begin));
    const std::u32string& codes = paragraph.codes;
    const Direction direction = resolved(measure.base, codes, interface);
    const bool as_written = direction == Direction::left_to_right && is_drawn_as_written(codes);
    const Levels levels = as_written ? Levels{} : levels_of(codes, direction);
    const Setter setter{shaper, clusters};
    const auto all = static_cast<std::uint32_t>(codes.size());
    const Line whole = as_written ? Line{} : setter.set(codes, levels, 0, all);
    const auto advances = advances_of(all, whole, codes, ImGui::GetFontBaked());

    for (const LineSpan& span : break_lines(codes, advances, measure.width)) {
        WrappedLine line{
            begin + paragraph.bytes[span.begin], begin + paragraph.bytes[span.end], {}, 0};
        for (std::uint32_t at = span.begin; at < span.end; ++at) line.width += advances[at];
        if (as_written)
            line.line.visual = text.substr(line.begin, line.end - line.begin);
        else
            line.line = setter.set(codes, levels, span.begin, span.end);
        line.line.direction = direction;
        block.width = std::max(block.width, line.width);
        block.lines.push_back(std::move(line));
    }
    block.tall = block.tall || std::any_of(codes.begin(), codes.end(), is_arabic);
}

Type::Type(std::unique_ptr<State> state) : state_(std::move(state)) {}
Type::Type(Type&&) noexcept = default;
Type& Type::operator=(Type&&) noexcept = default;
Type::~Type() = default;

Type Type::plain() {
    return Type{std::make_unique<State>()};
}

Result<Type> Type::open(const FontFiles& files) {
    auto state = std::make_unique<State>();
    auto shaper = ArabicShaper::open(files.arabic);
    if (!shaper) return std::move(shaper).error();
    auto faces = Faces::open(files, state->clusters);
    if (!faces) return std::move(faces).error();
    state->shaper = std::move(*shaper);
    state->faces = std::move(*faces);
    return Type{std::move(state)};
}

void Type::add_to(ImFontAtlas& atlas) {
    if (!state_->faces) return;
    state_->atlas = &atlas;
    state_->regular = state_->faces->add_regular(atlas);
    state_->bold = state_->faces->add_bold(atlas);
}

ImFont* Type::font(Weight weight) const {
    return weight == Weight::bold ? state_->bold : state_->regular;
}

void Type::begin_frame() {
    state_->lines.age();
    state_->blocks.age();
    if (state_->clusters.size() < kClustersKept) return;
    state_->forget();
    state_->clusters.clear();
    if (state_->atlas) ImFontAtlasBuildDiscardBakes(state_->atlas, 0);
}

void Type::set_direction(Direction interface) {
    if (interface == state_->interface) return;
    state_->interface = interface;
    state_->forget();
}

const Line& Type::line(std::string_view logical, Base base) {
    if (const Line* known = state_->lines.find(LineLookup{logical, base})) return *known;
    Line line = state_->set_line(logical, base);
    return state_->lines.insert({std::string{logical}, base}, std::move(line));
}

const std::string& Type::visual(std::string_view logical, Base base) {
    return line(logical, base).visual;
}

const Block& Type::wrap(std::string_view logical, float width, Base base) {
    const Measure measure{width, ImGui::GetFontSize(), ImGui::GetFont(), base};
    if (const Block* known = state_->blocks.find(BlockLookup{logical, measure})) return *known;
    Block block;
    for (std::size_t begin = 0; begin <= logical.size();) {
        const std::size_t end = std::min(logical.find('\n', begin), logical.size());
        state_->wrap_paragraph(logical, begin, end, measure, block);
        begin = end + 1;
    }
    return state_->blocks.insert({std::string{logical}, measure}, std::move(block));
}

Type::Load Type::load() const {
    return {state_->clusters.size(), state_->lines.size(), state_->blocks.size()};
}

}  // namespace bordereau::text
