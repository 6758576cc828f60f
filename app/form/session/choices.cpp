// Choice lists: made when asked for, and answers that leave their list.
#include <algorithm>

#include "app/form/session/state.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

/// Column names are the rule: their text is read without running an expression.
std::string item_text(const Expression& expression, NodeRef item, const Context& context) {
    const auto* plain = expression.plain_reference();
    if (plain != nullptr && plain->start == ReferenceStart::context && plain->steps.size() == 1 &&
        plain->steps.front().kind == ReferenceStepKind::child) {
        const auto child = item.tree->child(item.index, plain->steps.front().name);
        std::string scratch;
        return child == kNoNode ? std::string{}
                                : std::string{item.tree->string_value(child, scratch)};
    }
    return expression.evaluate_text(context).value_or({});
}

bool holds_many(const Control& control) {
    return control.kind == ControlKind::select_multiple || control.kind == ControlKind::rank;
}

bool contains(const std::vector<std::string>& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// The part of an answer that is still offered.
std::string still_offered(std::string_view answer, const std::vector<std::string>& values,
                          bool many) {
    if (!many) return contains(values, answer) ? std::string{answer} : std::string{};
    std::string kept;
    for (const auto word : words_of(answer)) {
        if (!contains(values, word)) continue;
        if (!kept.empty()) kept += ' ';
        kept += word;
    }
    return kept;
}

}  // namespace

Choice Session::State::make_choice(const Itemset& itemset, NodeRef item, NodeIndex node) {
    auto context = context_at(node);
    context.node = item;
    Choice choice;
    choice.value = item_text(def.expression(itemset.value), item, context);
    if (itemset.label == kNone) return choice;
    choice.label = item_text(def.expression(itemset.label), item, context);
    if (!itemset.label_is_itext) return choice;
    const auto* forms = def.translations.find(choice.label, environment.language);
    if (forms == nullptr) return choice;
    choice.label = fill(forms->plain, node);
    choice.image = forms->image;
    return choice;
}

std::vector<Choice> Session::State::make_choices(const Control& control, NodeIndex node) {
    std::vector<Choice> made;
    for (const auto& choice : control.choices) {
        const auto* forms = forms_of(choice.label, node);
        made.push_back({choice.value, word(choice.label, node), forms ? forms->image : ""});
    }
    if (control.itemset == kNone) return made;
    const auto& itemset = def.itemsets[control.itemset];
    const auto items = def.expression(itemset.nodes).evaluate_nodes(context_at(node));
    if (!items.ok()) return made;
    made.reserve(made.size() + items->size());
    for (const auto item : *items) made.push_back(make_choice(itemset, item, node));
    return made;
}

const std::vector<Choice>& Session::State::choices_of(std::uint32_t index, NodeIndex node) {
    const auto& control = def.controls[index];
    const bool shared = control.itemset == kNone || def.itemsets[control.itemset].fixed;
    const bool lasting = shared && !control.live_labels;
    auto& list = lists[{index, lasting ? kNoNode : node}];
    const auto wanted = lasting ? 1 : revision;
    if (list.revision == wanted) return list.choices;
    list.choices = make_choices(control, node);
    list.revision = wanted;
    return list.choices;
}

std::vector<std::string> Session::State::offered_values(const Itemset& itemset, NodeIndex node) {
    std::vector<std::string> values;
    auto context = context_at(node);
    const auto items = def.expression(itemset.nodes).evaluate_nodes(context);
    if (!items.ok()) return values;
    for (const auto item : *items) {
        context.node = item;
        values.push_back(item_text(def.expression(itemset.value), item, context));
    }
    return values;
}

void Session::State::drop_stale_answers(NodeIndex node) {
    // A question out of sight keeps its answer for the time it comes back.
    if (text(node).empty() || !tree.relevant(node)) return;
    for (const auto index : model(node).controls) {
        const auto& control = def.controls[index];
        if (control.itemset == kNone || def.itemsets[control.itemset].fixed) continue;
        const auto values = offered_values(def.itemsets[control.itemset], node);
        const auto kept = still_offered(text(node), values, holds_many(control));
        if (set_value(node, kept)) record(node);
    }
}

std::string Session::State::label_of_value(std::uint32_t control, NodeIndex node,
                                           std::string_view value) {
    for (const auto& choice : choices_of(control, node))
        if (choice.value == value) return choice.label;
    return {};
}

std::string Session::State::label_at(std::string_view value, std::string_view path,
                                     NodeIndex context) {
    const bool known = context < nodes.size() && nodes[context].model != kNone;
    const auto from = known ? context : frames.front().nodes.front();
    const auto select = model_at(path, nodes[from].model);
    if (select == kNone) return {};
    const auto node = node_in(nodes[from].frame, select);
    if (node == kNoNode) return {};
    const auto outer_context = text_context;
    std::string label;
    for (const auto control : def.model[select].controls)
        if (label.empty()) label = label_of_value(control, node, value);
    text_context = outer_context;
    return label;
}

}  // namespace bordereau::form
