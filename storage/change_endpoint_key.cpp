#include "storage/change_endpoint_key.h"

#include <cerrno>
#include <system_error>
#include <vector>

#include "storage/disk.h"
#include "storage/endpoint_folder.h"
#include "storage/entry.h"
#include "storage/files.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAtOnce = 256;  // entries

Result<crypto::Secret> next_key(const fs::path& key_file, const Entropy& entropy) {
    const fs::path next = next_key_file(key_file);
    auto key = read_key(next);
    if (key || key.error().code != ErrorCode::not_found) return key;
    return make_key(next, entropy);
}

Status take_next(const fs::path& key_file) {
    // Another process that opened it at the same time may have been faster.
    if (disk::rename(next_key_file(key_file), key_file) != 0 && errno != ENOENT)
        return Error{ErrorCode::io,
                     "naming the new key file: " + std::generic_category().message(errno)};
    return flush_folder(key_file.has_parent_path() ? key_file.parent_path() : fs::path{"."});
}

fs::path place_of(const fs::path& folder, const fs::path& key_file) {
    return key_file.empty() ? key_file_in(folder) : key_file;
}

bool opens(const fs::path& database, const crypto::Secret& key) {
    return sqlite::Database::open_existing(database, key).ok();
}

}  // namespace

fs::path next_key_file(const fs::path& key_file) {
    fs::path next = key_file;
    return next += ".next";
}

Status settle_key_of_folder(const fs::path& folder, const fs::path& key_file) {
    const fs::path place = place_of(folder, key_file);
    std::error_code code;
    if (!fs::exists(truth_in(folder), code)) return done();
    const auto next = read_key(next_key_file(place));
    if (!next) return next.error().code == ErrorCode::not_found ? done() : Status{next.error()};
    if (opens(truth_in(folder), *next)) return take_next(place);
    const auto present = read_key(place);
    if (!present) return present.error();
    if (!opens(truth_in(folder), *present))
        return Error{ErrorCode::corrupt, "neither the key file nor the one next to it opens " +
                                             truth_in(folder).string()};
    if (disk::remove(next_key_file(place)) != 0 && errno != ENOENT)
        return Error{ErrorCode::io, "removing a key file that nothing was written with"};
    return done();
}

Status change_key_of_folder(const fs::path& folder, const fs::path& key_file,
                            const Entropy& entropy) {
    std::error_code code;
    if (!fs::exists(truth_in(folder), code))
        return Error{ErrorCode::not_found, "no endpoint in " + folder.string()};
    const auto alone = FileLock::take(lock_file_in(folder));
    if (!alone)
        return alone.error().code == ErrorCode::busy
                   ? Status{Error{ErrorCode::busy,
                                  "the endpoint runs: stop it first. Nothing was changed"}}
                   : Status{alone.error()};
    if (Status settled = settle_key_of_folder(folder, key_file); !settled) return settled;
    const fs::path place = place_of(folder, key_file);
    const auto present = read_key(place);
    if (!present) return present.error();
    auto db = open_database(truth_in(folder), *present);
    if (!db) return db.error();
    const auto next = next_key(place, entropy);
    if (!next) return next.error();
    if (Status changed = db->change_key(truth_in(folder), *present, *next); !changed)
        return changed;
    return take_next(place);
}

namespace {

/// Both keys of a ledger while one takes the place of the other.
class Resealing {
public:
    Resealing(Ledger& ledger, const crypto::Secret& present, const crypto::Secret& next,
              const Entropy& entropy)
        : ledger_(ledger), present_(present, entropy), next_(next, entropy) {}

    /// Whose key a ledger has is told by its first entry, so that sequence comes last.
    Status everything() {
        if (Status ours = check_key(); !ours) return ours;
        const auto teams = ledger_.teams();
        if (!teams) return teams.error();
        for (const TeamId& team : *teams)
            if (team != kEndpointItself)
                if (Status sealed = one_team(team); !sealed) return sealed;
        return one_team(kEndpointItself);
    }

private:
    Result<Entry> open(const TeamId& team, const LedgerEntry& entry) const {
        auto read = next_.open(team, entry);
        return read || read.error().code != ErrorCode::corrupt ? std::move(read)
                                                               : present_.open(team, entry);
    }

    Status check_key() {
        const auto first = ledger_.after(kEndpointItself, 0, 1);
        if (!first) return first.error();
        if (first->empty()) return Error{ErrorCode::not_found, "that database holds no endpoint"};
        const auto entry = open(kEndpointItself, first->front());
        if (entry) return done();
        return entry.error().code == ErrorCode::corrupt
                   ? Error{ErrorCode::refused,
                           "the ledger belongs to another key file; nothing was changed"}
                   : entry.error();
    }

    // In one turn: nobody adds to the team meanwhile, and it is all of it or nothing.
    Status one_team(const TeamId& team) {
        auto turn = ledger_.begin(team);
        if (!turn) return turn.error();
        LedgerHead end;
        while (end.number < (*turn)->head().number) {
            auto entries = ledger_.after(team, end.number, kAtOnce);
            if (!entries) return entries.error();
            if (entries->empty()) return Error{ErrorCode::corrupt, "the ledger has a gap"};
            for (LedgerEntry& sealed : *entries) {
                auto entry = open(team, sealed);
                if (!entry)
                    return std::move(entry).error().during(
                        "entry " + std::to_string(sealed.number) + " of team " + team.text);
                sealed = next_.seal(team, sealed.number, sealed.received_at, *entry);
                end = {sealed.number, mark_after(end.mark, sealed)};
            }
            if (Status replaced = (*turn)->replace(*entries, end.mark); !replaced) return replaced;
        }
        return (*turn)->commit();
    }

    Ledger& ledger_;
    EntrySealer present_, next_;
};

}  // namespace

Status change_key_of_ledger(Ledger& ledger, const fs::path& key_file, const Entropy& entropy) {
    const auto present = read_key(key_file);
    if (!present) return present.error();
    const auto next = next_key(key_file, entropy);
    if (!next) return next.error();
    if (Status sealed = Resealing{ledger, *present, *next, entropy}.everything(); !sealed)
        return sealed;
    return take_next(key_file);
}

}  // namespace bordereau::storage
