// What must be kept so that the session can be resumed, and how it is taken up again.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "app/form/session/state.h"
#include "app/form/values/number.h"

namespace bordereau::form {
namespace {

std::uint32_t order_of(const std::string& text) {
    std::uint32_t order = 0;
    std::from_chars(text.data(), text.data() + text.size(), order);
    return order;
}

bool names_instance(std::string_view path) {
    return path.ends_with(']');
}

/// "/data/rep[k7]" gives "/data/rep" and "k7".
std::pair<std::string_view, std::string> split_key(std::string_view path) {
    const auto bracket = path.rfind('[');
    return {path.substr(0, bracket),
            std::string{path.substr(bracket + 1, path.size() - bracket - 2)}};
}

struct NewInstance {
    std::size_t depth;
    std::uint32_t order;
    const Entry* entry;
    /// Outer instances first; then in the order in which they were added, wherever that was.
    bool operator<(const NewInstance& other) const {
        return std::tie(depth, order, entry->path) <
               std::tie(other.depth, other.order, other.entry->path);
    }
};

/// By path; of equal paths the last one.
std::vector<const Entry*> latest_of(std::span<const Entry> entries) {
    std::vector<const Entry*> latest;
    latest.reserve(entries.size());
    for (const auto& entry : entries) latest.push_back(&entry);
    const auto path = [](const Entry* entry) -> const std::string& { return entry->path; };
    std::ranges::stable_sort(latest, {}, path);
    std::size_t kept = 0;
    for (std::size_t at = 0; at < latest.size(); ++at)
        if (at + 1 == latest.size() || latest[at + 1]->path != latest[at]->path)
            latest[kept++] = latest[at];
    latest.resize(kept);
    return latest;
}

}  // namespace

void Session::State::record(NodeIndex node) {
    set_flag(node, kRecorded, true);
    if (has(node, kPending)) return;
    set_flag(node, kPending, true);
    pending.push_back(id_of(node));
}

void Session::State::cut_to_whole(NodeIndex node) {
    const double number = to_number(text(node));
    if (!std::isnan(number)) tree.set_text(node, number_text(std::trunc(number)));
}

void Session::State::localize_times() {
    for (const auto& frame : frames)
        for (const auto node : frame.nodes) {
            if (node == kNoNode || model(node).bind.type != ValueType::time) continue;
            tree.set_text(node,
                          canonical(ValueType::time, false, text(node), environment.clock).text);
        }
}

void Session::State::record_initial() {
    for (const auto& frame : frames)
        for (const auto node : frame.nodes) {
            if (node == kNoNode || text(node).empty()) continue;
            const auto& entry = model(node);
            if (entry.bind.type == ValueType::integer) cut_to_whole(node);
            // Attributes and texts of the form itself are no answers.
            if (!entry.is_attribute && entry.is_leaf && entry.bind.calculate == kNone) record(node);
        }
}

void Session::State::record_instance(FrameIndex frame, bool present) {
    const auto path = path_of(frames[frame].nodes.front(), true);
    const bool counted = def.repeats[frames[frame].repeat].count != kNone;
    if (counted) return;
    if (present) {
        instance_entries[path] = frames[frame].order;
        pending_instances.push_back({path, std::to_string(frames[frame].order)});
        return;
    }
    instance_entries.erase(path);
    removed_instances.insert(path);
    pending_instances.push_back({path, std::nullopt});
}

void Session::State::record_instances() {
    for (FrameIndex frame = 1; frame < frames.size(); ++frame) record_instance(frame, true);
}

void Session::State::forget_frame(FrameIndex frame) {
    const auto below = path_of(frames[frame].nodes.front(), true) + "/";
    const auto drop = [&below](auto& map) {
        auto at = map.lower_bound(below);
        while (at != map.end() && at->first.starts_with(below)) at = map.erase(at);
    };
    drop(instance_entries);
    drop(aside);
}

void Session::State::set_aside(FrameIndex frame) {
    const auto top = path_of(frames[frame].nodes.front(), true);
    const auto below = top + "/";
    for (auto at = instance_entries.lower_bound(below);
         at != instance_entries.end() && at->first.starts_with(below);) {
        aside[at->first] = {at->first, std::to_string(at->second)};
        at = instance_entries.erase(at);
    }
    set_values_aside(frame);
}

void Session::State::set_values_aside(FrameIndex frame) {
    for (const auto node : frames[frame].nodes) {
        if (node == kNoNode || !has(node, kRecorded)) continue;
        const auto path = path_of(node, true);
        aside[path] = {path, text(node)};
        if (has(node, kPending)) pending_instances.push_back(aside[path]);
    }
    for (const auto of : frames[frame].inner)
        for (const auto instance : series[of].instances) set_values_aside(instance);
}

bool Session::State::restore_aside(FrameIndex frame) {
    const auto below = path_of(frames[frame].nodes.front(), true) + "/";
    std::vector<Entry> found;
    auto at = aside.lower_bound(below);
    while (at != aside.end() && at->first.starts_with(below)) {
        found.push_back(std::move(at->second));
        at = aside.erase(at);
    }
    apply(found);
    return !found.empty();
}

bool Session::State::apply_instance(const Entry& entry) {
    const auto known = find_path(entry.path, true);
    if (!entry.value) {
        removed_instances.insert(entry.path);
        if (alive(known)) remove_instance(nodes[known.index].frame);
        return true;
    }
    const auto order = order_of(*entry.value);
    if (alive(known)) {
        set_order(nodes[known.index].frame, order);
    } else {
        const auto [repeat_path, key] = split_key(entry.path);
        const auto of = series_of(find_path(repeat_path, true));
        if (of == kNone || def.repeats[series[of].repeat].count != kNone) return false;
        create_instance(of, key, order);
    }
    instance_entries[entry.path] = order;
    return true;
}

bool Session::State::apply_value(const Entry& entry) {
    const auto found = find_path(entry.path, true);
    if (!alive(found) || !entry.value) return false;
    const auto node = found.index;
    const auto& bind = model(node).bind;
    set_value(node, *entry.value);
    set_flag(node, kRecorded, true);
    set_flag(node, kTypeFails, !canonical(bind.type, false, *entry.value, environment.clock).fits);
    const bool calculated =
        bind.calculate != kNone && !def.expression(bind.calculate).is_volatile();
    set_flag(node, kByPerson, calculated);
    return true;
}

void Session::State::apply(std::span<const Entry> entries) {
    const auto latest = latest_of(entries);
    std::vector<NewInstance> instances;
    for (const auto* entry : latest)
        if (names_instance(entry->path))
            instances.push_back({static_cast<std::size_t>(std::ranges::count(entry->path, '/')),
                                 entry->value ? order_of(*entry->value) : 0, entry});
    std::sort(instances.begin(), instances.end());
    for (const auto& instance : instances)
        if (!apply_instance(*instance.entry)) aside[instance.entry->path] = *instance.entry;
    for (const auto* entry : latest)
        if (!names_instance(entry->path) && !apply_value(*entry)) aside[entry->path] = *entry;
}

std::vector<Entry> Session::State::take() {
    auto taken = std::move(pending_instances);
    pending_instances.clear();
    for (const auto id : pending) {
        if (!alive(id)) continue;
        set_flag(id.index, kPending, false);
        taken.push_back({path_of(id.index, true), text(id.index)});
    }
    pending.clear();
    return taken;
}

std::vector<Entry> Session::State::all() const {
    std::vector<Entry> entries;
    entries.reserve(nodes.size() / 2);
    for (const auto& [path, entry] : aside) entries.push_back(entry);
    for (const auto& path : removed_instances) entries.push_back({path, std::nullopt});
    for (const auto& [path, order] : instance_entries)
        entries.push_back({path, std::to_string(order)});
    for (const auto& frame : frames)
        for (const auto node : frame.nodes)
            if (node != kNoNode && has(node, kRecorded))
                entries.push_back({path_of(node, true), text(node)});
    std::ranges::stable_sort(entries, {}, &Entry::path);
    // Of equal paths the later one holds.
    const auto last = std::unique(entries.rbegin(), entries.rend(),
                                  [](const Entry& a, const Entry& b) { return a.path == b.path; });
    entries.erase(entries.begin(), last.base());
    return entries;
}

}  // namespace bordereau::form
