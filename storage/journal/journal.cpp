#include "storage/journal/journal.h"

#include <algorithm>
#include <set>
#include <utility>

#include "storage/journal/action_codec.h"
#include "storage/journal/fold.h"
#include "storage/journal/pending.h"

namespace bordereau::storage {
namespace {

using sqlite::Blob;

// A changeset is closed when it has grown to about this, uncompressed: near 1 MB on the way.
constexpr std::size_t kFullChangeset = std::size_t{4} << 20;

// What would be read back must be what was meant: texts that are not UTF-8 would be lost.
Status readable(const Change& change) {
    if (decode_action(kind_of(change.action), encode_action(change.action)) == change.action)
        return done();
    return Error{ErrorCode::invalid, "text that is not UTF-8"};
}

Result<std::vector<std::string>> first_column(sqlite::Query row) {
    std::vector<std::string> texts;
    while (row.next()) texts.push_back(row.text(0));
    if (Status read = row.status(); !read) return read.error();
    return texts;
}

// What was refused while this clock was behind, and is not beyond `latest` any more.
Result<std::vector<std::string>> refused_as_ahead(const sqlite::Database& db, const TeamId& team,
                                                  Millis latest) {
    std::vector<std::string> timely;
    auto row = db.query(
        "SELECT bytes FROM quarantine WHERE team = ? AND fault = ? ORDER BY device, lane, number",
        team.text, static_cast<std::int64_t>(Fault::ahead));
    while (row.next()) {
        const auto address = read_address(row.view(0));
        if (address && address->last.millis() <= latest) timely.push_back(row.blob(0));
    }
    if (Status read = row.status(); !read) return read.error();
    return timely;
}

}  // namespace

Result<Version> Journal::record(std::string_view subject, Action action) {
    std::vector<Action> actions;
    actions.push_back(std::move(action));
    return record_all(subject, std::move(actions));
}

Result<Version> Journal::record_all(std::string_view subject, std::vector<Action> actions) {
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    auto version = record_in(*open, subject, std::move(actions));
    if (!version) return version;
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return version;
}

Result<Version> Journal::record_in(const sqlite::Transaction& open, std::string_view subject,
                                   std::vector<Action> actions) {
    Version last;
    for (Action& action : actions) {
        const Change change{{clock_->next(), identity_.device},
                            identity_.person,
                            std::string{subject},
                            std::move(action)};
        last = change.version;
        if (Status fine = readable(change); !fine) return fine.error();
        if (Status may = within_role(change); !may) return may.error();
        if (Status kept = insert_pending(db_, change); !kept) return kept.error();
        if (Status folded = Fold{db_, identity_.team, open}.apply(change); !folded)
            return folded.error();
    }
    return last;
}

Status Journal::record_step(const AuditId& audit, AuditStateSet step) {
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    const AuditState to = step.state;
    std::vector<Action> actions;
    actions.push_back(std::move(step));
    if (auto recorded = record_in(*open, audit.text, std::move(actions)); !recorded)
        return recorded.error();
    if (Status followed = follow_step(*open, audit, to); !followed) return followed;
    return (*std::move(open)).commit();
}

Status Journal::follow_step(const sqlite::Transaction& open, const AuditId& audit, AuditState to) {
    const auto pending = pending_count();
    if (!pending) return pending.error();
    if (!editable(to) && *pending < kWorthSealing) return fold_concluded(open, audit.text);
    std::vector<std::string> subjects{audit.text};
    if (!editable(to)) {
        auto finished = finished_subjects();
        if (!finished) return finished.error();
        subjects = *std::move(finished);
    }
    // What may not be sealed (yet) is folded all the same.
    if (auto sealed = seal_in(open, subjects); !sealed) return sealed.error();
    return fold_concluded(open, audit.text);
}

// What would not count anywhere is not recorded: beyond the role, or about an audit that is not
// this device's to hold any more. Rows of registers stay here where nobody else takes them.
Status Journal::within_role(const Change& change) const {
    if (!crypto::is_keyed(identity_.team)) return done();
    if (std::holds_alternative<AnswerGiven>(change.action)) return within_reach({change.subject});
    auto admission = own_admission();
    if (!admission) return admission.error();
    const Membership* member = admission->latest(identity_.device);
    if (member == nullptr) return done();
    if (!is_within_role(member->role, change.action))
        return Error{ErrorCode::refused, "beyond the role of this laptop in its team"};
    return is_about_audit(change.action) ? within_reach({change.subject}) : done();
}

Status Journal::within_reach(const AuditId& audit) const {
    if (!crypto::is_keyed(identity_.team)) return done();
    auto home = home_of(audit);
    if (!home) return home.error();
    if (*home == identity_.device) return done();
    auto admission = own_admission();
    if (!admission) return admission.error();
    const Membership* member = admission->latest(identity_.device);
    if (member == nullptr || covers(*member, lane_of_home(*home))) return done();
    return Error{ErrorCode::refused, "the audit is not this laptop's to hold"};
}

Status Journal::set_member(const std::string& certificate) {
    auto membership = read_certificate(certificate);
    if (!membership) return membership.error();
    if (membership->team != identity_.team)
        return Error{ErrorCode::invalid, "a membership of another team"};
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    const DeviceId device = membership->device();
    std::vector<Action> actions{MemberSet{certificate}};
    if (auto kept = record_in(*open, device.text, std::move(actions)); !kept) return kept.error();
    if (Status followed = log_.follow_member(
            *open, identity_.team, device, clock_->now(),
            [this](const sqlite::Transaction& again) { return fold_pending(again); },
            identity_.device);
        !followed)
        return followed;
    return (*std::move(open)).commit();
}

Result<Admission> Journal::admission() const {
    return Admission::of(db_, identity_.team);
}

Result<Admission> Journal::own_admission() const {
    return Admission::of(db_, identity_.team, identity_.device);
}

Result<Sealed> Journal::seal(const AuditId& audit) {
    const std::vector<std::string> subjects{audit.text};
    return seal_subjects(subjects);
}

Result<std::vector<std::string>> Journal::finished_subjects() const {
    return first_column(
        db_.query("SELECT DISTINCT p.subject FROM pending p LEFT JOIN audit a ON a.id = p.subject"
                  " WHERE a.id IS NULL OR a.state NOT IN (0, 2) ORDER BY p.subject"));
}

Result<Sealed> Journal::seal_finished() {
    // Whoever offered it offers it again, unless this device was revoked meanwhile.
    auto timely = refused_as_ahead(db_, identity_.team, clock_->now() + kMostAhead);
    if (!timely) return timely.error();
    if (!timely->empty())
        if (auto taken = receive(*timely); !taken) return taken.error();
    if (auto dated = date_anew(); !dated) return dated.error();
    return seal_what_is_finished();
}

Result<Sealed> Journal::seal_what_is_finished() {
    auto subjects = finished_subjects();
    if (!subjects) return subjects.error();
    return subjects->empty() ? Sealed{} : seal_subjects(*subjects);
}

Result<Sealed> Journal::seal_all() {
    auto subjects =
        first_column(db_.query("SELECT DISTINCT subject FROM pending ORDER BY subject"));
    if (!subjects) return subjects.error();
    return seal_subjects(*subjects);
}

// One transaction for all: a crash leaves everything pending or everything sealed.
Result<Sealed> Journal::seal_subjects(std::span<const std::string> subjects) {
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    auto sealed = seal_in(*open, subjects);
    if (!sealed) return sealed;
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return sealed;
}

Result<Sealed> Journal::seal_in(const sqlite::Transaction& open,
                                std::span<const std::string> subjects) {
    Sealed sealed;
    const auto admission = own_admission();
    if (!admission) return admission.error();
    // What a device seals before the team knows it would count for nothing: it stays pending, and
    // whole, until the certificate comes. Its own certificate may be among what is pending.
    if (!admission->knows(identity_.device)) return sealed;
    std::map<LaneId, Batch> batches;
    // What says who this device is goes along: without it the rest would wait where it arrives.
    std::vector<std::string> all{identity_.device.text};
    if (subjects.empty()) all.clear();
    all.insert(all.end(), subjects.begin(), subjects.end());
    for (const std::string& subject : all) {
        auto filled = take_pending(subject, *admission, batches);
        if (!filled) return filled.error();
        if (*filled == nullptr) continue;
        if (Status closed = seal_batch(open, **filled, sealed); !closed) return closed.error();
    }
    for (auto& [lane, batch] : batches)
        if (Status closed = seal_batch(open, batch, sealed); !closed) return closed.error();
    return sealed;
}

// What is pending about a subject and may travel. What would count nowhere, being beyond what this
// device was at the time, stays pending: sealed, it would vanish here as well.
Result<Journal::Batch> Journal::ready_of(const std::string& subject,
                                         const Admission& admission) const {
    Batch ready;
    auto changes = read_pending(db_, subject, identity_.device, &ready.size);
    if (!changes) return changes.error();
    if (changes->empty()) return ready;
    auto home = home_of({subject});
    if (!home) return home.error();
    ready.lane = lane_of(changes->front().action, *home);
    ready.staying = std::erase_if(
        *changes, [&](const Change& change) { return !admission.permits(change, ready.lane); });
    ready.changes = *std::move(changes);
    return ready;
}

// Moves it into the batch of its lane; that batch where it is full.
Result<Journal::Batch*> Journal::take_pending(const std::string& subject,
                                              const Admission& admission,
                                              std::map<LaneId, Batch>& batches) {
    auto ready = ready_of(subject, admission);
    if (!ready) return ready.error();
    if (ready->changes.empty()) return nullptr;
    if (Status gone = forget_pending(subject, *ready); !gone) return gone.error();
    Batch& batch = batches[ready->lane];
    batch.lane = ready->lane;
    batch.size += ready->size;
    batch.changes.insert(batch.changes.end(), std::make_move_iterator(ready->changes.begin()),
                         std::make_move_iterator(ready->changes.end()));
    return batch.size < kFullChangeset ? nullptr : &batch;
}

Status Journal::forget_pending(const std::string& subject, const Batch& ready) {
    if (ready.staying == 0) return db_.run("DELETE FROM pending WHERE subject = ?", subject);
    for (const Change& change : ready.changes)
        if (Status gone = db_.run("DELETE FROM pending WHERE subject = ? AND stamp = ?", subject,
                                  static_cast<std::int64_t>(change.version.stamp.bits));
            !gone)
            return gone;
    return done();
}

// Where an audit was begun; this device for one that is not known here.
Result<DeviceId> Journal::home_of(const AuditId& audit) const {
    auto row = db_.query("SELECT home FROM audit WHERE id = ? AND home <> ''", audit.text);
    const bool known = row.next();
    if (Status read = row.status(); !read) return read.error();
    return known ? DeviceId{row.text(0)} : identity_.device;
}

Status Journal::seal_batch(const sqlite::Transaction& open, Batch& batch, Sealed& sealed) {
    if (batch.changes.empty()) return done();
    ++sealed.changesets;
    sealed.changes += static_cast<std::int64_t>(batch.changes.size());
    const Batch taken = std::exchange(batch, {});
    return log_.seal(open, identity_.team, taken.lane, *identity_.key, taken.changes,
                     [this](const sqlite::Transaction& again) { return fold_pending(again); });
}

Result<std::int64_t> Journal::pending_count() const {
    return one_number(db_.query("SELECT count(*) FROM pending"));
}

Result<std::int64_t> Journal::travel_count() const {
    const auto admission = own_admission();
    if (!admission) return admission.error();
    auto subjects = finished_subjects();
    if (!subjects) return subjects.error();
    std::int64_t count = 0;
    for (const std::string& subject : *subjects) {
        const auto ready = ready_of(subject, *admission);
        if (!ready) return ready.error();
        const bool known = admission->knows(identity_.device);
        count += static_cast<std::int64_t>(ready->changes.size() + (known ? 0 : ready->staying));
    }
    return count;
}

Result<std::vector<Receipt>> Journal::receive(std::span<const std::string> bytes) {
    if (auto sealed = seal_what_is_finished(); !sealed) return sealed.error();
    auto receipts = log_.receive(
        identity_.team, bytes, clock_->now(),
        [this](const sqlite::Transaction& open) { return fold_pending(open); }, identity_.device);
    if (!receipts) return receipts;
    auto last = log_.last_stamp();
    if (!last) return last.error();
    clock_->observe(*last);
    return receipts;
}

Result<Receipt> Journal::receive(const std::string& bytes) {
    auto receipts = receive(std::span{&bytes, 1});
    if (!receipts) return receipts.error();
    return receipts->front();
}

Status Journal::rebuild() {
    return log_.rebuild([this](const sqlite::Transaction& open) { return fold_pending(open); });
}

Result<std::optional<Break>> Journal::verify() const {
    auto broken = log_.verify();
    if (broken && !*broken) broken = verify_own_end();
    if (broken && !*broken) broken = verify_pending();
    return broken;
}

// What another side has acknowledged of ours, we must hold. Of a copied disk's chain they may hold
// the other branch, and more of it: that is told as a fork, and nothing is missing here.
Result<std::optional<Break>> Journal::verify_own_end() const {
    auto row = db_.query(
        "SELECT o.lane, o.number FROM outbox o LEFT JOIN chain c"
        " ON c.team = ?1 AND c.device = o.device AND c.lane = o.lane"
        " WHERE o.device = ?2 AND o.number > coalesce(c.number, 0)"
        " AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.team = ?1 AND q.device = ?2"
        "  AND q.lane = o.lane AND q.fault = ?3) ORDER BY o.lane LIMIT 1",
        identity_.team.text, identity_.device.text, static_cast<std::int64_t>(Fault::fork));
    std::optional<Break> found;
    if (row.next())
        found =
            Break{identity_.team, {identity_.device, {row.text(0)}}, row.number(1), Fault::missing};
    if (Status read = row.status(); !read) return read.error();
    return found;
}

Result<std::optional<Break>> Journal::verify_pending() const {
    const Stamp latest = Stamp::at(clock_->now() + kMostAhead);
    auto row = db_.query(
        "SELECT p.subject, p.stamp, p.kind, p.body, (SELECT 1 FROM person"
        " WHERE team = ? AND id = p.author) FROM pending p ORDER BY p.subject, p.stamp",
        identity_.team.text);
    while (row.next()) {
        const Stamp stamp{static_cast<std::uint64_t>(row.number(1))};
        const auto action = decode_action(row.number(2), row.view(3));
        if (action && stamp <= latest && !row.is_null(4)) continue;
        Break found{identity_.team, {identity_.device, {}}, 0, Fault::damaged, "pending"};
        if (stamp > latest) found.fault = Fault::ahead;
        found.row = row.text(0);
        return std::optional{found};
    }
    if (Status read = row.status(); !read) return read.error();
    return std::optional<Break>{};
}

Result<std::optional<Break>> Journal::verify_folds() {
    return log_.verify_folds(
        [this](const sqlite::Transaction& open) { return fold_pending(open); });
}

// Pending answers stay out until a step of their audit concludes them. Members first: what a person
// of the team is counts by what the device was that said so.
Status Journal::fold_pending(const sqlite::Transaction& open) {
    auto row = db_.query(
        "SELECT subject, stamp, author, kind, body FROM pending WHERE kind <> ?"
        " ORDER BY kind <> ?, subject, stamp",
        kAnswerKind, kind_of(MemberSet{}));
    auto changes = read_changes_of(row, identity_.device, nullptr);
    if (!changes) return changes.error();
    if (Status folded = Fold{db_, identity_.team, open}.apply(*std::move(changes)); !folded)
        return folded;
    auto concluded = first_column(
        db_.query("SELECT DISTINCT subject FROM pending WHERE kind = ?", kind_of(AuditStateSet{})));
    if (!concluded) return concluded.error();
    for (const std::string& subject : *concluded)
        if (Status folded = fold_concluded(open, subject); !folded) return folded;
    return done();
}

// Answers that a pending step of their audit follows, and that will count when they are sealed.
Status Journal::fold_concluded(const sqlite::Transaction& open, const std::string& subject) {
    const auto admission = own_admission();
    if (!admission) return admission.error();
    auto ready = ready_of(subject, *admission);
    if (!ready) return ready.error();
    auto step =
        one_number(db_.query("SELECT max(stamp) FROM pending WHERE subject = ? AND kind = ?",
                             subject, kind_of(AuditStateSet{})));
    if (!step) return step.error();
    std::erase_if(ready->changes, [&](const Change& change) {
        return kind_of(change.action) != kAnswerKind ||
               static_cast<std::int64_t>(change.version.stamp.bits) > *step;
    });
    return Fold{db_, identity_.team, open}.apply(std::move(ready->changes));
}

// What this device sealed for the old team becomes pending again, to be sealed for the new one:
// a changeset names its team under its signature, so it cannot simply be handed on.
Status Journal::move_to(const sqlite::Transaction& open, const Membership& membership,
                        std::string_view certificate) {
    if (Status unsealed = unseal_own(); !unsealed) return unsealed;
    if (Status fitted = fit_pending_to(membership.role); !fitted) return fitted;
    for (const char* sql :
         {"DELETE FROM changeset WHERE team = ?", "DELETE FROM chain WHERE team = ?",
          "DELETE FROM waiting WHERE team = ?"})
        if (Status gone = db_.run(sql, identity_.team.text); !gone) return gone;
    if (Status cleared = clear_folds(db_); !cleared) return cleared;
    identity_.team = membership.team;
    std::vector<Action> actions{MemberSet{std::string{certificate}}};
    auto kept = record_in(open, membership.device().text, std::move(actions));
    return kept ? fold_pending(open) : Status{kept.error()};
}

Status Journal::unseal_own() {
    auto row = db_.query("SELECT bytes FROM changeset WHERE team = ? AND device = ?",
                         identity_.team.text, identity_.device.text);
    while (row.next()) {
        auto changeset = read_changeset(row.view(0));
        if (!changeset) return changeset.error();
        for (const Change& change : changeset->changes)
            if (Status kept = insert_pending(db_, change); !kept) return kept;
    }
    return row.status();
}

// Memberships of the old team mean nothing in the new one; people have no higher role than the
// device that speaks of them.
Status Journal::fit_pending_to(Role role) {
    if (Status gone = db_.run("DELETE FROM pending WHERE kind = ?", kind_of(MemberSet{})); !gone)
        return gone;
    std::vector<Change> people;
    {
        auto row =
            db_.query("SELECT subject, stamp, author, kind, body FROM pending WHERE kind = ?",
                      kind_of(PersonSet{}));
        auto changes = read_changes_of(row, identity_.device, nullptr);
        if (!changes) return changes.error();
        people = *std::move(changes);
    }
    for (const Change& change : people) {
        PersonSet set = std::get<PersonSet>(change.action);
        set.role = std::min(set.role, role);
        if (Status kept = db_.run("UPDATE pending SET body = ? WHERE subject = ? AND stamp = ?",
                                  Blob{encode_action(set)}, change.subject,
                                  static_cast<std::int64_t>(change.version.stamp.bits));
            !kept)
            return kept;
    }
    return done();
}

}  // namespace bordereau::storage
