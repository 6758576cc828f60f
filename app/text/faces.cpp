#include "app/text/faces.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace bordereau::text {
namespace {

enum FaceIndex { kRegular, kBold, kArabic, kChinese, kFaces };

// The em of a text size. Faces differ in the height they claim (Noto Sans 1.36 em, Noto Sans Arabic
// 2.11, WenQuanYi 1.17), so sizing by that height would make Arabic tiny: all take the em instead.
constexpr float kEmOfSize = 0.75f;
constexpr std::array<float, kFaces> kFaceScale{1.0f, 1.0f, 1.12f, 1.1f};
// Ascent and descent of Noto Sans in em, so that its line is centred in the text size.
constexpr float kAscent = 1.069f, kDescent = 0.293f;
// Thickening of faces without a bold one, in em.
constexpr float kBoldStrength = 1.0f / 30;

struct CloseLibrary {
    void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
struct CloseFace {
    void operator()(FT_Face face) const { FT_Done_Face(face); }
};
using Library = std::unique_ptr<FT_LibraryRec_, CloseLibrary>;
using Face = std::unique_ptr<FT_FaceRec_, CloseFace>;

}  // namespace

struct Faces::State {
    Library library;
    std::array<Face, kFaces> faces;
    const Clusters* clusters = nullptr;
};

namespace {

// What one source of a font is made from. Dear ImGui keeps a copy as the source's font data.
struct Source {
    Faces::State* state;
    FaceIndex face;
    bool thicken;
};

const Source& source_of(const ImFontConfig* config) {
    return *static_cast<const Source*>(config->FontData);
}

struct Bitmap {
    int left = 0, top = 0, width = 0, height = 0;  // top grows downward from the baseline
    std::vector<unsigned char> alpha;
};

// What a code point is drawn with: glyphs with places in pixels, and the advance in pixels.
struct Drawing {
    std::vector<PlacedGlyph> glyphs;
    float advance = 0;
    bool found = false;
};

float em_of(const Source& source, const ImFontBaked* baked) {
    return baked->Size * kEmOfSize * kFaceScale[source.face];
}

bool contains(ImFontAtlas*, ImFontConfig* config, ImWchar code) {
    const Source& source = source_of(config);
    if (is_cluster(code)) return source.face == kArabic && source.state->clusters->at(code);
    return FT_Get_Char_Index(source.state->faces[source.face].get(), code) != 0;
}

bool init_baked(ImFontAtlas*, ImFontConfig* config, ImFontBaked* baked, void*) {
    if (config->MergeMode) return true;
    const float em = em_of(source_of(config), baked);
    const float above = (baked->Size - (kAscent + kDescent) * em) / 2;
    baked->Ascent = std::round(above + kAscent * em);
    baked->Descent = baked->Ascent - baked->Size;
    return true;
}

Drawing drawing_of_cluster(const Source& source, char32_t code, float em_pixels) {
    const Cluster* cluster = source.face == kArabic ? source.state->clusters->at(code) : nullptr;
    if (!cluster) return {};
    const auto unit = em_pixels / static_cast<float>(source.state->faces[kArabic]->units_per_EM);
    return {cluster->glyphs, static_cast<float>(cluster->advance) * unit, true};
}

Drawing drawing_of_letter(const Source& source, char32_t code) {
    FT_Face face = source.state->faces[source.face].get();
    const FT_UInt glyph = FT_Get_Char_Index(face, code);
    if (glyph == 0 || FT_Load_Glyph(face, glyph, FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT) != 0)
        return {};
    // Whole pixels keep the stems of Latin and Cyrillic letters sharp.
    return {{{glyph, 0, 0}}, std::round(static_cast<float>(face->glyph->advance.x) / 64), true};
}

// Renders one glyph; nothing where it has no ink.
Bitmap rendered(const Source& source, const PlacedGlyph& placed, float unit, float em_pixels,
                bool hinted) {
    FT_Face face = source.state->faces[source.face].get();
    const FT_Int32 flags = FT_LOAD_NO_BITMAP | (hinted ? FT_LOAD_TARGET_LIGHT : FT_LOAD_NO_HINTING);
    if (FT_Load_Glyph(face, placed.glyph, flags) != 0) return {};
    FT_GlyphSlot slot = face->glyph;
    if (slot->format != FT_GLYPH_FORMAT_OUTLINE) return {};
    if (source.thicken)
        FT_Outline_Embolden(&slot->outline, std::lround(em_pixels * kBoldStrength * 64));
    FT_Outline_Translate(&slot->outline, std::lround(static_cast<float>(placed.x) * unit * 64),
                         std::lround(static_cast<float>(placed.y) * unit * 64));
    if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0) return {};
    Bitmap bitmap{slot->bitmap_left,
                  -slot->bitmap_top,
                  static_cast<int>(slot->bitmap.width),
                  static_cast<int>(slot->bitmap.rows),
                  {}};
    for (int row = 0; row < bitmap.height; ++row) {
        const unsigned char* begin = slot->bitmap.buffer + row * slot->bitmap.pitch;
        bitmap.alpha.insert(bitmap.alpha.end(), begin, begin + bitmap.width);
    }
    return bitmap;
}

// All glyphs of a drawing in one bitmap; where they overlap the darker wins.
Bitmap merged(const std::vector<Bitmap>& parts) {
    Bitmap all{parts[0].left, parts[0].top, 0, 0, {}};
    int right = all.left, bottom = all.top;
    for (const Bitmap& part : parts) {
        all.left = std::min(all.left, part.left);
        all.top = std::min(all.top, part.top);
        right = std::max(right, part.left + part.width);
        bottom = std::max(bottom, part.top + part.height);
    }
    all.width = right - all.left;
    all.height = bottom - all.top;
    all.alpha.resize(static_cast<std::size_t>(all.width) * static_cast<std::size_t>(all.height));
    for (const Bitmap& part : parts)
        for (int y = 0; y < part.height; ++y)
            for (int x = 0; x < part.width; ++x) {
                auto& pixel = all.alpha[static_cast<std::size_t>(
                    (part.top - all.top + y) * all.width + part.left - all.left + x)];
                pixel = std::max(pixel, part.alpha[static_cast<std::size_t>(y * part.width + x)]);
            }
    return all;
}

bool pack(ImFontAtlas* atlas, ImFontConfig* config, ImFontBaked* baked, const Bitmap& bitmap,
          ImFontGlyph& glyph, float density) {
    const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, bitmap.width, bitmap.height);
    if (id == ImFontAtlasRectId_Invalid) return false;
    glyph.X0 = static_cast<float>(bitmap.left) / density;
    glyph.Y0 = static_cast<float>(bitmap.top) / density + baked->Ascent;
    glyph.X1 = glyph.X0 + static_cast<float>(bitmap.width) / density;
    glyph.Y1 = glyph.Y0 + static_cast<float>(bitmap.height) / density;
    glyph.Visible = true;
    glyph.PackId = id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, config, &glyph,
                                       ImFontAtlasPackGetRect(atlas, id), bitmap.alpha.data(),
                                       ImTextureFormat_Alpha8, bitmap.width);
    return true;
}

