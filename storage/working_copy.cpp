#include "storage/working_copy.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "storage/change_endpoint_key.h"
#include "storage/crypto/sign.h"
#include "storage/endpoint_folder.h"
#include "storage/files.h"
#include "storage/journal/log.h"
#include "storage/migrate.h"
#include "storage/replay.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

// Entries that are applied in one transaction, if the ledger gives as many.
constexpr std::size_t kAtOnce = 1024;
// The copy may differ again when others make it again at the same time.
constexpr int kAttempts = 3;

Error wrong_key() {
    return {ErrorCode::refused,
            "the ledger belongs to another key file; give the one of the endpoint's first process "
            "(endpoint.key in its folder) as --key-file. Nothing was changed"};
}

Error differs() {
    return {ErrorCode::conflict, "the working copy is not of this ledger"};
}

Result<crypto::Secret> key_of_truth(const fs::path& folder, const fs::path& file,
                                    const Entropy& entropy) {
    auto key = read_key(file);
    if (key || key.error().code != ErrorCode::not_found) return key;
    std::error_code code;
    if (fs::exists(truth_in(folder), code))
        return Error{ErrorCode::not_found, "there is a database, but not its key file"};
    return make_key(file, entropy);
}

Result<crypto::Secret> key_of_copy(const fs::path& file, const Entropy& entropy, Ledger& ledger) {
    auto begun = ledger.head(kEndpointItself);
    if (!begun) return begun.error();
    auto key = read_key(file);
    if (key || key.error().code != ErrorCode::not_found) return key;
    if (begun->number > 0)
        return Error{ErrorCode::refused,
                     "there is no key file " + file.string() +
                         ", and the ledger has one already: copy endpoint.key from the endpoint's "
                         "first process, or name it by --key-file"};
    return make_key(file, entropy);
}

Status allow(const fs::path& folder, const Ledger* ledger) {
    std::error_code code;
    if (ledger != nullptr && fs::exists(truth_in(folder), code))
        return Error{ErrorCode::refused,
                     "this folder is an endpoint of its own, without a ledger: with --store give "
                     "another folder, or bring it there with bordereau-endpoint move"};
    if (ledger == nullptr && latest_generation(folder) > 0)
        return Error{ErrorCode::refused,
                     "this folder is a working copy of a ledger: give its --store, or another "
                     "folder"};
    return done();
}

// What came out of a pack is several times as long as it needs to be.
std::string kept_form(const std::string& bytes) {
    const auto opened = expand_changeset(bytes);
    auto kept = opened ? opened->kept() : Result<std::string>{opened.error()};
    return kept ? *std::move(kept) : bytes;
}

}  // namespace

Result<std::vector<Receipt>> Turn::receive(std::span<const std::string> bytes, Millis now) {
    auto receipts = Log{db_, Folding::later}.receive_in(open_, team_, bytes, now);
    if (!receipts) return receipts;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if ((*receipts)[i].changed) added_.push_back({ChangesetTaken{kept_form(bytes[i])}, now});
    return receipts;
}

Status Turn::add(Entry entry, Millis now) {
    Replay replay{db_, open_, team_};
    if (Status applied = replay.take(entry, now); !applied) return applied;
    if (Status applied = replay.finish(); !applied) return applied;
    added_.push_back({std::move(entry), now});
    return done();
}

Result<WorkingCopy> WorkingCopy::open(const fs::path& folder, Entropy entropy,
                                      Elsewhere elsewhere) {
    std::error_code code;
    const bool made = fs::create_directories(folder, code);
    if (code) return Error{ErrorCode::io, "making " + folder.string() + ": " + code.message()};
    // Of a folder that was there before, others may need what it holds.
    if (made) fs::permissions(folder, fs::perms::owner_all, code);
    if (Status allowed = allow(folder, elsewhere.ledger.get()); !allowed) return allowed.error();
    const fs::path file =
        elsewhere.key_file.empty() ? key_file_in(folder) : std::move(elsewhere.key_file);
    WorkingCopy copy{folder};
    copy.ledger_ = std::move(elsewhere.ledger);
    Status opened = copy.ledger_ ? copy.open_copy(file, entropy) : copy.open_truth(file, entropy);
    if (!opened) return opened.error();
    if (Status known = copy.make_identity(entropy); !known) return known.error();
    if (Status followed = copy.catch_up_with_all(); !followed) return followed.error();
    return copy;
}

