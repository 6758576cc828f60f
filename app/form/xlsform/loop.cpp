#include "app/form/xlsform/loop.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace bordereau::form::xlsform {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// The choice's label in a language, else its only one.
std::string_view label_in(const Choice& choice, std::string_view language) {
    for (const auto& [known, text] : choice.label.texts)
        if (known == language || known.empty()) return text;
    return {};
}

void put_choice(std::string& text, std::string_view language, const Choice& choice) {
    replace_all(text, "%(name)s", choice.name);
    replace_all(text, "%(label)s", label_in(choice, language));
}

void put_choice(Translated& translated, const Choice& choice) {
    for (auto& [language, text] : translated.texts) put_choice(text, language, choice);
}

void put_choice(Attributes& attributes, const Choice& choice) {
    for (const auto& [name, value] : Attributes{attributes}) {
        auto filled = value;
        put_choice(filled, {}, choice);
        attributes.set(name, filled);
    }
}

std::unique_ptr<Element> copy_for(const Element& pattern, const Choice& choice) {
    auto copy = std::make_unique<Element>();
    copy->kind = pattern.kind;
    copy->type = pattern.type;
    copy->name = pattern.name;
    copy->row = pattern.row;
    copy->label = pattern.label;
    copy->hint = pattern.hint;
    copy->guidance = pattern.guidance;
    copy->media = pattern.media;
    copy->messages = pattern.messages;
    copy->bind = pattern.bind;
    copy->control = pattern.control;
    copy->instance = pattern.instance;
    copy->default_value = pattern.default_value;
    copy->default_is_dynamic = pattern.default_is_dynamic;
    copy->itemset = pattern.itemset;
    copy->choice_filter = pattern.choice_filter;
    copy->query = pattern.query;
    copy->parameters = pattern.parameters;
    copy->triggers = pattern.triggers;
    copy->actions = pattern.actions;
    copy->osm_list = pattern.osm_list;
    for (auto* text : {&copy->label, &copy->hint, &copy->guidance}) put_choice(*text, choice);
    for (auto& [name, text] : copy->messages) put_choice(text, choice);
    for (auto* attributes : {&copy->bind, &copy->control}) put_choice(*attributes, choice);
    for (auto* text : {&copy->name, &copy->default_value, &copy->choice_filter})
        put_choice(*text, {}, choice);
    for (const auto& child : pattern.children) copy->add(copy_for(*child, choice));
    return copy;
}

}  // namespace

void expand_loop(Element& loop, const ChoiceList& list) {
    const auto patterns = std::move(loop.children);
    loop.kind = ElementKind::group;
    loop.itemset.clear();
    loop.children.clear();
    for (const auto& choice : list.choices) {
        if (choice.name == "none") continue;
        auto group = std::make_unique<Element>();
        group->kind = ElementKind::group;
        group->name = choice.name;
        group->label = choice.label;
        for (const auto& pattern : patterns) group->add(copy_for(*pattern, choice));
        loop.add(std::move(group));
    }
}

}  // namespace bordereau::form::xlsform
