// Undo and redo of an open audit: what was done, done the other way round as new changes.
#include <algorithm>
#include <charconv>
#include <map>

#include "app/desk/beside.h"
#include "app/desk/filling.h"

namespace bordereau::app {
namespace {

bool is_typed(const form::Session& session, form::NodeId question) {
    const form::Element* found = session.element_of(question);
    if (found == nullptr) return false;
    return found->widget == form::Widget::text || found->widget == form::Widget::integer ||
           found->widget == form::Widget::decimal || found->widget == form::Widget::barcode;
}

// 0: none.
std::uint32_t order_of(std::string_view text) {
    std::uint32_t order = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), order);
    return read.ptr == text.data() + text.size() ? order : 0;
}

bool names_entry(std::string_view path) {
    return path.ends_with(']');
}

// "k7" of "/data/room[k7]". Entries that the form itself begins with have their order number as
// key, and no entry of their own.
std::string key_of(std::string_view entry) {
    const std::size_t at = entry.rfind('[');
    return std::string{entry.substr(at + 1, entry.size() - at - 2)};
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
    if (performed.kind == Deed::Kind::several)
        return performed.steps.empty() ? std::string{} : place_of(performed.steps.front());
    return performed.kind == Deed::Kind::went ? repeat_of(performed.path) : performed.path;
}

}  // namespace

void Filling::note_answer(form::NodeId question, std::string before, const AuditId& copied) {
    const std::string& after = session_.value(question);
    if (before == after && copied.empty()) return;
    Deed deed{Deed::Kind::answer, session_.key_path(question), std::move(before), after,
              is_typed(session_, question)};
    deed.copied_before = copied;
    deeds_.add(std::move(deed));
}

// The row itself with its order number, what lies in it, and what stands beside that.
std::vector<form::Entry> Filling::entries_of_row(std::string_view instance) const {
    const std::string below = std::string{instance} + "/";
    std::vector<form::Entry> inside = session_.all_entries();
    std::erase_if(inside, [&](const form::Entry& entry) {
        return !entry.value || !(entry.path == instance || entry.path.starts_with(below));
    });
    for (const auto& [path, copied] : beside_.copied)
        if (path.starts_with(below)) inside.push_back({copied_path(path), copied.from.text});
    for (const auto& [path, text] : beside_.notes)
        if (path.starts_with(below)) inside.push_back({note_path(path), text});
    return inside;
}

// An entry that went comes back where it stood, under a new key: a removed key stays removed on
// every device. Entries within it come before the answers in them, since paths are sorted; what
// stands beside the answers comes last.
Status Filling::bring_back(Deed& deed) {
    if (deed.entries.empty() || deed.entries.front().path != deed.path)
        deed.entries.insert(deed.entries.begin(), {deed.path, key_of(deed.path)});
    std::map<std::string, std::string, std::less<>> renamed;  // old key path of an entry to new
    const auto now = [&](std::string_view path) {
        for (std::size_t end = path.size(); end != path.npos && end > 0;
             end = path.rfind('/', end - 1))
            if (const auto found = renamed.find(path.substr(0, end)); found != renamed.end())
                return found->second + std::string{path.substr(end)};
        return std::string{path};
    };
    for (const form::Entry& entry : deed.entries) {
        const std::string path = now(entry.path);
        if (names_entry(path)) {
            // A new entry may bring inner ones of its own.
            if (!session_.xpath(session_.find_key_path(path)).empty()) continue;
            const form::NodeId added = session_.add_repeat(session_.find_key_path(repeat_of(path)),
                                                           order_of(*entry.value));
            if (added == form::NodeId{})
                return Error{ErrorCode::refused, "the form allows no more rows"};
            renamed[entry.path] = session_.key_path(added);
        } else if (const auto noted = question_of(path, kNoteBeside)) {
            put_note(std::string{*noted}, *entry.value);
        } else if (const auto copied = question_of(path, kCopiedBeside)) {
            mark(std::string{*copied}, {*entry.value});
        } else if (const form::NodeId question = session_.find_key_path(path);
                   !session_.readonly(question) && session_.value(question) != *entry.value) {
            session_.answer(question, *entry.value);
        }
    }
    const std::string before = deed.path;
    deed.path = renamed[before];
    deeds_.rename(before, deed.path);
    deed.entries.clear();
    return done();
}

// Several go on where one is not possible any more: its row may have gone on another device.
Status Filling::do_deed(Deed& deed) {
    switch (deed.kind) {
        case Deed::Kind::went:
            deed.entries = entries_of_row(deed.path);
            if (!session_.remove_repeat(session_.find_key_path(deed.path)))
                return Error{ErrorCode::not_found, "the entry is not there any more"};
            return done();
        case Deed::Kind::came: return bring_back(deed);
        case Deed::Kind::several:
            for (Deed& step : deed.steps) {
                const std::string before = step.path;
                if (do_deed(step) && step.path != before) deed.rename(before, step.path);
            }
            return done();
        case Deed::Kind::note:
        case Deed::Kind::answer: break;
    }
    if (session_.xpath(session_.find_key_path(deed.path)).empty())
        return Error{ErrorCode::not_found, "the question is not there any more"};
    if (deed.kind == Deed::Kind::note)
        put_note(deed.path, deed.after);
    else
        give(deed.path, deed.after, deed.copied_after);
    return done();
}

Status Filling::perform(Deed& deed) {
    if (Status possible = do_deed(deed); !possible) return possible;
    if (Status recorded = record(); !recorded) return recorded;
    return deed.kind == Deed::Kind::answer || deed.kind == Deed::Kind::several ? label() : done();
}

void Filling::take_up(const Deeds& left) {
    const auto stands = [this](const Deed& deed) {
        const form::NodeId node = session_.find_key_path(deed.path);
        const bool there = !session_.xpath(node).empty();
        switch (deed.kind) {
            case Deed::Kind::went: return !there;
            case Deed::Kind::came: return there;
            case Deed::Kind::note: return there && note(node) == deed.after;
            case Deed::Kind::answer: return there && session_.value(node) == deed.after;
            case Deed::Kind::several: break;
        }
        return false;
    };
    if (editable_ && left.stand(stands)) deeds_ = left;
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
