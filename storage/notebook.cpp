#include "storage/notebook.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "storage/attachments.h"
#include "storage/base/check.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/journal/pending.h"
#include "storage/migrate.h"
#include "storage/notebook_state.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

// invalid, not refused: what a person does about it differs from a wrong passphrase.
Error newer_notebook() {
    return {ErrorCode::invalid, "the notebook is newer than this program"};
}

// Before any connection that could write: a newer program's file stays as it is to the byte.
Status refuse_newer(const fs::path& file, const crypto::Secret& key) {
    auto db = sqlite::Database::open_untouched(file, key);
    // Damage that this look finds may be mended by the WAL, which it does not read.
    if (!db) return db.error().code == ErrorCode::refused ? Status{db.error()} : done();
    Status known = check_not_newer(*db);
    return !known && known.error().code == ErrorCode::refused ? Status{newer_notebook()} : done();
}

struct StoredIdentity {
    TeamId team;
    std::shared_ptr<const crypto::SigningKey> key;
};

Result<StoredIdentity> read_identity(const sqlite::Database& db) {
    auto row = db.query("SELECT team, seed FROM identity");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found || row.view(1).size() != crypto::kSeedSize)
        return Error{ErrorCode::corrupt, "a notebook without identity"};
    return StoredIdentity{
        {row.text(0)},
        std::make_shared<const crypto::SigningKey>(crypto::SigningKey::from_seed(row.view(1)))};
}

Status refuse_newer(const fs::path& file, const std::vector<crypto::Secret>& keys) {
    for (const crypto::Secret& key : keys)
        if (Status known = refuse_newer(file, key); !known) return known;
    return done();
}

}  // namespace

bool is_name(std::string_view text) {
    return !trimmed(text).empty() && is_utf8(text) && text.find('\n') == text.npos;
}

Error of_system(const std::error_code& code, const char* doing) {
    return {code == std::errc::no_space_on_device ? ErrorCode::full : ErrorCode::io,
            std::string{doing} + ": " + code.message()};
}

Notebook::Notebook(std::unique_ptr<State> state) : state_(std::move(state)) {}
Notebook::Notebook(Notebook&&) noexcept = default;
Notebook::~Notebook() = default;

bool Notebook::exists(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / kDatabaseFile, ignored) &&
           (fs::exists(folder / kKeysFile, ignored) ||
            fs::exists(Keyring::second_copy(folder / kKeysFile), ignored));
}

// Made beside and then renamed: a crash on the way leaves no half notebook.
Result<Notebook> Notebook::create(const fs::path& folder, const Founding& founding,
                                  Surroundings around) {
    if (!is_name(founding.login) || !is_name(founding.team) || !is_name(founding.device) ||
        founding.passphrase.empty())
        return Error{ErrorCode::invalid, "a notebook needs names and a passphrase"};
    std::error_code code;
    if (fs::exists(folder, code) && !fs::is_empty(folder, code))
        return Error{ErrorCode::conflict, "the folder is not empty: " + folder.string()};
    fs::path part = folder;
    part += ".part";
    if (Status cleared = remove_folder(part); !cleared) return cleared.error();
    for (const fs::path& made : {part, part / kAttachmentsFolder})
        if (Status ready = make_folder(made); !ready) return ready.error();

    const PersonId person{new_uuid(around.entropy)};
    const crypto::Secret key = crypto::new_key(around.entropy);
    Keyring keyring = Keyring::create(around.entropy);
    if (Status put = keyring.put(founding.login, person, founding.passphrase, key, around.cost,
                                 around.entropy);
        !put)
        return put.error();
    if (Status written = keyring.write(part / kKeysFile); !written) return written.error();
    {
        auto db = sqlite::Database::open(part / kDatabaseFile, key);
        if (!db) return db.error();
        if (Status founded = found_database(*db, founding, person, around); !founded)
            return founded.error();
    }
    if (Status named = rename_folder(part, folder); !named) return named.error();
    Unlocked founder{{}, person};
    founder.keys.push_back(crypto::Secret::copy_of(key.view()));
    return unlocked(folder, std::move(founder), std::move(around));
}

Result<Notebook> Notebook::open(const fs::path& folder, std::string_view login,
                                std::string_view passphrase, Surroundings around) {
    if (!exists(folder)) return Error{ErrorCode::not_found, "no notebook in " + folder.string()};
    auto keyring = Keyring::read(folder / kKeysFile);
    if (!keyring) return keyring.error();
    auto opened = unlock_slowly(folder, *keyring, login, passphrase, around.clock);
    if (!opened) return opened.error();
    return unlocked(folder, *std::move(opened), std::move(around));
}

