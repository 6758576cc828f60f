// Nodes and repeat instances come and go.
#include <algorithm>
#include <cmath>

#include "app/form/session/state.h"
#include "app/form/values/number.h"

namespace bordereau::form {
namespace {

/// More instances than this are found by their key instead of being walked through.
constexpr std::size_t kFewInstances = 8;

/// More instances than any record can hold: a count by mistake must not fill the memory.
constexpr double kMostInstances = 20'000;
/// Counts within counted repeats multiply.
constexpr std::size_t kMostNodes = 1'000'000;

}  // namespace

SeriesIndex Session::State::open_series(RepeatIndex repeat, FrameIndex outer) {
    SeriesIndex index;
    if (unused_series.empty()) {
        index = static_cast<SeriesIndex>(series.size());
        series.emplace_back();
    } else {
        index = unused_series.back();
        unused_series.pop_back();
    }
    auto& opened = series[index];
    opened = {repeat, outer, {}, {}, 0, opened.generation + 1, true, false};
    return index;
}

FrameIndex Session::State::open_frame(RepeatIndex repeat, SeriesIndex of) {
    FrameIndex index;
    if (unused_frames.empty()) {
        index = static_cast<FrameIndex>(frames.size());
        frames.emplace_back();
    } else {
        index = unused_frames.back();
        unused_frames.pop_back();
    }
    Frame frame;
    frame.repeat = repeat;
    frame.series = of;
    frame.outer = of == kNone ? kNone : series[of].outer;
    const auto slots = repeat == kNone ? def.root_nodes.size() : def.repeats[repeat].nodes.size();
    frame.nodes.assign(slots, kNoNode);
    const auto& inner = repeat == kNone ? def.root_repeats : def.repeats[repeat].inner;
    frames[index] = std::move(frame);
    for (const auto one : inner) {
        const auto opened = open_series(one, index);
        frames[index].inner.push_back(opened);
    }
    return index;
}

NodeIndex Session::State::instantiate(const Blueprint& blueprint, NodeIndex parent,
                                      FrameIndex frame, NodeIndex before) {
    const auto& entry = def.model[blueprint.node];
    const auto made = entry.is_attribute
                          ? tree.append_attribute(parent, entry.name, blueprint.text, entry.space)
                          : tree.insert_element(parent, entry.name, entry.space, before);
    if (!entry.is_attribute && !blueprint.text.empty()) tree.set_text(made, blueprint.text);
    if (made >= nodes.size()) nodes.resize(made + 1);
    nodes[made] = {blueprint.node, frame, 0, 0};
    frames[frame].nodes[entry.slot] = made;
    for (const auto& child : blueprint.children) {
        if (!def.model[child.node].is_repeat) {
            instantiate(child, made, frame, kNoNode);
            continue;
        }
        const auto repeat = def.model[child.node].frame;
        const auto of = frames[frame].inner[def.repeats[repeat].slot];
        const auto opened =
            append_instance(of, std::to_string(series[of].instances.size() + 1),
                            static_cast<std::uint32_t>(series[of].instances.size() + 1));
        instantiate(child, made, opened, kNoNode);
    }
    return made;
}

FrameIndex Session::State::append_instance(SeriesIndex of, std::string key, std::uint32_t order) {
    const auto frame = open_frame(series[of].repeat, of);
    auto& siblings = series[of].instances;
    frames[frame].key = std::move(key);
    set_order(frame, order);
    frames[frame].position = static_cast<std::uint32_t>(siblings.size());
    siblings.push_back(frame);
    auto& known = series[of].by_key;
    if (known.empty() && siblings.size() <= kFewInstances) return frame;
    if (known.empty())
        for (const auto sibling : siblings) known.emplace(frames[sibling].key, sibling);
    else
        known.emplace(frames[frame].key, frame);
    return frame;
}

void Session::State::move_instance(SeriesIndex of, std::uint32_t position) {
    auto& siblings = series[of].instances;
    std::rotate(siblings.begin() + position, siblings.end() - 1, siblings.end());
    for (auto at = position; at < siblings.size(); ++at) frames[siblings[at]].position = at;
}

void Session::State::set_order(FrameIndex frame, std::uint32_t order) {
    frames[frame].order = order;
    auto& highest = series[frames[frame].series].highest_order;
    highest = std::max(highest, order);
}

void Session::State::build_record(const Blueprint& blueprint) {
    nodes.resize(1);
    const auto root = open_frame(kNone, kNone);
    instantiate(blueprint, Tree::document(), root, kNoNode);
}

NodeIndex Session::State::place_for(SeriesIndex of) const {
    const auto& entry = series[of];
    const auto& repeat = def.repeats[entry.repeat];
    if (!entry.instances.empty()) return tree.next(frames[entry.instances.back()].nodes.front());
    // The first instance goes before whatever follows the repeat in the form.
    const auto& siblings = def.model[def.model[repeat.node].parent].children;
    auto at = std::find(siblings.begin(), siblings.end(), repeat.node);
    for (++at; at != siblings.end(); ++at) {
        const auto& sibling = def.model[*at];
        auto node = kNoNode;
        if (!sibling.is_repeat) {
            node = node_in(entry.outer, *at);
        } else {
            const auto other = frames[entry.outer].inner[def.repeats[sibling.frame].slot];
            if (!series[other].instances.empty())
                node = frames[series[other].instances.front()].nodes.front();
        }
        if (node != kNoNode) return node;
    }
    return kNoNode;
}

FrameIndex Session::State::create_instance(SeriesIndex of, std::string key, std::uint32_t order) {
    const auto& repeat = def.repeats[series[of].repeat];
    const auto parent = node_in(series[of].outer, def.model[repeat.node].parent);
    check(parent != kNoNode, "a repeat instance was created where its parent is not");
    // Among its siblings an instance stands by its order number, of equal ones last.
    const auto& siblings = series[of].instances;
    const auto later = std::ranges::upper_bound(
        siblings, order, {}, [this](FrameIndex sibling) { return frames[sibling].order; });
    const auto position = static_cast<std::uint32_t>(later - siblings.begin());
    const auto before = later == siblings.end() ? place_for(of) : frames[*later].nodes.front();
    const auto frame = append_instance(of, std::move(key), order);
    move_instance(of, position);
    instantiate(repeat.blueprint, parent, frame, before);
    ++revision;
    ++layout_revision;
    return frame;
}

void Session::State::close_frame(FrameIndex frame) {
    for (const auto of : frames[frame].inner) {
        for (const auto instance : series[of].instances) close_frame(instance);
        series[of].alive = false;
        series[of].instances.clear();
        series[of].by_key.clear();
        unused_series.push_back(of);
    }
    for (const auto node : frames[frame].nodes)
        if (node != kNoNode) nodes[node] = {};
    frames[frame] = {};
    unused_frames.push_back(frame);
}

// The first instance of a key counts; a later one of the same key takes its place.
void Session::State::forget_key(SeriesIndex of, FrameIndex frame) {
    auto& known = series[of].by_key;
    const auto found = known.find(frames[frame].key);
    if (found == known.end() || found->second != frame) return;
    known.erase(found);
    for (const auto sibling : series[of].instances)
        if (frames[sibling].key == frames[frame].key) known.emplace(frames[sibling].key, sibling);
}

void Session::State::remove_instance(FrameIndex frame) {
    const auto of = frames[frame].series;
    const auto position = frames[frame].position;
    auto& instances = series[of].instances;
    instances.erase(instances.begin() + position);
    forget_key(of, frame);
    if (frames[frame].order == series[of].highest_order) {
        series[of].highest_order = 0;
        for (const auto sibling : instances) set_order(sibling, frames[sibling].order);
    }
    for (auto at = position; at < instances.size(); ++at) frames[instances[at]].position = at;
    const auto top = frames[frame].nodes.front();
    std::erase_if(lists, [this, top](const auto& list) {
        for (auto at = list.first.second; at != kNoNode; at = tree.parent(at))
            if (at == top) return true;
        return false;
    });
    close_frame(frame);
    tree.remove(top);
    ++revision;
    ++layout_revision;
    notify_set(of);
    notify_order(of, position);
}

void Session::State::set_count(SeriesIndex of, double wanted) {
    // While the count is being typed anew it is empty for a moment: the instances wait.
    if (std::isnan(wanted) && !starting) return;
    if (std::isnan(wanted)) wanted = 0;
    const auto count =
        static_cast<std::size_t>(std::clamp(std::floor(wanted), 0.0, kMostInstances));
    bool changed = false;
    while (series[of].instances.size() > count) {
        set_aside(series[of].instances.back());
        remove_instance(series[of].instances.back());
    }
    while (series[of].instances.size() < count && tree.node_count() < kMostNodes) {
        const auto number = series[of].instances.size() + 1;
        const auto frame =
            create_instance(of, std::to_string(number), static_cast<std::uint32_t>(number));
        if (!restore_aside(frame)) {
            preload(frame);
            fire_new_repeat(frame);
        }
        schedule_frame(frame);
        changed = true;
    }
    if (changed) notify_set(of);
    if (static_cast<double>(series[of].instances.size()) < std::floor(wanted))
        note_too_many(of, wanted);
    else
        failures.erase(&def.expression(def.repeats[series[of].repeat].count));
}

void Session::State::note_too_many(SeriesIndex of, double wanted) {
    const auto& repeat = def.repeats[series[of].repeat];
    const auto& path = def.model[repeat.node].path;
    failures[&def.expression(repeat.count)] = {
        Severity::error,
        {},
        0,
        {},
        path,
        "The repeat " + path + " asks for " + number_text(wanted) + " instances; the first " +
            grouped(series[of].instances.size()) + " are there.",
        "Limit the count with a constraint."};
}

bool Session::State::series_relevant(SeriesIndex of) {
    const auto& entry = series[of];
    const auto& repeat = def.repeats[entry.repeat];
    const auto parent = node_in(entry.outer, def.model[repeat.node].parent);
    if (parent == kNoNode || !tree.relevant(parent)) return false;
    for (const auto instance : entry.instances)
        if (tree.relevant(frames[instance].nodes.front())) return true;
    const auto relevant = def.model[repeat.node].bind.relevant;
    if (relevant == kNone) return true;
    if (!entry.instances.empty()) return false;
    bool answer = false;
    at_next_instance(
        of, [&](NodeIndex place) { answer = test(place, def.expression(relevant), false); });
    return answer;
}

void Session::State::at_next_instance(SeriesIndex of, const std::function<void(NodeIndex)>& ask) {
    const auto& repeat = def.repeats[series[of].repeat];
    const auto parent = node_in(series[of].outer, def.model[repeat.node].parent);
    const auto probe = tree.append_element(parent, def.model[repeat.node].name);
    ask(probe);
    tree.remove(probe);
}

}  // namespace bordereau::form
