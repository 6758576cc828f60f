// tests/app/widgets/gallery.h - every widget on one page, for pictures and for tests of layout.
#pragma once

#include <string>

#include "app/text/language.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"

namespace bordereau::test {

struct GalleryUi {
    std::string name, note, search, number, date = "2026-03-07", level = "2", offers = "rooms",
                                            country;
    bool agreed = true;
    widgets::CalendarUi calendar;
    widgets::DropDownUi list;
};

/// Texts of a page in one language, as a form and its officers would write them.
struct GalleryTexts {
    std::string title, question, hint, yes, partly, no, message, name, note, unit, place, send,
        state, error;
};
GalleryTexts gallery_texts(text::Language language);

/// Draws the page with a side bar (on top of it where the window is narrow).
void draw_gallery(const GalleryTexts& texts, GalleryUi& ui);

}  // namespace bordereau::test
