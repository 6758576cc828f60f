// setvalue and its relatives: what happens on events rather than by calculation.
#include <array>

#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

struct EventName {
    std::string_view name;
    Event event;
};

constexpr std::array kEvents{EventName{"odk-instance-first-load", Event::first_load},
                             EventName{"xforms-ready", Event::first_load},
                             EventName{"odk-instance-load", Event::load},
                             EventName{"odk-new-repeat", Event::new_repeat},
                             EventName{"xforms-value-changed", Event::value_changed},
                             EventName{"xforms-revalidate", Event::revalidate}};

ActionKind kind_of(std::string_view name) {
    if (name == "setgeopoint") return ActionKind::set_geopoint;
    return name == "recordaudio" ? ActionKind::record_audio : ActionKind::set_value;
}

}  // namespace

bool FormReader::is_action(NodeIndex element) const {
    const auto name = document_.name(element);
    return name == "setvalue" || name == "setgeopoint" || name == "recordaudio";
}

unsigned FormReader::read_events(NodeIndex element, const std::string& path) {
    unsigned events = 0;
    for (const auto word : words_of(document_.attribute(element, "event"))) {
        bool known = false;
        for (const auto& entry : kEvents)
            if (entry.name == word) {
                events |= 1u << static_cast<unsigned>(entry.event);
                known = true;
            }
        if (!known)
            error(path, "An action is bound to the unknown event \"" + std::string{word} + "\".",
                  "Use odk-instance-first-load, odk-new-repeat or xforms-value-changed.");
    }
    return events;
}

void FormReader::read_action(NodeIndex element, ModelIndex source, RepeatIndex scope,
                             ModelIndex context) {
    auto path = document_.either(element, "ref", "nodeset");
    Action action;
    action.kind = kind_of(document_.name(element));
    action.source = source;
    action.scope = scope;
    const bool foreign = action.kind != ActionKind::set_value &&
                         names_->uri(document_.tree().space(element)) != kOdkNamespace;
    if (foreign)
        return warning(std::string{path},
                       std::string{document_.name(element)} + " is not in ODK's namespace.",
                       "Declare " + std::string{kOdkNamespace} + "; until then it does nothing.");
    const auto by_id = bind_ids_.find(document_.attribute(element, "bind"));
    auto located = locate(path, context);
    if (path.empty() && by_id != bind_ids_.end()) located.node = by_id->second;
    action.events = read_events(element, std::string{path});
    if (located.node == kNone) {
        error(std::string{path}, "An action sets a question that is not there.",
              "Correct its ref.");
        return;
    }
    if (action.on(Event::new_repeat) && source == kNone && scope == kNone)
        error(std::string{path}, "odk-new-repeat actions must stand inside of the repeat.",
              "Move the action into the repeat.");
    action.target = located.node;
    const auto& target = definition.model[located.node].path;
    if (located.filtered) action.target_path = compile(path, target, "ref");
    if (const auto value = document_.attribute(element, "value"); !value.empty())
        action.value = compile(value, target, "value");
    else
        action.text = document_.text(element);
    const auto index = static_cast<std::uint32_t>(definition.actions.size());
    if (source != kNone && action.on(Event::value_changed))
        definition.model[source].triggers.push_back(index);
    definition.actions.push_back(std::move(action));
}

}  // namespace bordereau::form