Result<WorkingCopy> WorkingCopy::over(sqlite::Database db, const Entropy& entropy) {
    if (Status migrated = migrate(db); !migrated) return migrated.error();
    WorkingCopy copy{{}};
    copy.db_ = std::make_unique<sqlite::Database>(std::move(db));
    if (Status known = copy.make_identity(entropy); !known) return known.error();
    return copy;
}

Status WorkingCopy::open_truth(const fs::path& key_file, const Entropy& entropy) {
    auto lock = FileLock::share(lock_file_in(folder_));
    if (!lock && lock.error().code == ErrorCode::busy)
        return std::move(lock).error().during("its key is being changed");
    if (!lock) return lock.error();
    opened_.emplace(*std::move(lock));
    if (Status settled = settle_key_of_folder(folder_, key_file); !settled) return settled;
    const auto key = key_of_truth(folder_, key_file, entropy);
    if (!key) return key.error();
    auto db = open_database(truth_in(folder_), *key);
    if (!db) return db.error();
    db_ = std::make_unique<sqlite::Database>(*std::move(db));
    return done();
}

// A copy that cannot be read is none: the ledger opens with this key.
Status WorkingCopy::open_copy(const fs::path& key_file, const Entropy& entropy) {
    auto key = key_of_copy(key_file, entropy, *ledger_);
    if (!key) return key.error();
    key_ = *std::move(key);
    sealer_.emplace(key_, entropy);
    if (Status ours = check_key(); !ours) return ours;
    const int latest = std::max(latest_generation(folder_), 1);
    Status begun = begin_generation(latest);
    if (begun || begun.error().code != ErrorCode::corrupt) return begun;
    return begin_generation(latest + 1);
}

// What a copy loses in a power cut it reads again from the ledger, so its commits need not wait.
Status WorkingCopy::begin_generation(int generation) {
    auto db = open_database(copy_in(folder_, generation), key_);
    if (!db) return db.error();
    if (Status set = db->run_script("PRAGMA synchronous = NORMAL"); !set) return set;
    if (db_)
        *db_ = *std::move(db);
    else
        db_ = std::make_unique<sqlite::Database>(*std::move(db));
    generation_ = generation;
    return done();
}

// The first entry of all says whose ledger this is.
Status WorkingCopy::check_key() {
    auto first = ledger_->after(kEndpointItself, 0, 1);
    if (!first) return first.error();
    if (first->empty()) return done();
    const auto entry = sealer_->open(kEndpointItself, first->front());
    if (entry) return done();
    return entry.error().code == ErrorCode::corrupt ? wrong_key() : entry.error();
}

// Several processes may start at once: the first one's key stays.
Status WorkingCopy::make_identity(const Entropy& entropy) {
    if (Status followed = catch_up(kEndpointItself); !followed) return followed;
    const auto known = has_identity();
    if (!known || *known) return known ? done() : Status{known.error()};
    Status made = write(kEndpointItself, [&](Turn& turn) -> Status {
        const auto meanwhile = has_identity();
        if (!meanwhile || *meanwhile) return meanwhile ? done() : Status{meanwhile.error()};
        const auto key = crypto::SigningKey::generate(entropy);
        return turn.add(IdentityMade{crypto::Secret::copy_of(key.seed())}, 0);
    });
    if (made || !ledger_) return made;
    Status ours = check_key();  // another one may have begun it with another key
    return ours ? made : ours;
}

Result<bool> WorkingCopy::has_identity() const {
    auto row = db_->query("SELECT 1 FROM identity");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found;
}

Result<LedgerHead> WorkingCopy::held(const TeamId& team) const {
    auto row = db_->query("SELECT number, mark FROM arrival WHERE team = ?", team.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found ? LedgerHead{row.number(0), row.blob(1)} : LedgerHead{};
}

Status WorkingCopy::hold(const TeamId& team, const LedgerHead& head) {
    return db_->run(
        "INSERT INTO arrival(team, number, mark) VALUES (?, ?, ?)"
        " ON CONFLICT (team) DO UPDATE SET number = excluded.number, mark = excluded.mark",
        team.text, head.number, sqlite::Blob{head.mark});
}

Status WorkingCopy::catch_up(const TeamId& team) {
    if (!ledger_) return done();
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        if (attempt > 0)
            if (Status made = make_again(); !made) return made;
        Status followed = try_to_catch_up(team);
        if (followed || followed.error().code != ErrorCode::conflict) return followed;
    }
    return Error{ErrorCode::corrupt, "the ledger does not hold together: team " + team.text};
}

