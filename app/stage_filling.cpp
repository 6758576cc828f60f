// Where a person looks in the open audit, and what is said when a change was taken back.
#include <algorithm>

#include "app/present/answer_words.h"
#include "app/present/pages.h"
#include "app/stage.h"
#include "storage/base/text.h"
#include "storage/reviews.h"

namespace bordereau::app {

void Stage::look_at(const std::string& key, const std::string& keyboard_to) {
    const form::Session& session = filling_->session();
    reading_.section = section_with(session, sections_of(session), session.find_key_path(key));
    reading_.scroll_to = key;
    reading_.page_key = key;
    reading_.keyboard_to = keyboard_to;
    ++reading_.scroll_request;
}

// A new entry is filled from its first question on.
void Stage::look_at_entry(form::NodeId entry) {
    const form::Session& session = filling_->session();
    const auto& elements = session.elements();
    auto at = std::ranges::find(elements, entry, &form::Element::node);
    const int depth = at == elements.end() ? 0 : at->depth;
    while (at != elements.end() && !asks(session, *at)) {
        ++at;
        if (at != elements.end() && at->depth <= depth) at = elements.end();
    }
    look_at(session.key_path(entry),
            at == elements.end() ? std::string{} : session.key_path(at->node));
}

Status Stage::show_fill(const Presenting& present) {
    const auto comments = storage::Reviews{desk_->notebook()}.comments(filling_->audit());
    if (!comments) return comments.error();
    reading_.one_page = one_page();
    look_for_earlier();
    views_.fill = present_fill(present, {*filling_, earlier_ ? &*earlier_ : nullptr}, reading_,
                               *comments, std::move(views_.fill.questions));
    views_.fill.header.places = audit_places();
    views_.fill.show_missing = show_missing_;
    views_.fill.told_above = message_.tone == Tone::error && !message_.text.empty();
    reading_.page = views_.fill.page;
    reading_.page_key = views_.fill.page_key;
    return done();
}

bool Stage::one_page() const {
    return looks_.one_page.value_or(wants_pages(filling_->session().form()));
}

// ODK's appearance "quick": one press answers and goes on, where a page is one question.
void Stage::go_on_after(const std::string& question, form::Widget pressed) {
    if (!one_page() || place_ != Place::fill) return;
    const form::Session& session = filling_->session();
    const form::NodeId node = session.find_key_path(question);
    for (const form::Element& element : session.elements()) {
        if (element.node != node || element.widget != pressed) continue;
        const auto appearances = words_of(session.appearance(element));
        if (std::ranges::find(appearances, "quick") == appearances.end()) continue;
        if (session.validity(node) == form::Validity::valid && !session.value(node).empty())
            return turn_page(views_.fill.page + 1);
    }
}

// Beyond the pages of a section lie its neighbours, and after the last one the overview.
void Stage::turn_page(int page) {
    const int sections = static_cast<int>(sections_of(filling_->session()).size());
    reading_.scroll_to.clear();
    reading_.page_key.clear();
    reading_.page = page;
    if (page < 0) {
        if (reading_.section > 0)
            --reading_.section;
        else
            reading_.page = 0;
    } else if (page >= views_.fill.pages) {
        reading_.page = 0;
        if (reading_.section + 1 < sections)
            ++reading_.section;
        else
            go(Place::overview);
    }
}

// What an earlier answer hides cannot be shown; the page stays where it is.
void Stage::turned(const Result<std::string>& changed, bool forward) {
    if (!changed) {
        if (changed.error().code != ErrorCode::not_found) say(Doing::recording, changed.error());
        return;
    }
    const form::Session& session = filling_->session();
    const form::Element* shown = session.element_of(session.find_key_path(*changed));
    if (shown == nullptr) return;
    const bool remark = shown->remark_on != form::NodeId{};
    look_at(remark ? session.key_path(shown->remark_on) : *changed);
    const std::string question = session.label(*shown);
    if (shown->kind != form::ElementKind::question)
        return say(Tone::info, words_(forward ? "message.redone_entry" : "message.undone_entry",
                                      {{"question", question}}));
    std::string answer = answer_for_people(words_, session, *shown, session.value(shown->node));
    if (answer.empty()) answer = words_("answer.none");
    say(Tone::info, words_(forward ? "message.redone" : "message.undone",
                           {{"question", question}, {"answer", answer}}));
}

}  // namespace bordereau::app
