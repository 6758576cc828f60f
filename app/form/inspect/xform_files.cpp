#include "app/form/inspect/xform_files.h"

#include <algorithm>
#include <functional>

#include "app/form/values/xml.h"

namespace bordereau::form {
namespace {

constexpr std::string_view kLastSaved = "jr://instance/last-saved";

std::string_view attribute_of(const Tree& tree, NodeIndex element, std::string_view name) {
    for (auto at = tree.first_attribute(element); at != kNoNode; at = tree.next(at))
        if (tree.local_name(at) == name) return tree.text(at);
    return {};
}

/// The file name of jr://images/a.png; empty for other texts.
std::string_view file_of(std::string_view uri) {
    while (!uri.empty() && (uri.front() == ' ' || uri.front() == '\n')) uri.remove_prefix(1);
    if (!uri.starts_with("jr://")) return {};
    return uri.substr(uri.rfind('/') + 1);
}

using Visit = std::function<void(const Tree&, NodeIndex)>;

/// Elements of head and model, records and lists left out.
void visit_model(const Tree& tree, NodeIndex element, const Visit& visit) {
    visit(tree, element);
    if (tree.local_name(element) == "instance") return;
    for (auto at = tree.first_child(element); at != kNoNode; at = tree.next(at))
        if (tree.kind(at) == NodeKind::element) visit_model(tree, at, visit);
}

void read_model(std::string_view xform, const Visit& visit) {
    const auto tree = read_xml(xform, std::make_shared<Names>());
    if (!tree || tree->root() == kNoNode) return;
    visit_model(*tree, tree->root(), visit);
}

}  // namespace

std::vector<FormFile> files_of_xform(std::string_view xform) {
    std::vector<FormFile> files;
    std::string text_id;
    read_model(xform, [&](const Tree& tree, NodeIndex element) {
        const auto name = tree.local_name(element);
        if (name == "text") text_id = attribute_of(tree, element, "id");
        if (name == "instance") {
            const auto source = attribute_of(tree, element, "src");
            const auto file = source.starts_with(kLastSaved) ? std::string_view{} : file_of(source);
            if (!file.empty())
                files.push_back(
                    {std::string{file}, std::string{attribute_of(tree, element, "id")}, false});
        }
        const auto form = attribute_of(tree, element, "form");
        if (name != "value" || form.empty() || form == "guidance" || form == "short") return;
        std::string scratch;
        const auto file = file_of(tree.string_value(element, scratch));
        if (!file.empty()) files.push_back({std::string{file}, text_id, true});
    });
    return files;
}

std::vector<std::string> lists_within(std::string_view xform) {
    std::vector<std::string> ids;
    bool primary = true;
    read_model(xform, [&](const Tree& tree, NodeIndex element) {
        if (tree.local_name(element) != "instance") return;
        const bool list = !primary && attribute_of(tree, element, "src").empty();
        primary = false;
        if (list) ids.emplace_back(attribute_of(tree, element, "id"));
    });
    return ids;
}

}  // namespace bordereau::form
