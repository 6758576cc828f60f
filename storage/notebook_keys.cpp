// People, passphrases and keys of a notebook. The order of steps is told in notebook.h.
#include <algorithm>

#include "storage/attempts.h"
#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/notebook_state.h"
#include "storage/recovery_key.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

// Opened with the newest key, or the change was left before it counted.
Status change_database(OpenedDatabase& opened, const fs::path& file) {
    if (opened.next.empty()) return done();
    if (Status changed = opened.db.change_key(file, opened.key, opened.next); !changed)
        return changed;
    opened.key = std::move(opened.next);
    opened.next = {};
    return done();
}

}  // namespace

Result<OpenedDatabase> open_with(const fs::path& folder, Unlocked unlocked) {
    Error last{ErrorCode::corrupt, "a slot without a key"};
    for (std::size_t i = 0; i < unlocked.keys.size(); ++i) {
        auto db = sqlite::Database::open_existing(folder / kDatabaseFile, unlocked.keys[i]);
        if (db)
            return OpenedDatabase{*std::move(db), std::move(unlocked.keys[i]),
                                  i == 0 ? crypto::Secret{} : std::move(unlocked.keys[i - 1])};
        last = std::move(db).error();
        if (last.code != ErrorCode::corrupt) break;
    }
    return last;
}

Status finish_change(OpenedDatabase& opened, const fs::path& folder, Keyring& keyring,
                     const Entropy& entropy) {
    if (!keyring.being_changed()) return done();
    if (Status changed = change_database(opened, folder / kDatabaseFile); !changed) return changed;
    if (Status added = add_file_key(opened.db, entropy); !added) return added;
    keyring.keep_newest();
    return keyring.write(folder / kKeysFile);
}

Status drop_removed(OpenedDatabase& opened, const fs::path& folder, Keyring& keyring,
                    const PersonId& opener, const Entropy& entropy) {
    std::vector<PersonId> removed;
    {
        auto row = opened.db.query(
            "SELECT id FROM person WHERE active = 0 AND team = (SELECT team FROM identity)");
        while (row.next()) removed.push_back({row.text(0)});
        if (Status read = row.status(); !read) return read;
    }
    if (std::ranges::find(removed, opener) != removed.end()) return done();
    Keyring left = keyring;  // which is put back as it was where this fails
    std::erase_if(removed, [&](const PersonId& person) { return !left.remove(person); });
    if (removed.empty() || keyring.being_changed()) return done();
    crypto::Secret next = crypto::new_key(entropy);
    if (Status offered = left.offer(opened.key, next, entropy); !offered) return offered;
    if (Status written = left.write(folder / kKeysFile); !written) return written;
    keyring = std::move(left);
    opened.next = std::move(next);
    return finish_change(opened, folder, keyring, entropy);
}

Status add_file_key(sqlite::Database& db, const Entropy& entropy) {
    const crypto::Secret key = crypto::new_key(entropy);
    return db.run("INSERT INTO file_key(key) VALUES (?)", sqlite::Blob{key.view()});
}

Result<std::vector<crypto::Secret>> read_file_keys(sqlite::Database& db, const Entropy& entropy) {
    std::vector<crypto::Secret> keys;
    {
        auto row = db.query("SELECT key FROM file_key ORDER BY epoch DESC");
        while (row.next()) keys.push_back(crypto::Secret::copy_of(row.view(0)));
        if (Status read = row.status(); !read) return read.error();
    }
    if (!keys.empty()) return keys;
    if (Status added = add_file_key(db, entropy); !added) return added.error();
    return read_file_keys(db, entropy);
}

Result<Unlocked> unlock_slowly(const fs::path& folder, const Keyring& keyring,
                               std::string_view login, std::string_view passphrase,
                               const Clock& clock) {
    Attempts attempts = Attempts::read(folder / kAttemptsFile);
    const std::string name = keyring.name_of(login);
    const Millis now = clock.now();
    if (attempts.wait(name, now) > 0) {
        attempts.write();  // where a clock was put back, the wait begins now
        return Error{ErrorCode::too_soon, "too many wrong passphrases"};
    }
    attempts.begin(name, now);
    attempts.write();
    auto unlocked = keyring.unlock(login, passphrase);
    if (unlocked) attempts.succeeded(name);
    if (unlocked) attempts.write();
    return unlocked;
}

Millis Notebook::wait_before(const fs::path& folder, std::string_view login, Millis now) {
    const auto keyring = Keyring::read(folder / kKeysFile);
    if (!keyring) return 0;
    return Attempts::read(folder / kAttemptsFile).wait(keyring->name_of(login), now);
}

bool Notebook::alone() const {
    return state_->shared.use_count() == 1;
}

// The keyring to be changed: never one whose slots hold two keys.
Result<Keyring> Notebook::settled_keyring() {
    if (Status finished = finish_change(); !finished) return finished.error();
    return Keyring::read(folder() / kKeysFile);
}

Status Notebook::finish_change() {
    auto keyring = Keyring::read(folder() / kKeysFile);
    if (!keyring) return keyring.error();
    if (!keyring->being_changed()) return done();
    if (!alone()) return Error{ErrorCode::busy, "another connection is open"};
    Shared& shared = *state_->shared;
    OpenedDatabase opened{std::move(state_->db), std::move(shared.key), std::move(shared.next)};
    Status finished = storage::finish_change(opened, folder(), *keyring, entropy());
    state_->db = std::move(opened.db);
    shared.key = std::move(opened.key);
    shared.next = std::move(opened.next);
    auto keys = read_file_keys(state_->db, entropy());
    if (!keys) return keys.error();
    state_->file_keys = *std::move(keys);
    return finished;
}

