#include "app/screens/shortcut_sheet.h"

#include <array>

#include "app/screens/parts.h"
#include "app/screens/shortcuts.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"

namespace bordereau::app {
namespace {

constexpr float kKeysUnits = 10;

struct Part {
    KeyPart part;
    const char* words;
};
constexpr std::array kParts{Part{KeyPart::everywhere, "keys.everywhere"},
                            Part{KeyPart::audit, "keys.audit"}, Part{KeyPart::files, "keys.files"}};

/// Keys are read from left to right in every language.
void draw_keys(const ShortcutRow& shown, const text::Words& words) {
    widgets::TextStyle keys = widgets::kBold;
    keys.base = text::Base::left_to_right;
    const std::string label = keys_words(shown);
    if (widgets::narrow()) {
        widgets::text_block(label, keys);
        widgets::text_block(words(shown.words));
        widgets::gap(0.25f);
        return;
    }
    widgets::Row row;
    row.next(kKeysUnits * widgets::unit());
    widgets::text_block(label, keys);
    const float rest = row.rest();
    row.next(rest);
    widgets::text_block(words(shown.words));
}

}  // namespace

bool draw_shortcut_sheet(const text::Words& words) {
    widgets::begin_pane("shortcut_sheet", {0, 0}, widgets::PaneLook::page);
    bool closed = false;
    {
        const MiddleColumn column(kPageUnits);
        widgets::heading(words("keys.title"), widgets::narrow() ? 2 : 1);
        {
            widgets::Row row;
            row.next(widgets::button_width(words("action.close")));
            closed = widgets::button("close_sheet", words("action.close"));
        }
        for (const Part& part : kParts) {
            widgets::gap(0.5f);
            widgets::heading(words(part.words), 3);
            for (const ShortcutRow& row : shortcut_rows())
                if (row.part == part.part) draw_keys(row, words);
        }
    }
    widgets::end_pane();
    return closed;
}

}  // namespace bordereau::app
