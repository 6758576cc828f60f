// Evaluation after a change: only what depends on it, in the order of the graph.
#include <algorithm>

#include "app/form/session/state.h"
#include "app/form/values/number.h"
#include "app/form/xpath/value.h"

namespace bordereau::form {
namespace {

/// Rows that read each other in a circle never settle; after this many evaluations per waiting one
/// the present values stand.
constexpr std::uint64_t kMostRounds = 64;

std::uint8_t bit_of(VertexKind kind) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(kind));
}

}  // namespace

bool Session::State::set_value(NodeIndex node, std::string_view value) {
    // A calculation bound to a group has nowhere to go.
    if (!tree.is_leaf(node) || text(node) == value) return false;
    tree.set_text(node, value);
    nodes[node].changed = ++revision;
    notify(node);
    return true;
}

void Session::State::notify(NodeIndex node) {
    const auto frame = nodes[node].frame;
    for (const auto& dependent : def.graph.value_changes[nodes[node].model])
        schedule(dependent, frame);
}

void Session::State::notify_set(SeriesIndex of) {
    for (const auto& dependent : def.graph.set_changes[series[of].repeat])
        schedule(dependent, series[of].outer);
}

void Session::State::notify_order(SeriesIndex of, std::uint32_t from) {
    const auto& instances = series[of].instances;
    for (const auto& dependent : def.graph.order_changes[series[of].repeat])
        for (auto at = std::size_t{from}; at < instances.size(); ++at)
            schedule(dependent, instances[at]);
}

void Session::State::schedule(const Dependent& dependent, FrameIndex changed) {
    const auto& vertex = def.graph.vertices[dependent.vertex];
    const auto from = outer_at(changed, std::min(dependent.shared, depth_of(changed)));
    if (frames[from].repeat == vertex.frame) return schedule_at(dependent.vertex, from);
    each_frame(from, vertex.frame, [&](FrameIndex frame) { schedule_at(dependent.vertex, frame); });
}

void Session::State::schedule_at(VertexIndex index, FrameIndex frame) {
    const auto& vertex = def.graph.vertices[index];
    if (vertex.kind == VertexKind::count) {
        const auto of = frames[frame].inner[vertex.slot];
        if (!series[of].dirty) push(index, of);
        series[of].dirty = true;
        return;
    }
    const auto node = frames[frame].nodes[vertex.slot];
    if (node == kNoNode || (nodes[node].dirty & bit_of(vertex.kind)) != 0) return;
    nodes[node].dirty |= bit_of(vertex.kind);
    push(index, node);
}

void Session::State::push(VertexIndex vertex, std::uint32_t target) {
    tasks.push({def.graph.vertices[vertex].rank, next_sequence++, vertex, target});
}

void Session::State::schedule_frame(FrameIndex frame) {
    const auto repeat = frames[frame].repeat;
    const auto& models = repeat == kNone ? def.root_nodes : def.repeats[repeat].nodes;
    for (const auto model : models)
        for (auto vertex = def.graph.begin_of(model); vertex < def.graph.end_of(model); ++vertex)
            if (def.graph.vertices[vertex].kind != VertexKind::count) schedule_at(vertex, frame);
    for (const auto of : frames[frame].inner) {
        const auto own = def.repeats[series[of].repeat].node;
        for (auto vertex = def.graph.begin_of(own); vertex < def.graph.end_of(own); ++vertex)
            if (def.graph.vertices[vertex].kind == VertexKind::count) schedule_at(vertex, frame);
        for (const auto instance : series[of].instances) schedule_frame(instance);
    }
}

void Session::State::run() {
    const auto before = evaluations;
    const auto most = (tasks.size() + nodes.size() + 1000) * kMostRounds;
    while (!tasks.empty()) {
        const auto task = tasks.top();
        tasks.pop();
        if (++evaluations - before <= most) {
            evaluate(task);
            continue;
        }
        if (task.target < nodes.size()) nodes[task.target].dirty = 0;
    }
    next_sequence = 0;
}

void Session::State::evaluate(const Task& task) {
    const auto& vertex = def.graph.vertices[task.vertex];
    const auto& expression = def.expression(vertex.expression);
    if (vertex.kind == VertexKind::count) {
        if (series[task.target].alive && series[task.target].dirty)
            evaluate_count(task.target, expression);
        return;
    }
    auto& state = nodes[task.target];
    // The instance may have gone, and another taken its place, while the task waited.
    if (state.model != vertex.node || (state.dirty & bit_of(vertex.kind)) == 0) return;
    state.dirty = static_cast<std::uint8_t>(state.dirty & ~bit_of(vertex.kind));
    switch (vertex.kind) {
        case VertexKind::relevant: return evaluate_relevant(task.target, expression);
        case VertexKind::calculate: return evaluate_calculate(task.target, expression);
        case VertexKind::itemset: return drop_stale_answers(task.target);
        case VertexKind::readonly: return evaluate_flag(task.target, expression, kReadonly);
        case VertexKind::required: return evaluate_flag(task.target, expression, kRequired);
        case VertexKind::constraint: return evaluate_constraint(task.target, expression);
        case VertexKind::count: return;
    }
}

