// Pending changes under other names: another device's, or of another time.
#include <algorithm>
#include <set>

#include "storage/journal/journal.h"
#include "storage/journal/pending.h"

namespace bordereau::storage {

Status Journal::adopt(const sqlite::Transaction& open, std::vector<Change> changes) {
    (void)open;
    Renamed renamed;
    std::set<std::pair<std::string, Stamp>> taken;
    for (const Change& change : changes) {
        Stamp stamp = change.version.stamp;
        while (!taken.emplace(change.subject, stamp).second) ++stamp.bits;
        renamed[{change.subject, change.version}] = {stamp, identity_.device};
    }
    return insert_renamed(std::move(changes), renamed);
}

// What replaced what still does.
Status Journal::insert_renamed(std::vector<Change> changes, const Renamed& renamed) {
    for (Change& change : changes) {
        if (auto* answer = std::get_if<AnswerGiven>(&change.action)) {
            for (Version& version : answer->replaces)
                if (const auto found = renamed.find({change.subject, version});
                    found != renamed.end())
                    version = found->second;
            std::ranges::sort(answer->replaces);
        }
        change.version = renamed.at({change.subject, change.version});
        if (Status kept = insert_pending(db_, change); !kept) return kept;
    }
    return done();
}

// From the first one that is dated beyond `latest`, in order; none where they must stay so: what
// follows something sealed stays later than it, and what a membership covers not before it.
Result<std::vector<Change>> Journal::dated_beyond(Stamp latest) const {
    const auto logged = log_.last_stamp();
    if (!logged) return logged.error();
    const auto admission = own_admission();
    if (!admission) return admission.error();
    const Membership* member = admission->latest(identity_.device);
    const bool founded_then = member != nullptr && member->issued_at > latest.millis();
    if (*logged > latest || founded_then) return std::vector<Change>{};
    auto row = db_.query(
        "SELECT subject, stamp, author, kind, body FROM pending WHERE stamp > ?"
        " ORDER BY stamp, subject",
        static_cast<std::int64_t>(latest.bits));
    return read_changes_of(row, identity_.device);
}

Result<std::int64_t> Journal::date_anew() {
    const Stamp latest = Stamp::at(clock_->now() + kMostAhead);
    if (clock_->last() <= latest) return std::int64_t{0};
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    auto changes = dated_beyond(latest);
    if (!changes) return changes.error();
    if (changes->empty()) return std::int64_t{0};
    const auto count = static_cast<std::int64_t>(changes->size());
    auto given = date_from_now(*open, latest, *std::move(changes));
    if (!given) return given.error();
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    clock_->fall_back(*given);
    return count;
}

// The greatest stamp that was given.
Result<Stamp> Journal::date_from_now(const sqlite::Transaction& open, Stamp latest,
                                     std::vector<Change> changes) {
    if (Status gone =
            db_.run("DELETE FROM pending WHERE stamp > ?", static_cast<std::int64_t>(latest.bits));
        !gone)
        return gone.error();
    const auto kept = greatest_stamp(db_);
    if (!kept) return kept.error();
    Stamp given = std::max(Stamp::at(clock_->now()), *kept);
    Renamed renamed;
    for (const Change& change : changes)
        renamed[{change.subject, change.version}] = {Stamp{++given.bits}, identity_.device};
    if (Status in = insert_renamed(std::move(changes), renamed); !in) return in.error();
    if (Status folded = log_.rebuild(
            open, [this](const sqlite::Transaction& again) { return fold_pending(again); });
        !folded)
        return folded.error();
    return given;
}

}  // namespace bordereau::storage
