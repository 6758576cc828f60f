// Questions that are answered by hand: a signature, a plan, a photo that is drawn on.
#include <cmath>

#include "tests/app/screens/samples.h"

namespace bordereau::test {

using namespace app;

namespace {

// A name as a quick hand writes it.
media::Stroke flourish(media::Sheet sheet, media::Pen pen) {
    media::Stroke stroke{pen, {}};
    for (int i = 0; i < 90; ++i) {
        const double t = i / 89.0;
        const double x = 0.12 + 0.7 * t + 0.03 * std::sin(t * 40);
        const double y = 0.55 - 0.25 * std::cos(t * 34) * (1 - 0.8 * t);
        stroke.spots.push_back({static_cast<int>(x * sheet.width * media::kParts),
                                static_cast<int>(y * sheet.height * media::kParts)});
    }
    return stroke;
}

std::shared_ptr<const media::Drawing> drawing(media::Sheet sheet, media::Pen pen) {
    return std::make_shared<const media::Drawing>(media::Drawing{{}, {flourish(sheet, pen)}, {}});
}

}  // namespace

FillView Samples::fill_pads() const {
    FillView view = fill();
    view.questions.clear();
    const auto add = [&](const char* key, std::string label, PadView pad) {
        QuestionView question{.key = key};
        question.label = std::move(label);
        question.control = Control::image;
        pad.question = key;
        question.pad = std::make_shared<const PadView>(std::move(pad));
        view.questions.push_back(std::move(question));
    };
    const media::Sheet wide{1200, 400}, high{1200, 900};
    add("p1", in("Signature of the head of the post", "توقيع رئيس المركز", "站长签名"),
        {.sheet = wide, .drawing = drawing(wide, media::Pen::black)});
    add("p2", in("A plan of the waiting area", "مخطط منطقة الانتظار", "候检区平面图"),
        {.kind = PadView::Kind::drawing,
         .sheet = high,
         .drawing = std::make_shared<const media::Drawing>()});
    add("p3", in("A photo of the waiting area", "صورة لمنطقة الانتظار", "候检区照片"),
        {.kind = PadView::Kind::annotation, .drawing = std::make_shared<const media::Drawing>()});
    view.questions.back().value = photo(256).name;
    view.questions.back().file = std::make_shared<const FileView>(photo(256));
    return view;
}

PadView Samples::pad() const {
    const FileView ground = photo(900);
    const media::Sheet sheet{ground.picture->width, ground.picture->height};
    return {"p3",
            PadView::Kind::annotation,
            sheet,
            drawing(sheet, media::Pen::red),
            ground.picture_key,
            ground.picture};
}

CameraView Samples::camera(bool photo_wanted) const {
    if (!photo_wanted)
        return {"c1", false, "", nullptr,
                "Another program is using the camera. Nothing was changed. Close that program and "
                "open this page again."};
    const FileView seen = photo(900);
    return {"p1", true, seen.picture_key, seen.picture, ""};
}

}  // namespace bordereau::test
