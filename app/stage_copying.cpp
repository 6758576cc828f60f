// Copying from the last audit of the same unit, confirming what was copied, and what is said then.
#include <algorithm>

#include "app/present/copy_words.h"
#include "app/stage.h"

namespace bordereau::app {
namespace {

// Paths of the questions of an open section: of its group where it has one.
std::vector<std::string> paths_in(const form::Session& session, const Section& section) {
    std::vector<std::string> paths;
    const auto& elements = session.elements();
    for (std::size_t i = section.begin; i < section.end; ++i)
        if (std::string path = session.xpath(elements[i].node); !path.empty())
            paths.push_back(std::move(path));
    return paths;
}

}  // namespace

// Looked for once for a unit: it takes reading an audit. One that cannot be read is told of once,
// and does not keep anybody from filling this one.
void Stage::look_for_earlier() {
    if (!filling_->editable()) return earlier_.reset();
    const form::Session& session = filling_->session();
    std::string to =
        filling_->audit().text + "\n" + label_of(session).unit + "\n" + session.language();
    if (to == earlier_to_) return;
    earlier_to_ = std::move(to);
    earlier_.reset();
    auto earlier = open_earlier(*desk_, *filling_);
    if (!earlier) return say(Doing::opening_audit, earlier.error());
    if (*earlier) earlier_.emplace(**std::move(earlier));
}

void Stage::copy(const CopyEarlier& asked) {
    look_for_earlier();
    if (!earlier_) return say(Tone::info, std::string{words_("copy.none")});
    CopyScope scope;
    const auto sections = sections_of(filling_->session());
    const auto open = static_cast<std::size_t>(reading_.section);
    if (asked.what == CopyEarlier::What::section && open < sections.size())
        scope.paths = paths_in(filling_->session(), sections[open]);
    if (asked.what == CopyEarlier::What::question) scope = {{asked.question}, true};
    const auto outcome = filling_->copy(*earlier_, scope);
    if (!outcome) return say(Doing::recording, outcome.error());
    if (asked.what == CopyEarlier::What::question && outcome->left_out.empty()) return;
    say(outcome->left_out.empty() ? Tone::info : Tone::warning,
        copy_in_words(words_, filling_->session(), *outcome));
}

void Stage::confirm(const ConfirmCopied& asked) {
    const form::Session& session = filling_->session();
    std::vector<form::NodeId> questions;
    for (const std::string& key : asked.questions) questions.push_back(session.find_key_path(key));
    const auto sections = sections_of(session);
    const auto open = static_cast<std::size_t>(reading_.section);
    if (asked.questions.empty() && open < sections.size())
        for (std::size_t i = sections[open].begin; i < sections[open].end; ++i)
            questions.push_back(session.elements()[i].node);
    if (const Status confirmed = filling_->confirm(questions); !confirmed)
        say(Doing::recording, confirmed.error());
}

// To the first copied answer that nobody has confirmed; false where there is none.
bool Stage::lead_to_unconfirmed() {
    const auto waiting = filling_->unconfirmed();
    if (waiting.empty()) return false;
    look_at(filling_->session().key_path(waiting.front()));
    place_ = Place::fill;
    return true;
}

}  // namespace bordereau::app
