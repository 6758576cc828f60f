// app/widgets/choices.h - picking from a list: radio buttons, check boxes, a drop-down that
// filters.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/widgets/inputs.h"
#include "app/widgets/values.h"

namespace bordereau::widgets {

/// How choices stand beside each other. All but `list` become fewer columns where room is short.
enum class ChoiceLayout {
    fitting,  ///< in one line where they fit, else below each other
    list,     ///< below each other
    columns,  ///< in equal columns: as many as ChoiceLook::across says, 0: as the labels allow
    packed,   ///< one after the other, in as many lines as it takes
    scale     ///< in one line of equal shares with the marks above the words, as agreement is asked
};

struct ChoiceLook {
    bool enabled = true;
    bool invalid = false;
    ChoiceLayout layout = ChoiceLayout::fitting;
    int across = 0;
    bool marks = true;  ///< false: the words alone are the button
};

/// One of a few. True when another was chosen; `value` is then its value.
bool choice_list(const char* id, std::span<const Choice> choices, std::string& value,
                 const ChoiceLook& look = {});
/// Any of a few. `values` are values in the order of the list, joined by one blank.
bool multi_choice(const char* id, std::span<const Choice> choices, std::string& values,
                  const ChoiceLook& look = {});
/// The mark of one choice without its words, as wide as the region: words stand elsewhere.
bool choice_mark(const char* id, std::string_view label, bool several, bool chosen,
                 bool enabled = true);
/// A single box.
bool check_box(const char* id, std::string_view label, bool& checked, bool enabled = true);

/// The open list of a drop-down: what was typed, and which rows match. One serves all drop-downs of
/// a screen, since only one is open.
struct DropDownUi {
    std::string typed;
    std::vector<std::uint32_t> matches;  ///< indices into the choices
    const void* of = nullptr;            ///< the list that `matches` belongs to
    bool fresh = false;                  ///< opened in this frame
    bool begun = false;                  ///< the field has had the keyboard
};
/// One of many (50,000 are no burden): opens a list with a field to type in.
bool drop_down(const char* id, std::span<const Choice> choices, std::string& value, DropDownUi& ui,
               const FieldLook& look = {});

/// The values of `joined` as separate texts.
bool contains_value(std::string_view joined, std::string_view value);

}  // namespace bordereau::widgets
