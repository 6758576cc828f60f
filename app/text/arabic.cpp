#include "app/text/arabic.h"

#include <hb-ot.h>
#include <hb.h>

#include <algorithm>

namespace bordereau::text {
namespace {

struct DestroyFont {
    void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
struct DestroyBuffer {
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
using Buffer = std::unique_ptr<hb_buffer_t, DestroyBuffer>;

Buffer shaped(hb_font_t* font, std::u32string_view text, const Run& run) {
    Buffer buffer{hb_buffer_create()};
    const std::vector<hb_codepoint_t> codes(text.begin(), text.end());
    hb_buffer_add_codepoints(buffer.get(), codes.data(), static_cast<int>(codes.size()), run.begin,
                             static_cast<int>(run.end - run.begin));
    hb_buffer_set_direction(buffer.get(), run.rtl() ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer.get(), HB_SCRIPT_ARABIC);
    hb_buffer_set_language(buffer.get(), hb_language_from_string("ar", -1));
    hb_shape(font, buffer.get(), nullptr, 0);
    return buffer;
}

// HarfBuzz says where each cluster begins in the text; it ends where the next one begins.
void count_code_points(std::vector<ShapedCluster>& clusters, const Run& run) {
    std::vector<std::uint32_t> starts;
    for (const ShapedCluster& each : clusters) starts.push_back(each.first);
    starts.push_back(run.end);
    std::sort(starts.begin(), starts.end());
    for (ShapedCluster& each : clusters)
        each.count = *std::upper_bound(starts.begin(), starts.end(), each.first) - each.first;
}

}  // namespace

struct ArabicShaper::State {
    std::unique_ptr<hb_font_t, DestroyFont> font;
};

ArabicShaper::ArabicShaper(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArabicShaper::ArabicShaper(ArabicShaper&&) noexcept = default;
ArabicShaper& ArabicShaper::operator=(ArabicShaper&&) noexcept = default;
ArabicShaper::~ArabicShaper() = default;

Result<ArabicShaper> ArabicShaper::open(const std::filesystem::path& face) {
    hb_blob_t* blob = hb_blob_create_from_file_or_fail(face.string().c_str());
    if (!blob) return Error{ErrorCode::not_found, "font " + face.string() + " cannot be read"};
    hb_face_t* opened = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    auto state = std::make_unique<State>();
    state->font.reset(hb_font_create(opened));
    const unsigned glyphs = hb_face_get_glyph_count(opened);
    hb_face_destroy(opened);
    if (glyphs == 0) return Error{ErrorCode::corrupt, "font " + face.string() + " has no glyphs"};
    return ArabicShaper{std::move(state)};
}

std::vector<ShapedCluster> ArabicShaper::shape(std::u32string_view text, const Run& run) const {
    const Buffer buffer = shaped(state_->font.get(), text, run);
    unsigned size = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &size);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &size);

    std::vector<ShapedCluster> clusters;
    for (unsigned at = 0; at < size; ++at) {
        if (at == 0 || infos[at].cluster != infos[at - 1].cluster)
            clusters.push_back({{}, infos[at].cluster, 1});
        Cluster& cluster = clusters.back().cluster;
        cluster.glyphs.push_back(
            {infos[at].codepoint, cluster.advance + places[at].x_offset, places[at].y_offset});
        cluster.advance += places[at].x_advance;
    }
    count_code_points(clusters, run);
    return clusters;
}

bool is_arabic(char32_t code) {
    return (code >= 0x0600 && code <= 0x06FF) || (code >= 0x0750 && code <= 0x077F) ||
           (code >= 0x08A0 && code <= 0x08FF) || code == 0x200C || code == 0x200D ||
           (code >= 0xFB50 && code <= 0xFDFF) || (code >= 0xFE70 && code <= 0xFEFC);
}

}  // namespace bordereau::text
