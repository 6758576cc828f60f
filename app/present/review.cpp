#include "app/present/review.h"

#include <algorithm>
#include <map>
#include <span>

#include "app/desk/review_list.h"
#include "app/present/audits.h"
#include "app/present/fill.h"
#include "storage/base/text.h"
#include "storage/people.h"
#include "storage/rights.h"

namespace bordereau::app {
namespace {

using Verdicts = std::map<std::string, storage::Verdict, std::less<>>;

Verdict shown_verdict(storage::Verdict verdict) {
    switch (verdict) {
        case storage::Verdict::open: return Verdict::open;
        case storage::Verdict::accepted: return Verdict::accepted;
        case storage::Verdict::rejected: return Verdict::rejected;
    }
    return Verdict::open;
}

// The question of this name in the row that begins at `row`; null: it is not asked there.
const form::Element* question_in_row(const form::Session& session, std::size_t row,
                                     std::string_view name) {
    const auto& elements = session.elements();
    for (std::size_t i = row + 1; i < elements.size() && elements[i].depth > elements[row].depth;
         ++i)
        if (elements[i].kind == form::ElementKind::question &&
            session.name(elements[i].node) == name)
            return &elements[i];
    return nullptr;
}

// Questions as the officer read them, a line each: the values of such choices are names of
// questions, and the labels repeat what they ask.
std::string supported_by(const form::Session& session, const std::vector<Section>& sections,
                         const form::Element& question) {
    std::string lines;
    for (const std::string_view name : words_of(session.value(question.node))) {
        const std::string number = number_of(session, sections, find_question(session, name));
        lines += (lines.empty() ? "" : "\n") + (number.empty() ? "" : number + ". ") +
                 session.choice_label(question, name);
    }
    return lines;
}

void add_evidence(const form::Session& session, const std::vector<Section>& sections,
                  const Verdicts& verdicts, ReviewView& view) {
    const auto& elements = session.elements();
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (elements[i].kind != form::ElementKind::repeat_instance ||
            session.name(elements[i].node) != "k_item")
            continue;
        EvidenceView evidence;
        evidence.key = session.key_path(elements[i].node);
        if (const form::Element* title = question_in_row(session, i, "k_title"))
            evidence.title = session.value(title->node);
        if (const form::Element* items = question_in_row(session, i, "k_items"))
            evidence.supports = supported_by(session, sections, *items);
        if (const auto found = verdicts.find(evidence.key); found != verdicts.end())
            evidence.verdict = shown_verdict(found->second);
        view.evidence.push_back(std::move(evidence));
    }
}

bool is_verdict(AuditState state) {
    return state == AuditState::approved || state == AuditState::rejected ||
           state == AuditState::returned;
}

// Who decided what and when, and why.
Result<std::string> decided_in_words(const Presenting& present, Desk& desk,
                                     const storage::AuditEvent& event) {
    const auto person = storage::People{desk.notebook()}.find(event.author);
    if (!person) return person.error();
    const std::string state{
        present.words("state." + std::string{state_name(shown_state(event.state))})};
    const std::string decided =
        present.words("review.decided", {{"state", state},
                                         {"person", *person ? (*person)->login : std::string{}},
                                         {"when", worded_moment(present, event.at)}});
    return event.reason.empty() ? decided : decided + "\n" + event.reason;
}

// When it was handed in last, and what was decided on it since; empty: nothing.
Status add_events(const Presenting& present, Desk& desk, const AuditId& audit, ReviewView& view) {
    const auto events = storage::Audits{desk.notebook()}.events(audit);
    if (!events) return events.error();
    for (const storage::AuditEvent& event : *events) {
        if (event.taken) continue;
        const AuditState state = shown_state(event.state);
        view.decided.clear();
        if (state == AuditState::finalized) view.finalized = worded_moment(present, event.at);
        if (!is_verdict(state)) continue;
        auto decided = decided_in_words(present, desk, event);
        if (!decided) return std::move(decided).error();
        view.decided = *std::move(decided);
    }
    return done();
}

void add_open_remarks(const form::Session& session, const std::vector<Section>& sections,
                      std::span<const storage::ReviewComment> comments, ReviewView& view) {
    for (const storage::ReviewComment& comment : comments) {
        if (comment.resolved) continue;
        const form::NodeId node = session.find_key_path(comment.path);
        const std::string number =
            comment.path.empty() ? std::string{} : number_of(session, sections, node);
        view.open_remarks.push_back({number.empty() ? number : number + ".", comment.text});
    }
}

// Another audit for who has decided on this one.
Status add_next(Desk& desk, const AuditId& here, ReviewView& view) {
    constexpr std::int64_t kMost = 200;
    storage::AuditFilter filter;
    for (const auto state : {storage::AuditState::finalized, storage::AuditState::edited})
        filter.state.add(state);
    filter.limit = kMost;
    const auto waiting = storage::Audits{desk.notebook()}.list(filter);
    if (!waiting) return waiting.error();
    for (const auto& audit : *waiting) {
        if (audit.id == here || !storage::may_judge(desk.notebook().person(), audit)) continue;
        view.next = audit.id;  // in the end the one that waits longest
        ++view.waiting;
    }
    return done();
}

void add_rights(bool may, ReviewView& view) {
    view.can_comment = true;
    view.can_judge = view.can_return = view.can_reject = may;
    view.can_approve = may && std::ranges::all_of(view.list, &ReviewItem::done);
}

}  // namespace

