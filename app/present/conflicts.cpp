#include "app/present/conflicts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "app/desk/beside.h"
#include "app/form/definition/question_text.h"
#include "app/present/answer_words.h"
#include "app/present/fill.h"
#include "storage/answers.h"
#include "storage/base/text.h"
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

// What the form notes by itself (meta/instanceID, start, end, deviceid) nobody can judge: the later
// one stays, and that is all.
bool is_for_people(const form::Form& form, const std::string& path) {
    if (question_of(path, kCopiedBeside)) return false;
    return path.ends_with(']') || !form::question_label(form, path, "").empty();
}

// Whether a text is written without spaces between its words, as Chinese is.
bool runs_on(std::string_view text) {
    constexpr unsigned char kFirstIdeograph = 0xE3;  // leads what is written from U+3000 on
    return text.find(' ') == text.npos && std::ranges::any_of(text, [](char byte) {
               return static_cast<unsigned char>(byte) >= kFirstIdeograph;
           });
}

// Words, or letters where a text runs on, each with the space before it.
std::vector<std::string_view> pieces_of(std::string_view text) {
    const bool letters = runs_on(text);
    const auto begins = [&](std::size_t at) {
        if (letters) return (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        return text[at] == ' ' || text[at] == '\n';
    };
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && !begins(end)) ++end;
        pieces.push_back(text.substr(at, end - at));
        at = end;
    }
    return pieces;
}

// What a text has between the beginning and the end that it shares with another one; empty: they
// have nothing in common, or it has nothing there.
std::string part_unlike(std::string_view text, std::string_view other) {
    const auto own = pieces_of(text), others = pieces_of(other);
    const std::size_t most = std::min(own.size(), others.size());
    std::size_t front = 0, back = 0;
    while (front < most && own[front] == others[front]) ++front;
    while (front + back < most && own[own.size() - 1 - back] == others[others.size() - 1 - back])
        ++back;
    if (front + back < 2) return {};  // a word in common by chance tells nothing
    std::string part;
    for (std::size_t at = front; at + back < own.size(); ++at) part += own[at];
    return std::string{trimmed(part)};
}

// Where a path stands in the form; what is not asked now comes after all that is.
std::size_t place_of(const form::Session& session, const std::string& path) {
    const std::string_view asked = question_of(path, kNoteBeside).value_or(std::string_view{path});
    const form::NodeId node = session.find_key_path(asked);
    const auto& elements = session.elements();
    const auto found = std::ranges::find_if(elements, [&](const form::Element& element) {
        const bool about = element.kind == form::ElementKind::question ||
                           element.kind == form::ElementKind::repeat_instance;
        return about && element.node == node;
    });
    return static_cast<std::size_t>(found - elements.begin());
}

// A question that is not shown now can still be settled, by one of the values.
ConflictView conflict_at(const form::Session& session, const std::vector<Section>& sections,
                         const std::string& path) {
    ConflictView conflict;
    const form::NodeId node = session.find_key_path(path);
    const form::Element* element = session.element_of(node);
    const std::size_t place = place_of(session, path);
    if (element != nullptr) conflict.question = present_question(session, *element, path);
    conflict.question.key = path;
    if (path.ends_with(']')) conflict.question.kind = RowKind::instance;
    if (const auto noted = question_of(path, kNoteBeside))
        conflict.question.label = form::question_label(session.form(), *noted, session.language());
    if (conflict.question.label.empty()) conflict.question.label = path;
    for (const Section& section : sections)
        if (section.begin <= place && place < section.end) conflict.section = section.title;
    return conflict;
}

std::string shown_value(const Presenting& present, const form::Session& session,
                        const std::string& path, const std::string& value) {
    const form::Element* element = session.element_of(session.find_key_path(path));
    return element == nullptr ? value : answer_for_people(present.words, session, *element, value);
}

// In the form's order, each section named where it begins; of texts that are alike, what differs.
void arrange(const form::Session& session, std::vector<ConflictView>& conflicts) {
    std::ranges::stable_sort(conflicts, {}, [&](const ConflictView& conflict) {
        return place_of(session, conflict.question.key);
    });
    std::string last;
    for (ConflictView& conflict : conflicts) {
        last = std::exchange(conflict.section, conflict.section == last ? "" : conflict.section);
        if (conflict.question.control != Control::text) continue;
        for (ConflictSide& side : conflict.sides) {
            const ConflictSide& other =
                &side == &conflict.sides.front() ? conflict.sides.back() : conflict.sides.front();
            side.unlike = part_unlike(side.shown, other.shown);
        }
    }
}

}  // namespace

bool may_settle(const storage::Person& person, const storage::AuditSummary& audit) {
    return storage::may(person, storage::Act::review) || storage::may_edit(person, audit);
}

Result<int> conflicts_in(Desk& desk, const AuditId& audit) {
    const auto beside = storage::Answers{desk.notebook()}.conflicts(audit);
    if (!beside) return beside.error();
    if (beside->empty()) return 0;
    const auto summary = desk.audit(audit);
    if (!summary) return summary.error();
    const auto form = desk.forms().get(summary->form, summary->form_version);
    if (!form) return form.error();
    std::set<std::string_view> paths;
    for (const auto& version : *beside)
        if (is_for_people(**form, version.path)) paths.insert(version.path);
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
        if (!is_for_people(session.form(), version.path)) continue;
        const bool first =
            view.conflicts.empty() || view.conflicts.back().question.key != version.path;
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
    arrange(session, view.conflicts);
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
