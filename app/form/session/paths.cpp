// Paths of nodes, with positions for people and keys for entries, and the way back.
#include <charconv>

#include "app/form/session/state.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

struct Step {
    std::string_view name;
    std::string_view inside;  ///< of the brackets; empty if there are none
    bool attribute = false;
};

Step step_of(std::string_view text) {
    Step step;
    if (text.starts_with('@')) {
        step.attribute = true;
        text.remove_prefix(1);
    }
    const auto bracket = text.find('[');
    step.name = text.substr(0, bracket);
    if (bracket != std::string_view::npos && text.ends_with(']'))
        step.inside = text.substr(bracket + 1, text.size() - bracket - 2);
    if (const auto colon = step.name.rfind(':'); colon != std::string_view::npos)
        step.name.remove_prefix(colon + 1);
    return step;
}

std::size_t number_of(std::string_view text) {
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

std::string Session::State::path_of(NodeIndex node, bool with_keys) const {
    const auto& entry = model(node);
    std::string path =
        entry.parent == kNone ? std::string{} : path_of(tree.parent(node), with_keys);
    path += entry.is_attribute ? "/@" : "/";
    path += def.names->text(entry.name);
    if (!entry.is_repeat) return path;
    const auto& frame = frames[nodes[node].frame];
    return path + '[' + (with_keys ? frame.key : std::to_string(frame.position + 1)) + ']';
}

NodeId Session::State::find_path(std::string_view path, bool with_keys) const {
    if (!path.starts_with('/')) return {};
    const auto steps = split(path.substr(1), '/');
    auto at = ModelIndex{kNone};
    FrameIndex frame = 0;
    for (std::size_t index = 0; index < steps.size(); ++index) {
        const auto step = step_of(trimmed(steps[index]));
        const auto name = def.names->find(step.name);
        if (!name) return {};
        if (index == 0 && def.model[0].name != *name) return {};
        at = index == 0 ? 0 : def.child(at, *name, step.attribute);
        if (at == kNone) return {};
        if (!def.model[at].is_repeat) continue;
        const auto of = frames[frame].inner[def.repeats[def.model[at].frame].slot];
        if (step.inside.empty() && index + 1 == steps.size()) return id_of_series(of);
        const auto found = instance_in(of, step.inside, with_keys);
        if (found == kNone) return {};
        frame = found;
    }
    return id_of(node_in(frame, at));
}

FrameIndex Session::State::instance_in(SeriesIndex of, std::string_view which,
                                       bool with_keys) const {
    const auto& instances = series[of].instances;
    if (!with_keys) {
        const auto position = which.empty() ? 1 : number_of(which);
        return position >= 1 && position <= instances.size() ? instances[position - 1] : kNone;
    }
    // Counted instances have their position as key.
    const auto guess = number_of(which);
    if (guess >= 1 && guess <= instances.size() && frames[instances[guess - 1]].key == which)
        return instances[guess - 1];
    return instance_of_key(series[of], which);
}

FrameIndex Session::State::instance_of_key(const Series& of, std::string_view key) const {
    if (!of.by_key.empty()) {
        const auto found = of.by_key.find(std::string{key});
        return found == of.by_key.end() ? kNone : found->second;
    }
    for (const auto instance : of.instances)
        if (frames[instance].key == key) return instance;
    return kNone;
}

ModelIndex Session::State::model_at(std::string_view path, ModelIndex context) const {
    path = trimmed(path);
    if (path.starts_with("current()/")) path.remove_prefix(10);
    auto at = context;
    if (path.starts_with('/')) at = kNone;
    for (const auto piece : split(path.substr(path.starts_with('/') ? 1 : 0), '/')) {
        const auto step = step_of(trimmed(piece));
        if (step.name == "." || step.name.empty()) continue;
        if (step.name == "..") {
            at = at == kNone ? kNone : def.model[at].parent;
            continue;
        }
        const auto name = def.names->find(step.name);
        if (!name) return kNone;
        if (at == kNone)
            at = def.model[0].name == *name ? 0 : kNone;
        else
            at = def.child(at, *name, step.attribute);
        if (at == kNone) return kNone;
    }
    return at;
}

}  // namespace bordereau::form
