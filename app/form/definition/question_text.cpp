#include "app/form/definition/question_text.h"

#include <algorithm>

#include "app/form/definition/definition.h"

namespace bordereau::form {
namespace {

std::string text_of(const TextTemplate& parts) {
    std::string out;
    for (const TextPart& part : parts) {
        out += part.literal;
        if (part.output != kNone) out += "\xE2\x80\xA6";
    }
    return out;
}

std::string text_of(const Definition& form, const Wording& wording, std::string_view language) {
    if (!wording.itext.empty())
        if (const TextForms* texts = form.translations.find(wording.itext, language))
            return text_of(texts->plain);
    return text_of(wording.plain);
}

// What stands beside an answer, at an attribute of its path, is about the question.
const Control* control_at(const Definition& form, std::string_view path) {
    std::string plain = path_without_keys(path);
    if (const auto attribute = plain.rfind("/@"); attribute != plain.npos) plain.resize(attribute);
    for (const Control& control : form.controls)
        if (control.node != kNone && control.kind != ControlKind::group &&
            control.kind != ControlKind::repeat && form.model[control.node].path == plain)
            return &control;
    return nullptr;
}

// Rows among the children of one parent, wherever the first such parent is.
std::size_t rows_in(const Definition& form, const Blueprint& parent, std::string_view path) {
    std::size_t rows = 0;
    for (const Blueprint& child : parent.children)
        if (child.node != kNone && form.model[child.node].path == path) ++rows;
    if (rows > 0) return rows;
    for (const Blueprint& child : parent.children)
        if (const std::size_t inside = rows_in(form, child, path); inside > 0) return inside;
    return 0;
}

}  // namespace

std::string path_without_keys(std::string_view path) {
    std::string out;
    int depth = 0;
    for (const char c : path) {
        if (c == '[') ++depth;
        if (depth == 0) out += c;
        if (c == ']') --depth;
    }
    return out;
}

bool is_calculated(const Form& form, std::string_view path) {
    const Control* control = control_at(form.definition(), path);
    return control != nullptr && form.definition().model[control->node].bind.calculate != kNone;
}

std::string question_label(const Form& form, std::string_view path, std::string_view language) {
    const Control* control = control_at(form.definition(), path);
    if (control == nullptr) return {};
    std::string label = text_of(form.definition(), control->label, language);
    if (!label.empty()) return label;
    const std::string& plain = form.definition().model[control->node].path;
    return plain.substr(plain.rfind('/') + 1);
}

std::size_t initial_rows(const Form& form, std::string_view repeat_path) {
    return rows_in(form.definition(), form.definition().initial, path_without_keys(repeat_path));
}

std::optional<AuditRules> audit_rules(const Form& form) {
    const auto& model = form.definition().model;
    const auto node = std::ranges::find_if(
        model, [](const ModelNode& one) { return one.path.ends_with("/meta/audit"); });
    if (node == model.end()) return std::nullopt;
    AuditRules rules;
    for (const auto& [name, value] : node->bind.parameters) {
        if (name == "location-priority") rules.location = true;
        if (name == "track-changes") rules.track_changes = value == "true";
        if (name == "identify-user") rules.identify_user = value == "true";
        if (name == "track-changes-reasons") rules.change_reasons = value == "on-form-edit";
    }
    return rules;
}

std::string choice_text(const Form& form, std::string_view path, std::string_view value,
                        std::string_view language) {
    if (const Control* control = control_at(form.definition(), path))
        for (const StaticChoice& choice : control->choices)
            if (choice.value == value) {
                std::string label = text_of(form.definition(), choice.label, language);
                if (!label.empty()) return label;
            }
    return std::string{value};
}

}  // namespace bordereau::form
