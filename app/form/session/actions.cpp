// Events: preloads, setvalue and its relatives, and what happens at the end.
#include "app/form/session/state.h"
#include "app/form/values/moment.h"
#include "app/form/xpath/value.h"

namespace bordereau::form {
namespace {

std::string now_text(const Clock& clock) {
    return to_text(moment_at(clock.now(), clock));
}

}  // namespace

void Session::State::preload_node(NodeIndex node) {
    const auto& bind = model(node).bind;
    std::string value;
    if (bind.preload == "uid" && environment.entropy)
        value = "uuid:" + new_uuid(environment.entropy);
    else if (bind.preload == "timestamp" && bind.preload_parameters == "start")
        value = now_text(environment.clock);
    else if (bind.preload == "date" && bind.preload_parameters == "today")
        value = to_text(local_date(environment.clock, environment.clock.now()));
    else if (bind.preload == "property" && environment.property)
        value = environment.property(bind.preload_parameters);
    if (value.empty()) return;
    // A record's identifier given by the form itself stays.
    if (bind.preload == "uid" && !text(node).empty()) return;
    set_value(node, value);
    record(node);
}

void Session::State::preload(FrameIndex frame) {
    const auto held = frames[frame].nodes;
    for (const auto node : held)
        if (node != kNoNode && !model(node).bind.preload.empty()) preload_node(node);
    for (const auto of : frames[frame].inner)
        for (const auto instance : series[of].instances) preload(instance);
}

void Session::State::fire(Event event) {
    for (const auto& action : def.actions) {
        if (!action.on(event)) continue;
        const auto of = def.model[action.target].frame;
        std::vector<NodeIndex> targets;
        each_frame(0, of, [&](FrameIndex frame) {
            targets.push_back(frames[frame].nodes[def.model[action.target].slot]);
        });
        for (const auto target : targets)
            if (target != kNoNode) perform(action, target);
    }
}

void Session::State::fire_new_repeat(FrameIndex frame) {
    for (const auto& action : def.actions) {
        if (!action.on(Event::new_repeat) || action.scope != frames[frame].repeat) continue;
        const auto target = node_in(frame, action.target);
        if (target != kNoNode) perform(action, target);
    }
}

void Session::State::fire_value_changed(NodeIndex node) {
    const auto source = id_of(node);
    for (const auto index : model(node).triggers) {
        const auto& action = def.actions[index];
        auto target = node_in(nodes[node].frame, action.target);
        if (action.target_path != kNone) {
            const auto found = def.expression(action.target_path).evaluate_nodes(context_at(node));
            target = found.ok() && found->size() == 1 ? (*found)[0].index : kNoNode;
        } else if (target == kNoNode) {
            // From outside of a repeat an action reaches in only where there is one instance.
            std::vector<NodeIndex> all;
            const auto& entry = def.model[action.target];
            each_frame(0, entry.frame,
                       [&](FrameIndex frame) { all.push_back(frames[frame].nodes[entry.slot]); });
            if (all.size() == 1) target = all.front();
        }
        if (target == kNoNode) continue;
        perform(action, target);
        run();
        if (!alive(source)) return;
    }
}

std::string Session::State::present_position() const {
    if (!environment.position) return {};
    // What is no place is a failure to find one (ODK XForms, "setgeopoint": then it is empty).
    const auto place =
        canonical(ValueType::geopoint, false, environment.position(), environment.clock);
    return place.fits ? place.text : std::string{};
}

void Session::State::perform(const Action& action, NodeIndex target) {
    // Recordings need a device that a desktop does not have.
    if (action.kind == ActionKind::record_audio) return;
    auto value = canonical(model(target).bind.type, false, action.text, environment.clock).text;
    if (action.kind == ActionKind::set_geopoint)
        value = present_position();
    else if (action.value != kNone) {
        const auto result = def.expression(action.value).evaluate(context_at(target));
        value = result.ok() ? stored(*result, target) : std::string{};
    }
    value = listed_part(target, std::move(value));
    const bool changed = set_value(target, value);
    if (changed || !value.empty()) record(target);
    if (changed) set_flag(target, kTypeFails, false);
}

void Session::State::finish() {
    fire(Event::revalidate);
    std::vector<NodeIndex> ends;
    for (const auto& frame : frames)
        for (const auto node : frame.nodes)
            if (node != kNoNode && model(node).bind.preload == "timestamp" &&
                model(node).bind.preload_parameters == "end")
                ends.push_back(node);
    for (const auto node : ends) {
        set_value(node, now_text(environment.clock));
        record(node);
    }
    give_identifier();
    run();
}

void Session::State::give_identifier() {
    const auto node = node_in(0, def.instance_id);
    if (node == kNoNode || !text(node).empty() || !environment.entropy) return;
    set_value(node, "uuid:" + new_uuid(environment.entropy));
    record(node);
}

}  // namespace bordereau::form
