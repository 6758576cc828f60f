// Saves a picture of every widget: bordereau_widget_page LANGUAGE THEME WIDTH HEIGHT PERCENT
// FILE.png
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/shell/window.h"
#include "app/text/fonts.h"
#include "app/text/words.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "assets/assets.h"
#include "tests/app/widgets/gallery.h"

namespace bordereau::test {
namespace {

Status save_gallery(text::Language language, widgets::Theme theme, shell::WindowOptions options,
                    int percent, const std::string& path) {
    auto files = text::find_fonts(text::font_places("/"));
    if (!files) return std::move(files).error();
    auto type = text::Type::open(*files);
    if (!type) return std::move(type).error();
    const auto file = assets::find("i18n/" + std::string{text::tag_of(language)} + ".json");
    auto words = text::Words::read(language, file.value_or("{}"),
                                   assets::find("i18n/en.json").value_or("{}"));
    if (!words) return std::move(words).error();
    auto window = shell::Window::open(options, std::move(*type));
    if (!window) return std::move(window).error();
    widgets::Look look{&window->type(), &*words, theme, percent};
    widgets::use(look);
    GalleryUi ui;
    const GalleryTexts texts = gallery_texts(language);
    ui.note = texts.message + "\n" + texts.question;
    const auto picture = window->picture([&] {
        widgets::begin_root();
        draw_gallery(texts, ui);
        widgets::end_root();
    });
    if (!picture) return picture.error();
    return shell::write_png(*picture, path);
}

}  // namespace
}  // namespace bordereau::test

int main(int count, char** arguments) {
    using namespace bordereau;
    if (count != 7) return 2;
    const auto chosen = widgets::theme_named(arguments[2]);
    const Status saved =
        test::save_gallery(text::language_of(arguments[1]).value_or(text::Language::en), chosen,
                           {"gallery", std::atoi(arguments[3]), std::atoi(arguments[4])},
                           std::atoi(arguments[5]), arguments[6]);
    if (saved) return 0;
    std::fprintf(stderr, "%s\n", saved.error().detail.c_str());
    return 1;
}
