#include "storage/salvage.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include "storage/answers.h"
#include "storage/attachments.h"
#include "storage/audits.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/journal/wreckage.h"
#include "storage/migrate.h"
#include "storage/notebook_state.h"
#include "storage/rights.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLogFile = "notebook.db-wal";

// The folder of the new notebook while it is being made; goes away unless it was named.
struct Part {
    fs::path folder;
    explicit Part(const fs::path& into) : folder(into) { folder += ".part"; }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;
    ~Part() { (void)remove_folder(folder).ok(); }
};

Status copy_one(const fs::path& from, const fs::path& to) {
    std::error_code code;
    fs::copy_file(from, to, code);
    if (!code) return done();
    return Error{code == std::errc::no_space_on_device ? ErrorCode::full : ErrorCode::io,
                 "copying " + from.string() + ": " + code.message()};
}

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

// Brings what the write-ahead log holds into a copy of the database. False where it could not.
bool take_in_log(const fs::path& database, const crypto::Secret& key) {
    auto db = sqlite::Database::open_existing(database, key);
    return db && db->run("PRAGMA wal_checkpoint(TRUNCATE)").ok();
}

Result<Wreckage> read_wreck(const fs::path& damaged, const fs::path& part,
                            const crypto::Secret& key, SalvageReport& report) {
    const fs::path database = part / "wreck.db", log = part / "wreck.db-wal";
    if (Status copied = copy_one(damaged / kDatabaseFile, database); !copied) return copied.error();
    std::error_code ignored;
    const bool has_log =
        is_there(damaged / kLogFile) && fs::file_size(damaged / kLogFile, ignored) > 0;
    if (has_log)
        if (Status copied = copy_one(damaged / kLogFile, log); !copied) return copied.error();
    report.recent_lost = !take_in_log(database, key) && has_log;
    Wreckage wreckage;
    auto survey =
        sqlite::walk_wreck(database, key, [&](const sqlite::WreckRow& row) { wreckage.add(row); });
    if (!survey) return survey.error();
    report.pages = survey->pages;
    report.pages_damaged = survey->damaged;
    for (const fs::path& rest : {database, log, fs::path{part / "wreck.db-shm"}})
        fs::remove(rest, ignored);
    return wreckage;
}

// A change of key that was broken off leaves two keys, of which one reads the pages.
Result<Wreckage> read_wreck(const fs::path& damaged, const fs::path& part,
                            std::vector<crypto::Secret>& keys, SalvageReport& report) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        auto wreckage = read_wreck(damaged, part, keys[i], report);
        if (!wreckage && wreckage.error().code == ErrorCode::corrupt) continue;
        std::swap(keys.front(), keys[i]);
        return wreckage;
    }
    return Error{ErrorCode::corrupt, "no key reads a page"};
}

// The log of the new notebook, with what it needs to know of the old one's.
class Salvor {
public:
    Salvor(sqlite::Database& db, const Wreckage& wreckage, const Keyring& keyring,
           const Surroundings& around, SalvageReport& report)
        : db_(db), wreckage_(wreckage), keyring_(keyring), around_(around), report_(report) {}