Status Notebook::change_key(Keyring keyring) {
    crypto::Secret next = crypto::new_key(entropy());
    if (Status offered = keyring.offer(state_->shared->key, next, entropy()); !offered)
        return offered;
    // Known before it is written: what is said to have failed may stand in the file all the same,
    // and is then finished by the next call.
    state_->shared->next = std::move(next);
    if (Status written = keyring.write(folder() / kKeysFile); !written) return written;
    return finish_change();
}

Status Notebook::change_key() {
    if (!may_administer(person())) return refused("only administrators change the key");
    if (!alone()) return Error{ErrorCode::busy, "another connection is open"};
    auto keyring = settled_keyring();
    if (!keyring) return keyring.error();
    return change_key(*std::move(keyring));
}

// The key slot first: a slot without a person opens nothing, a person without a slot is stuck.
Result<PersonId> Notebook::add_person(std::string_view login, Role role,
                                      std::string_view passphrase) {
    if (!may_administer(person())) return refused("only administrators add people");
    if (!is_name(login) || passphrase.empty())
        return Error{ErrorCode::invalid, "a person needs a login and a passphrase"};
    auto known = People{*this}.find_login(login);
    if (!known) return known.error();
    auto keyring = settled_keyring();
    if (!keyring) return keyring.error();
    if (*known && keyring->has(login)) return Error{ErrorCode::conflict, "the login is taken"};
    const PersonId id = *known ? (*known)->id : PersonId{new_uuid(entropy())};
    if (Status put = keyring->put(login, id, passphrase, state_->shared->key,
                                  state_->shared->around.cost, entropy());
        !put)
        return put.error();
    if (Status written = keyring->write(folder() / kKeysFile); !written) return written.error();
    if (*known) return id;
    auto recorded = journal().record(id.text, PersonSet{std::string{trimmed(login)}, role, true});
    if (!recorded) return recorded.error();
    return id;
}

// First the record, so that nobody keeps a slot who was said to be gone; repeated, it goes on.
Status Notebook::remove_person(const PersonId& gone) {
    if (!may_administer(person()) || gone == person().id)
        return refused("only another administrator removes a person");
    auto found = People{*this}.find(gone);
    if (!found) return found.error();
    if (!*found) return Error{ErrorCode::not_found, "no such person"};
    if (!alone()) return Error{ErrorCode::busy, "another connection is open"};
    auto keyring = settled_keyring();
    if (!keyring) return keyring.error();
    if ((*found)->active) {
        auto recorded =
            journal().record(gone.text, PersonSet{(*found)->login, (*found)->role, false});
        if (!recorded) return recorded.error();
    }
    keyring->remove(gone);
    return change_key(*std::move(keyring));
}

Status Notebook::change_passphrase(std::string_view old_passphrase,
                                   std::string_view new_passphrase) {
    if (new_passphrase.empty()) return Error{ErrorCode::invalid, "an empty passphrase"};
    auto keyring = settled_keyring();
    if (!keyring) return keyring.error();
    if (auto opened = unlock_slowly(folder(), *keyring, person().login, old_passphrase, clock());
        !opened)
        return opened.error();
    if (Status put = keyring->put(person().login, person().id, new_passphrase, state_->shared->key,
                                  state_->shared->around.cost, entropy());
        !put)
        return put;
    return keyring->write(folder() / kKeysFile);
}

Result<std::string> Notebook::make_recovery_key() {
    if (!may_administer(person())) return refused("only administrators make recovery keys");
    auto keyring = settled_keyring();
    if (!keyring) return keyring.error();
    std::string text = new_recovery_key(entropy());
    if (Status put = keyring->put(kRecoverySlot, {}, text, state_->shared->key,
                                  state_->shared->around.cost, entropy());
        !put)
        return put.error();
    if (Status written = keyring->write(folder() / kKeysFile); !written) return written.error();
    return text;
}

Result<bool> Notebook::has_recovery_key() const {
    auto keyring = Keyring::read(folder() / kKeysFile);
    if (!keyring) return keyring.error();
    return keyring->has(kRecoverySlot);
}

Status Notebook::recover(const fs::path& folder, std::string_view recovery_key,
                         std::string_view login, std::string_view new_passphrase,
                         Surroundings around) {
    if (new_passphrase.empty()) return Error{ErrorCode::invalid, "an empty passphrase"};
    const TypedRecoveryKey typed = read_recovery_key(recovery_key);
    if (!typed.whole) return Error{ErrorCode::invalid, "the recovery key is mistyped"};
    if (!exists(folder)) return Error{ErrorCode::not_found, "no notebook in " + folder.string()};
    auto keyring = Keyring::read(folder / kKeysFile);
    if (!keyring) return keyring.error();
    auto unlocked = unlock_slowly(folder, *keyring, kRecoverySlot, typed.key, around.clock);
    if (!unlocked) return unlocked.error();
    auto lock = FileLock::take(folder / kLockFile);
    if (!lock) return lock.error();
    auto opened = open_with(folder, *std::move(unlocked));
    if (!opened) return opened.error();
    if (Status finished = storage::finish_change(*opened, folder, *keyring, around.entropy);
        !finished)
        return finished;
    auto row = opened->db.query("SELECT id FROM person WHERE lower(login) = ? AND active = 1",
                                lower_ascii(trimmed(login)));
    const bool found = row.next();
    if (Status read = row.status(); !read) return read;
    if (!found) return Error{ErrorCode::not_found, "no such person"};
    if (Status put = keyring->put(login, {row.text(0)}, new_passphrase, opened->key, around.cost,
                                  around.entropy);
        !put)
        return put;
    Attempts attempts = Attempts::read(folder / kAttemptsFile);
    attempts.succeeded(keyring->name_of(login));
    attempts.write();
    return keyring->write(folder / kKeysFile);
}

}  // namespace bordereau::storage
