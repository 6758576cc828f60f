#include "storage/journal/log.h"

#include <algorithm>
#include <array>

#include "storage/crypto/hash.h"
#include "storage/journal/fold.h"

namespace bordereau::storage {
namespace {

using sqlite::Blob;

// Of one device, how far beyond its chain's end changesets are kept for later.
constexpr std::int64_t kMostWaiting = 4096;

Result<std::string> digest_at(const sqlite::Database& db, const TeamId& team, const ChainId& chain,
                              std::int64_t number) {
    auto row = db.query(
        "SELECT bytes FROM changeset WHERE team = ? AND device = ? AND lane = ? AND number = ?",
        team.text, chain.device.text, chain.lane.text, number);
    if (!row.next()) {
        if (Status read = row.status(); !read) return read.error();
        return Error{ErrorCode::corrupt, "a changeset is missing in the middle of a chain"};
    }
    auto head = read_head(row.view(0));
    if (!head) return head.error();
    return std::move(head->digest);
}

}  // namespace

std::string_view name_of(Fault fault) {
    constexpr std::array<std::string_view, 8> kNames{
        "damaged", "newer", "other-team", "fork", "broken-link", "ahead", "missing", "not-of-log"};
    return kNames.at(static_cast<std::size_t>(fault));
}

// One offered changeset, with what it is judged by.
struct Log::Arrival {
    const TeamId& team;
    std::string_view bytes;
    Millis now;
    const sqlite::Transaction& open;
};

Result<VersionVector> Log::vector(const TeamId& team) const {
    VersionVector vector;
    auto row =
        db_.query("SELECT device, lane, number, digest FROM chain WHERE team = ?", team.text);
    while (row.next())
        vector.emplace(ChainId{{row.text(0)}, {row.text(1)}},
                       ChainEnd{row.number(2), mark_of(row.view(3))});
    if (Status read = row.status(); !read) return read.error();
    return vector;
}

Result<std::vector<StoredChangeset>> Log::missing(const TeamId& team, const VersionVector& theirs,
                                                  std::size_t byte_limit) const {
    auto ours = vector(team);
    if (!ours) return ours.error();
    std::vector<StoredChangeset> found;
    std::size_t size = 0;
    for (const auto& [chain, end] : *ours) {
        const auto held = theirs.find(chain);
        const auto after =
            shared_part(team, chain, held == theirs.end() ? ChainEnd{} : held->second);
        if (!after) return after.error();
        if (*after >= end.number) continue;
        auto row = db_.query(
            "SELECT number, bytes FROM changeset WHERE team = ? AND device = ? AND lane = ?"
            " AND number > ? ORDER BY number",
            team.text, chain.device.text, chain.lane.text, *after);
        while (size < byte_limit && row.next()) {
            found.push_back({chain, row.number(0), row.blob(1)});
            size += found.back().bytes.size();
        }
        if (Status read = row.status(); !read) return read.error();
        if (size >= byte_limit) break;
    }
    return found;
}

// How many of a chain's changesets both sides hold alike: none where theirs ends in another
// content.
Result<std::int64_t> Log::shared_part(const TeamId& team, const ChainId& chain,
                                      const ChainEnd& theirs) const {
    if (theirs.number == 0 || theirs.mark == 0) return theirs.number;
    auto row =
        db_.query("SELECT number, digest FROM chain WHERE team = ? AND device = ? AND lane = ?",
                  team.text, chain.device.text, chain.lane.text);
    const bool begun = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!begun || row.number(0) < theirs.number) return theirs.number;
    if (row.number(0) == theirs.number)
        return mark_of(row.view(1)) == theirs.mark ? theirs.number : 0;
    auto digest = digest_at(db_, team, chain, theirs.number);
    if (!digest) return digest.error();
    return mark_of(*digest) == theirs.mark ? theirs.number : 0;
}

