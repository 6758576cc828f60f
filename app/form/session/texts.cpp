// Labels, hints and messages in the session's language, outputs filled in.
#include <algorithm>

#include "app/form/session/state.h"

namespace bordereau::form {

std::string Session::State::fill(const TextTemplate& text, NodeIndex node) {
    std::string filled;
    for (const auto& part : text) {
        filled += part.literal;
        if (part.output == kNone) continue;
        filled += def.expression(part.output).evaluate_text(context_at(node)).value_or({});
    }
    return filled;
}

const TextForms* Session::State::forms_of(const Wording& wording, NodeIndex node) {
    if (!wording.itext.empty()) return def.translations.find(wording.itext, environment.language);
    if (wording.itext_expression == kNone) return nullptr;
    const auto id = def.expression(wording.itext_expression).evaluate_text(context_at(node));
    return id.ok() ? def.translations.find(*id, environment.language) : nullptr;
}

std::string Session::State::word(const Wording& wording, NodeIndex node) {
    const auto* forms = forms_of(wording, node);
    return fill(forms != nullptr ? forms->plain : wording.plain, node);
}

bool Session::State::varies(const Wording& wording) const {
    const auto has_output = [](const TextTemplate& text) {
        return std::ranges::any_of(text, [](const auto& part) { return part.output != kNone; });
    };
    if (wording.itext_expression != kNone || has_output(wording.plain)) return true;
    if (wording.itext.empty() || !def.translations.has_outputs) return false;
    const auto* forms = def.translations.find(wording.itext, environment.language);
    return forms != nullptr && (has_output(forms->plain) || has_output(forms->guidance));
}

std::uint32_t Session::State::stamp_of(const Element& element) const {
    const auto& control = def.controls[element.control];
    if (varies(control.label) || varies(control.hint)) return revision;
    if (!alive(element.node)) return all_changed;
    const auto node = element.node.index;
    const auto& bind = model(node).bind;
    const auto judged = validity_of(node);
    if ((judged == Validity::required && varies(bind.required_message)) ||
        (judged == Validity::constraint && varies(bind.constraint_message)))
        return revision;
    return std::max(nodes[node].changed, all_changed);
}

std::optional<std::string> Session::State::itext(std::string_view id) {
    const auto* forms = def.translations.find(id, environment.language);
    if (forms == nullptr) return std::nullopt;
    // Outputs of outputs: a text that contains itself stops here instead of never.
    constexpr int kDeepest = 8;
    if (text_depth >= kDeepest) return std::string{};
    ++text_depth;
    auto text = fill(forms->plain, text_context);
    --text_depth;
    return text;
}

}  // namespace bordereau::form
