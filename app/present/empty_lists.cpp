#include "app/present/empty_lists.h"

#include <algorithm>

namespace bordereau::app {
namespace {

// Only what a person can answer helps a person.
const form::Element* asked(const form::Session& session, form::NodeId node) {
    for (const form::Element& element : session.elements())
        if (element.node == node && element.kind == form::ElementKind::question) return &element;
    return nullptr;
}

std::string name_of(const form::Session& session, const form::Element& question,
                    std::span<const QuestionView> rows) {
    const auto row = std::ranges::find(rows, session.key_path(question.node), &QuestionView::key);
    const std::string label = session.label(question);
    return row == rows.end() || row->number.empty() ? label : row->number + ". " + label;
}

}  // namespace

std::string why_no_choices(const form::Session& session, const form::Element& element,
                           std::span<const QuestionView> rows, const text::Words& words) {
    const form::Element* answered = nullptr;
    for (const form::NodeId node : session.choices_follow(element)) {
        const form::Element* before = asked(session, node);
        if (before == nullptr) continue;
        if (session.value(node).empty())
            return words("fill.no_choices.yet", {{"question", name_of(session, *before, rows)}});
        answered = before;
    }
    if (answered == nullptr) return std::string{words("fill.no_choices")};
    return words("fill.no_choices.for", {{"question", name_of(session, *answered, rows)}});
}

}  // namespace bordereau::app
