// Notebook::restore(): a backup becomes a notebook with an identity of its own. Why: backup.h.
#include <algorithm>
#include <set>
#include <system_error>

#include "storage/backup.h"
#include "storage/backup_file.h"
#include "storage/base/text.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/pending.h"
#include "storage/migrate.h"
#include "storage/notebook.h"
#include "storage/notebook_state.h"
#include "storage/rights.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

Error damaged_backup(const char* what) {
    return {ErrorCode::corrupt, what};
}

// Names come from the file: only such as a notebook gives may become paths.
bool is_attachment_name(std::string_view name) {
    return name.size() >= 32 && std::ranges::all_of(name, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<std::int64_t> copy_attachments(const fs::path& file, const BackupContents& contents,
                                      const fs::path& folder, const GoingOn& going_on) {
    std::int64_t left_out = 0;
    for (const BackupPiece& piece : contents.pieces) {
        if (piece.kind != BackupPiece::Kind::attachment) continue;
        if (!piece.whole || !is_attachment_name(piece.name)) {
            ++left_out;
            continue;
        }
        if (!going_on(piece.offset, piece.offset + piece.size))
            return Error{ErrorCode::cancelled, "a person stopped it"};
        auto bytes = read_piece(file, piece);
        if (!bytes) return bytes.error();
        if (Status put = replace_file(folder / piece.name, *bytes); !put) return put.error();
    }
    return left_out;
}

Result<Person> person_in(sqlite::Database& db, const PersonId& id) {
    auto row = db.query(
        "SELECT p.id, p.login, p.role, p.active FROM person p JOIN identity i ON i.team = p.team"
        " WHERE p.id = ?",
        id.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return refused("this person is not of the team");
    return Person{{row.text(0)}, row.text(1), static_cast<Role>(row.number(2)), row.number(3) != 0};
}

struct PendingAnswer {
    std::string subject;
    std::int64_t stamp = 0;
    AnswerGiven answer;
};

Result<std::vector<PendingAnswer>> pending_answers(
    sqlite::Database& db, std::set<std::pair<std::string, std::int64_t>>& all) {
    std::vector<PendingAnswer> answers;
    auto row = db.query("SELECT subject, stamp, kind, body FROM pending ORDER BY subject, stamp");
    while (row.next()) {
        all.emplace(row.text(0), row.number(1));
        if (row.number(2) != kAnswerKind) continue;
        auto action = decode_action(row.number(2), row.view(3));
        if (!action) return damaged_backup("a pending change");
        answers.push_back({row.text(0), row.number(1), std::get<AnswerGiven>(*std::move(action))});
    }
    if (Status read = row.status(); !read) return read.error();
    return answers;
}

// Unsealed changes have no device of their own: they count as this notebook's. Where one of them
// replaces another of them, it must go on naming it, under the new device.
Result<std::int64_t> take_over_pending(sqlite::Database& db, const DeviceId& from,
                                       const DeviceId& to) {
    std::set<std::pair<std::string, std::int64_t>> all;
    auto answers = pending_answers(db, all);
    if (!answers) return answers.error();
    for (PendingAnswer& given : *answers) {
        bool changed = false;
        for (Version& version : given.answer.replaces) {
            const auto stamp = static_cast<std::int64_t>(version.stamp.bits);
            if (version.device != from || !all.contains({given.subject, stamp})) continue;
            version.device = to;
            changed = true;
        }
        if (!changed) continue;
        std::ranges::sort(given.answer.replaces);
        if (Status kept =
                db.run("UPDATE pending SET body = ? WHERE subject = ? AND stamp = ?",
                       sqlite::Blob{encode_action(given.answer)}, given.subject, given.stamp);
            !kept)
            return kept.error();
    }
    return static_cast<std::int64_t>(all.size());
}

// Where the team was founded in the notebook, its key admits the new device; elsewhere the device
// has to join again.
Result<std::vector<Action>> own_membership(sqlite::Database& db, const TeamId& team,
                                           const crypto::SigningKey& device, std::string_view name,
                                           Millis now) {
    auto row = db.query("SELECT seed FROM team_key WHERE team = ?", team.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    std::vector<Action> actions;
    if (!found) return actions;
    if (row.view(0).size() != crypto::kSeedSize) return damaged_backup("a team's key");
    Membership own{team, device.public_key(), std::string{trimmed(name)}, Role::administrator};
    own.issued_at = now;
    actions.push_back(MemberSet{certify(own, crypto::SigningKey::from_seed(row.view(0)))});
    return actions;
}

// Who works here is said by the new device as well: the old one may be revoked, and what it said
// that had not travelled counts for nothing then.
Status say_who(Journal& journal, sqlite::Database& db, const sqlite::Transaction& open,
               const TeamId& team, const PersonId& person) {
    auto row = db.query("SELECT login, role FROM person WHERE team = ? AND id = ?", team.text,
                        person.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read;
    if (!found) return damaged_backup("a backup without its people");
    const PersonSet set{row.text(0), static_cast<Role>(row.number(1)), true};
    auto recorded = journal.record_in(open, person.text, {set});
    return recorded ? done() : Status{recorded.error()};
}

Status refuse_occupied(const fs::path& into) {
    std::error_code code;
    if (fs::exists(into, code) && !fs::is_empty(into, code))
        return Error{ErrorCode::conflict, "the folder is not empty: " + into.string()};
    return done();
}

// A folder that goes away unless it was named.
struct Part {
    fs::path folder;
    ~Part() {
        if (!folder.empty()) (void)remove_folder(folder).ok();
    }
};

Status check_room(const fs::path& into, const BackupContents& contents) {
    std::int64_t needed = 2 * contents.database_size;
    for (const BackupPiece& piece : contents.pieces) needed += piece.size;
    std::error_code code;
    fs::path folder = fs::absolute(into, code).parent_path();
    while (!fs::exists(folder, code) && folder.has_relative_path()) folder = folder.parent_path();
    const fs::space_info space = fs::space(folder, code);
    if (!code && space.available < static_cast<std::uintmax_t>(needed))
        return Error{ErrorCode::full, "restoring needs " + std::to_string(needed) + " bytes"};
    return done();
}

Result<Keyring> keyring_in(const fs::path& file, const BackupContents& contents) {
    if (!contents.keys()) return damaged_backup("the backup's keys are damaged");
    auto bytes = read_piece(file, *contents.keys());
    if (!bytes) return bytes.error();
    return Keyring::parse(*bytes);
}

}  // namespace

// One transaction: the file is of the old device or of the new one.
Status make_new_device(sqlite::Database& db, const PersonId& person, std::string_view name,
                       const Surroundings& around, Restored& restored) {
    auto last = greatest_stamp(db);
    if (!last) return last.error();
    auto open = sqlite::Transaction::begin(db);
    if (!open) return open.error();
    TeamId team;
    {
        auto row = db.query("SELECT team, seed FROM identity");
        if (!row.next() || row.view(1).size() != crypto::kSeedSize)
            return damaged_backup("a backup without identity");
        team = {row.text(0)};
        restored.previous =
            crypto::device_id(crypto::SigningKey::from_seed(row.view(1)).public_key());
    }
    auto key =
        std::make_shared<const crypto::SigningKey>(crypto::SigningKey::generate(around.entropy));
    restored.device = crypto::device_id(key->public_key());
    if (Status kept = db.run("UPDATE identity SET seed = ?", sqlite::Blob{key->seed()}); !kept)
        return kept;
    auto kept = take_over_pending(db, restored.previous, restored.device);
    if (!kept) return kept.error();
    restored.kept = *kept;
    Journal journal{db,
                    {team, key, restored.device, person},
                    std::make_shared<HybridClock>(around.clock, *last)};
    auto actions = own_membership(db, team, *key, name, around.clock.now());
    if (!actions) return actions.error();
    actions->push_back(DeviceSet{std::string{trimmed(name)}, key->public_key()});
    actions->push_back(DeviceRestored{restored.previous, restored.made_at, restored.kept});
    auto recorded = journal.record_in(*open, restored.device.text, *std::move(actions));
    if (!recorded) return recorded.error();
    if (Status said = say_who(journal, db, *open, team, person); !said) return said;
    if (Status committed = (*std::move(open)).commit(); !committed) return committed;
    // Folds of what was pending name the device.
    return journal.rebuild();
}

Result<Restored> Notebook::restore(const fs::path& file, const fs::path& into,
                                   std::string_view login, std::string_view passphrase,
                                   std::string_view device, Surroundings around,
                                   const GoingOn& going_on) {
    if (!is_name(device)) return Error{ErrorCode::invalid, "a device without a name"};
    if (Status empty = refuse_occupied(into); !empty) return empty.error();
    auto contents = read_backup(file, going_on);
    if (!contents) return contents.error();
    auto keyring = keyring_in(file, *contents);
    if (!keyring) return keyring.error();
    auto unlocked = keyring->unlock(login, passphrase);
    if (!unlocked) return unlocked.error();
    // Where only the end is missing the pages' own codes tell whether the database is whole.
    if (contents->complete && !contents->database_whole)
        return damaged_backup("the backup's database is damaged");
    if (Status room = check_room(into, *contents); !room) return room.error();

    Part part{into};
    part.folder += ".part";
    if (Status cleared = remove_folder(part.folder); !cleared) return cleared.error();
    for (const fs::path& made : {part.folder, part.folder / kAttachmentsFolder})
        if (Status ready = make_folder(made); !ready) return ready.error();
    Restored restored;
    restored.made_at = contents->made_at;
    restored.complete = contents->complete;
    if (Status copied = copy_database(file, *contents, part.folder / kDatabaseFile, going_on);
        !copied)
        return copied.error();
    if (Status written = keyring->write(part.folder / kKeysFile); !written) return written.error();
    auto left_out = copy_attachments(file, *contents, part.folder / kAttachmentsFolder, going_on);
    if (!left_out) return left_out.error();
    restored.damaged = *left_out;
    if (Status settled = settle_restored(part.folder, *std::move(unlocked), *std::move(keyring),
                                         device, around, restored);
        !settled)
        return settled.error();
    if (Status named = rename_folder(part.folder, into); !named) return named.error();
    part.folder.clear();
    return restored;
}

Status Notebook::settle_restored(const fs::path& folder, Unlocked unlocked, Keyring keyring,
                                 std::string_view device, const Surroundings& around,
                                 Restored& restored) {
    const PersonId id = unlocked.person;
    auto opened = open_with(folder, std::move(unlocked));
    if (!opened) return opened.error();
    if (Status migrated = migrate(opened->db); !migrated)
        return migrated.error().code == ErrorCode::refused
                   ? Status{Error{ErrorCode::invalid, "the backup is newer than this program"}}
                   : migrated;
    if (Status finished = storage::finish_change(*opened, folder, keyring, around.entropy);
        !finished)
        return finished;
    auto person = person_in(opened->db, id);
    if (!person) return person.error();
    if (!may(*person, Act::restore)) return refused("this person may not restore");
    if (!restored.complete) {
        auto broken = Log{opened->db}.verify();
        if (!broken) return broken.error();
        if (*broken) return damaged_backup("the backup's database is damaged");
    }
    if (Status made = make_new_device(opened->db, id, device, around, restored); !made) return made;
    return opened->db.empty_wal();
}

Result<std::vector<DeviceOrigin>> Notebook::origins() const {
    std::vector<DeviceOrigin> origins;
    auto row = database().query(
        "SELECT o.id, o.previous, o.made_at, o.stamp, o.kept, coalesce((SELECT login FROM person p"
        "  WHERE p.team = o.team AND p.id = o.author), '')"
        " FROM device_origin o WHERE o.team = ? ORDER BY o.stamp",
        team().text);
    while (row.next())
        origins.push_back({{row.text(0)},
                           {row.text(1)},
                           row.number(2),
                           Stamp{static_cast<std::uint64_t>(row.number(3))}.millis(),
                           row.number(4),
                           row.text(5)});
    if (Status read = row.status(); !read) return read.error();
    return origins;
}

}  // namespace bordereau::storage