    Status work(const PersonId& person, std::string_view login) {
        if (Status founded = found(); !founded) return founded;
        if (Status taken = take_over_chains(); !taken) return taken;
        auto last = Log{db_}.last_stamp();
        if (!last) return last.error();
        Journal journal{db_,
                        {team_, key_, report_.device, person},
                        std::make_shared<HybridClock>(around_.clock, *last)};
        if (Status known = take_over_members(journal); !known) return known;
        if (Status told = tell_held_apart(); !told) return told;
        auto open = sqlite::Transaction::begin(db_);
        if (!open) return open.error();
        if (Status adopted = journal.adopt(*open, loose_changes(person)); !adopted) return adopted;
        if (Status committed = (*std::move(open)).commit(); !committed) return committed;
        if (Status rebuilt = journal.rebuild(); !rebuilt) return rebuilt;
        return introduce(journal, person, login);
    }

private:
    // As a new notebook is founded, but in the team that was.
    Status found() {
        team_ = wreckage_.team();
        team_seed_ = wreckage_.team_seed();
        if (team_.empty()) {
            const auto fresh = crypto::SigningKey::generate(around_.entropy);
            team_ = crypto::team_id(fresh.public_key());
            team_seed_ = fresh.seed();
        }
        key_ = std::make_shared<const crypto::SigningKey>(
            crypto::SigningKey::generate(around_.entropy));
        report_.device = crypto::device_id(key_->public_key());
        if (Status migrated = migrate(db_); !migrated) return migrated;
        if (Status kept = db_.run("INSERT INTO identity(id, team, seed) VALUES (1, ?, ?)",
                                  team_.text, sqlite::Blob{key_->seed()});
            !kept)
            return kept;
        if (!team_seed_.empty())
            if (Status kept = db_.run("INSERT INTO team_key(team, seed) VALUES (?, ?)", team_.text,
                                      sqlite::Blob{team_seed_});
                !kept)
                return kept;
        for (const auto& [epoch, key] : wreckage_.file_keys())
            if (Status kept = db_.run("INSERT INTO file_key(epoch, key) VALUES (?, ?)", epoch,
                                      sqlite::Blob{key});
                !kept)
                return kept;
        return db_.run("INSERT INTO team(id, name) VALUES (?, ?)", team_.text,
                       wreckage_.team_name());
    }

    // Unbroken chains become part of the log, later parts wait, what is damaged is kept as
    // evidence.
    Status take_over_chains() {
        Log log{db_};
        const Millis now = around_.clock.now();
        for (const auto& [head, bytes] : wreckage_.changesets()) {
            if (auto receipt = log.receive(team_, {bytes, 1}, now); !receipt)
                return receipt.error();
            note_gap(head.chain, std::exchange(last_seen_[head.chain], head.number), head.number);
        }
        for (const auto& [chain, number] : wreckage_.ends())
            note_gap(chain, last_seen_[chain], number + 1);
        auto refused = log.receive(team_, wreckage_.evidence(), now);
        report_.quarantined += std::ssize(wreckage_.evidence());
        return refused ? done() : Status{refused.error()};
    }

    // A certificate whose changeset is lost still holds, and lets in what waits for it. Where the
    // team's key was, it admits the new device; elsewhere somebody has to.
    Status take_over_members(Journal& journal) {
        for (const std::string& certificate : certificates()) {
            auto known = db_.query("SELECT 1 FROM membership WHERE certificate = ?",
                                   sqlite::Blob{certificate});
            if (known.next()) continue;
            if (Status read = known.status(); !read) return read;
            Status kept = journal.set_member(certificate);
            if (!kept && kept.error().code != ErrorCode::invalid) return kept;
        }
        if (team_seed_.empty()) return done();
        Membership own{team_, key_->public_key(), "salvaged", Role::administrator};
        own.issued_at = around_.clock.now();
        return journal.set_member(certify(own, crypto::SigningKey::from_seed(team_seed_)));
    }

    std::set<std::string> certificates() const {
        std::set<std::string> all = wreckage_.certificates();
        const auto collect = [&all](const std::vector<Change>& changes) {
            for (const Change& change : changes)
                if (const auto* set = std::get_if<MemberSet>(&change.action))
                    all.insert(set->certificate);
        };
        collect(wreckage_.pending());
        for (const auto& [head, bytes] : wreckage_.changesets())
            if (head.chain.lane == kCommonLane)
                if (const auto changes = read_changes(head, *bytes)) collect(*changes);
        return all;
    }

    // What became part of the log, and what has to be recorded anew.
    Status tell_held_apart() {
        auto held = Log{db_}.vector(team_);
        if (!held) return held.error();
        for (const auto& [head, bytes] : wreckage_.changesets()) {
            const auto chain = held->find(head.chain);
            const bool applied = chain != held->end() && head.number <= chain->second.number;
            auto refused = db_.query("SELECT 1 FROM quarantine WHERE team = ? AND digest = ?",
                                     team_.text, sqlite::Blob{name_of_evidence(*bytes)});
            if (refused.next()) {  // of a revoked device, or of its copy: stays aside
                ++report_.quarantined;
                continue;
            }
            if (Status read = refused.status(); !read) return read;
            ++(applied ? report_.changesets : report_.behind_gaps);
            auto changes = read_changes(head, *bytes);
            if (!changes) continue;
            for (Change& change : *changes) {
                Place place{change.subject, change.version};
                if (applied)
                    held_.insert(std::move(place));
                else
                    loose_.try_emplace(std::move(place), std::move(change));
            }
        }
        return done();
    }

