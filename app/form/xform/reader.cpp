#include "app/form/xform/reader.h"

#include "storage/base/text.h"

namespace bordereau::form {
namespace {

/// Cuts the next step off a path at a "/" outside of predicates.
std::string_view next_step(std::string_view& path, bool& filtered) {
    int depth = 0;
    std::size_t at = 0;
    for (; at < path.size(); ++at) {
        if (path[at] == '[') ++depth;
        if (path[at] == ']') --depth;
        if (path[at] == '/' && depth == 0) break;
    }
    auto step = trimmed(path.substr(0, at));
    path.remove_prefix(std::min(path.size(), at + 1));
    if (const auto bracket = step.find('['); bracket != std::string_view::npos) {
        filtered = true;
        step = trimmed(step.substr(0, bracket));
    }
    return step;
}

std::string_view local_part(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

FormReader::FormReader(const Tree& tree, std::shared_ptr<Names> names, const Resources& resources)
    : document_(tree), names_(std::move(names)), resources_(resources) {
    definition.names = names_;
    slots_ = [this](std::span<const Name> path) { return slot_of(path); };
}

std::optional<std::uint32_t> FormReader::slot_of(std::span<const Name> path) const {
    if (path.empty() || definition.root_nodes.empty()) return std::nullopt;
    auto at = path.front() == definition.model[0].name ? 0 : kNone;
    for (std::size_t step = 1; step < path.size() && at != kNone; ++step)
        at = definition.child(at, path[step]);
    if (at == kNone || definition.model[at].frame != kNone) return std::nullopt;
    // Where a name without prefix would not pass, no slot stands for it either.
    for (auto above = at; above != kNone; above = definition.model[above].parent)
        if (!names_->is_plain(definition.model[above].space)) return std::nullopt;
    return definition.model[at].slot;
}

void FormReader::error(std::string path, std::string message, std::string remedy) {
    findings.push_back(
        {Severity::error, {}, 0, {}, std::move(path), std::move(message), std::move(remedy)});
}

void FormReader::warning(std::string path, std::string message, std::string remedy) {
    findings.push_back(
        {Severity::warning, {}, 0, {}, std::move(path), std::move(message), std::move(remedy)});
}

ExpressionIndex FormReader::compile(std::string_view text, const std::string& path,
                                    const char* place) {
    const auto key = trimmed(text);
    if (key.empty()) return kNone;
    if (const auto known = compiled_.find(key); known != compiled_.end()) return known->second;
    auto expression =
        Expression::compile(key, *names_, prefixes_, Strictness::when_compiled, slots_);
    if (!expression) {
        error(path,
              std::string{place} + " \"" + std::string{key} +
                  "\" cannot be used: " + expression.error().detail + ".",
              "Correct the expression.");
        findings.back().column = place;
        return kNone;
    }
    const auto index = static_cast<ExpressionIndex>(definition.expressions.size());
    definition.expressions.push_back(std::move(*expression));
    compiled_.emplace(definition.expressions.back().text(), index);
    return index;
}

Located FormReader::locate(std::string_view path, ModelIndex context) const {
    Located found;
    path = trimmed(path);
    if (path.starts_with("current()/")) path.remove_prefix(10);
    if (path.empty()) return found;
    auto at = path.front() == '/' ? kNone : context;
    const bool absolute = path.front() == '/';
    if (absolute) path.remove_prefix(1);
    while (!path.empty()) {
        const auto step = next_step(path, found.filtered);
        if (step == "." || step.empty()) continue;
        if (step == "..") {
            if (at == kNone) return {};
            at = definition.model[at].parent;
            continue;
        }
        const bool attribute = step.front() == '@';
        if (at == kNone) {
            // As in JavaRosa: there is one root, whatever a path calls it.
            at = 0;
            continue;
        }
        const auto name = names_->find(local_part(attribute ? step.substr(1) : step));
        at = name ? definition.child(at, *name, attribute) : kNone;
        if (at == kNone) return {};
    }
    found.node = at;
    return found;
}

void FormReader::read_head() {
    const auto root = document_.root();
    model_ = document_.find(root, "model");
    body_ = document_.find(root, "body");
    if (model_ == kNoNode) {
        error({}, "This is not an ODK form: it has no model.", "Choose an XForm or XLSForm file.");
        return;
    }
    if (const auto title = document_.find(root, "title"); title != kNoNode)
        definition.title = document_.text(title);
    if (body_ != kNoNode) definition.body_class = document_.attribute(body_, "class");
    definition.entities_version = document_.attribute(model_, "entities-version");
    if (document_.next_named(model_) != kNoNode)
        warning({}, "The form has two models.", "Only the first is used: keep one of them.");
    check_entities_version();
}

// ODK Entities: who does not know a version must not take part in it.
void FormReader::check_entities_version() {
    constexpr std::string_view kLatest = "2025.1";
    const std::string_view version = definition.entities_version;
    if (version.empty() || version.substr(0, kLatest.size()) <= kLatest) return;
    error({}, "The form writes entities of version " + std::string{version} + ", which is newer.",
          "Update this program.");
}

void FormReader::collect_namespaces() {
    const auto& tree = document_.tree();
    const auto instance = document_.child(model_, "instance");
    const auto record = instance == kNoNode ? kNoNode : document_.first_element(instance);
    const auto collect = [&](NodeIndex element, bool with_default) {
        for (auto at = tree.first_attribute(element); at != kNoNode; at = tree.next(at)) {
            if (!tree.is_declaration(at)) continue;
            const bool is_default = tree.names().prefix(tree.space(at)).empty();
            if (is_default && !with_default) continue;
            const auto prefix = is_default ? std::string{} : std::string{tree.local_name(at)};
            definition.namespaces.emplace_back(prefix, tree.text(at));
            if (!is_default) prefixes_.push_back({prefix, tree.text(at)});
        }
    };
    // The record's own default namespace belongs to it; that of the form around it does not.
    if (record != kNoNode) collect(record, true);
    definition.own_namespaces = definition.namespaces.size();
    collect(model_, false);
    for (auto at = tree.parent(model_); at != kNoNode && document_.is_element(at);
         at = tree.parent(at))
        collect(at, false);
}

void FormReader::read_submission() {
    const auto element = document_.child(model_, "submission");
    if (element == kNoNode) return;
    auto& rules = definition.submission;
    rules.action = document_.attribute(element, "action");
    rules.public_key = document_.attribute(element, "base64RsaPublicKey");
    rules.auto_send = document_.attribute(element, "auto-send");
    rules.auto_delete = document_.attribute(element, "auto-delete");
    const auto method = lower_ascii(document_.attribute(element, "method"));
    if (!method.empty() && method != "post" && method != "form-data-post")
        error({}, "Submission method \"" + method + "\" is not known.", "Use method=\"post\".");
}

void FormReader::read() {
    read_head();
    if (model_ == kNoNode) return;
    collect_namespaces();
    const auto instance = document_.child(model_, "instance");
    if (instance == kNoNode || document_.first_element(instance) == kNoNode) {
        error({}, "The form has no instance, so there is nothing to fill in.");
        return;
    }
    if (const auto itext = document_.child(model_, "itext"); itext != kNoNode) read_itext(itext);
    read_primary_instance(instance);
    if (body_ != kNoNode) find_repeats(body_);
    settle_repeats();
    for (auto at = document_.next_element(instance); at != kNoNode; at = document_.next_element(at))
        if (document_.name(at) == "instance") read_secondary_instance(at);
    for (auto at = document_.first_element(model_); at != kNoNode; at = document_.next_element(at))
        if (document_.name(at) == "bind") read_bind(at);
    join_equal_calculations();
    read_submission();
    for (auto at = document_.first_element(model_); at != kNoNode; at = document_.next_element(at))
        if (is_action(at)) read_action(at, kNone, kNone, 0);
    if (body_ != kNoNode) read_body(body_);
    join_remarks();
    cast_defaults(definition.initial);
    for (auto& repeat : definition.repeats) cast_defaults(repeat.blueprint);
    check_constants();
    prepare_lookups();
    if (!has_errors(findings)) definition.graph = build_graph(definition, findings);
}

}  // namespace bordereau::form
