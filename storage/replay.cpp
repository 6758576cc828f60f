#include "storage/replay.h"

#include "storage/journal/log.h"

namespace bordereau::storage {
namespace {

struct Applying {
    sqlite::Database& db;
    const TeamId& team;

    Status operator()(const IdentityMade& made) const {
        return db.run("INSERT INTO identity(id, team, seed) VALUES (1, '', ?)",
                      sqlite::Blob{made.seed.view()});
    }
    Status operator()(const TeamListed& listed) const {
        return db.run(
            "INSERT INTO arrival(team, number, mark) VALUES (?, 0, x'') ON CONFLICT DO NOTHING",
            listed.team.text);
    }
    Status operator()(const TeamFounded& founded) const {
        if (Status kept =
                db.run("INSERT INTO team(id, name) VALUES (?, ?)", team.text, founded.name);
            !kept)
            return kept;
        return db.run("INSERT INTO team_key(team, seed) VALUES (?, ?)", team.text,
                      sqlite::Blob{founded.seed.view()});
    }
    Status operator()(const InvitationMade& made) const {
        return db.run(
            "INSERT INTO invitation(secret_digest, team, role, expires_at) VALUES (?, ?, ?, ?)",
            sqlite::Blob{made.secret_digest}, team.text, static_cast<std::int64_t>(made.role),
            made.expires_at);
    }
    Status operator()(const InvitationUsed& used) const {
        return db.run("UPDATE invitation SET used_by = ? WHERE secret_digest = ? AND team = ?",
                      used.device.text, sqlite::Blob{used.secret_digest}, team.text);
    }
    Status operator()(const SettingMade& made) const {
        return db.run(
            "INSERT INTO setting(name, value) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value",
            made.name, made.value);
    }
    Status operator()(const ChangesetTaken&) const { return done(); }  // see take()
};

}  // namespace

Status Replay::take(const Entry& entry, Millis at) {
    const auto* taken = std::get_if<ChangesetTaken>(&entry);
    if (taken == nullptr || at != gathered_at_)
        if (Status before = finish(); !before) return before;
    if (taken == nullptr) return std::visit(Applying{db_, team_}, entry);
    gathered_at_ = at;
    gathered_.push_back(taken->bytes);
    return done();
}

Status Replay::finish() {
    if (gathered_.empty()) return done();
    auto receipts = Log{db_, Folding::later}.receive_in(open_, team_, gathered_, gathered_at_);
    gathered_.clear();
    return receipts ? done() : Status{receipts.error()};
}

}  // namespace bordereau::storage
