#include "app/form/xlsform/survey_tree.h"

#include <algorithm>

namespace bordereau::form::xlsform {

void Attributes::set(std::string_view name, std::string value) {
    for (auto& [known, old] : values_) {
        if (known != name) continue;
        old = std::move(value);
        return;
    }
    values_.emplace_back(name, std::move(value));
}

void Attributes::erase(std::string_view name) {
    std::erase_if(values_, [&](const auto& pair) { return pair.first == name; });
}

std::string_view Attributes::get(std::string_view name) const {
    for (const auto& [known, value] : values_)
        if (known == name) return value;
    return {};
}

bool Attributes::has(std::string_view name) const {
    return std::ranges::any_of(values_, [&](const auto& pair) { return pair.first == name; });
}

Element& Element::add(std::unique_ptr<Element> child) {
    child->parent = this;
    children.push_back(std::move(child));
    return *children.back();
}

std::string Element::path(const Element* above) const {
    if (this == above) return {};
    return (parent ? parent->path(above) : std::string{}) + "/" + name;
}

bool Element::is_section() const {
    return kind == ElementKind::survey || kind == ElementKind::group || kind == ElementKind::repeat;
}

void walk(const Element& element, const std::function<void(const Element&)>& visit) {
    visit(element);
    for (const auto& child : element.children) walk(std::as_const(*child), visit);
}

void walk(Element& element, const std::function<void(Element&)>& visit) {
    visit(element);
    for (const auto& child : element.children) walk(*child, visit);
}

const Element* enclosing_repeat(const Element& element) {
    const Element* above = element.parent;
    while (above && above->kind != ElementKind::repeat) above = above->parent;
    return above;
}

}  // namespace bordereau::form::xlsform
