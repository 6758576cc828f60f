// Where a person looks in the open audit, and what is said when a change was taken back.
#include <algorithm>

#include "app/stage.h"

namespace bordereau::app {

void Stage::look_at(const std::string& key) {
    const form::Session& session = filling_->session();
    reading_.section = section_with(session, sections_of(session), session.find_key_path(key));
    reading_.scroll_to = key;
    ++reading_.scroll_request;
}

// What an earlier answer hides cannot be shown; the page stays where it is.
void Stage::turned(const Result<std::string>& changed, bool forward) {
    if (!changed) {
        if (changed.error().code != ErrorCode::not_found) say(Doing::recording, changed.error());
        return;
    }
    const form::Session& session = filling_->session();
    const auto& elements = session.elements();
    const auto shown =
        std::ranges::find(elements, session.find_key_path(*changed), &form::Element::node);
    if (shown == elements.end()) return;
    look_at(*changed);
    const std::string question = session.label(*shown);
    if (shown->kind != form::ElementKind::question)
        return say(Tone::info, words_(forward ? "message.redone_entry" : "message.undone_entry",
                                      {{"question", question}}));
    std::string answer = answer_in_words(session, *shown);
    if (answer.empty()) answer = words_("answer.none");
    say(Tone::info, words_(forward ? "message.redone" : "message.undone",
                           {{"question", question}, {"answer", answer}}));
}

}  // namespace bordereau::app
