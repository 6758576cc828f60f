// Functions over the blank-separated values of selects.
#include <algorithm>
#include <cmath>

#include "app/form/xpath/functions.h"
#include "storage/base/text.h"

namespace bordereau::form::xpath {
namespace {

// Walks the list in place: selected() stands in most relevance conditions of a form.
Value selected(Call& call) {
    std::string a, b;
    const std::string_view list = call.text(0, a), wanted = trimmed(call.text(1, b));
    if (wanted.empty()) return list.empty();
    for (std::size_t at = list.find(wanted); at != std::string_view::npos;
         at = list.find(wanted, at + 1)) {
        const std::size_t end = at + wanted.size();
        const auto is_blank = [&](std::size_t i) { return list.find_first_of(" \t\r\n", i) == i; };
        if ((at == 0 || is_blank(at - 1)) && (end == list.size() || is_blank(end))) return true;
    }
    return false;
}

Value selected_at(Call& call) {
    std::string scratch;
    const auto words = words_of(call.text(0, scratch));
    const double index = std::trunc(call.number(1));
    if (!(index >= 0 && index < static_cast<double>(words.size()))) return std::string{};
    return std::string{words[static_cast<std::size_t>(index)]};
}

Value count_selected(Call& call) {
    std::string scratch;
    return static_cast<double>(words_of(call.text(0, scratch)).size());
}

// jr:choice-name(value, 'path'): pyxform writes the path with blanks around it.
Value choice_name(Call& call) {
    if (!call.services().choice_label) return std::string{};
    const std::string value = call.text(0), path = call.text(1);
    return call.services().choice_label(value, trimmed(path), call.context_node());
}

constexpr Function kFunctions[] = {{"selected", 2, 2, TypeOf::boolean, kPure, selected},
                                   {"is-selected", 2, 2, TypeOf::boolean, kPure, selected},
                                   {"selected-at", 2, 2, TypeOf::text, kPure, selected_at},
                                   {"count-selected", 1, 1, TypeOf::number, kPure, count_selected},
                                   {"jr:choice-name", 2, 2, TypeOf::text, kContext, choice_name}};

}  // namespace

std::span<const Function> select_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
