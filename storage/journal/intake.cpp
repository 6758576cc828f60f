#include "storage/journal/intake.h"

#include <algorithm>
#include <array>
#include <limits>

#include "storage/crypto/hash.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/chain_table.h"
#include "storage/journal/fold.h"
#include "storage/journal/log.h"
#include "storage/journal/opening.h"

namespace bordereau::storage {
namespace {

using sqlite::Blob;

Result<std::vector<ChainId>> chains_of(const sqlite::Database& db, const TeamId& team,
                                       const DeviceId& device) {
    std::vector<ChainId> chains;
    auto row = db.query(
        "SELECT lane FROM chain WHERE team = ?1 AND device = ?2"
        " UNION SELECT lane FROM waiting WHERE team = ?1 AND device = ?2",
        team.text, device.text);
    while (row.next()) chains.push_back({device, {row.text(0)}});
    if (Status read = row.status(); !read) return read.error();
    return chains;
}

std::vector<DeviceId> members_in(const std::vector<Change>& changes) {
    std::vector<DeviceId> devices;
    for (const Change& change : changes)
        if (std::holds_alternative<MemberSet>(change.action)) devices.push_back({change.subject});
    return devices;
}

}  // namespace

std::string_view name_of(Fault fault) {
    constexpr std::array<std::string_view, 10> kNames{
        "damaged", "newer",   "other-team",  "fork",    "broken-link",
        "ahead",   "revoked", "beyond-role", "missing", "not-of-log"};
    return kNames.at(static_cast<std::size_t>(fault));
}

Result<const Admission*> Intake::admission() {
    if (!admission_) {
        auto read = Admission::of(db_, team_);
        if (!read) return read.error();
        admission_ = *std::move(read);
    }
    return &*admission_;
}

void Intake::forget_admission() {
    admission_.reset();
    evidence_.look_again();
}

Result<ChainLink> Intake::link_of(const ChainId& chain) {
    if (next_ && next_->first == chain) return next_->second;
    return next_link(db_, team_, chain);
}

// Asked once: nearly always there is nothing.
Result<bool> Intake::holds_any(std::optional<bool>& known, const char* sql) {
    if (known) return *known;
    auto row = db_.query(sql);
    known = row.next();
    if (Status read = row.status(); !read) return read.error();
    return *known;
}

bool Intake::may_wait_for_folding(const OpenChangeset& changeset) {
    if (folding_ != Folding::later) return false;
    return changeset.can_wait ? *changeset.can_wait : can_wait_for_folding(changeset, flat_);
}

Result<Receipt> Intake::take(const Result<OpenChangeset>& opened, std::string_view bytes) {
    if (!opened) {
        const bool newer = opened.error().code == ErrorCode::refused;
        return quarantine_as({}, bytes, newer ? Fault::newer : Fault::damaged);
    }
    const ChangesetHead& head = opened->head();
    if (head.team != team_) return quarantine_as(*opened, Fault::other_team);
    if (head.last.millis() > now_ + kMostAhead) {
        // What is held already came when this clock was right.
        const auto known = holds(head);
        if (!known) return known.error();
        if (!*known) return quarantine_as(*opened, Fault::ahead);
    }
    auto receipt = place(*opened);
    if (receipt && receipt->reception == Reception::applied)
        if (Status followed = receive_waiting(head.chain, head.number + 1); !followed)
            return followed.error();
    return receipt;
}

Result<bool> Intake::holds(const ChangesetHead& head) const {
    const auto link = next_link(db_, team_, head.chain);
    if (!link) return link.error();
    if (head.number >= link->number) return false;
    const auto digest = digest_at(db_, team_, head.chain, head.number);
    if (!digest) return digest.error();
    return *digest == head.digest;
}

// Where a verified changeset belongs in its chain: held already, next, or later.
Result<Receipt> Intake::place(const OpenChangeset& changeset) {
    const ChangesetHead& head = changeset.head();
    const auto link = link_of(head.chain);
    if (!link) return link.error();
    if (head.number < link->number) return compare(changeset);
    if (head.number > link->number) return keep_for_later(changeset);
    if (head.previous != link->previous) return quarantine_as(changeset, Fault::broken_link);
    auto changes = may_wait_for_folding(changeset)
                       ? Result<std::vector<Change>>{std::vector<Change>{}}
                       : changeset.changes();
    if (!changes) return quarantine_as(changeset, Fault::damaged);
    const auto admitted = admitted_by(head.chain.device, *changes);
    if (!admitted) return admitted.error();
    if (!*admitted) return keep_for_later(changeset);
    const auto fault = fault_of(head);
    if (!fault) return fault.error();
    if (*fault) return quarantine_as(changeset, **fault);
    if (Status appended = append(changeset, *std::move(changes)); !appended)
        return appended.error();
    const Receipt receipt{Reception::applied, head.chain, head.number, std::nullopt};
    const auto any = holds_any(any_refused_, "SELECT 1 FROM quarantine LIMIT 1");
    if (!any || !*any) return any ? Result<Receipt>{receipt} : Result<Receipt>{any.error()};
    // It may have been refused before, when a clock was wrong.
    const std::uint64_t before = db_.write_counter();
    if (Status freed = db_.run("DELETE FROM quarantine WHERE team = ? AND digest = ?", team_.text,
                               Blob{crypto::digest(changeset.plain())});
        !freed)
        return freed.error();
    if (db_.write_counter() != before) evidence_.look_again();
    return receipt;
}

// A certificate proves itself, so the changeset that brings it may be its device's own first one.
Result<bool> Intake::admitted_by(const DeviceId& device, const std::vector<Change>& changes) {
    auto known = admission();
    if (!known) return known.error();
    if ((*known)->knows(device)) return true;
    for (const Change& change : changes) {
        const auto* set = std::get_if<MemberSet>(&change.action);
        if (set == nullptr) continue;
        const auto membership = read_certificate(set->certificate);
        if (membership && membership->team == team_ && membership->device() == device) return true;
    }
    return false;
}

Result<std::optional<Fault>> Intake::fault_of(const ChangesetHead& head) {
    auto known = admission();
    if (!known) return known.error();
    if (!(*known)->knows(head.chain.device) || head.chain.device == own_)
        return std::optional<Fault>{};
    if (head.number > (*known)->counts_to(head.chain)) return std::optional{Fault::revoked};
    if (!(*known)->may_seal(head.chain)) return std::optional{Fault::beyond_role};
    return std::optional<Fault>{};
}

Status Intake::append(const OpenChangeset& opened, std::vector<Change> changes) {
    if (Status linked = link_changeset(db_, opened); !linked) return linked;
    const ChangesetHead& head = opened.head();
    next_ = {head.chain, {team_, head.chain.lane, head.number + 1, head.digest}};
    Fold fold{db_, team_, open_};
    const std::vector<DeviceId> devices = members_in(changes);
    Changeset changeset{opened.head(), std::move(changes)};
    if (auto folded = fold.apply_memberships(changeset); !folded) return folded.error();
    if (!devices.empty()) forget_admission();
    if (folding_ == Folding::at_once) {
        auto known = admission();
        if (!known) return known.error();
        if (Status folded = fold.apply(std::move(changeset), **known); !folded) return folded;
    }
    for (const DeviceId& device : devices)
        if (Status followed = follow_member(device); !followed) return followed;
    return done();
}

// Nobody else takes what a revoked device sealed later, but its own people keep what they recorded,
// their own names among it, without which the notebook could not be opened.
std::int64_t Intake::counts_to(const Admission& known, const ChainId& chain) const {
    return chain.device == own_ ? std::numeric_limits<std::int64_t>::max() : known.counts_to(chain);
}

Status Intake::follow_member(const DeviceId& device) {
    forget_admission();
    auto known = admission();
    if (!known) return known.error();
    auto chains = chains_of(db_, team_, device);
    if (!chains) return chains.error();
    must_refold_ |= device == own_;  // what is pending here counts by the membership too
    for (const ChainId& chain : *chains) {
        auto link = next_link(db_, team_, chain);
        if (!link) return link.error();
        const std::int64_t last = counts_to(**known, chain);
        if (link->number - 1 > last)
            if (Status gone = cut(chain, last, Fault::revoked); !gone) return gone;
        must_refold_ |= link->number > 1;
        if (Status came = receive_waiting(chain, std::min(link->number - 1, last) + 1); !came)
            return came;
        known = admission();
        if (!known) return known.error();
    }
    return done();
}

// A second changeset of one number is a repetition or the sign of a cloned device.
Result<Receipt> Intake::compare(const OpenChangeset& changeset) {
    const ChangesetHead& head = changeset.head();
    auto held = digest_at(db_, team_, head.chain, head.number);
    if (!held) return held.error();
    if (*held == head.digest)
        return Receipt{Reception::duplicate, head.chain, head.number, std::nullopt};
    // Whoever works on a copy of a notebook keeps seeing what was recorded there.
    if (head.chain.device == own_ || head.digest > *held)
        return quarantine_as(changeset, Fault::fork);
    return give_way(changeset);
}

// Of two branches of one chain the one whose first changeset has the smaller digest stays,
// whichever came first: so all devices come to the same tables. The other one is kept as evidence;
// what it said comes again under a new identity of the laptop that wrote it.
Result<Receipt> Intake::give_way(const OpenChangeset& changeset) {
    const ChangesetHead& head = changeset.head();
    auto before = head.number == 1 ? Result<std::string>{std::string{}}
                                   : digest_at(db_, team_, head.chain, head.number - 1);
    if (!before) return before.error();
    if (head.previous != *before) return quarantine_as(changeset, Fault::broken_link);
    if (Status gone = cut(head.chain, head.number - 1, Fault::fork); !gone) return gone.error();
    must_refold_ = true;
    auto placed = place(changeset);
    if (!placed) return placed;
    placed->fault = Fault::fork;
    Status back = take_back(head.chain, head.number + 1);
    return back ? placed : Result<Receipt>{back.error()};
}

// What was refused because the other branch was there first.
Status Intake::take_back(const ChainId& chain, std::int64_t number) {
    for (;; ++number) {
        std::vector<std::string> refused;
        auto row = db_.query(
            "SELECT bytes FROM quarantine WHERE team = ? AND device = ? AND lane = ?"
            " AND number = ? AND fault IN (?, ?) ORDER BY digest",
            team_.text, chain.device.text, chain.lane.text, number,
            static_cast<std::int64_t>(Fault::fork), static_cast<std::int64_t>(Fault::broken_link));
        while (row.next()) refused.push_back(row.blob(0));
        if (Status read = row.status(); !read) return read;
        auto link = next_link(db_, team_, chain);
        if (!link) return link.error();
        const auto next = std::ranges::find_if(refused, [&link](const std::string& bytes) {
            const auto address = read_address(bytes);
            return address && address->previous == link->previous;
        });
        if (link->number != number || next == refused.end()) return done();
        auto opened = open_changeset(*next);
        if (!opened) return opened.error();
        if (auto placed = place(*opened); !placed) return placed.error();
    }
}

Result<Receipt> Intake::keep_for_later(const OpenChangeset& changeset) {
    const ChangesetHead& head = changeset.head();
    const Receipt receipt{Reception::waiting, head.chain, head.number, std::nullopt};
    auto link = link_of(head.chain);
    if (!link) return link.error();
    if (head.number - link->number > room_.ahead) return receipt;
    any_waiting_ = true;
    const bool begun = link->number > 1;
    const auto bytes = changeset.kept();
    if (!bytes) return bytes.error();
    if (Status kept =
            db_.run("INSERT INTO waiting(team, device, lane, number, digest, bytes)"
                    " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE coalesce((SELECT sum(length(bytes))"
                    "  FROM waiting WHERE team = ?1 AND (device = ?2 OR NOT ?7)), 0) < ?8"
                    " ON CONFLICT DO NOTHING",
                    team_.text, head.chain.device.text, head.chain.lane.text, head.number,
                    Blob{head.digest}, Blob{*bytes}, std::int64_t{begun},
                    begun ? room_.of_member : room_.of_strangers);
        !kept)
        return kept.error();
    return receipt;
}

Result<Receipt> Intake::quarantine_as(const OpenChangeset& changeset, Fault fault) {
    const auto bytes = changeset.kept();
    if (!bytes) return bytes.error();
    return quarantine_as(changeset.head(), *bytes, fault);
}

Result<Receipt> Intake::quarantine_as(const ChangesetHead& head, std::string_view bytes,
                                      Fault fault) {
    any_refused_ = true;
    auto known = admission();
    if (!known) return known.error();
    const auto kept = evidence_.keep(head, bytes, fault, **known);
    if (!kept) return kept.error();
    return Receipt{*kept ? Reception::quarantined : Reception::turned_away, head.chain, head.number,
                   fault};
}

// What waited as this number of a chain, and what waited for that, and so on.
Status Intake::receive_waiting(const ChainId& chain, std::int64_t number) {
    const auto waits = holds_any(any_waiting_, "SELECT 1 FROM waiting LIMIT 1");
    if (!waits) return waits.error();
    for (bool any = *waits; any; ++number)
        if (Status taken = take_waiting(chain, number, any); !taken) return taken;
    return done();
}

Status Intake::take_waiting(const ChainId& chain, std::int64_t number, bool& any) {
    std::vector<std::string> next;
    auto row = db_.query(
        "SELECT bytes FROM waiting WHERE team = ? AND device = ? AND lane = ? AND number = ?"
        " ORDER BY digest",
        team_.text, chain.device.text, chain.lane.text, number);
    while (row.next()) next.push_back(row.blob(0));
    if (Status read = row.status(); !read) return read;
    any = !next.empty();
    if (!any) return done();
    if (Status taken = db_.run("DELETE FROM waiting"
                               " WHERE team = ? AND device = ? AND lane = ? AND number = ?",
                               team_.text, chain.device.text, chain.lane.text, number);
        !taken)
        return taken;
    for (const std::string& bytes : next) {
        auto opened = open_changeset(bytes);
        if (!opened) return opened.error();
        auto placed = place(*opened);
        if (!placed) return placed.error();
        any &= placed->reception != Reception::waiting;
    }
    return done();
}

// Puts what a chain holds after `last` into quarantine.
Status Intake::cut(const ChainId& chain, std::int64_t last, Fault fault) {
    auto row = db_.query(
        "SELECT bytes FROM changeset WHERE team = ? AND device = ? AND lane = ? AND number > ?",
        team_.text, chain.device.text, chain.lane.text, last);
    std::vector<std::string> gone;
    while (row.next()) gone.push_back(row.blob(0));
    if (Status read = row.status(); !read) return read;
    for (const std::string& bytes : gone) {
        auto address = read_address(bytes);
        if (!address) return address.error();
        if (Status kept = evidence_.keep_surely(*address, bytes, fault); !kept) return kept;
    }
    any_refused_ = true;
    evidence_.look_again();
    must_refold_ = true;
    next_.reset();
    return end_chain_at(db_, team_, chain, last);
}

}  // namespace bordereau::storage
