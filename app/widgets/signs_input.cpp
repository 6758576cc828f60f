#include "app/widgets/signs_input.h"

#include "app/widgets/editor.h"

namespace bordereau::widgets {

Edit input_signs(const char* id, std::string& value, const FieldLook& look) {
    EditorLook signs{look};
    signs.base = text::Base::left_to_right;
    return edit_text(id, value, signs);
}

}  // namespace bordereau::widgets
