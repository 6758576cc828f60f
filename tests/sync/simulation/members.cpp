#include "tests/sync/simulation/members.h"

#include <algorithm>

#include "storage/crypto/hash.h"
#include "sync/enrol.h"
#include "sync/join.h"
#include "tests/sync/simulation/contradiction.h"

namespace bordereau::simulation {
namespace {

using storage::Role;

constexpr Millis kValidFor = Millis{4000} * 24 * 60 * 60 * 1000;

Role any_role(Dice& dice) {
    return static_cast<Role>(dice.roll(3));
}

std::string secret_from(Dice& dice) {
    std::string secret(sync::kSecretSize, '\0');
    for (char& byte : secret) byte = static_cast<char>(dice.roll(256));
    return secret;
}

// At an endpoint a code is good for one device, whoever that is.
void invite_to_endpoint(World& world, Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    Endpoint& endpoint = *world.endpoints[*team.endpoint];
    if (endpoint.ailing()) return;
    const sync::Invitation invitation{
        endpoint.peer(),        team.id, team.name, any_role(world.dice), secret_from(world.dice),
        *world.time + kValidFor};
    need(endpoint.store().invite({team.id, invitation.role,
                                  storage::crypto::digest(invitation.secret),
                                  invitation.expires_at}),
         "inviting");
    laptop.invitation = sync::to_code(invitation);
    world.tell(laptop.name() + " is invited as role " +
               std::to_string(static_cast<int>(invitation.role)));
}

void admit_by_founder(World& world, Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    Laptop& founder = *world.laptops[*team.founder];
    if (&founder == &laptop || !founder.on() || founder.disk_full || !laptop.on()) return;
    const auto certificate =
        need(founder.notebook().admit({laptop.notebook().device_key().public_key(), laptop.name(),
                                       any_role(world.dice)}),
             "admitting");
    const Status joined = laptop.notebook().join(team.id, team.name, certificate);
    insist(joined.ok() || joined.error().code == ErrorCode::full, "joining a founder");
    world.tell(laptop.name() + " is admitted by " + founder.name());
}

// One request and its reply, which both may be lost.
sync::Transport network_to(World& world, Endpoint& endpoint, bool works) {
    return [&world, &endpoint, works](const sync::Request& request,
                                      std::stop_token) -> Result<sync::Response> {
        const Error lost{ErrorCode::offline, "lost"};
        const bool bad = world.plan.bad_network && !works;
        if (bad && world.dice.chance(30)) return lost;
        sync::Answer answer = endpoint.answer("/v1/enrol", request.body);
        if (bad && world.dice.chance(20)) answer = endpoint.answer("/v1/enrol", request.body);
        if (bad && world.dice.chance(30)) return lost;
        return sync::Response{answer.status, {}, std::move(answer.body)};
    };
}

std::vector<DeviceId> any_homes(World& world, const Team& team) {
    std::vector<DeviceId> homes;
    for (const auto& other : world.laptops)
        if (other->on() && &world.team_of(*other) == &team && world.dice.chance(30))
            homes.push_back(other->notebook().device());
    std::ranges::sort(homes);
    const auto repeated = std::ranges::unique(homes);
    homes.erase(repeated.begin(), repeated.end());
    return homes;
}

void change_at_endpoint(World& world, Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    Endpoint& endpoint = *world.endpoints[*team.endpoint];
    if (endpoint.ailing()) return;
    const DeviceId device = laptop.notebook().device();
    if (world.dice.chance(25)) {
        world.tell(laptop.name() + " is revoked at " + endpoint.name());
        world.revoked.insert(device);
        need(endpoint.store().revoke(team.id, device), "revoking");
        return;
    }
    const Role role = any_role(world.dice);
    const auto homes = any_homes(world, team);
    world.tell(laptop.name() + " gets role " + std::to_string(static_cast<int>(role)) + " with " +
               std::to_string(homes.size()) + " homes");
    need(endpoint.store().admit(
             team.id, {laptop.notebook().device_key().public_key(), laptop.name(), role, homes}),
         "changing a member");
}

void change_at_founder(World& world, Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    Laptop& founder = *world.laptops[*team.founder];
    const DeviceId device = laptop.notebook().device();
    if (!founder.on() || founder.disk_full || founder.notebook().device() == device) return;
    if (world.dice.chance(25)) {
        world.tell(laptop.name() + " is revoked by " + founder.name());
        world.revoked.insert(device);
        need(founder.notebook().revoke(device, "Lost"), "revoking");
        return;
    }
    world.tell(laptop.name() + " gets another role from " + founder.name());
    need(founder.notebook().admit({laptop.notebook().device_key().public_key(), laptop.name(),
                                   any_role(world.dice), any_homes(world, team)}),
         "changing a member");
}

}  // namespace

void invite(World& world, Laptop& laptop) {
    if (world.team_of(laptop).endpoint) return invite_to_endpoint(world, laptop);
    admit_by_founder(world, laptop);
}

void redeem(World& world, Laptop& laptop, bool network_works) {
    if (laptop.invitation.empty()) return;
    Endpoint& endpoint = *world.endpoints[*world.team_of(laptop).endpoint];
    laptop.session.reset();
    const auto joined = sync::join(
        laptop.notebook(), laptop.invitation, laptop.name(),
        [&](const sync::Peer&) { return network_to(world, endpoint, network_works); }, {});
    world.tell(laptop.name() + (joined ? " joins" : " does not join: " + joined.error().detail));
    if (joined) laptop.invitation.clear();
    if (joined || !network_works) return;
    // The code is used up, expired, or of an identity that was revoked since.
    insist(joined.error().code == ErrorCode::refused, "joining: " + joined.error().detail);
    laptop.invitation.clear();
}

void change_member(World& world, Laptop& laptop) {
    if (!has_joined(world, laptop)) return;
    if (world.team_of(laptop).endpoint) return change_at_endpoint(world, laptop);
    change_at_founder(world, laptop);
}

bool has_joined(World& world, Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    if (!laptop.on() || laptop.notebook().team() != team.id) return false;
    const DeviceId device = laptop.notebook().device();
    return admission_of(world, team, device).knows(device);
}

storage::Admission admission_of(World& world, const Team& team, const DeviceId& device) {
    if (team.endpoint)
        return need(world.endpoints[*team.endpoint]->store().admission(team.id, device), "members");
    Laptop& founder = *world.laptops[*team.founder];
    if (!founder.on()) return {team.id, {}};
    return need(storage::Admission::of(founder.notebook().database(), team.id, device), "members");
}

}  // namespace bordereau::simulation