// Dear ImGui asks either for the advance alone or for the whole glyph.
bool load_glyph(ImFontAtlas* atlas, ImFontConfig* config, ImFontBaked* baked, void*, ImWchar code,
                ImFontGlyph* out_glyph, float* out_advance) {
    const Source& source = source_of(config);
    FT_Face face = source.state->faces[source.face].get();
    const float density = config->RasterizerDensity * baked->RasterizerDensity;
    const float em_pixels = em_of(source, baked) * density;
    FT_Set_Char_Size(face, 0, std::lround(em_pixels * 64), 72, 72);

    const Drawing drawing = is_cluster(code) ? drawing_of_cluster(source, code, em_pixels)
                                             : drawing_of_letter(source, code);
    if (!drawing.found) return false;
    if (out_advance) {
        *out_advance = drawing.advance / density;
        return true;
    }
    out_glyph->AdvanceX = drawing.advance / density;
    const float unit = em_pixels / static_cast<float>(face->units_per_EM);
    std::vector<Bitmap> parts;
    for (const PlacedGlyph& placed : drawing.glyphs) {
        Bitmap part = rendered(source, placed, unit, em_pixels, !is_cluster(code));
        if (part.width > 0 && part.height > 0) parts.push_back(std::move(part));
    }
    return parts.empty() || pack(atlas, config, baked, merged(parts), *out_glyph, density);
}

const ImFontLoader& loader() {
    static const ImFontLoader instance = [] {
        ImFontLoader made;
        made.Name = "Bordereau faces";
        made.FontSrcContainsGlyph = contains;
        made.FontBakedInit = init_baked;
        made.FontBakedLoadGlyph = load_glyph;
        return made;
    }();
    return instance;
}

ImFont* add(ImFontAtlas& atlas, Source source, bool merge) {
    ImFontConfig config;
    config.MergeMode = merge;
    config.FontLoader = &loader();
    config.FontData = &source;
    config.FontDataSize = static_cast<int>(sizeof source);
    config.FontDataOwnedByAtlas = false;  // Dear ImGui copies it
    return atlas.AddFont(&config);
}

Result<Face> open_face(FT_Library library, const std::filesystem::path& path) {
    FT_Face face = nullptr;
    if (FT_New_Face(library, path.string().c_str(), 0, &face) != 0)
        return Error{ErrorCode::corrupt, "font " + path.string() + " cannot be used"};
    return Face{face};
}

}  // namespace

Faces::Faces(std::unique_ptr<State> state) : state_(std::move(state)) {}
Faces::Faces(Faces&&) noexcept = default;
Faces& Faces::operator=(Faces&&) noexcept = default;
Faces::~Faces() = default;

Result<Faces> Faces::open(const FontFiles& files, const Clusters& clusters) {
    auto state = std::make_unique<State>();
    state->clusters = &clusters;
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return Error{ErrorCode::io, "FreeType did not start"};
    state->library.reset(library);
    const std::array paths{&files.regular, &files.bold, &files.arabic, &files.chinese};
    for (std::size_t index = 0; index < kFaces; ++index) {
        auto face = open_face(library, *paths[index]);
        if (!face) return std::move(face).error();
        state->faces[index] = std::move(*face);
    }
    return Faces{std::move(state)};
}

ImFont* Faces::add_regular(ImFontAtlas& atlas) {
    ImFont* font = add(atlas, {state_.get(), kRegular, false}, false);
    add(atlas, {state_.get(), kArabic, false}, true);
    add(atlas, {state_.get(), kChinese, false}, true);
    return font;
}

ImFont* Faces::add_bold(ImFontAtlas& atlas) {
    ImFont* font = add(atlas, {state_.get(), kBold, false}, false);
    add(atlas, {state_.get(), kArabic, true}, true);
    add(atlas, {state_.get(), kChinese, true}, true);
    return font;
}

}  // namespace bordereau::text