Result<ChainLink> Log::next_link(const TeamId& team, const ChainId& chain) const {
    auto row =
        db_.query("SELECT number, digest FROM chain WHERE team = ? AND device = ? AND lane = ?",
                  team.text, chain.device.text, chain.lane.text);
    const bool begun = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!begun) return ChainLink{team, chain.lane, 1, {}};
    return ChainLink{team, chain.lane, row.number(0) + 1, row.blob(1)};
}

Status Log::append(const sqlite::Transaction& open, Changeset changeset, std::string_view bytes) {
    const ChangesetHead& head = changeset.head;
    if (Status kept = db_.run(
            "INSERT INTO changeset(team, device, lane, number, bytes) VALUES (?, ?, ?, ?, ?)",
            head.team.text, head.chain.device.text, head.chain.lane.text, head.number, Blob{bytes});
        !kept)
        return kept;
    if (Status linked =
            db_.run("INSERT INTO chain(team, device, lane, number, digest, last_stamp)"
                    " VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET number = excluded.number, digest = excluded.digest,"
                    " last_stamp = max(last_stamp, excluded.last_stamp)",
                    head.team.text, head.chain.device.text, head.chain.lane.text, head.number,
                    Blob{head.digest}, static_cast<std::int64_t>(head.last.bits));
        !linked)
        return linked;
    return Fold{db_, head.team, open}.apply(std::move(changeset));
}

Result<std::vector<Receipt>> Log::receive(const TeamId& team, std::span<const std::string> bytes,
                                          Millis now) {
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    std::vector<Receipt> receipts;
    for (const std::string& one : bytes) {
        auto receipt = receive_one({team, one, now, *open});
        if (!receipt) return receipt.error();
        receipts.push_back(*std::move(receipt));
    }
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return receipts;
}

Result<Receipt> Log::receive_one(const Arrival& arrival) {
    auto head = read_head(arrival.bytes);
    if (!head) {
        const bool newer = head.error().code == ErrorCode::refused;
        return quarantine_as(arrival, {}, newer ? Fault::newer : Fault::damaged);
    }
    if (head->team != arrival.team) return quarantine_as(arrival, *head, Fault::other_team);
    if (head->last.millis() > arrival.now + kMostAhead)
        return quarantine_as(arrival, *head, Fault::ahead);
    auto receipt = place(arrival, *head);
    if (receipt && receipt->reception == Reception::applied) {
        if (Status followed = receive_waiting(arrival, *head); !followed) return followed.error();
    }
    return receipt;
}

// Where a verified changeset belongs in its chain: held already, next, or later.
Result<Receipt> Log::place(const Arrival& arrival, const ChangesetHead& head) {
    const auto link = next_link(head.team, head.chain);
    if (!link) return link.error();
    if (head.number < link->number) return compare(arrival, head);
    if (head.number > link->number) return keep_for_later(arrival, head);
    if (head.previous != link->previous) return quarantine_as(arrival, head, Fault::broken_link);
    auto changes = read_changes(head, arrival.bytes);
    if (!changes) return quarantine_as(arrival, head, Fault::damaged);
    if (Status appended = append(arrival.open, {head, *std::move(changes)}, arrival.bytes);
        !appended)
        return appended.error();
    // It may have been refused before, when a clock was wrong.
    if (Status freed =
            db_.run("DELETE FROM quarantine WHERE digest = ?", Blob{crypto::digest(arrival.bytes)});
        !freed)
        return freed.error();
    return Receipt{Reception::applied, head.chain, head.number, std::nullopt};
}

// A second changeset of one number is a repetition or the sign of a cloned device.
Result<Receipt> Log::compare(const Arrival& arrival, const ChangesetHead& head) {
    auto held = digest_at(db_, head.team, head.chain, head.number);
    if (!held) return held.error();
    if (*held != head.digest) return quarantine_as(arrival, head, Fault::fork);
    return Receipt{Reception::duplicate, head.chain, head.number, std::nullopt};
}

