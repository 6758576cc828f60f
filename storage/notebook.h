// storage/notebook.h - the folder in which one laptop keeps its audits: notebook.db, keys.json,
// attachments/. Opening it needs a person's passphrase; everything else in storage works on it.
//
// The database's key is random. Who leaves may have kept it, so that removing somebody changes it:
//   1. keys.json is replaced: the slot is gone, the others hold the new key and the present one;
//   2. SQLite writes every page again under the new key, in one transaction of its WAL;
//   3. a new key for attachments is added, and keys.json is replaced by one with the new key only.
// A crash before 2 is committed leaves the present key, one after it the new one, and the slots
// open both. The next opening finds two keys in a slot and goes on where it ended. Attachments are
// sealed anew one by one afterwards (Attachments::renew()), readable under both keys meanwhile.
// What somebody has read or copied before stays known to them, and old backups open with old
// passphrases: a new key protects what is written from then on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "storage/backup.h"
#include "storage/backup_file.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/secret_text.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/keys.h"
#include "storage/files.h"
#include "storage/journal/journal.h"
#include "storage/people.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

class Keyring;
struct Unlocked;

/// What a notebook takes from the machine it runs on.
struct Surroundings {
    Clock clock;
    Entropy entropy;
    crypto::PassphraseCost cost = {};  ///< of slots written from now on
};

/// What a new notebook is founded with.
struct Founding {
    std::string login;  ///< of the first person, who becomes administrator
    SecretText passphrase;
    std::string team;    ///< a name for people
    std::string device;  ///< a name for people, for example the laptop's
};

/// One open notebook on one connection. A second thread takes its own with connect().
/// Not for two threads at once; destroying the last connection wipes the key.
/// A device that is to be a member.
struct Admitting {
    std::string public_key;  ///< 32 raw bytes
    std::string name;
    Role role = Role::officer;
    std::vector<DeviceId> homes = {};  ///< devices whose audits it goes on with
};

class Notebook {
public:
    /// Makes the folder and opens it. conflict: there is something already (also after a call that
    /// failed at its end, with nothing left to do but open()). invalid: empty names or passphrase.
    static Result<Notebook> create(const std::filesystem::path& folder, const Founding& founding,
                                   Surroundings surroundings);

    /// refused: wrong login or passphrase (one answer for both), or a person no longer active.
    /// too_soon: several were wrong before; see attempts.h and wait_before().
    /// invalid: a notebook of a newer program, which is left untouched. busy: open in another
    /// process. not_found: no notebook there. corrupt: damaged.
    static Result<Notebook> open(const std::filesystem::path& folder, std::string_view login,
                                 std::string_view passphrase, Surroundings surroundings);

    /// The same without a folder, in Database::in_memory(): for simulations. Whoever holds the
    /// database is let in as `person`, an active one of its people; passphrases, attachments,
    /// backups and connect() need a folder and fail.
    static Result<Notebook> found_in_memory(sqlite::Database db, const Founding& founding,
                                            Surroundings surroundings);
    static Result<Notebook> open_in_memory(sqlite::Database db, const PersonId& person,
                                           Surroundings surroundings);
    /// As restore(): a copy of another notebook's database becomes a new device's.
    static Result<Notebook> restore_in_memory(sqlite::Database db, const PersonId& person,
                                              std::string_view device, Surroundings surroundings);

    /// Milliseconds until an attempt under this login is looked at again; 0: now.
    static Millis wait_before(const std::filesystem::path& folder, std::string_view login,
                              Millis now);

    /// Whether there is a notebook to open.
    static bool exists(const std::filesystem::path& folder);

    /// Another connection of the same person to the same notebook, for another thread.
    Result<Notebook> connect() const;

    Notebook(Notebook&&) noexcept;
    Notebook& operator=(Notebook&&) = delete;
    ~Notebook();

    const Person& person() const;  ///< at the keyboard
    const TeamId& team() const;
    const DeviceId& device() const;
    const crypto::SigningKey& device_key() const;
    const std::filesystem::path& folder() const;
    const Clock& clock() const;
    const Entropy& entropy() const;

    Journal& journal();
    const Journal& journal() const;
    sqlite::Database& database();
    const sqlite::Database& database() const;

    /// Differs after every commit, on whichever connection: a screen that sees another number reads
    /// again.
    std::uint64_t changes_seen() const;

