#include "app/form/definition/texts.h"

#include <algorithm>

namespace bordereau::form {
namespace {

const TextForms* find_in(const Translation& translation, const std::string& id) {
    const auto found = translation.texts.find(id);
    return found == translation.texts.end() ? nullptr : &found->second;
}

}  // namespace

const TextForms* Translations::find(std::string_view id, std::string_view language) const {
    if (all.empty()) return nullptr;
    const std::string key{id};
    const auto wanted = std::find_if(all.begin(), all.end(), [language](const Translation& one) {
        return one.language == language;
    });
    if (wanted != all.end())
        if (const auto* texts = find_in(*wanted, key)) return texts;
    return find_in(all[default_index], key);
}

bool Translations::has_language(std::string_view language) const {
    return std::any_of(all.begin(), all.end(),
                       [language](const Translation& one) { return one.language == language; });
}

}  // namespace bordereau::form
