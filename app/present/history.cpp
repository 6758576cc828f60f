#include <algorithm>
#include <map>

#include "app/present/audits.h"
#include "app/present/outline.h"

namespace bordereau::app {
namespace {

using Logins = std::map<PersonId, std::string>;

Result<Logins> logins(Desk& desk) {
    const auto people = storage::People{desk.notebook()}.list();
    if (!people) return people.error();
    Logins out;
    for (const auto& person : *people) out[person.id] = person.login;
    return out;
}

// An answer in words where the question is on the screen now, else as stored.
std::string in_words(const form::Session& session, form::NodeId node, const std::string& value) {
    for (const form::Element& element : session.elements())
        if (element.node == node && element.kind == form::ElementKind::question &&
            (element.widget == form::Widget::select_one))
            return session.choice_label(element, value);
    return value;
}

std::string label_of_node(const form::Session& session, form::NodeId node,
                          const std::string& path) {
    for (const form::Element& element : session.elements())
        if (element.node == node && element.kind == form::ElementKind::question)
            return session.label(element);
    return path;
}

HistoryRow answer_row(const Presenting& present, const form::Session& session,
                      const storage::AnswerVersion& answer, const std::string& before) {
    const form::NodeId node = session.find_key_path(answer.path);
    HistoryRow row;
    row.key = std::to_string(answer.version.stamp.bits) + answer.version.device.text;
    row.when = worded_moment(present, answer.version.stamp.millis());
    row.what = label_of_node(session, node, answer.path);
    row.question = node == form::NodeId{} ? std::string{} : answer.path;
    row.from = in_words(session, node, before);
    row.to = in_words(session, node, answer.value.value_or(""));
    return row;
}

}  // namespace

Result<HistoryView> present_history(const Presenting& present, Desk& desk, const Filling& filling) {
    const auto who = logins(desk);
    if (!who) return who.error();
    const auto login = [&](const PersonId& id) {
        const auto found = who->find(id);
        return found == who->end() ? std::string{} : found->second;
    };
    HistoryView view;
    view.header = header_of(filling.summary(), filling.session().form().title());
    const auto answers = storage::Answers{desk.notebook()}.history(filling.audit());
    if (!answers) return answers.error();
    std::map<std::string, std::string> latest;
    std::vector<std::pair<Millis, HistoryRow>> dated;
    for (const auto& answer : *answers) {
        HistoryRow row = answer_row(present, filling.session(), answer, latest[answer.path]);
        row.who = login(answer.author);
        latest[answer.path] = answer.value.value_or("");
        if (row.from != row.to) dated.emplace_back(answer.version.stamp.millis(), std::move(row));
    }
    const auto events = storage::Audits{desk.notebook()}.events(filling.audit());
    if (!events) return events.error();
    for (const auto& event : *events) {
        HistoryRow row;
        row.key = "event " + std::to_string(event.at) + event.device.text;
        row.when = worded_moment(present, event.at);
        row.who = login(event.author);
        row.what =
            event.taken
                ? present.words("history.taken")
                : present.words("state." + std::string{state_name(shown_state(event.state))});
        if (!event.reason.empty()) row.what += ": " + event.reason;
        dated.emplace_back(event.at, std::move(row));
    }
    std::ranges::stable_sort(dated, std::ranges::greater{}, &std::pair<Millis, HistoryRow>::first);
    for (auto& [at, row] : dated) view.rows.push_back(std::move(row));
    return view;
}

}  // namespace bordereau::app
