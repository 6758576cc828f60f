// storage/notebook.h - the folder in which one laptop keeps its audits: notebook.db, keys.json,
// attachments/. Opening it needs a person's passphrase; everything else in storage works on it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/keys.h"
#include "storage/files.h"
#include "storage/journal/journal.h"
#include "storage/people.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// What a notebook takes from the machine it runs on.
struct Surroundings {
    Clock clock;
    Entropy entropy;
    crypto::PassphraseCost cost = {};  ///< of slots written from now on
};

/// What a new notebook is founded with.
struct Founding {
    std::string login;  ///< of the first person, who becomes administrator
    std::string passphrase;
    std::string team;    ///< a name for people
    std::string device;  ///< a name for people, for example the laptop's
};

/// One open notebook on one connection. A second thread takes its own with connect().
/// Not for two threads at once; destroying the last connection wipes the key.
class Notebook {
public:
    /// Makes the folder and opens it. conflict: there is something already (also after a call that
    /// failed at its end, with nothing left to do but open()). invalid: empty names or passphrase.
    static Result<Notebook> create(const std::filesystem::path& folder, const Founding& founding,
                                   Surroundings surroundings);

    /// refused: wrong login or passphrase (one answer for both), or a person no longer active.
    /// invalid: a notebook of a newer program, which is left untouched. busy: open in another
    /// process. not_found: no notebook there. corrupt: damaged.
    static Result<Notebook> open(const std::filesystem::path& folder, std::string_view login,
                                 std::string_view passphrase, Surroundings surroundings);

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

    /// A key for one purpose derived from the notebook's: "attachments" and the like.
    crypto::Secret key_for(std::string_view purpose) const;

    /// Held shared by those who add attachments, and alone by whoever collects unnamed ones. One
    /// for all connections of the process.
    std::shared_mutex& collecting() const;

    /// Administrators only, else refused. conflict: the login is taken. A person whom the team
    /// knows from another laptop, but who has no passphrase on this one, stays who they are.
    Result<PersonId> add_person(std::string_view login, Role role, std::string_view passphrase);
    /// Takes away the key slot and marks the person inactive. Administrators only; not oneself.
    Status remove_person(const PersonId& person);
    /// Of the person at the keyboard. refused: the old one is wrong.
    Status change_passphrase(std::string_view old_passphrase, std::string_view new_passphrase);
    /// A new printable key that opens the notebook when all passphrases are forgotten; replaces the
    /// one before. Used by recover(). Administrators only.
    Result<std::string> make_recovery_key();
    /// Gives the person with this login a new passphrase, by the recovery key.
    static Status recover(const std::filesystem::path& folder, std::string_view recovery_key,
                          std::string_view login, std::string_view new_passphrase,
                          Surroundings surroundings);

    /// Moves this notebook into a team that exists elsewhere. What was recorded so far goes along,
    /// sealed anew. refused: it has already exchanged changes with others of its present team.
    Status join(const TeamId& team, std::string_view name);

private:
    struct Shared;
    struct State;
    explicit Notebook(std::unique_ptr<State> state);
    static Result<Notebook> unlocked(const std::filesystem::path& folder, crypto::Secret key,
                                     const PersonId& person, Surroundings surroundings);
    static Result<Notebook> attach(std::shared_ptr<Shared> shared, sqlite::Database db);
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::storage