Status WorkingCopy::catch_up_with_all() {
    if (Status followed = catch_up(kEndpointItself); !followed || !ledger_) return followed;
    std::vector<TeamId> teams;
    auto row = db_->query("SELECT team FROM arrival WHERE team <> ''");
    while (row.next()) teams.push_back({row.text(0)});
    if (Status read = row.status(); !read) return read;
    for (const TeamId& team : teams)
        if (Status followed = catch_up(team); !followed) return followed;
    return done();
}

// What is held is read first: a copy that fits can only be behind then, whoever else is at work.
Status WorkingCopy::try_to_catch_up(const TeamId& team) {
    const auto own = held(team);
    if (!own) return own.error();
    const auto head = ledger_->head(team);
    if (!head) return head.error();
    if (*own == *head) return done();
    return own->number < head->number ? follow(team, *head) : Status{differs()};
}

Status WorkingCopy::follow(const TeamId& team, const LedgerHead& head) {
    auto own = held(team);
    for (; own && own->number < head.number; own = held(team)) {
        const auto entries = ledger_->after(team, own->number, kAtOnce);
        if (!entries) return entries.error();
        if (entries->empty()) return differs();
        if (Status applied = apply(team, *entries); !applied) return applied;
    }
    if (!own) return own.error();
    return own->number > head.number || *own == head ? done() : Status{differs()};
}

// Another thread may have applied some of them meanwhile.
Status WorkingCopy::apply(const TeamId& team, std::span<const LedgerEntry> entries) {
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    auto end = held(team);
    if (!end) return end.error();
    Replay replay{*db_, *open, team};
    for (const LedgerEntry& sealed : entries) {
        if (sealed.number <= end->number) continue;
        if (sealed.number != end->number + 1) return differs();
        *end = {sealed.number, mark_after(end->mark, sealed)};
        auto entry = sealer_->open(team, sealed);
        if (!entry)
            return std::move(entry).error().during("entry " + std::to_string(sealed.number) +
                                                   " of team " + team.text + " in the ledger");
        if (Status taken = replay.take(*entry, sealed.received_at); !taken) return taken;
    }
    if (Status finished = replay.finish(); !finished) return finished;
    if (Status kept = hold(team, *end); !kept) return kept;
    return (*std::move(open)).commit();
}

// Others may be at work on the present generation; each comes here by itself. The generation before
// is left, since it may say something that the ledger has lost.
Status WorkingCopy::make_again() {
    const auto lock = FileLock::take(folder_ / "working.lock");
    if (!lock) return lock.error();
    const int latest = latest_generation(folder_);
    if (Status begun = begin_generation(latest > generation_ ? latest : generation_ + 1); !begun)
        return begun;
    forget_generations_before(folder_, generation_ - 1);
    return try_to_catch_up(kEndpointItself);
}

Status WorkingCopy::write(const TeamId& team, const std::function<Status(Turn&)>& act) {
    if (ledger_) return write_to_ledger(team, act);
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    Turn turn{*db_, *open, team};
    if (Status acted = act(turn); !acted) return acted;
    return (*std::move(open)).commit();
}

Status WorkingCopy::write_to_ledger(const TeamId& team, const std::function<Status(Turn&)>& act) {
    if (Status followed = catch_up(team); !followed) return followed;
    auto ledger = ledger_->begin(team);
    if (!ledger) return ledger.error();
    if (Status followed = follow(team, (*ledger)->head()); !followed) return followed;
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    const auto own = held(team);
    if (!own) return own.error();
    if (*own != (*ledger)->head()) return differs();  // a backup may have been restored just now
    Turn turn{*db_, *open, team};
    if (Status acted = act(turn); !acted) return acted;
    if (turn.added_.empty()) return (*std::move(open)).commit();  // what was counted
    if (Status added = append(team, **ledger, turn); !added) return added;
    // Between these two the copy is behind, and catches up whatever happens.
    if (Status committed = (*ledger)->commit(); !committed) return committed;
    return (*std::move(open)).commit();
}

Status WorkingCopy::append(const TeamId& team, LedgerTurn& ledger, Turn& turn) {
    LedgerHead end = ledger.head();
    std::vector<LedgerEntry> entries;
    for (const Turn::Added& added : turn.added_) {
        entries.push_back(sealer_->seal(team, ++end.number, added.at, added.entry));
        end.mark = mark_after(end.mark, entries.back());
    }
    turn.added_.clear();
    if (Status added = ledger.append(entries, end.mark); !added) return added;
    return hold(team, end);
}

}  // namespace bordereau::storage
