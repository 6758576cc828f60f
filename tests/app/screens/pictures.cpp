// Draws every screen with its sample view in a real window and saves pictures, for people to look
// at. Usage: bordereau-screen-pictures FOLDER [LANGUAGE [WIDTHxHEIGHT
// [light|dark|contrast|sunlight]]]

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>

#include "app/shell/window.h"
#include "app/text/fonts.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"
#include "assets/assets.h"
#include "tests/app/screens/gallery.h"

namespace bordereau::test {

namespace {

struct Wish {
    std::filesystem::path folder;
    text::Language language = text::Language::en;
    int width = 1280, height = 800, percent = 100;
    widgets::Theme theme = widgets::Theme::light;
};

Wish wish_of(int count, char** arguments) {
    Wish wish{count > 1 ? arguments[1] : "pictures"};
    if (count > 2) wish.language = text::language_of(arguments[2]).value_or(text::Language::en);
    if (count > 3) std::sscanf(arguments[3], "%dx%d", &wish.width, &wish.height);
    const std::string theme = count > 4 ? arguments[4] : "light";
    wish.theme = widgets::theme_named(theme);
    if (count > 5) wish.percent = std::stoi(arguments[5]);
    return wish;
}

Result<text::Words> words_in(text::Language language) {
    const auto file = [](text::Language one) {
        return assets::find("i18n/" + std::string(text::tag_of(one)) + ".json").value_or("{}");
    };
    return text::Words::read(language, file(language), file(text::Language::en));
}

Status picture_all(const Wish& wish) {
    auto fonts = text::find_fonts(text::font_places({}));
    if (!fonts) return fonts.error();
    auto type = text::Type::open(*fonts);
    if (!type) return type.error();
    auto words = words_in(wish.language);
    if (!words) return words.error();
    auto window = shell::Window::open({"Bordereau", wish.width, wish.height}, *std::move(type));
    if (!window) return window.error();
    widgets::Look look{
        .type = &window->type(), .words = &*words, .theme = wish.theme, .percent = wish.percent};
    widgets::use(look);
    widgets::Pictures pictures;
    look.pictures = &pictures;
    std::filesystem::create_directories(wish.folder);
    for (const Exhibit& exhibit : gallery(Samples{wish.language})) {
        app::Commands ignored;
        auto picture = window->picture([&] {
            widgets::begin_root();
            exhibit.draw(*words, ignored);
            widgets::end_root();
        });
        if (!picture) return picture.error();
        if (auto saved = shell::write_png(*picture, wish.folder / (exhibit.name + ".png")); !saved)
            return saved;
    }
    return done();
}

}  // namespace

}  // namespace bordereau::test

int main(int count, char** arguments) {
    const auto status = bordereau::test::picture_all(bordereau::test::wish_of(count, arguments));
    if (!status) std::cerr << status.error().detail << "\n";
    return status ? 0 : 1;
}
