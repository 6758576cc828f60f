#include "storage/move_to_ledger.h"

#include <system_error>
#include <vector>

#include "storage/endpoint_folder.h"
#include "storage/entry.h"
#include "storage/files.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBytesAtOnce = std::size_t{4} << 20;

class Move {
public:
    Move(sqlite::Database& db, Ledger& ledger, const EntrySealer& sealer, Millis now)
        : db_(db), ledger_(ledger), sealer_(sealer), now_(now) {}

    Status everything() {
        if (Status own = endpoint_itself(); !own) return own;
        std::vector<TeamId> teams;
        auto row = db_.query(
            "SELECT id FROM team UNION SELECT team FROM changeset"
            " UNION SELECT team FROM waiting UNION SELECT team FROM quarantine");
        while (row.next()) teams.push_back({row.text(0)});
        if (Status read = row.status(); !read) return read;
        for (const TeamId& team : teams) {
            if (Status moved = one_team(team); !moved) return moved;
            if (Status listed = add(kEndpointItself, TeamListed{team}); !listed) return listed;
        }
        return flush(kEndpointItself);
    }

private:
    Status endpoint_itself() {
        auto identity = db_.query("SELECT seed FROM identity");
        if (!identity.next()) return Error{ErrorCode::corrupt, "an endpoint without identity"};
        if (Status added =
                add(kEndpointItself, IdentityMade{crypto::Secret::copy_of(identity.view(0))});
            !added)
            return added;
        auto row = db_.query("SELECT name, value FROM setting ORDER BY name");
        while (row.next())
            if (Status added = add(kEndpointItself, SettingMade{row.text(0), row.text(1)}); !added)
                return added;
        if (Status read = row.status(); !read) return read;
        return flush(kEndpointItself);
    }

    Status one_team(const TeamId& team) {
        auto founded = db_.query(
            "SELECT name, seed FROM team JOIN team_key ON team_key.team = team.id WHERE id = ?",
            team.text);
        if (founded.next())
            if (Status added = add(
                    team, TeamFounded{founded.text(0), crypto::Secret::copy_of(founded.view(1))});
                !added)
                return added;
        if (Status read = founded.status(); !read) return read;
        if (Status added = invitations(team); !added) return added;
        if (Status added = all_bytes(
                team,
                db_.query("SELECT bytes FROM changeset WHERE team = ? ORDER BY id", team.text));
            !added)
            return added;
        if (Status added =
                all_bytes(team, db_.query("SELECT bytes FROM waiting WHERE team = ?", team.text));
            !added)
            return added;
        if (Status added = all_bytes(
                team, db_.query("SELECT bytes FROM quarantine WHERE team = ? ORDER BY received_at",
                                team.text));
            !added)
            return added;
        return flush(team);
    }

    Status invitations(const TeamId& team) {
        auto row = db_.query(
            "SELECT secret_digest, role, expires_at, coalesce(used_by, '') FROM invitation"
            " WHERE team = ?",
            team.text);
        while (row.next()) {
            InvitationMade made{row.blob(0), static_cast<Role>(row.number(1)), row.number(2)};
            const DeviceId used_by{row.text(3)};
            InvitationUsed used{made.secret_digest, used_by};
            if (Status added = add(team, std::move(made)); !added) return added;
            if (used_by.empty()) continue;
            if (Status added = add(team, std::move(used)); !added) return added;
        }
        return row.status();
    }

    Status all_bytes(const TeamId& team, sqlite::Query row) {
        while (row.next())
            if (Status added = add(team, ChangesetTaken{row.blob(0)}); !added) return added;
        return row.status();
    }

    Status add(const TeamId& team, Entry entry) {
        if (const auto* taken = std::get_if<ChangesetTaken>(&entry)) bytes_ += taken->bytes.size();
        entries_.push_back(std::move(entry));
        return bytes_ < kBytesAtOnce ? done() : flush(team);
    }

    Status flush(const TeamId& team) {
        if (entries_.empty()) return done();
        auto turn = ledger_.begin(team);
        if (!turn) return turn.error();
        LedgerHead end = (*turn)->head();
        std::vector<LedgerEntry> sealed;
        for (const Entry& entry : entries_) {
            sealed.push_back(sealer_.seal(team, ++end.number, now_, entry));
            end.mark = mark_after(end.mark, sealed.back());
        }
        entries_.clear();
        bytes_ = 0;
        if (Status added = (*turn)->append(sealed, end.mark); !added) return added;
        return (*turn)->commit();
    }

    sqlite::Database& db_;
    Ledger& ledger_;
    const EntrySealer& sealer_;
    Millis now_;
    std::vector<Entry> entries_;
    std::size_t bytes_ = 0;
};

}  // namespace

Status move_to_ledger(const fs::path& folder, const fs::path& key_file, Ledger& ledger, Millis now,
                      const Entropy& entropy) {
    const fs::path truth = truth_in(folder);
    std::error_code code;
    if (!fs::exists(truth, code))
        return Error{ErrorCode::not_found, "no endpoint without a ledger in " + folder.string()};
    const auto key = read_key(key_file.empty() ? key_file_in(folder) : key_file);
    if (!key) return key.error();
    const auto begun = ledger.head(kEndpointItself);
    if (!begun) return begun.error();
    if (begun->number > 0)
        return Error{ErrorCode::refused,
                     "that database holds an endpoint already: give an empty one"};
    {
        auto db = open_database(truth, *key);
        if (!db) return db.error();
        const EntrySealer sealer{*key, entropy};
        if (Status moved = Move{*db, ledger, sealer, now}.everything(); !moved) return moved;
        if (Status emptied = db->empty_wal(); !emptied) return emptied;
    }
    fs::rename(truth, folder / "before-ledger.db", code);
    if (code) return Error{ErrorCode::io, "renaming " + truth.string() + ": " + code.message()};
    return flush_folder(folder);
}

}  // namespace bordereau::storage
