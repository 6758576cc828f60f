// storage/working_copy.h - the database of an endpoint: the truth itself, or a copy of what a
// ledger says, which follows it, and is thrown away and made again where it does not fit it any
// more.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/entry.h"
#include "storage/files.h"
#include "storage/journal/receipt.h"
#include "storage/ledger.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// What an endpoint keeps outside of its folder.
struct Elsewhere {
    std::unique_ptr<Ledger> ledger;  ///< null: the folder's database is the truth
    std::filesystem::path key_file;  ///< empty: in the folder
};

/// Everything that one write adds to a team, in one transaction.
class Turn {
public:
    Turn(sqlite::Database& db, const sqlite::Transaction& open, const TeamId& team)
        : db_(db), open_(open), team_(team) {}

    /// Takes offered changesets in, as Log::receive(). What changed nothing is not an entry.
    Result<std::vector<Receipt>> receive(std::span<const std::string> bytes, Millis now);
    /// Applies anything.
    Status add(Entry entry, Millis now);

private:
    friend class WorkingCopy;
    struct Added {
        Entry entry;
        Millis at;
    };
    sqlite::Database& db_;
    const sqlite::Transaction& open_;
    const TeamId& team_;
    std::vector<Added> added_;
};

/// One connection to each side. Several, also of several threads and processes, may share a folder.
class WorkingCopy {
public:
    /// Makes folder, key and database where they are not there yet. not_found, refused: the key
    /// that belongs to the database or the ledger is missing, or is another one; refused: of a
    /// newer program, or the folder is the truth of another endpoint.
    static Result<WorkingCopy> open(const std::filesystem::path& folder, Entropy entropy,
                                    Elsewhere elsewhere);
    /// A database that is open is the truth.
    static Result<WorkingCopy> over(sqlite::Database db, const Entropy& entropy);

    bool has_ledger() const { return ledger_ != nullptr; }
    /// Stays the same object.
    sqlite::Database& db() const { return *db_; }

    /// Applies what others have added to a team's sequence. Without a ledger: nothing to do.
    Status catch_up(const TeamId& team);
    /// The same for every team there is.
    Status catch_up_with_all();

    /// Runs `act` on the latest state of a team while nobody else adds to it. What it adds is
    /// durable when this returns, or not there at all where `act` or anything else fails; only
    /// where the ledger did not answer at the very end it may be there nevertheless.
    Status write(const TeamId& team, const std::function<Status(Turn&)>& act);

private:
    explicit WorkingCopy(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Status open_truth(const std::filesystem::path& key_file, const Entropy& entropy);
    Status open_copy(const std::filesystem::path& key_file, const Entropy& entropy);
    Status check_key();
    Status make_identity(const Entropy& entropy);
    Result<bool> has_identity() const;
    Status begin_generation(int generation);
    Status make_again();
    Status try_to_catch_up(const TeamId& team);
    Status follow(const TeamId& team, const LedgerHead& head);
    Status apply(const TeamId& team, std::span<const LedgerEntry> entries);
    Status write_to_ledger(const TeamId& team, const std::function<Status(Turn&)>& act);
    Status append(const TeamId& team, LedgerTurn& ledger, Turn& turn);
    Result<LedgerHead> held(const TeamId& team) const;
    Status hold(const TeamId& team, const LedgerHead& head);

    std::filesystem::path folder_;
    std::optional<FileLock> opened_;  // of the truth: nobody gives it another key meanwhile
    std::unique_ptr<Ledger> ledger_;
    crypto::Secret key_;  // these two of a working copy only
    std::optional<EntrySealer> sealer_;
    std::unique_ptr<sqlite::Database> db_;
    int generation_ = 0;
};

}  // namespace bordereau::storage
