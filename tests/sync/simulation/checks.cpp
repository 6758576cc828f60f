#include "tests/sync/simulation/checks.h"

#include <algorithm>
#include <map>

#include "storage/answers.h"
#include "storage/journal/changeset.h"
#include "tests/sync/simulation/contradiction.h"
#include "tests/sync/simulation/members.h"

namespace bordereau::simulation {
namespace {

using storage::Admission;
using storage::ChainId;
using storage::Fault;
using storage::Membership;
using storage::Quarantined;
using storage::VersionVector;

std::string text_of(const ChainId& chain) {
    return chain.device.text.substr(0, 8) + " in '" + chain.lane.text.substr(0, 8) + "'";
}

std::string text_of(const VersionVector& vector) {
    std::string text;
    for (const auto& [chain, end] : vector)
        text += "\n  " + text_of(chain) + " to " + std::to_string(end.number);
    return text;
}

std::string text_of(const storage::Break& found) {
    return text_of(found.chain) + " number " + std::to_string(found.number) + ", " +
           std::string{storage::name_of(found.fault)} + " in " + found.table + " " + found.row;
}

// What the keeper of the team's key holds: the whole.
VersionVector whole_of(World& world, const Team& team) {
    if (team.endpoint)
        return need(world.endpoints[*team.endpoint]->store().vector(team.id), "the whole");
    return need(world.laptops[*team.founder]->notebook().journal().vector(), "the whole");
}

VersionVector part_for(VersionVector held, const Admission& admission, const DeviceId& device) {
    std::erase_if(held, [&](const auto& one) { return !admission.covers(device, one.first.lane); });
    return held;
}

void check_vector(World& world, Laptop& laptop, const Admission& admission) {
    const DeviceId device = laptop.notebook().device();
    VersionVector whole = part_for(whole_of(world, world.team_of(laptop)), admission, device);
    VersionVector own =
        part_for(need(laptop.notebook().journal().vector(), "a vector"), admission, device);
    if (world.copied.contains(device))  // each copy keeps its own branch
        for (VersionVector* one : {&whole, &own})
            std::erase_if(*one, [&](const auto& entry) { return entry.first.device == device; });
    insist(own == whole, laptop.name() + " holds" + text_of(own) + "\nand not" + text_of(whole));
}

// Of every chain that a laptop holds the lane was covered at some time: by its membership or, where
// it began as a backup, by that of the laptop before it.
void check_coverage(World& world, Laptop& laptop) {
    const DeviceId device = laptop.notebook().device();
    std::vector<DeviceId> lives = laptop.was;
    lives.push_back(device);
    const auto might_hold = [&](const ChainId& chain) {
        return std::ranges::any_of(lives, [&](const DeviceId& life) {
            return chain.device == life ||
                   admission_of(world, world.team_of(laptop), life).may_seal({life, chain.lane});
        });
    };
    for (const auto& [chain, end] : need(laptop.notebook().journal().vector(), "a vector"))
        insist(might_hold(chain),
               laptop.name() + " holds " + text_of(chain) + ", which it never might");
}

// Every signature again, and every table: for one laptop in three, since it is most of the work.
void check_whole(const World& world, Laptop& laptop) {
    if ((world.place_of(laptop) + world.plan.seed) % 3 != 0) return;
    storage::Journal& journal = laptop.notebook().journal();
    if (const auto broken = need(journal.verify(), "verifying"))
        insist(false, laptop.name() + " is broken: " + text_of(*broken));
    if (const auto broken = need(journal.verify_folds(), "verifying folds"))
        insist(false, laptop.name() + " has folded otherwise: " + text_of(*broken));
}

using Said = std::map<std::pair<std::string, std::string>, std::vector<std::optional<std::string>>>;

void add_answers(Said& said, std::string_view bytes) {
    const auto changeset = storage::read_changeset(bytes);
    if (!changeset) return;
    for (const storage::Change& change : changeset->changes)
        if (const auto* given = std::get_if<storage::AnswerGiven>(&change.action))
            said[{change.subject, given->path}].push_back(given->value);
}

// What lies in quarantine at a laptop.
Said said_aside(storage::Notebook& notebook) {
    Said said;
    auto row = notebook.database().query("SELECT bytes FROM quarantine");
    while (row.next()) add_answers(said, row.view(0));
    need(row.status(), "reading a quarantine");
    return said;
}

bool has(const Said& said, const Promise& promise) {
    const auto found = said.find({promise.audit.text, promise.path});
    return found != said.end() && std::ranges::count(found->second, promise.value) > 0;
}

Said said_in_effect(storage::Notebook& notebook, const std::vector<Promise>& promises) {
    Said said;
    std::set<AuditId> audits;
    for (const Promise& promise : promises) audits.insert(promise.audit);
    for (const AuditId& audit : audits)
        for (const auto& version :
             need(storage::Answers{notebook}.history(audit), "reading a history"))
            said[{audit.text, version.path}].push_back(version.value);
    return said;
}

bool ever_revoked(const World& world, const DeviceId& device) {
    return world.revoked.contains(device);
}

// What a laptop says no more as itself may be kept as evidence only: it was revoked, or its chain
// parted before it became another device.
bool may_be_aside(const World& world, const Promise& promise, const DeviceId& own) {
    return ever_revoked(world, promise.by) ||
           (promise.by != own && world.copied.contains(promise.by));
}

void check_promises(const World& world, Laptop& laptop) {
    storage::Notebook& notebook = laptop.notebook();
    const Said said = said_in_effect(notebook, laptop.promises);
    const Said aside = said_aside(notebook);
    for (const Promise& promise : laptop.promises) {
        const bool evidence =
            may_be_aside(world, promise, notebook.device()) && has(aside, promise);
        insist(has(said, promise) || evidence, laptop.name() + " lost '" +
                                                   promise.value.value_or("(removed)") + "' at " +
                                                   promise.path + " of " + promise.audit.text);
    }
}

void check_quarantine(const World& world, const std::string& where,
                      const std::vector<Quarantined>& aside) {
    for (const Quarantined& one : aside) {
        const bool forked = world.copied.contains(one.chain.device);
        const bool parted = one.fault == Fault::fork || one.fault == Fault::broken_link;
        const bool explained = (parted && forked) || (one.fault == Fault::revoked &&
                                                      ever_revoked(world, one.chain.device));
        insist(explained, where + " has in quarantine: " + text_of(one.chain) + " number " +
                              std::to_string(one.number) + ", " +
                              std::string{storage::name_of(one.fault)});
    }
}

// Laptops that may hold the same hold the same tables.
void check_tables(World& world) {
    std::map<std::pair<std::size_t, std::string>, std::pair<std::string, std::string>> seen;
    for (const auto& laptop : world.laptops) {
        if (!has_joined(world, *laptop)) continue;
        if (world.copied.contains(laptop->notebook().device())) continue;
        storage::Journal& journal = laptop->notebook().journal();
        // What is beyond its role stays on a laptop, and only there.
        if (need(journal.pending_count(), "counting") != 0) continue;
        const std::string vector = text_of(need(journal.vector(), "a vector"));
        const std::string digest = need(journal.fold_digest(), "a digest");
        const auto [place, first] =
            seen.try_emplace({laptop->team, vector}, laptop->name(), digest);
        insist(first || place->second.second == digest,
               laptop->name() + " and " + place->second.first + " hold the same in other tables");
    }
}

void check_laptop(World& world, Laptop& laptop) {
    const DeviceId device = laptop.notebook().device();
    check_whole(world, laptop);
    check_promises(world, laptop);
    check_quarantine(world, laptop.name(),
                     need(laptop.notebook().journal().quarantine(), "a quarantine"));
    if (!has_joined(world, laptop)) return;
    const Admission admission = admission_of(world, world.team_of(laptop), device);
    check_coverage(world, laptop);
    const Membership* member = admission.latest(device);
    if (member->counts_at(*world.time)) check_vector(world, laptop, admission);
}

void check_endpoint(World& world, Endpoint& endpoint) {
    if (const auto broken = need(endpoint.store().verify(), "verifying"))
        insist(false, endpoint.name() + " is broken: " + text_of(*broken));
    for (const Team& team : world.teams)
        if (team.endpoint && world.endpoints[*team.endpoint].get() == &endpoint)
            check_quarantine(world, endpoint.name(),
                             need(endpoint.store().quarantine(team.id), "a quarantine"));
}

}  // namespace

void check_at_rest(World& world) {
    for (const auto& endpoint : world.endpoints) check_endpoint(world, *endpoint);
    for (const auto& laptop : world.laptops) check_laptop(world, *laptop);
    check_tables(world);
}

}  // namespace bordereau::simulation
