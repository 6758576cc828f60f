// Pictures drawn by hand: each stroke is kept as it is made; finished, they are attached.
#include "app/stage.h"

namespace bordereau::app {

std::optional<PadView> Stage::pad_of(const std::string& question) {
    if (!filling_->editable()) return std::nullopt;
    auto pad = present_pad(file_sources(), question);
    if (pad) return *std::move(pad);
    say(Doing::recording, pad.error());
    return std::nullopt;
}

void Stage::draw(const std::string& question, const Redraw& redraw) {
    const auto pad = pad_of(question);
    if (!pad) return;
    media::Drawing drawing = *pad->drawing;
    if (!redraw(drawing)) return;
    Status kept = Drawings{desk_->notebook()}.keep(filling_->audit(), question, drawing);
    if (!kept) say(Doing::recording, kept.error());
}

void Stage::finish_drawing(const std::string& question) {
    const auto pad = pad_of(question);
    if (!pad || pad->drawing->strokes.empty() || pad->sheet == media::Sheet{}) return;
    told(attach_drawing(desk_->notebook(), *filling_, filling_->session().find_key_path(question),
                        *pad->drawing,
                        pad->ground ? *pad->ground : media::blank_sheet(pad->sheet)));
    if (message_.tone == Tone::error) return;  // the strokes stay
    padded_.clear();
    Status forgotten = Drawings{desk_->notebook()}.forget(filling_->audit(), question);
    if (!forgotten) say(Doing::recording, forgotten.error());
}

}  // namespace bordereau::app
