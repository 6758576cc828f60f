// Undo and redo of an open audit: what was done, done the other way round as new changes.
#include <algorithm>
#include <map>

#include "app/desk/filling.h"

namespace bordereau::app {
namespace {

bool is_typed(const form::Session& session, form::NodeId question) {
    const auto& elements = session.elements();
    const auto found = std::ranges::find(elements, question, &form::Element::node);
    if (found == elements.end()) return false;
    return found->widget == form::Widget::text || found->widget == form::Widget::integer ||
           found->widget == form::Widget::decimal || found->widget == form::Widget::barcode;
}

bool names_entry(std::string_view path) {
    return path.ends_with(']');
}

// "/data/room[k7]" lies in the repeat "/data/room".
std::string repeat_of(std::string_view entry) {
    return std::string{entry.substr(0, entry.rfind('['))};
}

// Where the disk failed the change stands on the screen and is recorded with the next one.
bool happened(const Status& performed) {
    return performed.ok() || (performed.error().code != ErrorCode::not_found &&
                              performed.error().code != ErrorCode::refused);
}

// Where to look.
std::string place_of(const Deed& performed) {
    return performed.kind == Deed::Kind::went ? repeat_of(performed.path) : performed.path;
}

}  // namespace

void Filling::note_answer(form::NodeId question, std::string before) {
    const std::string& after = session_.value(question);
    if (before == after) return;
    deeds_.add({Deed::Kind::answer, session_.key_path(question), std::move(before), after,
                is_typed(session_, question)});
}

std::vector<form::Entry> Filling::entries_in(std::string_view instance) const {
    const std::string below = std::string{instance} + "/";
    std::vector<form::Entry> inside = session_.all_entries();
    std::erase_if(inside, [&](const form::Entry& entry) {
        return !entry.value || !entry.path.starts_with(below);
    });
    return inside;
}

// An entry that went comes back as the last one, under a new key: a removed key stays removed on
// every device. Entries within it come before the answers in them, since paths are sorted.
Status Filling::bring_back(Deed& deed) {
    std::vector<form::Entry> wanted = deed.entries;
    wanted.insert(wanted.begin(), {deed.path, ""});
    std::map<std::string, std::string, std::less<>> renamed;  // old key path of an entry to new
    const auto now = [&](std::string_view path) {
        for (std::size_t end = path.size(); end != path.npos && end > 0;
             end = path.rfind('/', end - 1))
            if (const auto found = renamed.find(path.substr(0, end)); found != renamed.end())
                return found->second + std::string{path.substr(end)};
        return std::string{path};
    };
    for (const form::Entry& entry : wanted) {
        if (names_entry(entry.path)) {
            // A new entry may bring inner ones of its own.
            if (!session_.xpath(session_.find_key_path(now(entry.path))).empty()) continue;
            const form::NodeId added =
                session_.add_repeat(session_.find_key_path(now(repeat_of(entry.path))));
            if (added == form::NodeId{})
                return Error{ErrorCode::refused, "the form allows no more rows"};
            renamed[entry.path] = session_.key_path(added);
            continue;
        }
        const form::NodeId question = session_.find_key_path(now(entry.path));
        if (!session_.readonly(question) && session_.value(question) != *entry.value)
            session_.answer(question, *entry.value);
    }
    const std::string before = deed.path;
    deed.path = renamed[before];
    deeds_.rename(before, deed.path);
    deed.entries.clear();
    return done();
}

Status Filling::perform(Deed& deed) {
    if (deed.kind == Deed::Kind::went) {
        const form::NodeId entry = session_.find_key_path(deed.path);
        deed.entries = entries_in(deed.path);
        if (!session_.remove_repeat(entry))
            return Error{ErrorCode::not_found, "the entry is not there any more"};
        return record();
    }
    if (deed.kind == Deed::Kind::came) {
        if (Status back = bring_back(deed); !back) return back;
        return record();
    }
    const form::NodeId question = session_.find_key_path(deed.path);
    if (session_.xpath(question).empty())
        return Error{ErrorCode::not_found, "the question is not there any more"};
    session_.answer(question, deed.after);
    return record(question);
}

Result<std::string> Filling::undo() {
    auto latest = editable_ ? deeds_.take_done() : std::nullopt;
    if (!latest) return Error{ErrorCode::not_found, "nothing to undo"};
    Deed deed = latest->reversed();
    Status performed = perform(deed);
    std::string path = place_of(deed);
    if (happened(performed)) deeds_.put_undone(deed.reversed());
    if (!performed) return std::move(performed).error();
    return path;
}

Result<std::string> Filling::redo() {
    auto deed = editable_ ? deeds_.take_undone() : std::nullopt;
    if (!deed) return Error{ErrorCode::not_found, "nothing to do again"};
    Status performed = perform(*deed);
    std::string path = place_of(*deed);
    if (happened(performed)) deeds_.put_done(*std::move(deed));
    if (!performed) return std::move(performed).error();
    return path;
}

}  // namespace bordereau::app
