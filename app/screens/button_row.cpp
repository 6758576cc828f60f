#include "app/screens/button_row.h"

#include "app/widgets/inputs.h"

namespace bordereau::app {

bool Buttons::operator()(const char* id, std::string_view key, const widgets::ButtonLook& look) {
    row_.next(widgets::button_width(words_(key), look.icon));
    return widgets::button(id, words_(key), look);
}

bool Buttons::tab(const char* id, std::string_view key, bool chosen) {
    row_.next(widgets::tab_width(words_(key)));
    return widgets::tab(id, words_(key), chosen);
}

void draw_role_choice(const std::vector<std::string>& roles, std::string_view prefix,
                      std::string& chosen, const text::Words& words) {
    if (chosen.empty() && !roles.empty()) chosen = roles.front();
    widgets::field_label(words("people.role"));
    Buttons buttons{words, 0.25f};
    for (const std::string& role : roles) {
        const std::string id = std::string{prefix} + role;
        if (buttons.tab(id.c_str(), "role." + role, role == chosen)) chosen = role;
    }
}

}  // namespace bordereau::app
