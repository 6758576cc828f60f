// storage/notebook_state.h - what an open notebook holds. For notebook*.cpp and backup*.cpp only.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "storage/files.h"
#include "storage/journal/stamp.h"
#include "storage/keyring.h"
#include "storage/notebook.h"

namespace bordereau::storage {

inline constexpr const char* kDatabaseFile = "notebook.db";
inline constexpr const char* kKeysFile = "keys.json";
inline constexpr const char* kLockFile = "notebook.lock";
inline constexpr const char* kAttemptsFile = "attempts.json";
inline constexpr const char* kAttachmentsFolder = "attachments";
// No login can be this: logins have no line ends.
inline constexpr std::string_view kRecoverySlot = "recovery\nkey";

// What the connections of one process have in common.
struct Notebook::Shared {
    std::filesystem::path folder;
    std::optional<FileLock> lock;  // none in memory
    crypto::Secret key;
    crypto::Secret next;  // of a change of key that could not be finished yet; else empty
    PersonId person;
    Surroundings around;
    std::shared_ptr<HybridClock> clock;
    std::shared_mutex collecting = {};
};

struct Notebook::State {
    std::shared_ptr<Shared> shared;
    sqlite::Database db;
    std::vector<crypto::Secret> file_keys;  // newest first
    std::optional<Journal> journal;
    Person person;
};

// A database with the key that opened it. `next` is the key it was about to get, or empty.
struct OpenedDatabase {
    sqlite::Database db;
    crypto::Secret key, next;
};

/// Tries the newest key first: before and after the moment in which a change of key counts, there
/// is one that opens. Errors as Notebook::open().
Result<OpenedDatabase> open_with(const std::filesystem::path& folder, Unlocked unlocked);

/// Ends a change of key where there is one, in database and key file. After an error the database
/// is as it was and open, and the change stays to be finished; io where not even that was possible.
Status finish_change(OpenedDatabase& opened, const std::filesystem::path& folder, Keyring& keyring,
                     const Entropy& entropy);

/// Who was removed on another device of the team loses the key here: slot and key are changed as in
/// Notebook::remove_person(). Not where it is the one who opens: somebody has to be left who can.
/// Whatever could not be done (a full disk) is at the next opening. Errors as finish_change().
Status drop_removed(OpenedDatabase& opened, const std::filesystem::path& folder, Keyring& keyring,
                    const PersonId& opener, const Entropy& entropy);

/// The first content of a new database: who owns it, and the first changes of its log.
Status found_database(sqlite::Database& db, const Founding& founding, const PersonId& person,
                      const Surroundings& around);

/// Gives a copy of a notebook's database an identity of its own (see backup.h).
Status make_new_device(sqlite::Database& db, const PersonId& person, std::string_view name,
                       const Surroundings& around, Restored& restored);

/// Newest first; the first one is made here where there is none.
Result<std::vector<crypto::Secret>> read_file_keys(sqlite::Database& db, const Entropy& entropy);
Status add_file_key(sqlite::Database& db, const Entropy& entropy);

/// Keeps count of attempts around unlocking. too_soon, refused.
Result<Unlocked> unlock_slowly(const std::filesystem::path& folder, const Keyring& keyring,
                               std::string_view login, std::string_view passphrase,
                               const Clock& clock);

inline Error refused(const char* why) {
    return {ErrorCode::refused, why};
}
bool is_name(std::string_view text);
Error of_system(const std::error_code& code, const char* doing);

}  // namespace bordereau::storage
