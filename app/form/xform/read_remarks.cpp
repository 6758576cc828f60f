// Questions that take remarks on other questions: the appearance "comment" with the other question
// in the bind's attribute "for" (Enketo, "Comments"). Where it names none they are asked like
// others.
#include <algorithm>

#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

bool takes_remarks(const Control& control) {
    const auto appearances = words_of(control.appearance);
    return control.kind == ControlKind::input && control.widget == Widget::text &&
           control.node != kNone && std::ranges::find(appearances, "comment") != appearances.end();
}

bool is_question(const Control& control) {
    return control.kind != ControlKind::group && control.kind != ControlKind::repeat &&
           control.widget != Widget::note;
}

}  // namespace

void FormReader::join_remark(std::uint32_t control, std::string_view on) {
    const auto own = definition.controls[control].node;
    const auto& path = definition.model[own].path;
    const auto found = locate(on, own);
    const bool asked =
        found.node != kNone && found.node != own &&
        std::ranges::any_of(definition.model[found.node].controls, [this](std::uint32_t shown) {
            return is_question(definition.controls[shown]) &&
                   definition.controls[shown].remark_on == kNone;
        });
    if (!asked || found.filtered)
        return warning(path, "The comment is for no question: " + std::string{trimmed(on)} + ".",
                       "Name a question that the form asks.");
    auto& question = definition.model[found.node];
    if (question.frame != definition.model[own].frame)
        return warning(path, "The comment is for a question of another repeat.",
                       "Put it into the repeat that the question is in.");
    if (question.remark != kNone)
        return warning(path, "The question has another comment already.",
                       "Let one question take the comments.");
    question.remark = own;
    definition.controls[control].remark_on = found.node;
}

void FormReader::join_remarks() {
    for (std::uint32_t at = 0; at < definition.controls.size(); ++at) {
        const auto& control = definition.controls[at];
        if (!takes_remarks(control)) continue;
        const auto& node = definition.model[control.node];
        for (const auto& [name, on] : node.bind.parameters)
            if (name == "for" && node.controls.size() == 1) join_remark(at, on);
    }
}

}  // namespace bordereau::form
