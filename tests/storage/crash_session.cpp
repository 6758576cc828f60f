#include "tests/storage/crash_session.h"

#include <algorithm>

#include "assets/assets.h"
#include "storage/attachments.h"
#include "storage/files.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/pending.h"
#include "storage/keyring.h"
#include "storage/registers.h"
#include "storage/settings.h"

namespace bordereau::test {
namespace {

using namespace storage;

constexpr std::string_view kNewPassphrase = "a short and loud brook";

const std::string& photo() {
    static const std::string bytes = [] {
        std::string made(5000, '\0');
        seeded_entropy(77)({reinterpret_cast<std::uint8_t*>(made.data()), made.size()});
        return made;
    }();
    return bytes;
}

std::string sentence(int number) {
    return "Step " + std::to_string(number) + " is posted at the gate, in two languages.";
}

template <class T>
Status only_status(Result<T> result) {
    return result ? done() : Status{result.error()};
}

}  // namespace

std::optional<std::string> Found::answer(const AuditId& audit, const std::string& path) {
    auto [found, fresh] = read_.try_emplace(audit.text);
    if (fresh) {
        auto answers = storage::Answers{notebook}.load(audit);
        if (answers)
            for (const auto& one : *answers) found->second[one.path] = one.value;
    }
    const auto answered = found->second.find(path);
    return answered == found->second.end() ? "(nothing)" : answered->second;
}

CrashSession::CrashSession(const std::filesystem::path& root, Beginning beginning)
    : folder_(root / "notebook"), elsewhere_(changesets_from_elsewhere(root)) {
    if (beginning == Beginning::notebook_of_first_schema) {
        plan_migration();
        return;
    }
    plan_founding();
    plan_audit();
    plan_filling();
    plan_people_and_files();
    plan_exchange();
    plan_review();
    plan_upkeep();
}

// Another laptop of the same team: the dice that found a team are known, so its name is as well.
std::vector<std::string> CrashSession::changesets_from_elsewhere(
    const std::filesystem::path& root) const {
    const DiskContent empty{root.string()};
    SimulatedDisk disk{empty};
    std::vector<std::string> all;
    {
        const DiskInUse use{disk};
        Notebook same = new_notebook(root / "same", 1);
        Notebook other = new_notebook(root / "other", 5);
        admit(same, other);
        want(other.journal().seal_all());
        for (int i = 0; i < 3; ++i) {
            want(Audits{other}.finalize(draft_with_answers(other, 6)));
            want(other.journal().seal_all());
        }
        all = log_of(other);
    }
    empty.put_in_place();
    return all;
}

Result<Notebook> CrashSession::open_again() const {
    auto opened = Notebook::open(folder_, "amina", kPassphrase, surroundings(9, clock_));
    if (opened || opened.error().code != ErrorCode::refused) return opened;
    return Notebook::open(folder_, "amina", kNewPassphrase, surroundings(9, clock_));
}

bool CrashSession::opens(std::string_view login, std::string_view passphrase) const {
    const auto keyring = Keyring::read(folder_ / "keys.json");
    return keyring && keyring->unlock(login, passphrase).ok();
}

void CrashSession::step(std::string what, std::function<Status()> act,
                        std::function<bool(Found&)> holds) {
    steps_.push_back({std::move(what), std::move(act), std::move(holds)});
}

Status CrashSession::open(std::string_view login, std::string_view passphrase) {
    answers_.reset();
    notebook_.reset();
    auto opened = Notebook::open(folder_, login, passphrase, surroundings(3, clock_));
    if (!opened) return opened.error();
    notebook_ = std::make_unique<Notebook>(*std::move(opened));
    answers_ = std::make_unique<Answers>(*notebook_);
    return done();
}

void CrashSession::open_as(std::string_view login) {
    step(
        "open", [this, login] { return open(login, kPassphrase); }, [](Found&) { return true; });
}

// Kept means: this value, or one that the session gave later.
void CrashSession::answer(const std::string& path, std::optional<std::string> value) {
    auto& planned = planned_[path];
    const auto first = std::ssize(planned);
    planned.push_back(value);
    step(
        "answer " + path, [this, path, value] { return answers_->record(audit_, path, value); },
        [this, path, first, &planned](Found& found) {
            const auto there = found.answer(audit_, path);
            return std::find(planned.begin() + first, planned.end(), there) != planned.end();
        });
}

void CrashSession::plan_founding() {
    step(
        "found",
        [this] {
            if (Notebook::exists(folder_)) return open("amina", kPassphrase);
            auto made = Notebook::create(
                folder_, {"amina", std::string{kPassphrase}, "Crossing North", "laptop"},
                surroundings(1, clock_));
            if (!made) return Status{made.error()};
            notebook_ = std::make_unique<Notebook>(*std::move(made));
            answers_ = std::make_unique<Answers>(*notebook_);
            return done();
        },
        [](Found& found) {
            const auto person = People{found.notebook}.find_login("amina");
            return person && person->has_value();
        });
}

// A notebook as the first program made it: what came since is added when it is opened.
Status CrashSession::found_with_first_schema() {
    for (const auto& made : {folder_, folder_ / "attachments"})
        if (Status ready = make_folder(made); !ready) return ready;
    const Entropy entropy = seeded_entropy(1);
    const crypto::Secret key = crypto::new_key(entropy);
    Keyring keyring = Keyring::create(entropy);
    const PersonId person{new_uuid(entropy)};
    const TeamId team{new_uuid(entropy)};
    want(keyring.put("amina", person, kPassphrase, key, crypto::least_cost(), entropy));
    if (Status written = keyring.write(folder_ / "keys.json"); !written) return written;
    auto db = sqlite::Database::open(folder_ / "notebook.db", key);
    if (!db) return db.error();
    const auto seed = crypto::SigningKey::generate(entropy);
    const Action founder = PersonSet{"amina", Role::administrator, true};
    const std::int64_t stamp = 1;
    want(db->run_script(std::string{assets::below("sql/")[0].bytes} + "; PRAGMA user_version = 1"));
    want(db->run("INSERT INTO identity(id, team, seed) VALUES (1, ?, ?)", team.text,
                 sqlite::Blob{seed.seed()}));
    want(db->run("INSERT INTO pending(subject, stamp, author, kind, body) VALUES (?, ?, ?, ?, ?)",
                 person.text, stamp, person.text, kind_of(founder),
                 sqlite::Blob{encode_action(founder)}));
    want(
        db->run("INSERT INTO person(team, id, login, role, active, stamp, device)"
                " VALUES (?, ?, 'amina', 2, 1, ?, ?)",
                team.text, person.text, stamp, crypto::device_id(seed.public_key()).text));
    if (Status flushed = flush_folder(folder_); !flushed) return flushed;
    return flush_folder(folder_.parent_path());
}

void CrashSession::plan_migration() {
    step(
        "found with the first schema", [this] { return found_with_first_schema(); },
        [](Found& found) { return found.notebook.person().login == "amina"; });
    open_as("amina");
    plan_audit();
    answer("/grpa_main/s/q1", sentence(1));
    answer("/grpa_main/s/q2", sentence(2));
}

void CrashSession::plan_audit() {
    step(
        "begin an audit",
        [this] {
            auto audit = Audits{*notebook_}.create({"grpa_main"}, "1", "North gate");
            if (audit) audit_ = *audit;
            return only_status(std::move(audit));
        },
        [this](Found& found) {
            const auto audit = Audits{found.notebook}.get(audit_);
            return audit && audit->has_value();
        });
}

void CrashSession::plan_filling() {
    for (int i = 1; i <= 40; ++i) answer("/grpa_main/s/q" + std::to_string(i), sentence(i));
    for (int i = 1; i <= 4; ++i) {
        const std::string place = "/grpa_main/evidence[@key='k" + std::to_string(i) + "']";
        answer(place + "/what", "a photo");
        answer(place + "/where", sentence(i));
    }
    answer("/grpa_main/evidence[@key='k2']/what", std::nullopt);
    answer("/grpa_main/s/q3", "first");
    answer("/grpa_main/s/q4", "first");
    answer("/grpa_main/s/q3", "second");
    answer("/grpa_main/long", std::string(9000, 'x'));
}

void CrashSession::plan_people_and_files() {
    step(
        "add a person",
        [this] {
            return only_status(notebook_->add_person("noor", Role::supervisor, kPassphrase));
        },
        [this](Found&) { return opens("noor", kPassphrase); });
    step(
        "attach a photo",
        [this] { return Attachments{*notebook_}.put(audit_, "gate.jpg", "image/jpeg", photo()); },
        [this](Found& found) {
            return Attachments{found.notebook}.get(audit_, "gate.jpg").value_or("") == photo();
        });
    step(
        "set a register row",
        [this] { return Registers{*notebook_}.put("unit", "N1", "{\"name\":\"North\"}"); },
        [](Found& found) {
            const auto row = Registers{found.notebook}.get("unit", "N1");
            return row && row->has_value();
        });
}

void CrashSession::plan_exchange() {
    step(
        "label and finalize",
        [this] {
            Audits audits{*notebook_};
            if (Status labelled = audits.label(audit_, "North gate, spring", "N1"); !labelled)
                return labelled;
            const auto now = audits.get(audit_);
            if (now && *now && (*now)->state != AuditState::draft) return done();
            return audits.finalize(audit_);
        },
        [this](Found& found) {
            const auto audit = Audits{found.notebook}.get(audit_);
            return audit && *audit && (*audit)->state != AuditState::draft;
        });
    step(
        "receive from another laptop",
        [this] { return only_status(notebook_->journal().receive(elsewhere_)); },
        [this](Found& found) {
            const auto vector = found.notebook.journal().vector();
            return vector && std::ranges::any_of(*vector, [this](const auto& held) {
                       return held.second.number == std::ssize(elsewhere_) - 1;
                   });
        });
    step(
        "checkpoint",
        [this] { return notebook_->database().run_script("PRAGMA wal_checkpoint(TRUNCATE)"); },
        [](Found&) { return true; });
}

void CrashSession::plan_review() {
    open_as("noor");
    step(
        "return it with a comment",
        [this] {
            Reviews reviews{*notebook_};
            auto said = reviews.comment(audit_, "/grpa_main/s/q1", "Which gate?");
            if (!said) return Status{said.error()};
            return reviews.send_back(audit_, "One question");
        },
        [this](Found& found) {
            const auto comments = Reviews{found.notebook}.comments(audit_);
            return comments && !comments->empty();
        });
    open_as("amina");
    answer("/grpa_main/s/q1", "The northern one.");
    for (int i = 50; i <= 60; ++i) answer("/grpa_main/s/q" + std::to_string(i), sentence(i));
    step(
        "finalize again", [this] { return Audits{*notebook_}.finalize(audit_); },
        [this](Found& found) {
            const auto audit = Audits{found.notebook}.get(audit_);
            return audit && *audit && (*audit)->state == AuditState::edited;
        });
}

void CrashSession::plan_upkeep() {
    step(
        "rebuild", [this] { return notebook_->journal().rebuild(); }, [](Found&) { return true; });
    step(
        "keep a setting on the other connection",
        [this] {
            auto worker = notebook_->connect();
            if (!worker) return Status{worker.error()};
            return Settings{*worker}.set("language", "ar");
        },
        [](Found& found) {
            return Settings{found.notebook}.get("language").value_or(std::nullopt) == "ar";
        });
    step(
        "change the key", [this] { return notebook_->change_key(); },
        [](Found& found) { return found.notebook.person().login == "amina"; });
    step(
        "change the passphrase",
        [this] {
            if (opens("amina", kNewPassphrase)) return done();
            return notebook_->change_passphrase(kPassphrase, kNewPassphrase);
        },
        [this](Found&) { return opens("amina", kNewPassphrase) && !opens("amina", kPassphrase); });
    step(
        "seal everything", [this] { return only_status(notebook_->journal().seal_all()); },
        [this](Found& found) {
            const auto pending = read_pending(found.notebook.database(), audit_.text, {});
            return pending && pending->empty();
        });
    step(
        "close",
        [this] {
            answers_.reset();
            notebook_.reset();
            return done();
        },
        [](Found&) { return true; });
}

}  // namespace bordereau::test
