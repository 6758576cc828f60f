#include "app/report/texts.h"

#include <algorithm>

#include "storage/base/check.h"

namespace bordereau::report {

std::string_view Texts::find(std::string_view key) const {
    const auto found = std::ranges::find(wordings_, key, &Wording::key);
    return found == wordings_.end() ? std::string_view{} : found->text;
}

std::string Texts::operator()(std::string_view key) const {
    const std::string_view text = find(key);
    check(!text.empty(), std::string{key}.insert(0, "a report text is missing: ").c_str());
    return std::string{text};
}

std::string Texts::operator()(
    std::string_view key,
    std::initializer_list<std::pair<std::string_view, std::string>> values) const {
    const std::string pattern = (*this)(key);
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t end = pattern[at] == '{' ? pattern.find('}', at) : pattern.npos;
        if (end == pattern.npos) {
            out += pattern[at++];
            continue;
        }
        const std::string_view name = std::string_view{pattern}.substr(at + 1, end - at - 1);
        const auto value = std::ranges::find(
            values, name, [](const auto& one) { return std::string_view{one.first}; });
        check(value != values.end(), "a report text asks for a value that was not given");
        out += value->second;
        at = end + 1;
    }
    return out;
}

std::string Texts::choice(std::string_view list, std::string_view value) const {
    const std::string_view label = find(std::string{list} + "." + std::string{value});
    return std::string{label.empty() ? value : label};
}

}  // namespace bordereau::report