    void note_gap(const ChainId& chain, std::int64_t before, std::int64_t next) {
        if (before + 1 < next) report_.gaps.push_back({chain, before + 1, next - 1});
    }

    // Tables do not tell of everything who said it: whoever salvages says it then.
    std::vector<Change> loose_changes(const PersonId& person) {
        for (const auto changes : {&Wreckage::pending, &Wreckage::folded})
            for (Change& change : (wreckage_.*changes)()) {
                Place place{change.subject, change.version};
                if (!held_.contains(place)) loose_.try_emplace(std::move(place), std::move(change));
            }
        std::vector<Change> changes;
        for (auto& [place, change] : loose_) {
            if (std::holds_alternative<MemberSet>(change.action)) continue;  // taken over already
            if (change.author.empty()) change.author = person;
            changes.push_back(std::move(change));
        }
        report_.recorded_anew = std::ssize(changes);
        return changes;
    }

    // The laptop says its name; whoever salvages is somebody in the new notebook.
    Status introduce(Journal& journal, const PersonId& person, std::string_view login) {
        auto named = journal.record(report_.device.text, DeviceSet{"salvaged", key_->public_key()});
        if (!named) return named.error();
        auto left = people_left();
        if (!left) return left.error();
        if (const auto known = std::ranges::find(*left, person, &Person::id); known != left->end())
            return may(*known, Act::salvage)
                       ? done()
                       : Status{Error{ErrorCode::refused, "this person may not salvage"}};
        const bool led = std::ranges::any_of(*left, [this](const Person& other) {
            return may(other, Act::manage_people) && keyring_.has(other.id);
        });
        --report_.people_lost;
        report_.role_given = led ? Role::officer : Role::administrator;
        auto recorded = journal.record(
            person.text, PersonSet{std::string{trimmed(login)}, *report_.role_given, true});
        return recorded ? done() : Status{recorded.error()};
    }

    // Of whom an entry could be read. Counts the keys that belong to nobody of them.
    Result<std::vector<Person>> people_left() {
        std::vector<Person> left;
        report_.people_lost = static_cast<std::int64_t>(keyring_.size());
        if (keyring_.has(kRecoverySlot)) --report_.people_lost;
        auto row =
            db_.query("SELECT id, login, role, active FROM person WHERE team = ?", team_.text);
        while (row.next()) {
            left.push_back(
                {{row.text(0)}, row.text(1), static_cast<Role>(row.number(2)), row.number(3) != 0});
            if (keyring_.has(left.back().id)) --report_.people_lost;
        }
        if (Status read = row.status(); !read) return read.error();
        return left;
    }

    using Place = std::pair<std::string, Version>;
    sqlite::Database& db_;
    const Wreckage& wreckage_;
    const Keyring& keyring_;
    const Surroundings& around_;
    SalvageReport& report_;
    TeamId team_;
    std::string team_seed_;
    std::shared_ptr<const crypto::SigningKey> key_;
    std::set<Place> held_;
    std::map<Place, Change> loose_;
    std::map<ChainId, std::int64_t> last_seen_;
};

Status copy_attachments(const fs::path& damaged, const fs::path& part) {
    std::error_code code;
    for (const auto& entry : fs::directory_iterator{damaged / kAttachmentsFolder, code}) {
        if (!entry.is_regular_file(code)) continue;
        auto bytes = read_file(entry.path());
        if (!bytes) continue;  // unreadable: then it counts as lost
        const fs::path to = part / kAttachmentsFolder / entry.path().filename();
        if (Status kept = replace_file(to, *bytes); !kept) return kept;
    }
    return done();
}

Status check_attachments(Notebook& notebook, SalvagedAudit& audit) {
    Attachments attachments{notebook};
    auto named = attachments.list(audit.id);
    if (!named) return named.error();
    for (const Attachment& one : *named) {
        const auto bytes = attachments.get(audit.id, one.name);
        ++(bytes ? audit.attachments : audit.attachments_lost);
        if (!bytes && one.present)
            if (Status gone = attachments.discard(one.hash); !gone) return gone;
    }
    return done();
}

