#include "app/form/session/state.h"

#include "app/form/values/xml.h"

namespace bordereau::form {
namespace {

/// Series have no tree node; their ids start where tree indexes cannot reach.
constexpr std::uint32_t kSeriesBit = 0x40000000;

Clock usable(Clock clock) {
    if (!clock.now) clock.now = [] { return Millis{0}; };
    if (!clock.utc_offset_minutes) clock.utc_offset_minutes = [](Millis) { return 0; };
    return clock;
}

}  // namespace

Session::State::State(std::shared_ptr<const Form> for_form, Environment with)
    : form(std::move(for_form)),
      def(form->definition()),
      environment(std::move(with)),
      tree(def.names) {
    environment.clock = usable(environment.clock);
    if (!def.translations.has_language(environment.language))
        environment.language = form->default_language();
    connect_services();
}

void Session::State::connect_services() {
    services.clock = environment.clock;
    services.entropy = environment.entropy;
    services.digest = [this](std::string_view algorithm,
                             std::string_view bytes) -> std::optional<std::string> {
        // JavaRosa takes "SHA256" for "SHA-256".
        std::string name{algorithm};
        if (name.starts_with("SHA") && name.find('-') == std::string::npos) name.insert(3, "-");
        if (!environment.digest) return std::nullopt;
        return environment.digest(name, bytes);
    };
    services.verify = environment.verify;
    services.property = [this](std::string_view name) {
        if (name == "version") return def.version;
        return environment.property ? environment.property(name) : std::string{};
    };
    services.instance = [this](std::string_view id) -> InstanceSource {
        if (const auto found = def.instances.find(id); found != def.instances.end())
            return {&found->second->tree, &found->second->lookup};
        if (last_saved && id == def.last_saved_id) return {&last_saved->tree, &last_saved->lookup};
        return {};
    };
    services.itext = [this](std::string_view id) { return itext(id); };
    services.choice_label = [this](std::string_view value, std::string_view path, NodeRef context) {
        return label_at(value, path, context.index);
    };
    if (def.last_saved_id.empty() || !environment.last_saved) return;
    const auto xml = environment.last_saved();
    if (!xml) return;
    auto names = std::make_shared<Names>(*def.names);
    auto document = read_xml(*xml, names);
    if (document) last_saved = std::make_unique<SecondaryInstance>(std::move(*document));
}

NodeId Session::State::id_of(NodeIndex node) const {
    return node == kNoNode ? NodeId{} : NodeId{node, tree.generation(node)};
}

NodeId Session::State::id_of_series(SeriesIndex index) const {
    return {index | kSeriesBit, series[index].generation};
}

bool Session::State::alive(NodeId id) const {
    return id.index < nodes.size() && tree.alive(id.index, id.generation);
}

SeriesIndex Session::State::series_of(NodeId id) const {
    const auto index = id.index & ~kSeriesBit;
    if ((id.index & kSeriesBit) == 0 || index >= series.size()) return kNone;
    return series[index].alive && series[index].generation == id.generation ? index : kNone;
}

void Session::State::set_flag(NodeIndex node, NodeFlag flag, bool on) {
    constexpr unsigned kShown = kRequired | kReadonly | kConstraintFails | kTypeFails;
    auto& state = nodes[node];
    const auto before = state.flags;
    state.flags = static_cast<std::uint16_t>(on ? before | flag : before & ~flag);
    if (state.flags == before || (flag & kShown) == 0) return;
    state.changed = ++revision;
    // What lies in a readonly group is readonly too.
    if (flag == kReadonly && !tree.is_leaf(node)) all_changed = revision;
}

Context Session::State::context_at(NodeIndex node) {
    text_context = node;
    Context context;
    context.node = {&tree, node};
    context.services = &services;
    context.primary = &tree;
    context.record = frames.front().nodes;
    context.absent_is_empty = true;
    return context;
}

Context Session::State::context_for(NodeIndex node, const Expression& expression) {
    auto context = context_at(node);
    if (!expression.uses_position()) return context;
    context.position = static_cast<std::size_t>(tree.position(node));
    context.size = static_cast<std::size_t>(tree.count_named(tree.parent(node), tree.name(node)));
    return context;
}

std::uint32_t Session::State::depth_of(FrameIndex frame) const {
    const auto repeat = frames[frame].repeat;
    return repeat == kNone ? 0 : def.repeats[repeat].depth;
}

FrameIndex Session::State::outer_at(FrameIndex frame, std::uint32_t depth) const {
    for (auto at = depth_of(frame); at > depth; --at) frame = frames[frame].outer;
    return frame;
}

NodeIndex Session::State::node_in(FrameIndex frame, ModelIndex node) const {
    const auto& entry = def.model[node];
    const auto depth = entry.frame == kNone ? 0 : def.repeats[entry.frame].depth;
    if (depth > depth_of(frame)) return kNoNode;
    const auto& holder = frames[outer_at(frame, depth)];
    if (holder.repeat != entry.frame || entry.slot >= holder.nodes.size()) return kNoNode;
    return holder.nodes[entry.slot];
}

void Session::State::each_frame(FrameIndex from, RepeatIndex of,
                                const std::function<void(FrameIndex)>& visit) const {
    const auto depth = of == kNone ? 0 : def.repeats[of].depth;
    if (depth_of(from) == depth) {
        if (frames[from].repeat == of) visit(from);
        return;
    }
    auto next = of;
    while (def.repeats[next].depth > depth_of(from) + 1) next = def.repeats[next].outer;
    if (def.repeats[next].outer != frames[from].repeat) return;
    const auto index = frames[from].inner[def.repeats[next].slot];
    // A visit may add instances behind, never remove.
    for (std::size_t at = 0; at < series[index].instances.size(); ++at)
        each_frame(series[index].instances[at], of, visit);
}

Validity Session::State::validity_of(NodeIndex node) const {
    if (!tree.relevant(node)) return Validity::valid;
    if (has(node, kTypeFails)) return Validity::type;
    if (text(node).empty())
        return has(node, kRequired) && model(node).is_leaf ? Validity::required : Validity::valid;
    return has(node, kConstraintFails) ? Validity::constraint : Validity::valid;
}

bool Session::State::is_readonly(NodeIndex node) const {
    for (; node != kNoNode && node != Tree::document(); node = tree.parent(node))
        if (has(node, kReadonly)) return true;
    return false;
}

std::string Session::State::message_of(NodeIndex node) {
    switch (validity_of(node)) {
        case Validity::required: return word(model(node).bind.required_message, node);
        case Validity::constraint: return word(model(node).bind.constraint_message, node);
        default: return {};
    }
}

}  // namespace bordereau::form