    /// A key for one purpose in the notebook's files: "attachments" and the like. Another one after
    /// a change of key.
    crypto::Secret key_for(std::string_view purpose) const;
    /// The same with those before it, newest first: files not sealed anew yet need them.
    std::vector<crypto::Secret> keys_for(std::string_view purpose) const;

    /// Held shared by those who add attachments, and alone by whoever collects unnamed ones. One
    /// for all connections of the process.
    std::shared_mutex& collecting() const;

    /// Administrators only, else refused. conflict: the login is taken. A person whom the team
    /// knows from another laptop, but who has no passphrase on this one, stays who they are.
    Result<PersonId> add_person(std::string_view login, Role role, std::string_view passphrase);
    /// Takes away the key slot, marks the person inactive and changes the key. Administrators only;
    /// not oneself. busy: another connection is open; nothing was done. Any other error: the person
    /// is out, and the next opening goes on with the change of key.
    Status remove_person(const PersonId& person);
    /// A new key for database and attachments. Administrators only. busy as above.
    Status change_key();
    /// Of the person at the keyboard. refused: the old one is wrong. too_soon.
    Status change_passphrase(std::string_view old_passphrase, std::string_view new_passphrase);
    /// A new printable key that opens the notebook when all passphrases are forgotten (see
    /// recovery_key.h); replaces the one before. Used by recover(). Administrators only.
    Result<std::string> make_recovery_key();
    Result<bool> has_recovery_key() const;
    /// Gives the person with this login a new passphrase, by the recovery key. invalid: mistyped;
    /// refused: not this notebook's; too_soon.
    static Status recover(const std::filesystem::path& folder, std::string_view recovery_key,
                          std::string_view login, std::string_view new_passphrase,
                          Surroundings surroundings);

    /// Copies the notebook into one encrypted file, which opens with the passphrases of now, while
    /// other connections go on; sealed as it stands, read back before it takes its name. Broken
    /// off, it leaves nothing and can be begun again. invalid: no place for it; not_found: no such
    /// folder; conflict: another file is there; full: too little room, said before anything is
    /// written; corrupt: it does not read back (the stick is bad); cancelled.
    Result<BackupMade> back_up(const std::filesystem::path& file, const GoingOn& going_on);
    /// Makes a notebook from a backup, as a new device: see backup.h. The person must be one of its
    /// supervisors or administrators. conflict: there is something in the folder; corrupt: keys or
    /// database are damaged (attachments that are, are left out and counted); refused, invalid,
    /// full, cancelled: nothing was made.
    static Result<Restored> restore(const std::filesystem::path& file,
                                    const std::filesystem::path& into, std::string_view login,
                                    std::string_view passphrase, std::string_view device,
                                    Surroundings surroundings, const GoingOn& going_on);
    /// Devices of the team that began as backups, the oldest first.
    Result<std::vector<DeviceOrigin>> origins() const;

    /// Moves this notebook into a team that exists elsewhere, as the certificate says that it may.
    /// What was recorded so far goes along, sealed anew; its people get no higher role than the
    /// device. refused: it has already exchanged changes with others of its present team.
    Status join(const TeamId& team, std::string_view name, std::string_view certificate);
    /// Takes in what the key of this notebook's team says of another device, as if it had come with
    /// that device's changes. invalid: of another team; corrupt: it does not hold.
    Status meet(std::string_view certificate);

    /// Certifies another device as a member of this team, or gives it another role from now on; the
    /// certificate. Where the team was founded only, by who may admit devices (rights.h) and is of
    /// that role at least, else refused.
    Result<std::string> admit(Admitting newcomer);
    /// Ends a membership, for a reason that is kept with it. What the device sealed and is held
    /// here goes on counting; nothing that comes later does. As admit(), and never of one's own
    /// device. not_found: no such member.
    Status revoke(const DeviceId& device, std::string_view reason);

private:
    struct Shared;
    struct State;
    explicit Notebook(std::unique_ptr<State> state);
    static Result<Notebook> unlocked(const std::filesystem::path& folder, Unlocked unlocked,
                                     Surroundings surroundings);
    Result<Keyring> settled_keyring();
    Status finish_change();
    Status change_key(Keyring keyring);
    bool alone() const;
    static Status settle_restored(const std::filesystem::path& folder, Unlocked unlocked,
                                  Keyring keyring, std::string_view device,
                                  const Surroundings& surroundings, Restored& restored);
    static Result<Notebook> attach(std::shared_ptr<Shared> shared, sqlite::Database db);
    Result<crypto::SigningKey> team_key() const;
    Status may_set_member(Role role) const;
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::storage