Result<std::int64_t> pending_about(const Notebook& notebook, const AuditId& audit) {
    return one_number(
        notebook.database().query("SELECT count(*) FROM pending WHERE subject = ?", audit.text));
}

Result<SalvagedAudit> look_at(Notebook& notebook, const AuditSummary& summary) {
    SalvagedAudit audit{summary.id, summary.title, summary.unit};
    auto answers = Answers{notebook}.load(summary.id);
    if (!answers) return answers.error();
    audit.answers = std::ranges::count_if(
        *answers, [](const RecordedAnswer& answer) { return answer.value.has_value(); });
    auto anew = pending_about(notebook, summary.id);
    if (!anew) return anew.error();
    audit.recorded_anew = *anew;
    if (Status checked = check_attachments(notebook, audit); !checked) return checked.error();
    return audit;
}

// Every audit of the new notebook, and those that only the old one's list still named.
Status report_audits(Notebook& notebook, std::map<std::string, ListedAudit> listed,
                     SalvageReport& report) {
    AuditFilter all;
    all.limit = INT64_MAX;
    auto summaries = Audits{notebook}.list(all);
    if (!summaries) return summaries.error();
    std::ranges::sort(*summaries, {}, [](const auto& one) {
        return std::pair{one.title, one.id.text};
    });
    for (const AuditSummary& summary : *summaries) {
        auto audit = look_at(notebook, summary);
        if (!audit) return audit.error();
        if (const auto before = listed.extract(summary.id.text))
            audit->answers_before = before.mapped().answers;
        report.audits.push_back(*std::move(audit));
    }
    for (const auto& [id, before] : listed) {
        SalvagedAudit lost{{id}, before.title, before.unit};
        lost.answers_before = before.answers;
        lost.lost = true;
        report.audits.push_back(std::move(lost));
    }
    return done();
}

Result<FileLock> lock_damaged(const fs::path& damaged, const fs::path& part) {
    // Where nobody ever opened it there is no lock file, and none is to be made there.
    const fs::path there = damaged / kLockFile;
    return FileLock::take(is_there(there) ? there : part / kLockFile);
}

}  // namespace

Result<SalvageReport> salvage(const fs::path& damaged, const fs::path& into, std::string_view login,
                              std::string_view passphrase, Surroundings around) {
    std::error_code code;
    if (!is_there(damaged / kDatabaseFile))
        return Error{ErrorCode::not_found, "no notebook in " + damaged.string()};
    if (fs::exists(into, code) && !fs::is_empty(into, code))
        return Error{ErrorCode::conflict, "the folder is not empty: " + into.string()};
    auto keyring = Keyring::read(damaged / kKeysFile);
    if (!keyring) return keyring.error();
    auto unlocked = keyring->unlock(login, passphrase);
    if (!unlocked) return unlocked.error();

    const Part part{into};
    if (Status cleared = remove_folder(part.folder); !cleared) return cleared.error();
    for (const fs::path& made : {part.folder, part.folder / kAttachmentsFolder})
        if (Status ready = make_folder(made); !ready) return ready.error();
    auto lock = lock_damaged(damaged, part.folder);
    if (!lock) return lock.error();
    SalvageReport report;
    report.second_key_file = !Keyring::first_is_whole(damaged / kKeysFile);
    auto wreckage = read_wreck(damaged, part.folder, unlocked->keys, report);
    if (!wreckage) return wreckage.error();
    {
        auto db = sqlite::Database::open(part.folder / kDatabaseFile, unlocked->keys.front());
        if (!db) return db.error();
        if (Status worked =
                Salvor{*db, *wreckage, *keyring, around, report}.work(unlocked->person, login);
            !worked)
            return worked.error();
    }
    if (Status written = keyring->write(part.folder / kKeysFile); !written) return written.error();
    if (Status copied = copy_attachments(damaged, part.folder); !copied) return copied.error();
    if (Status named = rename_folder(part.folder, into); !named) return named.error();
    auto notebook = Notebook::open(into, login, passphrase, around);
    if (!notebook) return notebook.error();
    if (Status told = report_audits(*notebook, wreckage->listed(), report); !told)
        return told.error();
    return report;
}

}  // namespace bordereau::storage
