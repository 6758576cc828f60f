// The camera, while a person looks through it: for a code, or for a photo.
#include <utility>

#include "app/media/codec.h"
#include "app/present/blocks.h"
#include "app/stage.h"

namespace bordereau::app {
namespace {

constexpr int kPhotoQuality = 90;

}  // namespace

void Stage::open_camera(const std::string& question) {
    const form::Session& session = filling_->session();
    const bool code = asks_for(question, form::Widget::barcode);
    const bool photo = asks_for(question, form::Widget::image);
    if (!filling_->editable() || (!code && !photo) ||
        session.readonly(session.find_key_path(question)))
        return;
    browsing_.reset();
    enlarged_.clear();
    padded_.clear();
    code_.reset();
    message_ = {};
    ++cameras_;
    camera_ = CameraLook{
        question, photo, std::make_unique<Camera>(options_.camera, code, options_.wake), {}, {}};
}

void Stage::scan_code(const ScanCode& asked) {
    if (!desk_ || place_ != Place::people) return;
    laptops_problem_.clear();
    message_ = {};
    ++cameras_;
    camera_ = CameraLook{
        {}, false, std::make_unique<Camera>(options_.camera, true, options_.wake), {}, asked};
}

// What it saw since the last look; it ends by itself at a code, or where something is the matter.
void Stage::hear_camera() {
    if (!camera_ || !camera_->camera) return;
    CameraState state = camera_->camera->state();
    const bool news =
        state.pictures != camera_->state.pictures || state.end != CameraState::End::none;
    if (!news) return;
    dirty_ = true;
    camera_->state = std::move(state);
    if (camera_->state.end == CameraState::End::none) return;
    camera_->camera.reset();
    if (camera_->state.end != CameraState::End::read) return;
    CameraLook read = *std::exchange(camera_, std::nullopt);
    if (read.laptop)
        scanned_ = {read.laptop->answer, read.state.codes.front(), cameras_};
    else
        take_codes(read.question, std::move(read.state.codes));
}

void Stage::take_photo() {
    if (!camera_ || !camera_->photo || !camera_->state.picture) return;
    const auto bytes = media::encode_jpeg(*camera_->state.picture, kPhotoQuality);
    if (!bytes) return say(Doing::attaching, bytes.error());
    attach_picture(camera_->question, *bytes);
    if (message_.tone != Tone::error) camera_.reset();
}

bool Stage::has_camera() const {
    return !camera_nodes(options_.camera.devices).empty();
}

void Stage::show_camera() {
    if (place_ == Place::fill && filling_->editable()) {
        const bool here = has_camera();
        for (QuestionView* row : questions_in(views_.fill.questions))
            row->camera =
                here && (row->control == Control::barcode || row->control == Control::image);
    }
    if (!camera_) return;
    CameraView view{
        camera_->question, camera_->photo,
        "camera " + std::to_string(cameras_) + "." + std::to_string(camera_->state.pictures),
        camera_->state.picture, sentence_for(words_, camera_->state.end)};
    views_.files.camera = std::make_shared<const CameraView>(std::move(view));
}

}  // namespace bordereau::app
