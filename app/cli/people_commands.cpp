// Who may open the notebook: passphrases, roles, removal, the recovery key.
#include <nlohmann/json.hpp>

#include <cstdio>

#include "app/cli/commands.h"
#include "app/present/recovery_page.h"
#include "storage/files.h"
#include "storage/recovery_key.h"
#include "storage/teams.h"

namespace bordereau::app::cli {
namespace {

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

}  // namespace

Exit people(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto list = storage::People{(*desk)->notebook()}.list();
    if (!list) return console.fail(Doing::managing_people, list.error());
    nlohmann::json out = nlohmann::json::array();
    for (const auto& person : *list) {
        const std::string role{storage::name_of(person.role)};
        out.push_back({{"person", person.login}, {"role", role}, {"active", person.active}});
        if (!console.json() && person.active) console.print(person.login + "\t" + role);
    }
    if (console.json()) console.print(out.dump(2));
    return Exit::ok;
}

Exit remove_person(const Console& console, const std::string& person) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    Status removed = (*desk)->remove_person(person, go_on);
    return removed ? Exit::ok : console.fail(Doing::managing_people, removed.error(), person);
}

Exit set_role(const Console& console, const std::string& person, const std::string& role) {
    const auto wanted = storage::role(role);
    if (!wanted) {
        std::fprintf(stderr, "bordereau: a role is officer, supervisor or administrator\n");
        return Exit::usage;
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    storage::People people{(*desk)->notebook()};
    const auto found = people.find_login(person);
    if (!found) return console.fail(Doing::managing_people, found.error(), person);
    if (!*found)
        return console.fail(Doing::managing_people, {ErrorCode::not_found, person}, person);
    Status set = people.set_role((*found)->id, *wanted);
    return set ? Exit::ok : console.fail(Doing::managing_people, set.error(), person);
}

Exit change_passphrase(const Console& console, const std::string& new_file) {
    auto before = console.passphrase();
    if (!before) return console.fail(Doing::opening_notebook, before.error());
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    auto after = console.new_passphrase(new_file);
    if (!after) return console.fail(Doing::changing_passphrase, after.error());
    Status changed = (*desk)->notebook().change_passphrase(*before, *after);
    return changed ? Exit::ok : console.fail(Doing::changing_passphrase, changed.error());
}

Exit change_key(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    Status changed = (*desk)->change_key(go_on);
    return changed ? Exit::ok : console.fail(Doing::managing_people, changed.error());
}

Exit recovery_key(const Console& console, const std::filesystem::path& page) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto team = storage::Teams{(*desk)->notebook()}.current();
    if (!team) return console.fail(Doing::managing_people, team.error());
    const auto key = (*desk)->notebook().make_recovery_key();
    if (!key) return console.fail(Doing::managing_people, key.error());
    if (page.empty()) {
        console.print(*key);
        std::fprintf(stderr, "%s\n", std::string{console.words()("people.recovery.about")}.c_str());
        return Exit::ok;
    }
    Status written = storage::replace_file(page, recovery_page(console.words(), team->name, *key));
    if (!written) return console.fail(Doing::reporting, written.error(), page.string());
    console.print(console.words()("message.recovery_page", {{"path", page.string()}}));
    return Exit::ok;
}

Exit recover(const Console& console, const RecoverOptions& options) {
    auto key = console.secret(options.key_file, "BORDEREAU_RECOVERY_KEY", "people.recovery");
    if (!key) return console.fail(Doing::recovering, key.error());
    auto after = console.new_passphrase(options.passphrase_file);
    if (!after) return console.fail(Doing::recovering, after.error());
    const Services services = system_services();
    Status recovered =
        storage::Notebook::recover(console.shared().notebook, *key, options.person, *after,
                                   {services.clock, services.entropy, services.cost});
    if (recovered) return Exit::ok;
    const int group = storage::read_recovery_key(*key).wrong_group;
    const Exit code = console.fail(Doing::recovering, recovered.error());
    if (recovered.error().code == ErrorCode::invalid && group > 0)
        std::fprintf(stderr, "%s\n",
                     console.words()("recovery.group", {{"n", std::to_string(group)}}).c_str());
    return code;
}

Exit take_over(const Console& console, const std::string& audit, const std::string& reason) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto found = (*desk)->find_audit(audit);
    if (!found) return console.fail(Doing::opening_audit, found.error(), audit);
    Status taken = (*desk)->take_over(found->id, reason);
    return taken ? Exit::ok : console.fail(Doing::taking_over, taken.error(), audit);
}

}  // namespace bordereau::app::cli
