#include "app/cli/audit_print.h"

#include <nlohmann/json.hpp>

#include "app/desk/off_list.h"
#include "app/present/outline.h"
#include "storage/base/time.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;

json to_json(const storage::AuditSummary& audit) {
    return {{"audit", audit.id.text},
            {"form", audit.form.text},
            {"version", audit.form_version},
            {"title", audit.title},
            {"unit", audit.unit},
            {"state", storage::name_of(audit.state)},
            {"reason", audit.reason},
            {"person", audit.created_by_login},
            {"created", to_iso(audit.created_at, 0)},
            {"changed", to_iso(audit.changed_at, 0)},
            {"unsealed", audit.unsealed},
            {"conflicts", audit.conflicts},
            {"open_comments", audit.open_comments}};
}

std::string_view word_for(form::Validity validity) {
    switch (validity) {
        case form::Validity::valid: return "valid";
        case form::Validity::required: return "required";
        case form::Validity::constraint: return "constraint";
        case form::Validity::type: return "type";
    }
    return "";
}

json problems_of(const form::Session& session) {
    json out = json::array();
    for (const form::Problem& problem : session.problems())
        out.push_back({{"question", session.xpath(problem.node)},
                       {"problem", word_for(problem.validity)},
                       {"message", problem.message}});
    return out;
}

std::string line_of(const storage::AuditSummary& audit) {
    std::string line = audit.id.text.substr(0, 8) + "  ";
    line += storage::name_of(audit.state);
    line.resize(std::max<std::size_t>(line.size(), 22), ' ');
    line += audit.form.text + "  " + audit.title;
    if (!audit.unit.empty()) line += "  (" + audit.unit + ")";
    if (audit.open_comments > 0) line += "  comments: " + std::to_string(audit.open_comments);
    return line;
}

// A remark that the form asks for stands at its question, as a note.
void print_element(const Console& console, const Filling& filling, const form::Element& element) {
    if (element.remark_on != form::NodeId{}) return;
    const form::Session& session = filling.session();
    const std::string indent(static_cast<std::size_t>(element.depth) * 2, ' ');
    if (element.kind != form::ElementKind::question) {
        std::string heading = session.label(element);
        if (element.kind == form::ElementKind::repeat_instance)
            heading += " " + std::to_string(element.position);
        if (element.kind != form::ElementKind::repeat) console.print(indent + heading);
        return;
    }
    if (element.widget == form::Widget::note) {
        console.print(indent + session.label(element));
        return;
    }
    const std::string value = answer_in_words(session, element);
    console.print(indent + session.label(element) + "  [" +
                  std::string{session.name(element.node)} + "]  " + (value.empty() ? "-" : value) +
                  (filling.copied_from(element.node).empty() ? "" : "  (copied, not confirmed)"));
    if (const std::string& note = filling.note(element.node); !note.empty())
        console.print(indent + "  note: " + note);
}

json notes_of(const Filling& filling) {
    json out = json::object();
    for (const form::Element& element : filling.session().elements())
        if (const std::string& note = filling.note(element.node); !note.empty())
            out[filling.session().xpath(element.node)] = note;
    return out;
}

json unconfirmed_of(const Filling& filling) {
    json out = json::array();
    for (const form::NodeId question : filling.unconfirmed())
        out.push_back(filling.session().xpath(question));
    return out;
}

json answers_of(const form::Session& session) {
    json out = json::object();
    for (const auto& leaf : session.leaves())
        if (leaf.relevant && !leaf.value.empty()) out[leaf.xpath] = leaf.value;
    return out;
}

json to_json(const std::vector<storage::ReviewComment>& comments) {
    json out = json::array();
    for (const auto& comment : comments)
        out.push_back({{"comment", comment.id.text},
                       {"path", comment.path},
                       {"text", comment.text},
                       {"author", comment.author_login},
                       {"at", to_iso(comment.at, 0)},
                       {"resolved", comment.resolved}});
    return out;
}

}  // namespace

