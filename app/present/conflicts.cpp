#include "app/present/conflicts.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/desk/beside.h"
#include "app/form/definition/question_text.h"
#include "app/present/answer_words.h"
#include "app/present/fill.h"
#include "storage/answers.h"
#include "storage/conflicts.h"
#include "storage/people.h"
#include "storage/rights.h"
#include "storage/teams.h"

namespace bordereau::app {
namespace {

struct Names {
    std::map<PersonId, std::string> people;
    std::map<DeviceId, std::string> devices;
};

template <class Map, class Key>
std::string name_in(const Map& names, const Key& key) {
    const auto found = names.find(key);
    return found == names.end() ? std::string{"?"} : found->second;
}

Result<Names> names_of(storage::Notebook& notebook) {
    Names names;
    const auto people = storage::People{notebook}.list();
    if (!people) return people.error();
    for (const auto& person : *people) names.people[person.id] = person.login;
    const auto devices = storage::Teams{notebook}.devices();
    if (!devices) return devices.error();
    for (const auto& device : *devices) names.devices[device.id] = device.name;
    return names;
}

// A question that is not shown now can still be settled, by one of the values.
ConflictView conflict_at(const form::Session& session, const std::vector<Section>& sections,
                         const std::string& path) {
    ConflictView conflict;
    const form::NodeId node = session.find_key_path(path);
    const form::Element* element = session.element_of(node);
    if (element != nullptr) conflict.question = present_question(session, *element, path);
    conflict.question.key = path;
    if (path.ends_with(']')) conflict.question.kind = RowKind::instance;
    if (const auto noted = question_of(path, kNoteBeside))
        conflict.question.label = form::question_label(session.form(), *noted, session.language());
    if (conflict.question.label.empty()) conflict.question.label = path;
    if (element != nullptr && !sections.empty())
        conflict.section =
            sections[static_cast<std::size_t>(section_with(session, sections, node))].title;
    return conflict;
}

std::string shown_value(const Presenting& present, const form::Session& session,
                        const std::string& path, const std::string& value) {
    const form::Element* element = session.element_of(session.find_key_path(path));
    return element == nullptr ? value : answer_for_people(present.words, session, *element, value);
}

}  // namespace

bool may_settle(const storage::Person& person, const storage::AuditSummary& audit) {
    return storage::may(person, storage::Act::review) || storage::may_edit(person, audit);
}

Result<int> conflicts_in(Desk& desk, const AuditId& audit) {
    const auto beside = storage::Answers{desk.notebook()}.conflicts(audit);
    if (!beside) return beside.error();
    std::set<std::string_view> paths;
    for (const auto& version : *beside)
        if (!question_of(version.path, kCopiedBeside)) paths.insert(version.path);
    return static_cast<int>(paths.size());
}

Result<ConflictsView> present_conflicts(const Presenting& present, Desk& desk,
                                        const Filling& filling) {
    const auto beside = storage::Answers{desk.notebook()}.conflicts(filling.audit());
    if (!beside) return beside.error();
    const auto names = names_of(desk.notebook());
    if (!names) return names.error();
    const form::Session& session = filling.session();
    const auto sections = sections_of(session);
    ConflictsView view;
    view.header = header_of(filling.summary(), session);
    view.can_decide = may_settle(desk.notebook().person(), filling.summary());
    view.today = local_date(present.clock, present.clock.now());
    for (const auto& version : *beside) {
        const bool first =
            view.conflicts.empty() || view.conflicts.back().question.key != version.path;
        if (question_of(version.path, kCopiedBeside)) continue;
        if (first) view.conflicts.push_back(conflict_at(session, sections, version.path));
        if (first && question_of(version.path, kNoteBeside))
            view.conflicts.back()
                .question.label.append(" \xC2\xB7 ")
                .append(present.words("note.title"));
        ConflictSide side;
        side.key = std::to_string(version.version.stamp.bits) + version.version.device.text;
        side.value = version.value.value_or("");
        side.shown = shown_value(present, session, version.path, side.value);
        side.removed = !version.value;
        side.who = name_in(names->people, version.author);
        side.device = name_in(names->devices, version.version.device);
        side.when = worded_moment(present, version.version.stamp.millis());
        side.used = first;  // the default stands first
        view.conflicts.back().sides.push_back(std::move(side));
    }
    return view;
}

Result<std::vector<NeedView>> conflict_needs(const Presenting& present, Desk& desk) {
    std::vector<NeedView> needs;
    const auto audits = storage::audits_in_conflict(desk.notebook());
    if (!audits) return audits.error();
    for (const AuditId& id : *audits) {
        const auto audit = desk.audit(id);
        if (!audit) return audit.error();
        if (!may_settle(desk.notebook().person(), *audit)) continue;
        const auto count = conflicts_in(desk, id);
        if (!count) return count.error();
        if (*count == 0) continue;
        needs.push_back({Tone::warning,
                         present.words.count("home.need.conflicts", *count) + " \xC2\xB7 " +
                             listed_name(present, desk, *audit),
                         id, Place::conflicts});
    }
    return needs;
}

}  // namespace bordereau::app
