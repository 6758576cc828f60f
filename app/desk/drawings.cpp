#include "app/desk/drawings.h"

#include <algorithm>

#include "app/media/codec.h"
#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/settings.h"

namespace bordereau::app {
namespace {

// What is drawn on goes to print and to screens; a photo keeps what can be read in it.
constexpr media::Sheet kSignature{1200, 400}, kDrawing{1200, 900};
constexpr int kPhotoQuality = 88;

std::string name_of(const AuditId& audit, std::string_view question) {
    return "drawing." + audit.text + "." + std::string{question};
}

bool was_jpeg(std::string_view name) {
    return media::has_extension_of(name, media::Kind::jpeg);
}

}  // namespace

PadKind pad_kind(const form::Session& session, const form::Element& element) {
    if (element.kind != form::ElementKind::question || element.widget != form::Widget::image)
        return PadKind::none;
    for (const std::string_view word : words_of(session.appearance(element))) {
        if (word == "signature") return PadKind::signature;
        if (word == "draw") return PadKind::draw;
        if (word == "annotate") return PadKind::annotate;
    }
    return PadKind::none;
}

media::Sheet sheet_of(PadKind kind) {
    if (kind == PadKind::signature) return kSignature;
    return kind == PadKind::draw ? kDrawing : media::Sheet{};
}

Result<media::Drawing> Drawings::find(const AuditId& audit, std::string_view question) const {
    const auto kept = storage::Settings{notebook_}.get(name_of(audit, question));
    if (!kept) return kept.error();
    if (!*kept) return media::Drawing{};
    return media::drawing_in(**kept).value_or(media::Drawing{});
}

Status Drawings::keep(const AuditId& audit, std::string_view question,
                      const media::Drawing& drawing) {
    return storage::Settings{notebook_}.set(name_of(audit, question), media::text_of(drawing));
}

Status Drawings::forget(const AuditId& audit, std::string_view question) {
    return storage::Settings{notebook_}.remove(name_of(audit, question));
}

Status Drawings::forget_all(const Filling& filling) {
    const form::Session& session = filling.session();
    for (const form::Element& element : session.elements()) {
        if (pad_kind(session, element) == PadKind::none) continue;
        Status forgotten = forget(filling.audit(), session.key_path(element.node));
        if (!forgotten) return forgotten;
    }
    return done();
}

Result<AttachOutcome> attach_drawing(storage::Notebook& notebook, Filling& filling,
                                     form::NodeId question, const media::Drawing& drawing,
                                     media::Raster ground) {
    const form::Element* element = filling.session().element_of(question);
    const PadKind kind = element == nullptr ? PadKind::none : pad_kind(filling.session(), *element);
    if (kind == PadKind::none) return Error{ErrorCode::not_found, "no question that is drawn"};
    if (drawing.strokes.empty()) return Error{ErrorCode::invalid, "nothing is drawn"};
    const media::Raster drawn = media::drawn_on(std::move(ground), drawing.strokes);
    auto bytes = was_jpeg(drawing.ground) ? media::encode_jpeg(drawn, kPhotoQuality)
                                          : media::encode_png(drawn);
    if (!bytes) return std::move(bytes).error();
    const std::string_view named = kind == PadKind::signature ? "signature" : "drawing";
    return attach_bytes(notebook, filling, question, named, *std::move(bytes));
}

}  // namespace bordereau::app
