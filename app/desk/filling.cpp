#include "app/desk/filling.h"

#include <algorithm>
#include <array>

#include "app/desk/beside.h"
#include "app/desk/off_list.h"
#include "storage/notebook.h"
#include "storage/rights.h"

namespace bordereau::app {
namespace {

// Questions that tell one filling of the built-in forms from another.
constexpr std::array<std::string_view, 2> kUnits{"a_unit", "w_unit"};
constexpr std::array<std::string_view, 3> kTitles{"t_title", "a_code", "w_date"};

// An answer that cannot be right names nothing.
bool names_it(const form::Session& session, form::NodeId question) {
    return !session.value(question).empty() && session.validity(question) == form::Validity::valid;
}

template <class Names>
const form::Element* first_named(const form::Session& session, const Names& names) {
    for (const form::Element& element : session.elements())
        if (element.kind == form::ElementKind::question &&
            std::ranges::find(names, session.name(element.node)) != names.end() &&
            names_it(session, element.node))
            return &element;
    return nullptr;
}

std::string first_title(const form::Session& session) {
    for (const std::string_view wanted : kTitles)
        for (const auto& leaf : session.leaves())
            if (leaf.relevant && leaf.name == wanted && names_it(session, session.find(leaf.xpath)))
                return std::string{leaf.value};
    return {};
}

bool identifies(std::string_view name) {
    return std::ranges::find(kUnits, name) != kUnits.end() ||
           std::ranges::find(kTitles, name) != kTitles.end() || name == "a_country";
}

bool stands_beside(std::string_view path) {
    return question_of(path, kNoteBeside) || question_of(path, kCopiedBeside);
}

// What the form asks for: the session does not know of more.
std::vector<form::Entry> entries_of(const std::vector<storage::RecordedAnswer>& answers) {
    std::vector<form::Entry> entries;
    entries.reserve(answers.size());
    for (const auto& answer : answers)
        if (!stands_beside(answer.path)) entries.push_back({answer.path, answer.value});
    return entries;
}

}  // namespace

bool names_unit(std::string_view question) {
    return std::ranges::find(kUnits, question) != kUnits.end();
}

AuditLabel label_of(const form::Session& session) {
    AuditLabel label{session.instance_name(), {}};
    if (const form::Element* unit = first_named(session, kUnits))
        label.unit = session.choice_label(*unit, session.value(unit->node));
    if (label.title.empty()) label.title = first_title(session);
    // A date alone names nothing.
    if (parse_date(label.title)) label.title = session.form().title() + " " + label.title;
    if (label.title.empty()) label.title = session.form().title();
    return label;
}

form::NodeId find_question(const form::Session& session, std::string_view path_or_name) {
    if (path_or_name.starts_with('/')) return session.find(path_or_name);
    form::NodeId found;
    for (const auto& leaf : session.leaves()) {
        if (leaf.name != path_or_name) continue;
        if (found != form::NodeId{}) return {};
        found = session.find(leaf.xpath);
    }
    return found;
}

form::NodeId find_repeat(const form::Session& session, std::string_view path) {
    for (const form::Element& element : session.elements()) {
        if (element.kind != form::ElementKind::repeat) continue;
        const std::string own = session.xpath(element.node);
        if (own == path || (!path.starts_with('/') && own.ends_with("/" + std::string{path})))
            return element.node;
    }
    return {};
}

Filling::Filling(storage::Notebook& notebook, storage::AuditSummary audit, form::Session session,
                 storage::Answers answers, bool editable)
    : notebook_(&notebook),
      audit_(std::move(audit)),
      session_(std::move(session)),
      answers_(std::move(answers)),
      editable_(editable) {}

Filling::Beside Filling::beside(const std::vector<storage::RecordedAnswer>& recorded) {
    Beside beside;
    for (const auto& answer : recorded) {
        if (!answer.value || answer.value->empty()) continue;
        if (const auto question = question_of(answer.path, kNoteBeside))
            beside.notes.emplace(*question, *answer.value);
        if (const auto question = question_of(answer.path, kCopiedBeside))
            beside.copied.emplace(*question, Copied{{*answer.value}, {}});
    }
    if (beside.copied.empty()) return beside;
    for (const auto& answer : recorded)
        if (const auto found = beside.copied.find(answer.path); found != beside.copied.end())
            found->second.value = answer.value.value_or("");
    return beside;
}

Result<Filling> Filling::open(storage::Notebook& notebook, std::shared_ptr<const form::Form> form,
                              const storage::AuditSummary& audit, const Services& services) {
    storage::Answers answers{notebook};
    auto recorded = answers.load(audit.id);
    if (!recorded) return std::move(recorded).error().during("opening an audit");
    const auto environment =
        environment_for(services, {audit.created_by_login, notebook.device(), {}});
    const bool editable = storage::may_edit(notebook.person(), audit);
    auto session =
        recorded->empty() && editable
            ? form::Session::start(std::move(form), environment)
            : form::Session::resume(std::move(form), entries_of(*recorded), environment,
                                    editable ? form::ResumeMode::edit : form::ResumeMode::frozen);
    Filling filling{notebook, audit, std::move(session), std::move(answers), editable};
    filling.beside_ = beside(*recorded);
    if (editable)
        if (Status saved = filling.record(); !saved) return std::move(saved).error();
    return filling;
}

Result<Filling> Filling::open_to_read(storage::Notebook& notebook,
                                      std::shared_ptr<const form::Form> form,
                                      const storage::AuditSummary& audit, const Services& services,
                                      Unconfirmed unconfirmed) {
    storage::Answers answers{notebook};
    auto recorded = answers.load(audit.id);
    if (!recorded) return std::move(recorded).error().during("reading an audit");
    Beside around = beside(*recorded);
    if (unconfirmed == Unconfirmed::left_out)
        std::erase_if(*recorded, [&around](const storage::RecordedAnswer& answer) {
            return around.copied.contains(answer.path);
        });
    auto session = form::Session::resume(
        std::move(form), entries_of(*recorded),
        environment_for(services, {audit.created_by_login, notebook.device(), {}}),
        form::ResumeMode::frozen);
    Filling filling{notebook, audit, std::move(session), std::move(answers), false};
    filling.beside_ = std::move(around);
    return filling;
}

Result<form::Validity> Filling::answer(form::NodeId question, std::string_view text) {
    if (!editable_) return Error{ErrorCode::refused, "this audit is not open to change"};
    if (session_.xpath(question).empty()) return Error{ErrorCode::not_found, "no such question"};
    if (session_.readonly(question)) return Error{ErrorCode::refused, "the form allows no answer"};
    std::string before = session_.value(question);
    const AuditId copied = copied_from(question);
    const form::Validity validity = session_.answer(question, text);
    if (!copied.empty()) unmark(session_.key_path(question), session_.value(question) == before);
    note_answer(question, std::move(before), copied);
    if (Status recorded = record(question); !recorded) return std::move(recorded).error();
    return validity;
}

Result<form::NodeId> Filling::add_repeat(form::NodeId repeat) {
    if (!editable_) return Error{ErrorCode::refused, "this audit is not open to change"};
    const form::NodeId added = session_.add_repeat(repeat);
    if (added == form::NodeId{}) return Error{ErrorCode::refused, "the form allows no more rows"};
    deeds_.add({Deed::Kind::came, session_.key_path(added), {}, {}});
    if (Status recorded = record(); !recorded) return std::move(recorded).error();
    return added;
}

Status Filling::remove_repeat(form::NodeId instance) {
    if (!editable_) return Error{ErrorCode::refused, "this audit is not open to change"};
    Deed deed{Deed::Kind::went, session_.key_path(instance), {}, {}};
    deed.entries = entries_of_row(deed.path);
    if (!session_.remove_repeat(instance))
        return Error{ErrorCode::refused, "the form keeps this row"};
    deeds_.add(std::move(deed));
    return record();
}

Status Filling::take(const ScriptStep& step) {
    const form::NodeId node = find_question(session_, step.path);
    if (node == form::NodeId{} && step.kind != ScriptStep::Kind::add)
        return Error{ErrorCode::not_found, step.path};
    switch (step.kind) {
        case ScriptStep::Kind::remove: return remove_repeat(node);
        case ScriptStep::Kind::add: {
            auto added = add_repeat(find_repeat(session_, step.path));
            return added ? done() : Status{std::move(added).error()};
        }
        case ScriptStep::Kind::answer: {
            auto answered = answer(node, step.value);
            return answered ? done() : Status{std::move(answered).error()};
        }
    }
    return done();
}

Status Filling::save() {
    return record();
}

// What a calculation changed is not what was copied any more.
void Filling::collect() {
    for (form::Entry& entry : session_.take_entries()) {
        const auto copied = beside_.copied.find(entry.path);
        if (copied != beside_.copied.end() && entry.value != copied->second.value)
            unmark(entry.path, false);
        unsaved_.push_back(std::move(entry));
    }
}

// Entries leave the queue only when they are on disk.
Status Filling::record() {
    collect();
    if (unsaved_.empty()) return done();
    std::vector<storage::GivenAnswer> answers;
    answers.reserve(unsaved_.size());
    for (const form::Entry& entry : unsaved_) answers.push_back({entry.path, entry.value});
    if (Status kept = answers_.record(audit_.id, answers); !kept) return kept;
    unsaved_.clear();
    saved_at_ = notebook_->clock().now();
    return done();
}

// What names the audit in lists may have changed with the answer.
Status Filling::record(form::NodeId question) {
    if (Status recorded = record(); !recorded) return recorded;
    return identifies(session_.name(question)) ? label() : done();
}

Status Filling::label() {
    const AuditLabel label = label_of(session_);
    if (label.title == audit_.title && label.unit == audit_.unit) return done();
    Status kept = storage::Audits{*notebook_}.label(audit_.id, label.title, label.unit);
    if (kept) {
        audit_.title = label.title;
        audit_.unit = label.unit;
    }
    return kept;
}

Status Filling::finalize() {
    if (!editable_) return Error{ErrorCode::refused, "this audit is not open to change"};
    if (!session_.problems().empty())
        return Error{ErrorCode::refused, "answers are missing or not valid"};
    if (!answers_off_list(session_).empty())
        return Error{ErrorCode::invalid, "answers that are no choices of their questions"};
    if (!unconfirmed().empty())
        return Error{ErrorCode::conflict, "copied answers that nobody has confirmed"};
    session_.finalize();
    if (Status recorded = record(); !recorded) return recorded;
    if (Status labelled = label(); !labelled) return labelled;
    Status closed = storage::Audits{*notebook_}.finalize(audit_.id);
    if (closed) editable_ = false;
    if (closed) deeds_.clear();
    return closed;
}

}  // namespace bordereau::app
