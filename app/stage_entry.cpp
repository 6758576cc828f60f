// Other ways into a notebook than its passphrase: the key on paper, and a backup.
#include "app/desk/members.h"
#include "app/stage.h"
#include "storage/recovery_key.h"
#include "sync/invitation.h"

namespace bordereau::app {

// Whoever was invited founds no team of their own: the new notebook moves into theirs at once. A
// mistyped invitation makes none; one that the endpoint does not take is given again inside.
void Stage::create(const CreateNotebook& asked) {
    if (opening_.valid()) return;
    std::string team = asked.team;
    if (!asked.invitation.empty()) {
        const auto code = code_or_file(asked.invitation);
        const auto read = code ? sync::read_code(*code) : Result<sync::Invitation>{code.error()};
        dirty_ = true;
        if (!read) {
            entry_problem_ = sentence_for(words_, Doing::joining, read.error());
            return;
        }
        team = read->team_name;
    }
    not_joined_ = std::make_shared<std::optional<Error>>();
    begin_opening(
        [asked, team, not_joined = not_joined_, folder = options_.folder,
         services = options_.services] {
            auto desk = Desk::create(
                folder, {asked.person, asked.passphrase, team, services.device_name}, services);
            if (!desk || asked.invitation.empty()) return desk;
            if (const Status joined = (*desk)->join(asked.invitation); !joined)
                *not_joined = joined.error();
            return desk;
        },
        Doing::making_notebook);
}

void Stage::tell_not_joined(const Error& error) {
    join_problem_ = sentence_for(words_, Doing::joining, error);
    go(Place::sync);
    say(Tone::warning, std::string{words_("first.not_joined")});
}

void Stage::recover(const RecoverNotebook& asked) {
    if (opening_.valid()) return;
    wrong_group_ = storage::read_recovery_key(asked.key).wrong_group;
    begin_opening(
        [asked, folder = options_.folder,
         services = options_.services]() -> Result<std::unique_ptr<Desk>> {
            Status recovered =
                storage::Notebook::recover(folder, asked.key, asked.person, asked.passphrase,
                                           {services.clock, services.entropy, services.cost});
            if (!recovered) return recovered.error();
            return Desk::open(folder, asked.person, asked.passphrase, services);
        },
        Doing::recovering);
}

void Stage::restore(const RestoreBackup& asked) {
    if (opening_.valid()) return;
    restoring_ = std::make_shared<Restoring>();
    begin_opening(
        [asked, folder = options_.folder, services = options_.services, state = restoring_,
         wake = options_.wake]() -> Result<std::unique_ptr<Desk>> {
            const auto going_on = [&](std::int64_t done, std::int64_t total) {
                const int now = total > 0 ? static_cast<int>(done * 100 / total) : 0;
                if (state->hundredths.exchange(now) != now) wake();
                return state->wanted.load();
            };
            auto restored = Desk::restore(asked.file, folder, asked.person, asked.passphrase,
                                          services, going_on);
            if (!restored) return restored.error();
            state->restored = *restored;
            return Desk::open(folder, asked.person, asked.passphrase, services);
        },
        Doing::restoring);
}

void Stage::tell_restored(const storage::Restored& restored) {
    std::string told{words_("restore.new_device")};
    if (restored.kept > 0) told += " " + words_.count("restore.kept", restored.kept);
    if (restored.damaged > 0) told += " " + words_.count("restore.damaged", restored.damaged);
    if (!restored.complete) told += " " + std::string{words_("restore.cut_short")};
    const bool whole = restored.complete && restored.damaged == 0;
    say(whole ? Tone::info : Tone::warning, std::move(told));
}

}  // namespace bordereau::app
