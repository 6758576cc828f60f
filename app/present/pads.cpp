#include "app/present/pads.h"

#include <utility>

#include "app/present/blocks.h"
#include "storage/attachments.h"
#include "storage/notebook.h"

namespace bordereau::app {
namespace {

PadView::Kind kind_of(PadKind kind) {
    if (kind == PadKind::annotate) return PadView::Kind::annotation;
    return kind == PadKind::draw ? PadView::Kind::drawing : PadView::Kind::signature;
}

// Strokes over one picture say nothing about another.
media::Drawing over(std::string ground, media::Drawing drawing) {
    if (drawing.ground == ground) return drawing;
    return {std::move(ground), {}, {}};
}

Status add_ground(const FileSources& from, const std::string& name, PadView& pad) {
    if (name.empty()) return done();
    const auto file = storage::Attachments{from.notebook}.find(from.filling.audit(), name);
    if (!file) return file.error().code == ErrorCode::not_found ? done() : Status{file.error()};
    const auto preview = from.previews.get(file->hash, Previews::kLarge);
    if (!preview || !preview->picture) return done();
    pad.ground = preview->picture;
    pad.ground_key = file->hash + ":" + std::to_string(Previews::kLarge);
    pad.sheet = {pad.ground->width, pad.ground->height};
    return done();
}

Result<PadView> bare_pad(const FileSources& from, const form::Element& element, PadKind kind) {
    const form::Session& session = from.filling.session();
    PadView pad{session.key_path(element.node), kind_of(kind), sheet_of(kind), {}, {}, {}};
    auto drawing = Drawings{from.notebook}.find(from.filling.audit(), pad.question);
    if (!drawing) return std::move(drawing).error();
    const std::string ground = kind == PadKind::annotate ? session.value(element.node) : "";
    pad.drawing = std::make_shared<const media::Drawing>(over(ground, *std::move(drawing)));
    return pad;
}

}  // namespace

Status present_pads(const FileSources& from, std::vector<QuestionView>& rows) {
    const form::Session& session = from.filling.session();
    for (QuestionView* question : questions_in(rows)) {
        QuestionView& row = *question;
        row.pad = nullptr;
        if (row.control != Control::image || row.readonly || !from.filling.editable()) continue;
        const form::Element* element = session.element_of(session.find_key_path(row.key));
        const PadKind kind = element == nullptr ? PadKind::none : pad_kind(session, *element);
        if (kind == PadKind::none) continue;
        auto pad = bare_pad(from, *element, kind);
        if (!pad) return std::move(pad).error();
        row.pad = std::make_shared<const PadView>(*std::move(pad));
    }
    return done();
}

Result<std::optional<PadView>> present_pad(const FileSources& from, const std::string& question) {
    const form::Session& session = from.filling.session();
    const form::Element* element = session.element_of(session.find_key_path(question));
    const PadKind kind = element == nullptr ? PadKind::none : pad_kind(session, *element);
    if (kind == PadKind::none) return std::optional<PadView>{};
    auto pad = bare_pad(from, *element, kind);
    if (!pad) return std::move(pad).error();
    if (kind == PadKind::annotate)
        if (Status added = add_ground(from, pad->drawing->ground, *pad); !added)
            return std::move(added).error();
    return std::optional{*std::move(pad)};
}

}  // namespace bordereau::app
