// Copying into an open audit, confirming what was copied, and notes: what stands beside an answer.
#include <algorithm>
#include <set>

#include "app/desk/beside.h"
#include "app/desk/filling.h"
#include "app/form/definition/question_text.h"
#include "storage/base/text.h"

namespace bordereau::app {
namespace {

// A form whose answers keep making other questions relevant is followed this deep.
constexpr int kMostRounds = 50;

Error closed() {
    return {ErrorCode::refused, "this audit is not open to change"};
}

// Elements of a repeat's entries at this path, keys and positions in it as they are.
std::vector<form::Element> entries_at(const form::Session& session, const std::string& repeat) {
    std::vector<form::Element> entries;
    for (const form::Element& element : session.elements()) {
        if (element.kind != form::ElementKind::repeat_instance) continue;
        const std::string path = session.xpath(element.node);
        if (path.substr(0, path.rfind('[')) == repeat) entries.push_back(element);
    }
    return entries;
}

// Repeats in whose entries somebody has answered something: their entries are not those of then.
std::set<std::string> begun_repeats(const form::Session& session) {
    std::set<std::string> begun;
    std::string entry;  // that a person added or may remove; "" outside
    for (const form::Element& element : session.elements()) {
        const std::string path = session.xpath(element.node);
        if (element.kind == form::ElementKind::repeat_instance)
            entry = element.can_remove ? path : "";
        else if (element.kind == form::ElementKind::question && !entry.empty() &&
                 path.starts_with(entry + "/") && !session.value(element.node).empty())
            begun.insert(entry.substr(0, entry.rfind('[')));
    }
    return begun;
}

bool lies_in(const std::set<std::string>& repeats, std::string_view path) {
    return std::ranges::any_of(repeats, [path](const std::string& repeat) {
        return path == repeat || path.starts_with(repeat + "[");
    });
}

/// What was chosen then must be there now and read the same.
std::optional<LeftOut::Why> why_not(const form::Session& session, const form::Element& element,
                                    const form::Session& then, const EarlierAnswer& earlier) {
    if (earlier.element->widget != element.widget) return LeftOut::Why::changed;
    const bool chooses = element.widget == form::Widget::select_one ||
                         element.widget == form::Widget::select_multiple ||
                         element.widget == form::Widget::rank;
    if (!chooses) return std::nullopt;
    const auto choices = session.choice_list(element);
    for (const std::string_view value : words_of(earlier.value)) {
        const auto found = std::ranges::find(*choices, value, &form::Choice::value);
        if (found == choices->end()) return LeftOut::Why::no_choice;
        if (found->label != then.choice_label(*earlier.element, value))
            return LeftOut::Why::changed;
    }
    return std::nullopt;
}

}  // namespace

const AuditId& Filling::copied_from(form::NodeId question) const {
    static const AuditId kNone;
    if (beside_.copied.empty()) return kNone;
    const auto found = beside_.copied.find(session_.key_path(question));
    return found == beside_.copied.end() ? kNone : found->second.from;
}

std::vector<form::NodeId> Filling::unconfirmed() const {
    std::vector<form::NodeId> waiting;
    if (beside_.copied.empty()) return waiting;
    for (const form::Element& element : session_.elements())
        if (element.kind == form::ElementKind::question && !copied_from(element.node).empty())
            waiting.push_back(element.node);
    return waiting;
}

void Filling::mark(const std::string& path, const AuditId& from) {
    beside_.copied[path] = {from, session_.value(session_.find_key_path(path))};
    unsaved_.push_back({copied_path(path), from.text});
}

void Filling::unmark(const std::string& path, bool confirmed) {
    if (beside_.copied.erase(path) == 0) return;
    unsaved_.push_back(
        {copied_path(path), confirmed ? std::optional<std::string>{""} : std::nullopt});
}

void Filling::give(const std::string& path, std::string_view value, const AuditId& copied) {
    const form::NodeId question = session_.find_key_path(path);
    const bool same = session_.value(question) == value;
    session_.answer(question, value);
    if (!copied.empty())
        mark(path, copied);
    else
        unmark(path, same);
}

Status Filling::confirm(std::span<const form::NodeId> questions) {
    if (!editable_) return closed();
    Deed deed{Deed::Kind::several, {}, {}, {}};
    for (const form::NodeId question : questions) {
        const AuditId from = copied_from(question);
        if (from.empty()) continue;
        const std::string& value = session_.value(question);
        Deed step{Deed::Kind::answer, session_.key_path(question), value, value};
        step.copied_before = from;
        unmark(step.path, true);
        deed.steps.push_back(std::move(step));
    }
    if (deed.steps.empty()) return done();
    deeds_.add(std::move(deed));
    return record();
}

// A question is asked again and again until nothing more is copied: one answer may make the next
// question relevant, or its choices.
Result<CopyOutcome> Filling::copy(const Filling& earlier, const CopyScope& scope) {
    if (!editable_) return closed();
    CopyOutcome outcome;
    Deed deed{Deed::Kind::several, {}, {}, {}};
    const auto begun = scope.again ? std::set<std::string>{} : begun_repeats(session_);
    std::set<std::string> tried;
    bool more = add_rows(earlier, scope, begun, deed);
    for (int round = 0; more || round == 0; ++round) {
        if (round == kMostRounds) break;
        more = false;
        const std::vector<form::Element> elements = session_.elements();
        EarlierAnswers answers{earlier, session_};
        for (const form::Element& element : elements) {
            if (element.kind != form::ElementKind::question || !session_.relevant(element.node))
                continue;
            if (!may_be_copied(session_, element)) continue;
            const std::string path = session_.key_path(element.node);
            const std::string place = session_.xpath(element.node);
            if (!scope.holds(path, place) || !tried.insert(path).second) continue;
            if (lies_in(begun, place)) continue;
            if (!session_.value(element.node).empty() && !scope.again) continue;
            if (const auto found = answers.at(element))
                more = copy_answer(earlier, *found, element, deed, outcome) || more;
        }
        more = add_rows(earlier, scope, begun, deed) || more;
    }
    if (deed.steps.empty()) return outcome;
    deeds_.add(std::move(deed));
    if (Status recorded = record(); !recorded) return std::move(recorded).error();
    if (Status labelled = label(); !labelled) return std::move(labelled).error();
    return outcome;
}

bool Filling::copy_answer(const Filling& earlier, const EarlierAnswer& found,
                          const form::Element& element, Deed& deed, CopyOutcome& outcome) {
    const std::string before = session_.value(element.node);
    if (found.value == before) return false;
    Deed step{Deed::Kind::answer, session_.key_path(element.node), before, {}};
    if (const auto why = why_not(session_, element, earlier.session(), found)) {
        outcome.left_out.push_back({step.path, found.value, *why});
        return false;
    }
    step.copied_before = copied_from(element.node);
    step.copied_after = earlier.audit();
    const form::Validity validity = session_.answer(element.node, found.value);
    if (validity == form::Validity::constraint || validity == form::Validity::type) {
        session_.answer(element.node, before);
        outcome.left_out.push_back({step.path, found.value, LeftOut::Why::not_allowed});
        return false;
    }
    step.after = session_.value(element.node);
    mark(step.path, earlier.audit());
    deed.steps.push_back(std::move(step));
    ++outcome.copied;
    return true;
}

// As many entries as there were then. Where somebody has begun with a repeat it stays as it is.
bool Filling::add_rows(const Filling& earlier, const CopyScope& scope,
                       const std::set<std::string>& begun, Deed& deed) {
    bool added = false;
    const std::vector<form::Element> elements = session_.elements();
    for (const form::Element& element : elements) {
        if (element.kind != form::ElementKind::repeat || !element.can_add) continue;
        const std::string path = session_.xpath(element.node);
        if (scope.again || !scope.holds(path, path) || lies_in(begun, path)) continue;
        const std::size_t then = entries_at(earlier.session(), path).size();
        for (std::size_t now = entries_at(session_, path).size(); now < then; ++now) {
            const form::NodeId entry = session_.add_repeat(element.node);
            if (entry == form::NodeId{}) break;
            deed.steps.push_back({Deed::Kind::came, session_.key_path(entry), {}, {}});
            added = true;
        }
    }
    return added;
}

const std::string& Filling::note(form::NodeId question) const {
    static const std::string kNone;
    if (const form::NodeId remark = session_.remark(question); remark != form::NodeId{})
        return session_.value(remark);
    if (beside_.notes.empty()) return kNone;
    const auto found = beside_.notes.find(session_.key_path(question));
    return found == beside_.notes.end() ? kNone : found->second;
}

void Filling::put_note(const std::string& path, const std::string& text) {
    if (text.empty()) {
        beside_.notes.erase(path);
        return unsaved_.push_back({note_path(path), std::nullopt});
    }
    beside_.notes[path] = text;
    unsaved_.push_back({note_path(path), text});
}

Status Filling::write_note(form::NodeId question, std::string_view text) {
    if (!editable_) return closed();
    const std::string path = session_.key_path(question);
    if (session_.xpath(question).empty()) return Error{ErrorCode::not_found, "no such question"};
    if (const form::NodeId remark = session_.remark(question); remark != form::NodeId{}) {
        const auto answered = answer(remark, trimmed(text));
        return answered ? done() : Status{answered.error()};
    }
    Deed deed{Deed::Kind::note, path, note(question), std::string{trimmed(text)}};
    if (deed.before == deed.after) return done();
    put_note(path, deed.after);
    deeds_.add(std::move(deed));
    return record();
}

}  // namespace bordereau::app
