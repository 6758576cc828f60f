#include "app/form/definition/form.h"

#include <algorithm>

#include "app/form/definition/definition.h"

namespace bordereau::form {

Form::Form(std::shared_ptr<const Definition> definition) : definition_(std::move(definition)) {
    check(definition_ != nullptr, "a form needs a definition");
}

const std::string& Form::id() const {
    return definition_->id;
}
const std::string& Form::version() const {
    return definition_->version;
}
const std::string& Form::title() const {
    return definition_->title;
}
std::string Form::title(std::string_view language) const {
    const auto& all = definition_->translations.all;
    const auto found = std::ranges::find(all, language, &Translation::language);
    if (found == all.end()) return title();
    const auto text = found->texts.find(std::string{kTitleText});
    if (text == found->texts.end()) return title();
    std::string words;
    for (const TextPart& part : text->second.plain) words += part.literal;
    // What converters put where a text is missing.
    return words.empty() || words == "-" ? title() : words;
}
const std::vector<std::string>& Form::languages() const {
    return definition_->languages;
}

const std::string& Form::default_language() const {
    static const std::string none;
    const auto& languages = definition_->languages;
    return languages.empty() ? none : languages[definition_->translations.default_index];
}

int Form::question_count() const {
    const auto& controls = definition_->controls;
    return static_cast<int>(
        std::count_if(controls.begin(), controls.end(), [](const Control& control) {
            return control.kind != ControlKind::group && control.kind != ControlKind::repeat &&
                   control.widget != Widget::note;
        }));
}

}  // namespace bordereau::form
