#include "storage/journal/log.h"

#include <algorithm>
#include <limits>
#include <map>

#include "storage/journal/action_codec.h"
#include "storage/journal/chain_table.h"
#include "storage/journal/fold.h"
#include "storage/journal/intake.h"
#include "storage/journal/opening.h"

namespace bordereau::storage {
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
    return storage::next_link(db_, team, chain);
}

Status Log::seal(const sqlite::Transaction& open, const TeamId& team, const LaneId& lane,
                 const crypto::SigningKey& key, std::vector<Change> changes,
                 const Afterwards& then) {
    auto link = next_link(team, {crypto::device_id(key.public_key()), lane});
    if (!link) return link.error();
    auto bytes = seal_changeset(*link, key, std::move(changes));
    if (!bytes) return bytes.error();
    // Read back before it is kept: what leaves this machine must be readable elsewhere.
    auto changeset = open_changeset(*bytes);
    if (!changeset) return std::move(changeset).error().during("reading back a new changeset");
    auto read = changeset->changes();
    if (!read) return std::move(read).error().during("reading back a new changeset");
    Intake intake{db_, team, Millis{}, open, folding_, crypto::device_id(key.public_key())};
    if (Status kept = intake.append(*changeset, *std::move(read)); !kept) return kept;
    return intake.must_refold() ? fold_again(open, then) : done();
}

Result<std::vector<Receipt>> Log::receive(const TeamId& team, std::span<const std::string> bytes,
                                          Millis now, const Afterwards& then, const DeviceId& own) {
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    auto receipts = receive_in(*open, team, bytes, now, then, own);
    if (!receipts) return receipts;
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return receipts;
}

Result<std::vector<Receipt>> Log::receive_in(const sqlite::Transaction& open, const TeamId& team,
                                             std::span<const std::string> bytes, Millis now,
                                             const Afterwards& then, const DeviceId& own) {
    Intake intake{db_, team, now, open, folding_, own};
    std::vector<Receipt> receipts;
    const auto opened = open_all(bytes, folding_);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint64_t before = db_.write_counter();
        auto receipt = intake.take(opened[i], bytes[i]);
        if (!receipt) return receipt.error();
        // That it was counted is no change.
        receipt->changed =
            db_.write_counter() != before && receipt->reception != Reception::turned_away;
        receipts.push_back(*std::move(receipt));
    }
    if (intake.must_refold())
        if (Status folded = fold_again(open, then); !folded) return folded.error();
    return receipts;
}

Status Log::follow_member(const sqlite::Transaction& open, const TeamId& team,
                          const DeviceId& device, Millis now, const Afterwards& then,
                          const DeviceId& own) {
    Intake intake{db_, team, now, open, folding_, own};
    if (Status followed = intake.follow_member(device); !followed) return followed;
    return intake.must_refold() ? fold_again(open, then) : done();
}

Status Log::rebuild(const Afterwards& then) {
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    if (Status folded = refold(*open, then); !folded) return folded;
    return (*std::move(open)).commit();
}

// What was folded counts otherwise now.
Status Log::fold_again(const sqlite::Transaction& open, const Afterwards& then) {
    if (folding_ == Folding::at_once) return refold(open, then);
    if (Status cleared = clear_folds(db_); !cleared) return cleared;
    if (Status members = fold_memberships(open); !members) return members;
    return note_folded(0);
}

// Members first: what the others say counts by what their devices were.
Status Log::refold(const sqlite::Transaction& open, const Afterwards& then) {
    if (Status cleared = clear_folds(db_); !cleared) return cleared;
    if (Status members = fold_memberships(open); !members) return members;
    auto folded = fold_after(open, 0, std::numeric_limits<std::int64_t>::max());
    if (!folded) return folded.error();
    if (folding_ == Folding::later)
        if (Status noted = note_folded(folded->last); !noted) return noted;
    return then(open);
}

