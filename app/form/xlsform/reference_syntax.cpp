#include "app/form/xlsform/reference_syntax.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::string_view kLastSaved = "last-saved#";

struct Range {
    char32_t first, last;
};

// NameStartChar of XML 1.0 (fifth edition) without the colon.
constexpr Range kStart[] = {{'A', 'Z'},       {'_', '_'},       {'a', 'z'},        {0xC0, 0xD6},
                            {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},    {0x37F, 0x1FFF},
                            {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},  {0x3001, 0xD7FF},
                            {0xF900, 0xFDCF}, {0xFDF0, 0xFFFC}, {0x10000, 0xEFFFF}};
constexpr Range kMore[] = {{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t Size>
bool within(char32_t c, const Range (&ranges)[Size]) {
    return std::ranges::any_of(ranges,
                               [c](Range range) { return c >= range.first && c <= range.last; });
}

/// The reference that starts at this "${"; end 0 if it is malformed.
Reference reference_at(std::string_view text, std::size_t start) {
    const auto close = text.find('}', start);
    if (close == std::string_view::npos) return {};
    auto inner = text.substr(start + 2, close - start - 2);
    const bool last_saved = inner.starts_with(kLastSaved);
    if (last_saved) inner.remove_prefix(kLastSaved.size());
    if (!is_xml_name(inner)) return {};
    return {start, close + 1, inner, last_saved};
}

}  // namespace

std::vector<Reference> references_in(std::string_view text) {
    std::vector<Reference> found;
    for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
        const auto reference = reference_at(text, at);
        if (reference.end != 0) found.push_back(reference);
        at = reference.end != 0 ? reference.end : at + 2;
    }
    return found;
}

bool has_reference(std::string_view text) {
    return text.find("${") != std::string_view::npos && !references_in(text).empty();
}

bool has_last_saved_reference(std::string_view text) {
    return std::ranges::any_of(references_in(text), &Reference::last_saved);
}

std::optional<std::string_view> sole_reference(std::string_view text) {
    text = trimmed(text);
    if (!text.starts_with("${")) return std::nullopt;
    const auto reference = reference_at(text, 0);
    if (reference.end != text.size() || reference.last_saved) return std::nullopt;
    return reference.name;
}

std::optional<std::string> reference_fault(std::string_view text) {
    for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
        const auto reference = reference_at(text, at);
        if (reference.end == 0) return std::string{text.substr(at, text.find('}', at) - at + 1)};
        at = reference.end;
    }
    return std::nullopt;
}

bool is_xml_name(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const bool first = at == 0;
        const auto c = next_code_point(text, at);
        if (!within(c, kStart) && (first || !within(c, kMore))) return false;
    }
    return !text.empty();
}

}  // namespace bordereau::form::xlsform
