#include "app/form/inspect/possible_values.h"

#include <algorithm>

namespace bordereau::form {

PossibleValues::PossibleValues(const Definition& form)
    : form_(form), written_(form.model.size()), values_(form.model.size()) {
    for (ModelIndex node = 0; node < form.model.size(); ++node) {
        const auto& entry = form.model[node];
        written_[node] = entry.bind.calculate != kNone || !entry.bind.preload.empty();
        if (entry.controls.size() == 1)
            values_[node] = values_of(form.controls[entry.controls.front()]);
    }
    for (const auto& action : form.actions)
        if (action.target != kNone) written_[action.target] = true;
    note_defaults(form.initial);
    for (const auto& repeat : form.repeats) note_defaults(repeat.blueprint);
}

const std::set<std::string>* PossibleValues::of(ModelIndex node) const {
    return written_[node] || !values_[node] ? nullptr : &*values_[node];
}

bool PossibleValues::only_answered(ModelIndex node) const {
    return !written_[node] && form_.model[node].is_leaf;
}

bool PossibleValues::is_select_one(ModelIndex node) const {
    return std::ranges::any_of(form_.model[node].controls, [this](const auto control) {
        return form_.controls[control].kind == ControlKind::select_one;
    });
}

void PossibleValues::note_defaults(const Blueprint& blueprint) {
    if (blueprint.node != kNone && !blueprint.text.empty()) written_[blueprint.node] = true;
    for (const auto& child : blueprint.children) note_defaults(child);
}

std::optional<std::set<std::string>> PossibleValues::values_of(const Control& control) const {
    const bool select =
        control.kind == ControlKind::select_one || control.kind == ControlKind::select_multiple;
    if (!select) return std::nullopt;
    if (control.itemset != kNone) return values_of(form_.itemsets[control.itemset]);
    // Choices found by search() stand in the body as the names of columns.
    if (control.choices.empty() || control.appearance.find("search(") != std::string::npos)
        return std::nullopt;
    std::set<std::string> values;
    for (const auto& choice : control.choices) values.insert(choice.value);
    return values;
}

/// The values of the whole list: a filter can only leave some out.
std::optional<std::set<std::string>> PossibleValues::values_of(const Itemset& itemset) const {
    const auto ids = form_.expression(itemset.nodes).instances();
    if (ids.empty() || itemset.value == kNone) return std::nullopt;
    const auto found = form_.instances.find(ids.front());
    const auto column = form_.names->find(form_.expression(itemset.value).text());
    if (found == form_.instances.end() || !column) return std::nullopt;
    const auto& tree = found->second->tree;
    std::set<std::string> values;
    for (auto item = tree.first_child(tree.root()); item != kNoNode; item = tree.next(item)) {
        if (tree.kind(item) != NodeKind::element) continue;
        const auto cell = tree.child(item, *column);
        if (cell == kNoNode) return std::nullopt;
        values.insert(tree.text(cell));
    }
    // An empty list is a file that is not there yet.
    if (values.empty()) return std::nullopt;
    return values;
}

}  // namespace bordereau::form
