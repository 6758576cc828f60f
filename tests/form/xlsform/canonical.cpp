#include "tests/form/xlsform/canonical.h"

#include <algorithm>
#include <vector>

#include <pugixml.hpp>

namespace bordereau::form::xlsform::test {
namespace {

bool is_lookup_table(std::string_view name) {
    return name == "translation" || name == "text" || name == "model";
}

std::string start_line(pugi::xml_node node) {
    std::vector<std::string> attributes;
    for (const auto attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        if (name == "xmlns" || name.starts_with("xmlns:")) continue;
        attributes.push_back(std::string{name} + "=" + attribute.value());
    }
    std::ranges::sort(attributes);
    std::string line = "<" + std::string{node.name()};
    for (const auto& attribute : attributes) line += " " + attribute;
    return line + ">";
}

std::string trimmed_of(std::string text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Blanks around the pieces of a text with outputs: pyxform pads such texts at both ends.
bool is_text_with_outputs(pugi::xml_node node) {
    return !node.child("output").empty();
}

std::string write(pugi::xml_node node, int depth) {
    const std::string indent(static_cast<std::size_t>(depth), ' ');
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata)
        return indent + "\"" +
               (is_text_with_outputs(node.parent()) ? trimmed_of(node.value()) : node.value()) +
               "\"\n";
    std::vector<std::string> children;
    for (const auto child : node.children()) children.push_back(write(child, depth + 1));
    if (is_lookup_table(node.name())) std::ranges::sort(children);
    auto out = indent + start_line(node) + "\n";
    for (const auto& child : children) out += child;
    return out;
}

}  // namespace

std::string canonical(std::string_view xml) {
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default)) return {};
    return write(document.document_element(), 0);
}

}  // namespace bordereau::form::xlsform::test
