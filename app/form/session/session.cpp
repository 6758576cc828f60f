#include "app/form/session/session.h"

#include <algorithm>

#include "app/form/session/state.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

const std::string kNoText;
const std::vector<Choice> kNoChoices;

}  // namespace

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Session Session::start(std::shared_ptr<const Form> form, Environment environment) {
    auto state = std::make_unique<State>(std::move(form), std::move(environment));
    state->build_record(state->def.initial);
    state->localize_times();
    state->record_initial();
    state->preload(0);
    state->fire(Event::first_load);
    state->fire(Event::load);
    state->starting = true;
    state->schedule_frame(0);
    state->run();
    state->starting = false;
    return Session{std::move(state)};
}

Session Session::resume(std::shared_ptr<const Form> form, std::span<const Entry> entries,
                        Environment environment, ResumeMode mode) {
    auto state = std::make_unique<State>(std::move(form), std::move(environment));
    state->build_record(state->def.initial);
    state->apply(entries);
    state->frozen = mode == ResumeMode::frozen;
    state->loading = true;
    if (!state->frozen) state->fire(Event::load);
    state->schedule_frame(0);
    state->run();
    state->loading = false;
    return Session{std::move(state)};
}

const Form& Session::form() const {
    return *state_->form;
}

Validity Session::answer(NodeId question, std::string_view text) {
    auto& state = *state_;
    if (!state.alive(question)) return Validity::valid;
    const auto node = question.index;
    const auto& entry = state.model(node);
    bool is_list = false;
    for (const auto index : entry.controls) {
        const auto kind = state.def.controls[index].kind;
        is_list = is_list || kind == ControlKind::select_multiple || kind == ControlKind::rank;
    }
    auto stored = canonical(entry.bind.type, is_list, text, state.environment.clock);
    if (is_list) stored.text = state.in_list_order(entry.controls.front(), node, stored.text);
    state.set_flag(node, kTypeFails, !stored.fits);
    if (state.set_value(node, stored.text)) {
        if (entry.bind.calculate != kNone) state.set_flag(node, kByPerson, true);
        state.record(node);
        state.run();
        if (state.alive(question)) state.fire_value_changed(node);
    }
    return validity(question);
}

NodeId Session::add_repeat(NodeId repeat, std::uint32_t order) {
    auto& state = *state_;
    const auto of = state.series_of(repeat);
    if (of == kNone) return {};
    const auto& rules = state.def.repeats[state.series[of].repeat];
    if (rules.fixed || rules.count != kNone) return {};
    const auto next = state.series[of].highest_order + 1;
    const auto key = state.environment.entropy ? new_key(state.environment.entropy, 8)
                                               : "n" + std::to_string(next);
    const auto frame = state.create_instance(of, key, order == 0 ? next : order);
    state.record_instance(frame, true);
    state.preload(frame);
    state.fire_new_repeat(frame);
    state.schedule_frame(frame);
    state.notify_set(of);
    state.notify_order(of, state.frames[frame].position + 1);
    state.run();
    return state.id_of(state.frames[frame].nodes.front());
}

bool Session::remove_repeat(NodeId instance) {
    auto& state = *state_;
    if (!state.alive(instance)) return false;
    const auto frame = state.nodes[instance.index].frame;
    if (!state.model(instance.index).is_repeat) return false;
    const auto& rules = state.def.repeats[state.frames[frame].repeat];
    if (rules.fixed || rules.count != kNone) return false;
    state.forget_frame(frame);
    state.record_instance(frame, false);
    state.remove_instance(frame);
    state.run();
    return true;
}

bool Session::set_language(std::string_view language) {
    auto& state = *state_;
    if (!state.def.translations.has_language(language)) return false;
    state.environment.language = language;
    state.all_changed = ++state.revision;
    state.lists.clear();
    state.made_choices.clear();
    state.label_columns.clear();
    for (const auto vertex : state.def.graph.language_changes) state.schedule({vertex, 0}, 0);
    state.run();
    return true;
}

std::vector<Entry> Session::take_entries() {
    return state_->take();
}
std::vector<Entry> Session::all_entries() const {
    return state_->all();
}

const std::vector<Element>& Session::elements() const {
    return state_->list_elements();
}

const Element* Session::element_of(NodeId node) const {
    if (node == NodeId{}) return nullptr;
    const auto& all = elements();
    const auto found = std::ranges::find_if(all, [&](const Element& element) {
        return element.node == node && element.kind != ElementKind::group;
    });
    return found == all.end() ? nullptr : &*found;
}
NodeId Session::find(std::string_view xpath) const {
    return state_->find_path(xpath, false);
}

NodeId Session::find_key_path(std::string_view path) const {
    return state_->find_path(path, true);
}

std::string Session::series_path(NodeId node, bool with_keys) const {
    const auto of = state_->series_of(node);
    if (of == kNone) return {};
    const auto& repeat = state_->def.repeats[state_->series[of].repeat];
    const auto& entry = state_->def.model[repeat.node];
    const auto parent = state_->node_in(state_->series[of].outer, entry.parent);
    return state_->path_of(parent, with_keys) + "/" + state_->def.names->text(entry.name);
}

std::string Session::xpath(NodeId node) const {
    return state_->alive(node) ? state_->path_of(node.index, false) : series_path(node, false);
}

std::string Session::key_path(NodeId node) const {
    return state_->alive(node) ? state_->path_of(node.index, true) : series_path(node, true);
}

std::string_view Session::name(NodeId node) const {
    if (state_->alive(node)) return state_->tree.local_name(node.index);
    const auto of = state_->series_of(node);
    if (of == kNone) return {};
    const auto& repeat = state_->def.repeats[state_->series[of].repeat];
    return state_->def.names->text(state_->def.model[repeat.node].name);
}

