#include "app/present/outline.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::app {

std::vector<Section> sections_of(const form::Session& session) {
    const auto& elements = session.elements();
    std::vector<Section> sections;
    bool loose = false;  // the last section gathers questions outside of groups
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const form::Element& element = elements[i];
        if (element.depth > 0) continue;
        const bool gathers = element.kind == form::ElementKind::question;
        if (gathers && loose) continue;
        if (!sections.empty()) sections.back().end = i;
        std::string title = gathers ? std::string{} : session.label(element);
        if (title.empty()) title = session.form().title(session.language());
        sections.push_back({std::move(title), i, elements.size()});
        loose = gathers;
    }
    return sections;
}

int section_with(const form::Session& session, const std::vector<Section>& sections,
                 form::NodeId node) {
    const auto& elements = session.elements();
    for (std::size_t s = 0; s < sections.size(); ++s)
        for (std::size_t i = sections[s].begin; i < sections[s].end; ++i)
            if (elements[i].node == node) return static_cast<int>(s);
    return 0;
}

bool asks(const form::Session& session, const form::Element& element) {
    return element.kind == form::ElementKind::question && element.widget != form::Widget::note &&
           element.remark_on == form::NodeId{} && !session.readonly(element.node);
}

std::string number_of(const form::Session& session, const std::vector<Section>& sections,
                      form::NodeId question) {
    const auto& elements = session.elements();
    for (const Section& section : sections) {
        int number = 0;
        for (std::size_t i = section.begin; i < section.end; ++i) {
            if (!asks(session, elements[i])) continue;
            ++number;
            if (elements[i].node == question) return std::to_string(number);
        }
    }
    return {};
}

ProgressView progress_of(const form::Session& session, std::size_t begin, std::size_t end) {
    ProgressView progress;
    for (std::size_t i = begin; i < end; ++i) {
        const form::Element& element = session.elements()[i];
        if (!asks(session, element)) continue;
        // An optional question without an answer is not something left to do; a wrong answer is.
        const form::Validity validity = session.validity(element.node);
        const bool wrong =
            validity == form::Validity::type || validity == form::Validity::constraint;
        const bool answered = !session.value(element.node).empty() && !wrong;
        if (!answered && !wrong && !session.required(element.node)) continue;
        ++progress.total;
        if (answered) ++progress.done;
    }
    return progress;
}

std::vector<std::string> keys_of(const form::Session& session) {
    std::vector<std::string> keys;
    std::string row;  // key of the repeat instance last passed
    for (const form::Element& element : session.elements()) {
        if (element.node == form::NodeId{}) {
            keys.push_back("group " + std::to_string(element.control) + " " + row);
            continue;
        }
        keys.push_back(session.key_path(element.node));
        if (element.kind == form::ElementKind::repeat_instance) row = keys.back();
    }
    return keys;
}

bool has_word(std::string_view appearance, std::string_view word) {
    const auto all = words_of(appearance);
    return std::ranges::find(all, word) != all.end();
}

std::string_view without_empty_fraction(std::string_view number) {
    return number.ends_with(".0") ? number.substr(0, number.size() - 2) : number;
}

std::string answer_in_words(const form::Session& session, const form::Element& element) {
    return value_in_words(session, element, session.value(element.node));
}

std::string value_in_words(const form::Session& session, const form::Element& element,
                           const std::string& value) {
    if (element.widget == form::Widget::select_one) return session.choice_label(element, value);
    if (element.widget == form::Widget::decimal) return std::string{without_empty_fraction(value)};
    if (element.widget != form::Widget::select_multiple && element.widget != form::Widget::rank)
        return value;
    std::string out;
    for (const std::string_view part : words_of(value))
        out += (out.empty() ? "" : "; ") + session.choice_label(element, part);
    return out;
}

}  // namespace bordereau::app