Result<Notebook> Notebook::unlocked(const fs::path& folder, Unlocked unlocked,
                                    Surroundings around) {
    auto lock = FileLock::take(folder / kLockFile);
    if (!lock) return lock.error();
    if (Status known = refuse_newer(folder / kDatabaseFile, unlocked.keys); !known)
        return known.error();
    const PersonId person = unlocked.person;
    auto opened = open_with(folder, std::move(unlocked));
    if (!opened) return opened.error();
    if (Status migrated = migrate(opened->db); !migrated)
        return migrated.error().code == ErrorCode::refused ? newer_notebook() : migrated.error();
    auto keyring = Keyring::read(folder / kKeysFile);
    if (!keyring) return keyring.error();
    // A disk without room puts the end of a change of key off, and keeps nobody out.
    Status changed = storage::finish_change(*opened, folder, *keyring, around.entropy);
    if (!changed && changed.error().code == ErrorCode::io) return changed.error();
    if (Status dropped = drop_removed(*opened, folder, *keyring, person, around.entropy);
        !dropped && dropped.error().code == ErrorCode::io)
        return dropped.error();
    // What cannot be mended now (a full disk) is at the next opening.
    (void)keyring->mend(folder / kKeysFile).ok();
    if (auto keys = read_file_keys(opened->db, around.entropy); !keys) return keys.error();
    auto last = greatest_stamp(opened->db);
    if (!last) return last.error();
    auto clock = std::make_shared<HybridClock>(around.clock, *last);
    remove_unfinished(folder);
    std::shared_ptr<Shared> shared{new Shared{folder, *std::move(lock), std::move(opened->key),
                                              std::move(opened->next), person, std::move(around),
                                              std::move(clock)}};
    auto notebook = attach(std::move(shared), std::move(opened->db));
    // What cannot be dated anew now is by the next round.
    if (notebook) (void)notebook->journal().date_anew().ok();
    return notebook;
}

Result<Notebook> Notebook::attach(std::shared_ptr<Shared> shared, sqlite::Database db) {
    auto identity = read_identity(db);
    if (!identity) return identity.error();
    auto keys = read_file_keys(db, shared->around.entropy);
    if (!keys) return keys.error();
    auto state = std::make_unique<State>(
        State{std::move(shared), std::move(db), *std::move(keys), std::nullopt, {}});
    const DeviceId device = crypto::device_id(identity->key->public_key());
    state->journal.emplace(state->db,
                           Identity{identity->team, identity->key, device, state->shared->person},
                           state->shared->clock);
    Notebook notebook{std::move(state)};
    auto person = People{notebook}.find(notebook.state_->shared->person);
    if (!person) return person.error();
    if (!*person || !(*person)->active) return refused("this person may not log in any more");
    notebook.state_->person = **std::move(person);
    return notebook;
}

Result<Notebook> Notebook::connect() const {
    auto db = sqlite::Database::open_existing(folder() / kDatabaseFile, state_->shared->key);
    if (!db) return db.error();
    return attach(state_->shared, *std::move(db));
}

const Person& Notebook::person() const {
    return state_->person;
}
const TeamId& Notebook::team() const {
    return state_->journal->identity().team;
}
const DeviceId& Notebook::device() const {
    return state_->journal->identity().device;
}
const crypto::SigningKey& Notebook::device_key() const {
    return *state_->journal->identity().key;
}
const fs::path& Notebook::folder() const {
    return state_->shared->folder;
}
const Clock& Notebook::clock() const {
    return state_->shared->around.clock;
}
const Entropy& Notebook::entropy() const {
    return state_->shared->around.entropy;
}
Journal& Notebook::journal() {
    return *state_->journal;
}
const Journal& Notebook::journal() const {
    return *state_->journal;
}
sqlite::Database& Notebook::database() {
    return state_->db;
}
const sqlite::Database& Notebook::database() const {
    return state_->db;
}
std::uint64_t Notebook::changes_seen() const {
    return state_->db.write_counter();
}
std::shared_mutex& Notebook::collecting() const {
    return state_->shared->collecting;
}
crypto::Secret Notebook::key_for(std::string_view purpose) const {
    return crypto::derived_key(state_->file_keys.front(), purpose);
}
std::vector<crypto::Secret> Notebook::keys_for(std::string_view purpose) const {
    std::vector<crypto::Secret> keys;
    for (const crypto::Secret& key : state_->file_keys)
        keys.push_back(crypto::derived_key(key, purpose));
    return keys;
}

}  // namespace bordereau::storage