const std::string& Session::value(NodeId node) const {
    return state_->alive(node) ? state_->text(node.index) : kNoText;
}

bool Session::relevant(NodeId node) const {
    if (state_->alive(node)) return state_->tree.relevant(node.index);
    const auto of = state_->series_of(node);
    return of != kNone && state_->series_relevant(of);
}

bool Session::required(NodeId node) const {
    return state_->alive(node) && state_->has(node.index, kRequired);
}

bool Session::readonly(NodeId node) const {
    return state_->alive(node) && state_->is_readonly(node.index);
}

Validity Session::validity(NodeId node) const {
    return state_->alive(node) ? state_->validity_of(node.index) : Validity::valid;
}

std::string Session::message(NodeId node) const {
    return state_->alive(node) ? state_->message_of(node.index) : std::string{};
}

std::uint64_t Session::stamp(const Element& element) const {
    return state_->stamp_of(element);
}

std::string Session::label(const Element& element) const {
    if (!state_->alive(element.place)) return {};
    return state_->word(state_->def.controls[element.control].label, element.place.index);
}

std::string Session::hint(const Element& element) const {
    if (!state_->alive(element.place)) return {};
    return state_->word(state_->def.controls[element.control].hint, element.place.index);
}

std::string Session::guidance(const Element& element) const {
    if (!state_->alive(element.place)) return {};
    const auto& hint = state_->def.controls[element.control].hint;
    const auto* forms = state_->forms_of(hint, element.place.index);
    return forms == nullptr ? std::string{} : state_->fill(forms->guidance, element.place.index);
}

std::string_view Session::appearance(const Element& element) const {
    return state_->def.controls[element.control].appearance;
}

std::string_view Session::parameter(const Element& element, std::string_view name) const {
    const auto& control = state_->def.controls[element.control];
    for (const auto& [key, value] : control.parameters)
        if (key == name) return value;
    if (control.node == kNone) return {};
    for (const auto& [key, value] : state_->def.model[control.node].bind.parameters)
        if (key == name) return value;
    return {};
}

std::shared_ptr<const std::vector<Choice>> Session::choice_list(const Element& element) const {
    if (!state_->alive(element.node)) return std::make_shared<std::vector<Choice>>();
    const auto& made = state_->choices_of(element.control, element.node.index);
    return {made, &made->choices};
}

const std::vector<Choice>& Session::choices(const Element& element) const {
    if (!state_->alive(element.node)) return kNoChoices;
    return state_->choices_of(element.control, element.node.index)->choices;
}

std::vector<NodeId> Session::choices_follow(const Element& element) const {
    std::vector<NodeId> read;
    if (!state_->alive(element.node)) return read;
    const Graph& graph = state_->def.graph;
    const NodeState& chosen = state_->nodes[element.node.index];
    const auto filters = [&](const Dependent& dependent) {
        const Vertex& vertex = graph.vertices[dependent.vertex];
        return vertex.kind == VertexKind::itemset && vertex.node == chosen.model;
    };
    for (ModelIndex model = 0; model < state_->def.model.size(); ++model) {
        if (std::ranges::none_of(graph.value_changes[model], filters)) continue;
        const NodeIndex node = state_->node_in(chosen.frame, model);
        if (node != kNoNode) read.push_back(state_->id_of(node));
    }
    return read;
}

std::string Session::choice_label(const Element& element, std::string_view value) const {
    if (!state_->alive(element.node)) return std::string{value};
    auto label = state_->label_of_value(element.control, element.node.index, value);
    return label.empty() ? std::string{value} : label;
}

NodeId Session::remark(NodeId question) const {
    if (!state_->alive(question)) return {};
    const auto remark = state_->model(question.index).remark;
    if (remark == kNone || !state_->tree.relevant(question.index)) return {};
    const auto node = state_->node_in(state_->nodes[question.index].frame, remark);
    return node == kNoNode || !state_->tree.relevant(node) ? NodeId{} : state_->id_of(node);
}

const std::string& Session::language() const {
    return state_->environment.language;
}

std::string Session::instance_name() const {
    const auto root = xpath(state_->id_of(state_->tree.root()));
    return value(find(root + "/meta/instanceName"));
}

std::vector<Problem> Session::problems() const {
    std::vector<Problem> found;
    std::set<NodeIndex> seen;
    for (const auto& element : state_->list_elements()) {
        if (element.kind != ElementKind::question) continue;
        const auto judged = validity(element.node);
        if (judged == Validity::valid || !seen.insert(element.node.index).second) continue;
        found.push_back({element.node, judged, message(element.node)});
    }
    return found;
}

Diagnostics Session::failures() const {
    Diagnostics all;
    for (const auto& [expression, finding] : state_->failures) all.push_back(finding);
    return all;
}

std::uint64_t Session::evaluations() const {
    return state_->evaluations;
}

void Session::finalize() {
    state_->finish();
}

std::vector<Session::Leaf> Session::leaves() const {
    const auto& state = *state_;
    std::vector<Leaf> found;
    auto at = state.tree.root();
    while (at != kNoNode) {
        if (state.tree.is_leaf(at) && state.model(at).is_leaf)
            found.push_back({state.path_of(at, false), state.tree.local_name(at), state.text(at),
                             state.tree.relevant(at)});
        auto next = state.tree.first_child(at);
        while (next == kNoNode && at != kNoNode) {
            next = state.tree.next(at);
            if (next == kNoNode) at = state.tree.parent(at);
            if (at == Tree::document()) return found;
        }
        at = next;
    }
    return found;
}

}  // namespace bordereau::form
