// A record as servers hold it, taken up again.
#include <utility>

#include "app/form/session/state.h"
#include "app/form/values/xml.h"
#include "app/form/xform/document.h"

namespace bordereau::form {
namespace {

constexpr XmlLimits kRecordLimits{.bytes = 64u << 20, .nodes = 4'000'000};

/// Fits a record's elements to the form: in the form's order, missing ones empty, unknown ones
/// left out.
class RecordReader {
public:
    RecordReader(const Definition& form, const Tree& tree)
        : form_(form), tree_(tree), document_(tree) {}

    Blueprint read(NodeIndex element, ModelIndex node) const {
        Blueprint result{node, {}, {}};
        const auto& entry = form_.model[node];
        if (entry.is_leaf && element != kNoNode) {
            std::string scratch;
            result.text = tree_.string_value(element, scratch);
        }
        for (const auto child : entry.children) add(element, child, result.children);
        return result;
    }

private:
    void add(NodeIndex element, ModelIndex child, std::vector<Blueprint>& into) const {
        const auto& entry = form_.model[child];
        const auto& name = form_.names->text(entry.name);
        if (entry.is_attribute) {
            if (element != kNoNode && document_.has(element, name))
                into.push_back({child, std::string{document_.attribute(element, name)}, {}});
            return;
        }
        auto found = element == kNoNode ? kNoNode : document_.child(element, name);
        if (child == form_.deprecated_id && found == kNoNode) return;
        if (!entry.is_repeat) {
            into.push_back(read(found, child));
            return;
        }
        for (; found != kNoNode; found = tree_.next_named(found))
            into.push_back(read(found, child));
    }

    const Definition& form_;
    const Tree& tree_;
    Document document_;
};

Status belongs(const Definition& form, const Document& record) {
    const auto root = record.root();
    if (record.name(root) != form.names->text(form.model[0].name))
        return Error{ErrorCode::invalid, "the record's root element is not the form's"};
    const auto id = record.attribute(root, "id");
    if (!id.empty() && id != form.id)
        return Error{ErrorCode::invalid, "the record belongs to another form"};
    return done();
}

Blueprint* part_of(Blueprint& top, ModelIndex node) {
    if (top.node == node) return &top;
    for (auto& child : top.children)
        if (auto* found = part_of(child, node)) return found;
    return nullptr;
}

/// The identifier of a sent record moves to deprecatedID and makes room for a new one.
void deprecate(const Definition& form, Blueprint& record) {
    auto* id = part_of(record, form.instance_id);
    if (id == nullptr || id->text.empty()) return;
    auto old = std::exchange(id->text, {});
    if (auto* known = part_of(record, form.deprecated_id)) {
        known->text = std::move(old);
        return;
    }
    auto* block = part_of(record, form.model[form.deprecated_id].parent);
    block->children.push_back({form.deprecated_id, std::move(old), {}});
}

enum class Identity { kept, renewed };

struct ReadRecord {
    Blueprint blueprint;
    bool wants_identifier = false;  ///< it has none of its own, or leaves it behind
};

bool has_identifier(const Document& record) {
    const auto meta = record.child(record.root(), "meta");
    return meta != kNoNode && record.child(meta, "instanceID") != kNoNode;
}

Result<ReadRecord> read_record(const Definition& form, std::string_view xml, Identity identity) {
    const auto names = std::make_shared<Names>(*form.names);
    const auto tree = read_xml(xml, names, {false, kRecordLimits});
    if (!tree)
        return Error{ErrorCode::invalid, "the record cannot be read: " + tree.error().detail};
    const Document document{*tree};
    if (auto fits = belongs(form, document); !fits) return std::move(fits).error();
    ReadRecord record{RecordReader{form, *tree}.read(document.root(), 0), false};
    if (identity == Identity::renewed) deprecate(form, record.blueprint);
    record.wants_identifier = identity == Identity::renewed || !has_identifier(document);
    return record;
}

}  // namespace

void Session::State::take_up(const Blueprint& record, bool wants_identifier) {
    build_record(record);
    record_initial();
    record_instances();
    if (wants_identifier) preload_node(node_in(0, def.instance_id));
    loading = true;
    fire(Event::load);
    schedule_frame(0);
    run();
    loading = false;
}

Result<Session> Session::load_instance(std::shared_ptr<const Form> form, std::string_view xml,
                                       Environment environment) {
    auto record = read_record(form->definition(), xml, Identity::kept);
    if (!record) return std::move(record).error();
    auto state = std::make_unique<State>(std::move(form), std::move(environment));
    state->take_up(record->blueprint, record->wants_identifier);
    return Session{std::move(state)};
}

Result<Session> Session::edit_instance(std::shared_ptr<const Form> form, std::string_view xml,
                                       Environment environment) {
    auto record = read_record(form->definition(), xml, Identity::renewed);
    if (!record) return std::move(record).error();
    auto state = std::make_unique<State>(std::move(form), std::move(environment));
    state->take_up(record->blueprint, record->wants_identifier);
    state->give_identifier();
    return Session{std::move(state)};
}

}  // namespace bordereau::form