bool Session::State::test(NodeIndex node, const Expression& expression, bool otherwise) {
    const auto context = context_for(node, expression);
    // As in JavaRosa, a question alone stands for its typed value: 0 and "" are false, though
    // XPath would call any node that is there true.
    if (expression.plain_reference() != nullptr) {
        const auto found = expression.evaluate_nodes(context);
        if (!found.ok()) return otherwise;
        return !found->empty() && stands_for_true((*found)[0]);
    }
    const auto result = expression.evaluate_boolean(context);
    if (!result.ok()) note_failure(node, expression, result.error());
    return result.ok() ? *result : otherwise;
}

void Session::State::note_failure(NodeIndex node, const Expression& expression,
                                  const Error& error) {
    if (failures.contains(&expression)) return;
    failures[&expression] = {Severity::error,
                             {},
                             0,
                             {},
                             model(node).path,
                             "The expression \"" + expression.text() +
                                 "\" could not be evaluated: " + error.detail + ".",
                             {}};
}

bool Session::State::stands_for_true(NodeRef ref) const {
    const auto& value = ref.tree->text(ref.index);
    if (ref.tree != &tree || ref.index >= nodes.size() || nodes[ref.index].model == kNone)
        return !value.empty();
    switch (model(ref.index).bind.type) {
        case ValueType::boolean: return value == "true" || value == "1";
        case ValueType::integer:
        case ValueType::decimal: return !value.empty() && to_number(value) != 0;
        default: return !value.empty();
    }
}

void Session::State::evaluate_relevant(NodeIndex node, const Expression& expression) {
    std::vector<NodeIndex> changed;
    if (!tree.set_relevant(node, test(node, expression, true), &changed)) return;
    ++revision;
    ++layout_revision;
    for (const auto one : changed) notify(one);
}

std::string Session::State::stored(const Value& value, NodeIndex node) {
    // Entities: create and update are "1" in what JavaRosa and pyxform write.
    if (const auto* truth = std::get_if<bool>(&value); truth != nullptr && model(node).is_attribute)
        return *truth ? "1" : "0";
    return stored_text(value, type_name(model(node).bind.type), environment.clock);
}

void Session::State::evaluate_calculate(NodeIndex node, const Expression& expression) {
    const bool recorded = has(node, kRecorded);
    if (recorded && frozen && expression.is_volatile()) return;
    if (recorded && loading && has(node, kByPerson)) return;
    // A record does not become another one because it is opened again.
    if (loading && nodes[node].model == def.instance_id && !text(node).empty()) return;
    const auto around = model(node).bind.calculate_context;
    const auto place = around == kNone ? node : node_in(nodes[node].frame, around);
    const auto result = expression.evaluate(context_for(place, expression));
    if (!result.ok()) note_failure(node, expression, result.error());
    auto value = result.ok() ? stored(*result, node) : std::string{};
    if (value.size() > kLongestResult) {
        note_failure(node, expression, {ErrorCode::invalid, "the result is longer than 4 MB"});
        value.clear();
    }
    if (!set_value(node, value)) return;
    set_flag(node, kTypeFails, false);
    if (expression.is_volatile() || recorded) record(node);
    if (!loading) set_flag(node, kByPerson, false);
}

void Session::State::evaluate_flag(NodeIndex node, const Expression& expression, NodeFlag flag) {
    const bool on = test(node, expression, false);
    if (has(node, flag) == on) return;
    set_flag(node, flag, on);
}

void Session::State::evaluate_constraint(NodeIndex node, const Expression& expression) {
    const bool fails = !text(node).empty() && !test(node, expression, true);
    if (has(node, kConstraintFails) == fails) return;
    set_flag(node, kConstraintFails, fails);
}

void Session::State::evaluate_count(SeriesIndex of, const Expression& expression) {
    series[of].dirty = false;
    const auto& repeat = def.repeats[series[of].repeat];
    const auto parent = node_in(series[of].outer, def.model[repeat.node].parent);
    if (parent == kNoNode) return;
    // Relative counts start at an instance, and there may be none yet.
    const auto& instances = series[of].instances;
    std::optional<double> wanted;
    const auto ask = [&](NodeIndex place) {
        const auto result = expression.evaluate_number(context_at(place));
        if (result.ok()) wanted = *result;
    };
    if (repeat.count_context != repeat.node) {
        const auto around = node_in(series[of].outer, repeat.count_context);
        ask(around == kNoNode ? parent : around);
    } else if (!instances.empty())
        ask(frames[instances.front()].nodes.front());
    else
        at_next_instance(of, ask);
    if (wanted) set_count(of, *wanted);
}

}  // namespace bordereau::form