Result<ReviewView> present_review(const Presenting& present, Desk& desk, const Filling& filling,
                                  const Reading& reading) {
    const form::Session& session = filling.session();
    storage::Reviews reviews{desk.notebook()};
    const auto comments = reviews.comments(filling.audit());
    if (!comments) return comments.error();
    const auto verdicts = reviews.verdicts(filling.audit());
    if (!verdicts) return verdicts.error();
    Verdicts by_path;
    for (const auto& verdict : *verdicts) by_path[verdict.evidence] = verdict.verdict;

    const auto sections = sections_of(session);
    ReviewView view;
    view.header = header_of(filling.summary(), session);
    view.auditor = filling.summary().created_by_login;
    if (Status added = add_events(present, desk, filling.audit(), view); !added)
        return std::move(added).error();
    add_open_remarks(session, sections, *comments, view);
    view.sections = present_sections(session, sections, *comments);
    view.section =
        std::clamp(reading.section, 0, std::max(0, static_cast<int>(sections.size()) - 1));
    const BesideRows open{filling};
    if (!sections.empty())
        view.questions =
            present_rows(present, session, sections[static_cast<std::size_t>(view.section)],
                         *comments, false, {}, &open);
    view.scroll_to = reading.scroll_to;
    view.scroll_request = reading.scroll_request;
    view.comments = present_comments(present, *comments, "", false);
    auto checks = present_checks(present.words, desk, filling);
    if (!checks) return std::move(checks).error();
    view.checks = *std::move(checks);
    add_evidence(session, sections, by_path, view);
    const auto list = review_list(desk.notebook(), filling.summary());
    if (!list) return list.error();
    for (const ReviewListItem& item : *list) view.list.push_back({item.item, item.done});
    if (filling.summary().form.text == "grpa_main") {
        const auto record = record_of(desk.records(), filling);
        if (!record) return record.error();
        view.scores = present_scores(present, session, sections, audit::score(*record));
    }
    add_rights(reviews.may_judge(filling.summary()).ok(), view);
    if (!view.can_return)
        if (Status added = add_next(desk, filling.audit(), view); !added)
            return std::move(added).error();
    if (view.header.state == AuditState::finalized && !view.can_approve)
        view.why_not = present.words(view.can_return ? "review.list_open" : "review.why_not");
    return view;
}

}  // namespace bordereau::app
