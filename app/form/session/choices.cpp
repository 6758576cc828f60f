// Choice lists: made when asked for, and answers that leave their list.
#include <algorithm>
#include <set>

#include "app/form/session/state.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

/// The name of a column, where an expression is nothing else; else kNoName.
Name column_of(const Expression& expression) {
    const auto* plain = expression.plain_reference();
    const bool column = plain != nullptr && plain->start == ReferenceStart::context &&
                        plain->steps.size() == 1 &&
                        plain->steps.front().kind == ReferenceStepKind::child;
    return column ? plain->steps.front().name : kNoName;
}

std::string column_text(NodeRef item, Name column) {
    const auto child = column == kNoName ? kNoNode : item.tree->child(item.index, column);
    std::string scratch;
    return child == kNoNode ? std::string{} : std::string{item.tree->string_value(child, scratch)};
}

/// Column names are the rule: their text is read without running an expression.
std::string item_text(const Expression& expression, NodeRef item, const Context& context) {
    if (const auto column = column_of(expression); column != kNoName)
        return column_text(item, column);
    return expression.evaluate_text(context).value_or({});
}

bool is_column(const Definition& def, ExpressionIndex index) {
    return index != kNone && column_of(def.expression(index)) != kNoName;
}

/// Whether equal items give equal choices, whichever question asks: columns of lists that never
/// change, not answers of rows.
bool items_decide(const Definition& def, const Control& control) {
    if (control.itemset == kNone || !control.choices.empty() || control.live_labels) return false;
    const auto& itemset = def.itemsets[control.itemset];
    bool listed = false;
    for (const auto& reference : def.expression(itemset.nodes).references()) {
        if (reference.in_predicate) continue;
        if (reference.start != ReferenceStart::instance) return false;
        listed = true;
    }
    return listed && is_column(def, itemset.value) &&
           (itemset.label == kNone || is_column(def, itemset.label));
}

std::uint64_t hash_of(std::uint32_t itemset, const NodeSet& items) {
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
    std::uint64_t hash = itemset;
    for (const auto item : items) hash = ((hash ^ item.index) * kFactor) ^ (hash >> 29);
    return hash;
}

bool holds_many(const Control& control) {
    return control.kind == ControlKind::select_multiple || control.kind == ControlKind::rank;
}