void print_audits(const Console& console, const std::vector<storage::AuditSummary>& audits) {
    json out = json::array();
    for (const auto& audit : audits) {
        if (console.json())
            out.push_back(to_json(audit));
        else
            console.print(line_of(audit));
    }
    if (console.json()) console.print(out.dump(2));
}

void print_audit(const Console& console, const Filling& filling,
                 const std::vector<storage::ReviewComment>& comments) {
    const form::Session& session = filling.session();
    if (console.json()) {
        json out = to_json(filling.summary());
        out["answers"] = answers_of(session);
        out["comments"] = to_json(comments);
        out["problems"] = problems_of(session);
        out["notes"] = notes_of(filling);
        out["unconfirmed"] = unconfirmed_of(filling);
        console.print(out.dump(2));
        return;
    }
    console.print(line_of(filling.summary()));
    for (const form::Element& element : session.elements())
        print_element(console, filling, element);
    for (const auto& comment : comments)
        console.print("comment by " + comment.author_login +
                      (comment.resolved ? " (resolved)" : "") +
                      (comment.path.empty() ? "" : " on " + comment.path) + ": " + comment.text);
    print_problems(console, filling, Shown::invalid_only);
}

void print_unconfirmed(const Console& console, const Filling& filling) {
    for (const form::NodeId question : filling.unconfirmed())
        console.print(filling.session().xpath(question) + ": copied, not confirmed");
}

void print_off_list(const Console& console, const Filling& filling) {
    const form::Session& session = filling.session();
    if (console.json()) return;
    for (const form::NodeId question : answers_off_list(session)) {
        const form::Element& element = *session.element_of(question);
        console.print(session.xpath(question) + ": " +
                      console.words()("answer.no_choice.given",
                                      {{"value", session.value(question)},
                                       {"choices", choices_in_words(console, filling, element)}}));
    }
}

std::string choices_in_words(const Console& console, const Filling& filling,
                             const form::Element& element) {
    constexpr std::size_t kMost = 12;
    const auto choices = filling.session().choice_list(element);
    if (choices->empty()) return std::string{console.words()("fill.no_choices")};
    std::string text;
    for (std::size_t i = 0; i < std::min(choices->size(), kMost); ++i)
        text += (i == 0 ? "" : ", ") + (*choices)[i].value;
    if (choices->size() <= kMost) return text;
    const std::string all = "bordereau show " + filling.audit().text.substr(0, 8) + " --choices " +
                            std::string{filling.session().name(element.node)};
    return text + ", … (" + std::to_string(choices->size()) + ": " + all + ")";
}

Exit print_choices(const Console& console, const Filling& filling, const std::string& question) {
    const form::Session& session = filling.session();
    const form::Element* element = session.element_of(find_question(session, question));
    if (element == nullptr)
        return console.fail(Doing::opening_audit, Error{ErrorCode::not_found, question}, question);
    json out = json::array();
    for (const form::Choice& choice : *session.choice_list(*element)) {
        out.push_back({{"value", choice.value}, {"label", choice.label}});
        if (!console.json()) console.print(choice.value + "\t" + choice.label);
    }
    if (console.json()) console.print(out.dump(2));
    return Exit::ok;
}

void print_problems(const Console& console, const Filling& filling, Shown shown) {
    const form::Session& session = filling.session();
    if (console.json()) {
        if (shown == Shown::all) console.print(problems_of(session).dump(2));
        return;
    }
    for (const form::Problem& problem : session.problems()) {
        if (shown == Shown::invalid_only && problem.validity == form::Validity::required) continue;
        std::string line = session.xpath(problem.node) + ": ";
        line += problem.message.empty()
                    ? console.words()("problem." + std::string{word_for(problem.validity)})
                    : problem.message;
        console.print(line);
    }
}

}  // namespace bordereau::app::cli
