#include "app/audit/checks.h"
#include "app/desk/copying.h"
#include "app/desk/review_list.h"
#include "app/present/audits.h"
#include "app/present/conflicts.h"
#include "app/present/fill.h"

namespace bordereau::app {
namespace {

// The question in whose row a question stands: a remark has none of its own.
form::NodeId row_with(const form::Session& session, form::NodeId node) {
    const form::Element* element = session.element_of(node);
    return element == nullptr || element->remark_on == form::NodeId{} ? node : element->remark_on;
}

std::string question_label(const form::Session& session, form::NodeId node) {
    const form::Element* element = session.element_of(node);
    return element == nullptr ? std::string{session.name(node)} : session.label(*element);
}

void add_problems(const form::Session& session, const std::vector<Section>& sections,
                  OverviewView& view) {
    for (const form::Problem& problem : session.problems()) {
        ProblemView row;
        row.question = session.key_path(row_with(session, problem.node));
        if (!sections.empty())
            row.section =
                sections[static_cast<std::size_t>(section_with(session, sections, problem.node))]
                    .title;
        row.label = question_label(session, problem.node);
        row.problem = shown_problem(problem.validity);
        row.message = problem.message;
        if (const form::Element* element = session.element_of(problem.node))
            row.control = control_for(element->widget);
        view.problems.push_back(std::move(row));
    }
}

// Copied answers that nobody has looked at stand in the way too.
void add_unconfirmed(const Filling& filling, const std::vector<Section>& sections,
                     OverviewView& view) {
    const form::Session& session = filling.session();
    for (const form::NodeId node : filling.unconfirmed()) {
        ProblemView row;
        row.question = session.key_path(node);
        if (!sections.empty())
            row.section =
                sections[static_cast<std::size_t>(section_with(session, sections, node))].title;
        row.label = question_label(session, node);
        row.problem = AnswerProblem::unconfirmed;
        view.problems.push_back(std::move(row));
    }
}

// Looked for in follow-ups alone: it takes reading an audit.
Result<std::optional<audit::Record>> followed_record(Desk& desk, const Filling& filling,
                                                     const audit::Record& record) {
    if (!record.answers.is("a_type", "follow_up")) return std::optional<audit::Record>{};
    const auto followed = open_followed(desk, filling);
    if (!followed) return followed.error();
    if (!*followed) return std::optional<audit::Record>{};
    auto before = record_of(desk.records(), **followed);
    if (!before) return std::move(before).error();
    return std::optional{*std::move(before)};
}

}  // namespace

Result<std::vector<CheckView>> present_checks(const text::Words& words, Desk& desk,
                                              const Filling& filling) {
    std::vector<CheckView> out;
    if (filling.summary().form.text != "grpa_main") return out;
    auto record = record_of(desk.records(), filling);
    if (!record) return std::move(record).error();
    const auto walks =
        records_in(desk.records(), storage::AuditState::approved, FormId{"grpa_walk"});
    if (!walks) return walks.error();
    const auto before = followed_record(desk, filling, *record);
    if (!before) return before.error();
    auto given = explanations(desk.notebook(), filling.audit());
    if (!given) return std::move(given).error();
    const audit::Surroundings around{*walks, *before ? &**before : nullptr};
    for (const audit::Notice& notice : audit::consistency_notices(*record, around)) {
        const std::string number = std::to_string(notice.check);
        CheckView view{"X" + number, std::string{words("consistency.x" + number)}, {}, {}};
        if (!notice.items.empty()) {
            const form::NodeId node = find_question(filling.session(), notice.items.front());
            if (node != form::NodeId{}) view.question = filling.session().key_path(node);
        }
        if (const auto known = given->find(view.check); known != given->end())
            view.explanation = known->second;
        out.push_back(std::move(view));
    }
    return out;
}

Result<OverviewView> present_overview(const Presenting& present, Desk& desk,
                                      const Filling& filling) {
    const form::Session& session = filling.session();
    const auto sections = sections_of(session);
    const auto comments = storage::Reviews{desk.notebook()}.comments(filling.audit());
    if (!comments) return comments.error();
    OverviewView view;
    view.header = header_of(filling.summary(), session);
    view.progress = progress_of(session, 0, session.elements().size());
    view.sections = present_sections(session, sections, *comments);
    add_problems(session, sections, view);
    if (filling.editable()) add_unconfirmed(filling, sections, view);
    auto checks = present_checks(present.words, desk, filling);
    if (!checks) return std::move(checks).error();
    view.checks = *std::move(checks);
    const auto conflicts = conflicts_in(desk, filling.audit());
    if (!conflicts) return conflicts.error();
    view.conflicts = *conflicts;
    view.editable = filling.editable();
    view.can_finalize = filling.editable() && view.problems.empty();
    return view;
}

}  // namespace bordereau::app
