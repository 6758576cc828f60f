// Secondary instances: written in the form, or in files beside it.
#include "app/form/values/xml.h"
#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

/// Copies elements, attributes and leaf texts; the white space between elements stays behind.
void copy_elements(const Document& from, NodeIndex source, Tree& to, NodeIndex parent) {
    const auto& tree = from.tree();
    const auto made = to.append_element(parent, tree.name(source), tree.space(source));
    for (auto at = tree.first_attribute(source); at != kNoNode; at = tree.next(at))
        to.append_attribute(made, tree.name(at), tree.text(at), tree.space(at));
    auto child = from.first_element(source);
    if (child == kNoNode) {
        std::string scratch;
        to.set_text(made, tree.string_value(source, scratch));
    }
    for (; child != kNoNode; child = from.next_element(child)) copy_elements(from, child, to, made);
}

std::string_view file_name_of(std::string_view uri) {
    const auto slash = uri.rfind('/');
    return slash == std::string_view::npos ? uri : uri.substr(slash + 1);
}

/// What a missing file stands for: a list without rows.
Tree empty_list(const std::shared_ptr<Names>& names) {
    Tree tree{names};
    tree.append_element(Tree::document(), names->intern("root"));
    return tree;
}

Result<Tree> read_list(std::string_view file_name, std::string_view source,
                       const std::string& bytes, const std::shared_ptr<Names>& names) {
    const auto lower = lower_ascii(file_name);
    if (lower.ends_with(".csv") || source.starts_with("jr://file-csv/"))
        return read_csv_list(bytes, names);
    if (lower.ends_with(".geojson") || lower.ends_with(".json"))
        return read_geojson_list(bytes, names);
    return read_xml(bytes, names);
}

}  // namespace

void FormReader::keep_instance(const std::string& id, Tree tree) {
    definition.instances[id] = std::make_shared<SecondaryInstance>(std::move(tree));
}

void FormReader::read_external(const std::string& id, std::string_view source) {
    if (source.starts_with("jr://instance/last-saved")) {
        definition.last_saved_id = id;
        return;
    }
    const auto name = file_name_of(source);
    auto bytes = resources_ ? resources_(name)
                            : Result<std::string>{Error{ErrorCode::not_found, "no files"}};
    if (!bytes) {
        warning({}, "The file \"" + std::string{name} + "\" of the list \"" + id + "\" is missing.",
                "Put it beside the form; until then the list is empty.");
        return keep_instance(id, empty_list(names_));
    }
    auto tree = read_list(name, source, *bytes, names_);
    if (!tree) {
        error({},
              "The file \"" + std::string{name} + "\" cannot be read: " + tree.error().detail + ".",
              "Correct the file.");
        return;
    }
    keep_instance(id, std::move(*tree));
}

/// Columns that predicates over long lists compare are put in order now: the first filter must not
/// take longer than the next.
void FormReader::prepare_lookups() {
    constexpr std::size_t kLong = 1000;
    for (const auto& expression : definition.expressions)
        for (const auto& reference : expression.references()) {
            const auto& steps = reference.steps;
            if (reference.start != ReferenceStart::instance || !reference.in_predicate ||
                steps.size() < 2)
                continue;
            const auto found = definition.instances.find(reference.instance);
            if (found == definition.instances.end()) continue;
            const auto& tree = found->second->tree;
            auto parent = tree.node_count() < kLong ? kNoNode : Tree::document();
            for (std::size_t at = 0; at + 2 < steps.size() && parent != kNoNode; ++at)
                parent = tree.child(parent, steps[at].name);
            if (parent != kNoNode)
                found->second->lookup.prepare(parent, steps[steps.size() - 2].name,
                                              steps.back().name);
        }
}

void FormReader::read_secondary_instance(NodeIndex instance) {
    const std::string id{document_.attribute(instance, "id")};
    if (id.empty()) return;
    if (definition.instances.contains(id)) {
        error({}, "Two lists have the id \"" + id + "\".", "Rename one of them.");
        return;
    }
    const auto root = document_.first_element(instance);
    if (root == kNoNode && document_.has(instance, "src"))
        return read_external(id, document_.attribute(instance, "src"));
    if (root == kNoNode) return keep_instance(id, empty_list(names_));
    Tree tree{names_};
    copy_elements(document_, root, tree, Tree::document());
    keep_instance(id, std::move(tree));
}

}  // namespace bordereau::form
