// Files as answers, and the browser they are chosen in.
#include "app/text/format.h"
#include "app/text/words.h"
#include "assets/assets.h"
#include "tests/app/screens/samples.h"

namespace bordereau::test {

using namespace app;

namespace {

constexpr std::string_view kDot = " \xC2\xB7 ";

// A room in broad strokes: a wall, a window with the sky in it, a floor.
media::Raster room(int width, int height) {
    media::Raster raster{width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool floor = y > height * 7 / 10;
            const bool window =
                x > width / 2 && x < width * 8 / 10 && y > height / 6 && y < height / 2;
            const int shade = 40 * x / width;
            const auto put = [&](int red, int green, int blue) {
                for (const int channel : {red - shade, green - shade, blue - shade})
                    raster.rgba.push_back(static_cast<std::uint8_t>(channel));
                raster.rgba.push_back(255);
            };
            if (window)
                put(150, 200, 240);
            else if (floor)
                put(140, 110, 80);
            else
                put(225, 215, 195);
        }
    return raster;
}

text::Words words_in(text::Language language) {
    const auto file = [](text::Language one) {
        return assets::find("i18n/" + std::string(text::tag_of(one)) + ".json").value_or("{}");
    };
    return *text::Words::read(language, file(language), file(text::Language::en));
}

FileRuleView rule(const text::Words& words, const char* kind) {
    return {words(kind, {{"size", text::format_bytes(33'600'000, words.language())}}) + " " +
                std::string{words("file.rule.cleaned")},
            true};
}

QuestionView file_question(const char* key, Control control, std::string label) {
    QuestionView question{.key = key};
    question.label = std::move(label);
    question.control = control;
    return question;
}

}  // namespace

FileView Samples::photo(int side) const {
    const text::Words words = words_in(language);
    return {.name = "interview_room-k7qx3.jpg",
            .about = std::string{words("file.family.image")} + std::string{kDot} + "JPG" +
                     std::string{kDot} + "4000 \xC3\x97 3000" + std::string{kDot} +
                     text::format_bytes(2'400'000, language),
            .picture_key = "room" + std::to_string(side),
            .picture = std::make_shared<const media::Raster>(room(side, side * 3 / 4)),
            .can_save = true};
}

FillView Samples::fill_files() const {
    const text::Words words = words_in(language);
    FillView view = fill();
    QuestionView empty =
        file_question("f1", Control::image,
                      in("A photo of the waiting area", "صورة لمنطقة الانتظار", "候检区照片"));
    empty.file_rule = rule(words, "file.rule.image");
    QuestionView attached =
        file_question("f2", Control::image,
                      in("A photo of the interview room", "صورة لغرفة المقابلة", "面谈室照片"));
    attached.value = photo(256).name;
    attached.file = std::make_shared<const FileView>(photo(256));
    QuestionView missing = file_question("f3", Control::file, in("The order", "الأمر", "命令"));
    missing.value = "order_12-2m9xw.pdf";
    missing.file =
        std::make_shared<const FileView>(FileView{.name = missing.value,
                                                  .about = text::format_bytes(84'000, language),
                                                  .problem = std::string{words("file.missing")}});
    QuestionView full = file_question("f4", Control::audio, in("Recording", "تسجيل", "录音"));
    full.file_rule = {std::string{words("file.rule.full")}, false};
    view.questions = {attached, empty, missing, full};
    return view;
}

BrowserView Samples::browser(bool saving) const {
    const text::Words words = words_in(language);
    BrowserView view{.question = "f1", .saving = saving, .file = photo(8).name};
    view.rule =
        saving ? std::string{words("browser.not_encrypted")} : rule(words, "file.rule.image").text;
    view.folder = "/home/amina/Pictures/North gate";
    view.above = "/home/amina/Pictures";
    view.places = {{std::string{words("browser.place.home")}, "/home/amina"},
                   {std::string{words("browser.place.pictures")}, "/home/amina/Pictures"},
                   {"KINGSTON", "/media/amina/KINGSTON", true}};
    for (const std::string name : {"2026-03-06", "2026-03-07"})
        view.entries.push_back({name, view.folder + "/" + name, {}, true});
    for (int i = 1; i <= 40 && !saving; ++i)
        view.entries.push_back(
            {"IMG_" + std::to_string(2040 + i) + ".jpg", view.folder + "/IMG.jpg",
             text::format_bytes(2'400'000, language) + std::string{kDot} +
                 text::format_date({2026, 3, 7}, language, text::DateLength::numeric)});
    return view;
}

EnlargedView Samples::enlarged() const {
    return {"f2", photo(900)};
}

}  // namespace bordereau::test