Result<Receipt> Log::keep_for_later(const Arrival& arrival, const ChangesetHead& head) {
    const Receipt receipt{Reception::waiting, head.chain, head.number, std::nullopt};
    auto link = next_link(head.team, head.chain);
    if (!link) return link.error();
    if (head.number - link->number > kMostWaiting) return receipt;
    if (Status kept = db_.run("INSERT INTO waiting(team, device, lane, number, digest, bytes)"
                              " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                              head.team.text, head.chain.device.text, head.chain.lane.text,
                              head.number, Blob{head.digest}, Blob{arrival.bytes});
        !kept)
        return kept.error();
    return receipt;
}

Result<Receipt> Log::quarantine_as(const Arrival& arrival, const ChangesetHead& head, Fault fault) {
    if (Status kept = db_.run(
            "INSERT INTO quarantine(digest, team, device, lane, number, fault, received_at, bytes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            Blob{crypto::digest(arrival.bytes)}, arrival.team.text, head.chain.device.text,
            head.chain.lane.text, head.number, static_cast<std::int64_t>(fault), arrival.now,
            Blob{arrival.bytes});
        !kept)
        return kept.error();
    return Receipt{Reception::quarantined, head.chain, head.number, fault};
}

// What waited for `head`, and what waited for that, and so on.
Status Log::receive_waiting(const Arrival& arrival, const ChangesetHead& head) {
    for (std::int64_t number = head.number + 1;; ++number) {
        std::vector<std::string> next;
        auto row = db_.query(
            "SELECT bytes FROM waiting WHERE team = ? AND device = ? AND lane = ? AND number = ?"
            " ORDER BY digest",
            head.team.text, head.chain.device.text, head.chain.lane.text, number);
        while (row.next()) next.push_back(row.blob(0));
        if (Status read = row.status(); !read) return read;
        if (next.empty()) return done();
        if (Status taken =
                db_.run("DELETE FROM waiting"
                        " WHERE team = ? AND device = ? AND lane = ? AND number = ?",
                        head.team.text, head.chain.device.text, head.chain.lane.text, number);
            !taken)
            return taken;
        for (const std::string& bytes : next) {
            const Arrival again{arrival.team, bytes, arrival.now, arrival.open};
            auto read = read_head(bytes);
            if (!read) return read.error();
            if (auto placed = place(again, *read); !placed) return placed.error();
        }
    }
}

Status Log::rebuild(const std::function<Status(const sqlite::Transaction&)>& then) {
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    if (Status folded = fold_again(*open, then); !folded) return folded;
    return (*std::move(open)).commit();
}

Status Log::fold_again(const sqlite::Transaction& open,
                       const std::function<Status(const sqlite::Transaction&)>& then) {
    if (Status cleared = clear_folds(db_); !cleared) return cleared;
    auto row = db_.query("SELECT bytes FROM changeset ORDER BY id");
    while (row.next()) {
        auto changeset = read_changeset(row.view(0));
        if (!changeset) return std::move(changeset).error().during("rebuilding");
        Fold fold{db_, changeset->head.team, open};
        if (Status applied = fold.apply(*std::move(changeset)); !applied) return applied;
    }
    if (Status read = row.status(); !read) return read;
    return then(open);
}

Result<std::string> Log::fold_digest() const {
    return digest_of_folds(db_);
}

Result<std::vector<Quarantined>> Log::quarantine(const TeamId& team) const {
    std::vector<Quarantined> all;
    auto row = db_.query(
        "SELECT device, lane, number, fault, received_at, length(bytes) FROM quarantine"
        " WHERE team = ? ORDER BY received_at, digest",
        team.text);
    while (row.next())
        all.push_back({{{row.text(0)}, {row.text(1)}},
                       row.number(2),
                       static_cast<Fault>(row.number(3)),
                       row.number(4),
                       row.number(5)});
    if (Status read = row.status(); !read) return read.error();
    return all;
}

Result<Stamp> Log::last_stamp() const {
    auto row = db_.query("SELECT max(last_stamp) FROM chain");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return Stamp{found ? static_cast<std::uint64_t>(row.number(0)) : 0};
}

}  // namespace bordereau::storage
