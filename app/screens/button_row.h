// app/screens/button_row.h - buttons and choices beside each other, each as wide as its words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/layout.h"

namespace bordereau::app {

/// Wraps where the region ends. `key` names the words.
class Buttons {
public:
    explicit Buttons(const text::Words& words, float gap_units = 0.5f)
        : words_(words), row_(widgets::Row::Overflow::wrap, gap_units) {}
    bool operator()(const char* id, std::string_view key, const widgets::ButtonLook& look);
    bool tab(const char* id, std::string_view key, bool chosen);

private:
    const text::Words& words_;
    widgets::Row row_;
};

/// One of these roles, the first where none is chosen yet. The id of each is `prefix` and its name.
void draw_role_choice(const std::vector<std::string>& roles, std::string_view prefix,
                      std::string& chosen, const text::Words& words);

}  // namespace bordereau::app