Result<Log::Folded> Log::fold_after(const sqlite::Transaction& open, std::int64_t id,
                                    std::int64_t changes) {
    Folded folded{id, 0};
    std::map<TeamId, Admission> admissions;
    auto row = db_.query("SELECT id, bytes FROM changeset WHERE id > ? ORDER BY id", id);
    while (folded.changes < changes && row.next()) {
        auto changeset = read_changeset(row.view(1));
        if (!changeset) return std::move(changeset).error().during("folding");
        const TeamId team = changeset->head.team;
        folded.last = row.number(0);
        folded.changes += std::max<std::int64_t>(1, changeset->head.changes);
        if (!admissions.contains(team)) {
            auto admission = Admission::of(db_, team);
            if (!admission) return admission.error();
            admissions.emplace(team, *std::move(admission));
        }
        Fold fold{db_, team, open};
        if (Status applied = fold.apply(*std::move(changeset), admissions.at(team)); !applied)
            return applied.error();
    }
    if (Status read = row.status(); !read) return read.error();
    return folded;
}

Result<std::int64_t> Log::folded_up_to() const {
    return one_number(db_.query("SELECT changeset FROM folded"));
}

Status Log::note_folded(std::int64_t id) {
    return db_.run(
        "INSERT INTO folded(id, changeset) VALUES (1, ?)"
        " ON CONFLICT DO UPDATE SET changeset = excluded.changeset",
        id);
}

Result<bool> Log::fold_more(std::int64_t changes) {
    {
        auto row = db_.query(
            "SELECT 1 FROM changeset WHERE id > coalesce((SELECT changeset FROM folded), 0) LIMIT "
            "1");
        const bool any = row.next();
        if (Status read = row.status(); !read) return read.error();
        if (!any) return false;
    }
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    const auto before = folded_up_to();  // another connection may have been faster
    if (!before) return before.error();
    const auto folded = fold_after(*open, *before, changes);
    if (!folded) return folded.error();
    if (Status noted = note_folded(folded->last); !noted) return noted.error();
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return folded->changes >= changes;
}

Status Log::fold_rest() {
    // So few changes at a time that whoever receives meanwhile does not wait long.
    constexpr std::int64_t kSlice = 12'000;
    for (;;) {
        const auto more = fold_more(kSlice);
        if (!more) return more.error();
        if (!*more) return done();
    }
}

Status Log::fold_memberships(const sqlite::Transaction& open) {
    auto row =
        db_.query("SELECT bytes FROM changeset WHERE lane = ? ORDER BY id", kCommonLane.text);
    while (row.next()) {
        auto changeset = read_changeset(row.view(0));
        if (!changeset) return std::move(changeset).error().during("rebuilding");
        Fold fold{db_, changeset->head.team, open};
        if (auto folded = fold.apply_memberships(*changeset); !folded) return folded.error();
    }
    if (Status read = row.status(); !read) return read;
    return fold_pending_memberships(open);
}

// What came in may count by a certificate that was given here and is not sealed yet.
Status Log::fold_pending_memberships(const sqlite::Transaction& open) {
    auto row = db_.query("SELECT subject, body FROM pending WHERE kind = ? ORDER BY subject, stamp",
                         kind_of(MemberSet{}));
    while (row.next()) {
        auto action = decode_action(kind_of(MemberSet{}), row.view(1));
        if (!action) continue;  // verify() tells of it
        const auto membership = read_certificate(std::get<MemberSet>(*action).certificate);
        if (!membership) continue;
        const Change change{{}, {}, row.text(0), *std::move(action)};
        if (Status folded = Fold{db_, membership->team, open}.apply(change); !folded) return folded;
    }
    return row.status();
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

Result<std::int64_t> Log::turned_away(const TeamId& team) const {
    return one_number(db_.query("SELECT sum(arrivals) FROM turned_away WHERE team = ?", team.text));
}

Result<Stamp> Log::last_stamp() const {
    auto row = db_.query("SELECT max(last_stamp) FROM chain");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return Stamp{found ? static_cast<std::uint64_t>(row.number(0)) : 0};
}

}  // namespace bordereau::storage
