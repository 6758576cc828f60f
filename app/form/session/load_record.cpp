// A record as servers hold it, taken up again.
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

}  // namespace

Result<Session> Session::load_instance(std::shared_ptr<const Form> form, std::string_view xml,
                                       Environment environment) {
    auto names = std::make_shared<Names>(*form->definition().names);
    const auto tree = read_xml(xml, names, {false, kRecordLimits});
    if (!tree)
        return Error{ErrorCode::invalid, "the record cannot be read: " + tree.error().detail};
    const Document record{*tree};
    if (auto fits = belongs(form->definition(), record); !fits) return std::move(fits).error();
    auto state = std::make_unique<State>(std::move(form), std::move(environment));
    state->build_record(RecordReader{state->def, *tree}.read(record.root(), 0));
    state->record_initial();
    state->record_instances();
    state->loading = true;
    state->fire(Event::load);
    state->schedule_frame(0);
    state->run();
    state->loading = false;
    return Session{std::move(state)};
}

}  // namespace bordereau::form
