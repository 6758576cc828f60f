// What stands beside answers on the screen: that they were copied, what may be copied, notes.
#include <algorithm>

#include "app/present/answer_words.h"
#include "app/present/fill.h"
#include "app/text/format.h"

namespace bordereau::app {

std::string audit_and_day(const Presenting& present, const storage::AuditSummary& audit) {
    return present.words("copy.audit_and_day",
                         {{"audit", audit.title},
                          {"day", text::format_date(local_date(present.clock, audit.created_at),
                                                    present.words.language())}});
}

namespace {

std::shared_ptr<const RemarkView> remark_of(const form::Session& session, form::NodeId question) {
    const form::NodeId node = session.remark(question);
    if (node == form::NodeId{}) return nullptr;
    const auto& elements = session.elements();
    const auto element = std::ranges::find(elements, node, &form::Element::node);
    if (element == elements.end()) return nullptr;
    auto remark = std::make_shared<RemarkView>();
    remark->label = session.label(*element);
    remark->required = session.required(node);
    remark->readonly = session.readonly(node);
    remark->problem = shown_problem(session.validity(node));
    if (remark->problem != AnswerProblem::none) remark->message = session.message(node);
    return remark;
}

}  // namespace

void add_beside(const Presenting& present, const BesideRows& open, EarlierAnswers* earlier,
                const form::Element& element, QuestionView& row) {
    row.copied.clear();
    row.earlier.clear();
    row.note.clear();
    row.remark.reset();
    if (element.kind != form::ElementKind::question) return;
    const form::Session& session = open.filling.session();
    row.note = open.filling.note(element.node);
    row.remark = remark_of(session, element.node);
    if (const AuditId& from = open.filling.copied_from(element.node); !from.empty()) {
        const bool known = open.earlier != nullptr && open.earlier->audit() == from;
        row.copied =
            known ? present.words("copy.copied_from",
                                  {{"audit", audit_and_day(present, open.earlier->summary())}})
                  : std::string{present.words("copy.copied")};
    }
    if (earlier == nullptr || !open.filling.editable() || !row.value.empty()) return;
    if (!may_be_copied(session, element)) return;
    if (const auto found = earlier->at(element))
        row.earlier = answer_for_people(present.words, open.earlier->session(), *found->element,
                                        open.earlier->session().value(found->element->node));
}

CopyView present_copy(const Presenting& present, const BesideRows& open, const Section* section) {
    CopyView view;
    if (open.earlier != nullptr && open.filling.editable())
        view.from = audit_and_day(present, open.earlier->summary());
    const auto waiting = open.filling.unconfirmed();
    view.waiting = static_cast<int>(waiting.size());
    if (section == nullptr || waiting.empty()) return view;
    const auto& elements = open.filling.session().elements();
    for (std::size_t i = section->begin; i < section->end; ++i)
        if (std::ranges::find(waiting, elements[i].node) != waiting.end()) ++view.waiting_here;
    return view;
}

}  // namespace bordereau::app
