#include "app/desk/off_list.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::app {
namespace {

using form::Widget;

bool chooses(const form::Element& element) {
    return element.kind == form::ElementKind::question &&
           (element.widget == Widget::select_one || element.widget == Widget::select_multiple ||
            element.widget == Widget::rank);
}

}  // namespace

std::vector<std::string> off_list(const form::Session& session, const form::Element& element,
                                  std::string_view answer) {
    std::vector<std::string> left;
    if (!chooses(element) || trimmed(answer).empty()) return left;
    const auto choices = session.choice_list(element);
    const auto is_choice = [&choices](std::string_view value) {
        return std::ranges::find(*choices, value, &form::Choice::value) != choices->end();
    };
    // A single one may hold blanks where its list comes from answers.
    if (is_choice(trimmed(answer))) return left;
    if (element.widget == Widget::select_one) return {std::string{trimmed(answer)}};
    for (const std::string_view word : words_of(answer))
        if (!is_choice(word)) left.emplace_back(word);
    return left;
}

std::vector<form::NodeId> answers_off_list(const form::Session& session) {
    std::vector<form::NodeId> found;
    for (const form::Element& element : session.elements())
        if (chooses(element) && !off_list(session, element, session.value(element.node)).empty())
            found.push_back(element.node);
    return found;
}

}  // namespace bordereau::app