bool contains(const std::vector<std::string>& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// A ranking ranks all that is offered; what has come new is last.
void complete(std::string& ranking, const std::vector<std::string>& values) {
    const std::string before = ranking;
    const auto ranked = words_of(before);
    for (const auto& value : values)
        if (std::find(ranked.begin(), ranked.end(), value) == ranked.end()) ranking += ' ' + value;
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

// A list from a file may have its labels in several languages: in columns "label::Français (fr)"
// beside "label", named as those of a survey are. Clients that do not know them show "label".
Name Session::State::label_in_language(ExpressionIndex label) {
    if (environment.language.empty()) return kNoName;
    const auto known = label_columns.find(label);
    if (known != label_columns.end()) return known->second;
    const auto column = column_of(def.expression(label));
    auto found = std::optional<Name>{};
    if (column != kNoName)
        found = def.names->find(column_name(def.names->text(column) + "::" + environment.language));
    return label_columns.emplace(label, found.value_or(kNoName)).first->second;
}

Choice Session::State::make_choice(const Itemset& itemset, NodeRef item, NodeIndex node) {
    auto context = context_at(node);
    context.node = item;
    Choice choice;
    choice.value = item_text(def.expression(itemset.value), item, context);
    if (itemset.label == kNone) return choice;
    choice.label = column_text(item, label_in_language(itemset.label));
    if (choice.label.empty())
        choice.label = item_text(def.expression(itemset.label), item, context);
    if (!itemset.label_is_itext) return choice;
    const auto* forms = def.translations.find(choice.label, environment.language);
    if (forms == nullptr) return choice;
    choice.label = fill(forms->plain, node);
    choice.image = forms->image;
    return choice;
}

std::shared_ptr<const MadeChoices> Session::State::make_choices(const Control& control,
                                                                NodeIndex node) {
    auto made = std::make_shared<MadeChoices>();
    for (const auto& choice : control.choices) {
        const auto* forms = forms_of(choice.label, node);
        made->choices.push_back(
            {choice.value, word(choice.label, node), forms ? forms->image : ""});
    }
    if (control.itemset == kNone) return made;
    const auto& itemset = def.itemsets[control.itemset];
    const auto items = def.expression(itemset.nodes).evaluate_nodes(context_at(node));
    if (!items.ok()) return made;
    made->choices.reserve(made->choices.size() + items->size());
    for (const auto item : *items) made->choices.push_back(make_choice(itemset, item, node));
    return made;
}

std::shared_ptr<const MadeChoices> Session::State::share_choices(
    const Control& control, NodeIndex node, const std::shared_ptr<const MadeChoices>& old) {
    const auto& itemset = def.itemsets[control.itemset];
    auto items = def.expression(itemset.nodes).evaluate_nodes(context_at(node));
    if (!items.ok()) return std::make_shared<MadeChoices>();
    const auto same = [&items](const std::shared_ptr<const MadeChoices>& made) {
        return made && std::ranges::equal(made->items, *items);
    };
    if (same(old)) return old;
    // Lists that nobody holds any more.
    constexpr std::size_t kMostKnown = 1000;
    if (made_choices.size() > kMostKnown)
        std::erase_if(made_choices, [](const auto& each) { return each.second.expired(); });
    auto& known = made_choices[hash_of(control.itemset, *items)];
    if (auto made = known.lock(); same(made)) return made;
    auto made = std::make_shared<MadeChoices>();
    made->choices.reserve(items->size());
    for (const auto item : *items) made->choices.push_back(make_choice(itemset, item, node));
    made->items = std::move(*items).take();
    known = made;
    return made;
}

const std::shared_ptr<const MadeChoices>& Session::State::choices_of(std::uint32_t index,
                                                                     NodeIndex node) {
    const auto& control = def.controls[index];
    const bool shared = control.itemset == kNone || def.itemsets[control.itemset].fixed;
    const bool lasting = shared && !control.live_labels;
    auto& list = lists[{index, lasting ? kNoNode : node}];
    const auto wanted = lasting ? 1u : revision;
    if (list.revision == wanted) return list.made;
    list.made = items_decide(def, control) ? share_choices(control, node, list.made)
                                           : make_choices(control, node);
    list.revision = wanted;
    return list.made;
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
    if (!tree.relevant(node)) return;
    const auto known = withdrawn.find(id_of(node));
    const bool comes_back = known != withdrawn.end() && known->second.left == text(node);
    if (text(node).empty() && !comes_back) return;
    const auto given = comes_back ? known->second.given : text(node);
    for (const auto index : model(node).controls) {
        const auto& control = def.controls[index];
        if (control.itemset == kNone || def.itemsets[control.itemset].fixed) continue;
        const auto values = offered_values(def.itemsets[control.itemset], node);
        auto kept = still_offered(given, values, holds_many(control));
        if (control.kind == ControlKind::rank && !kept.empty()) complete(kept, values);
        if (kept != given) withdrawn[id_of(node)] = {given, kept};
        if (set_value(node, kept)) record(node);
    }
}

std::string Session::State::in_list_order(std::uint32_t index, NodeIndex node,
                                          std::string_view answer) {
    const auto& control = def.controls[index];
    const auto chosen = words_of(answer);
    if (control.kind != ControlKind::select_multiple || chosen.size() < 2)
        return std::string{answer};
    std::vector<std::string> listed;
    for (const auto& choice : control.choices) listed.push_back(choice.value);
    if (control.itemset != kNone) listed = offered_values(def.itemsets[control.itemset], node);
    std::set<std::string_view> left{chosen.begin(), chosen.end()};
    std::vector<std::string_view> ordered;
    for (const auto& value : listed)
        if (left.erase(value) > 0) ordered.push_back(value);
    for (const auto word : chosen)
        if (left.erase(word) > 0) ordered.push_back(word);
    std::string text;
    for (const auto word : ordered) text += (text.empty() ? "" : " ") + std::string{word};
    return text;
}

std::string Session::State::listed_part(NodeIndex node, std::string value) {
    for (const auto index : model(node).controls) {
        const auto& control = def.controls[index];
        if (control.choices.empty() || control.itemset != kNone) continue;
        std::vector<std::string> listed;
        for (const auto& choice : control.choices) listed.push_back(choice.value);
        value = still_offered(value, listed, holds_many(control));
    }
    return value;
}

std::string Session::State::label_of_value(std::uint32_t control, NodeIndex node,
                                           std::string_view value) {
    for (const auto& choice : choices_of(control, node)->choices)
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
