// app/desk/deeds.h - what a person did to an open audit and may take back: a bounded list of paths
// and values. It changes nothing itself; Filling does, as new changes of the journal.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/session/session.h"
#include "storage/base/ids.h"

namespace bordereau::app {

/// One answer or note that became another, one entry of a repeat that came or went, or several of
/// them at once.
struct Deed {
    enum class Kind { answer, note, came, went, several };
    Kind kind = Kind::answer;
    std::string path;                    ///< key path of the question or of the entry
    std::string before, after;           ///< of an answer or a note, as stored
    bool typed = false;                  ///< letter by letter: continued typing is the same deed
    std::vector<form::Entry> entries{};  ///< of an entry that went: it and what lay in it
    AuditId copied_before{}, copied_after{};  ///< of an answer: where it was copied from
    std::vector<Deed> steps{};                ///< of several, in the order in which they were done

    /// What brings back the state before: the same deed the other way round.
    Deed reversed() const;
    /// An entry is known by another key path now.
    void rename(std::string_view from, std::string_view to);
};

class Deeds {
public:
    static constexpr std::size_t kDepth = 200;

    /// Something new was done: what had been undone cannot be redone any more.
    void add(Deed deed);
    bool can_undo() const { return !done_.empty(); }
    bool can_redo() const { return !undone_.empty(); }

    /// Takes the latest off; what was then done in its place goes to put_undone() or put_done().
    std::optional<Deed> take_done();
    std::optional<Deed> take_undone();
    void put_undone(Deed deed) { undone_.push_back(std::move(deed)); }
    void put_done(Deed deed);

    /// Whether everything is as they left it: `stands` is asked of the latest deed at each path,
    /// never of several, and not of what lay in an entry that went.
    bool stand(const std::function<bool(const Deed&)>& stands) const;

    /// An entry that went came back under another key: the deeds in it follow.
    void rename(std::string_view from, std::string_view to);
    void clear();

private:
    std::deque<Deed> done_;
    std::vector<Deed> undone_;
};

}  // namespace bordereau::app
