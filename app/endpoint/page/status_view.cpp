#include "app/endpoint/page/status_view.h"

#include <algorithm>

namespace bordereau::app::endpoint {
namespace {

constexpr std::size_t kMostTeams = 100, kMostDevices = 300, kMostRefused = 50;

std::optional<Millis> last_of(const std::map<DeviceId, Millis>& kept,
                              const std::map<DeviceId, Millis>& noted, const DeviceId& device) {
    const auto before = kept.find(device), since = noted.find(device);
    if (since != noted.end()) return since->second;
    return before == kept.end() ? std::nullopt : std::optional{before->second};
}

Status add_refused(TeamPart& part, const storage::ChangesetStore& store,
                   const std::vector<storage::Membership>& members) {
    if (part.quarantined == 0) return done();
    const auto all = store.refused_by_device(part.id);
    if (!all) return all.error();
    for (const storage::RefusedOfDevice& one : *all) {
        if (part.refused.size() >= kMostRefused) {
            ++part.more_refused;
            continue;
        }
        const auto member = std::ranges::find_if(members, [&one](const storage::Membership& each) {
            return each.device() == one.device;
        });
        part.refused.push_back({member == members.end() ? std::string{} : member->name, one});
    }
    return done();
}

Status add_devices(TeamPart& part, const storage::ChangesetStore& store, const Contacts& noted) {
    const auto members = store.members(part.id);
    if (!members) return members.error();
    const auto kept = store.contacts(part.id);
    if (!kept) return kept.error();
    const auto since = noted.of(part.id);
    if (Status added = add_refused(part, store, *members); !added) return added;
    const DeviceId own = storage::crypto::device_id(store.key().public_key());
    for (const storage::Membership& member : *members) {
        if (member.device() == own) continue;
        if (part.devices.size() >= kMostDevices)
            ++part.more_devices;
        else
            part.devices.push_back({member.device(), member.name, member.role, member.revoked,
                                    last_of(*kept, since, member.device())});
    }
    return done();
}

Result<TeamPart> part_of(const storage::ChangesetStore& store, const storage::Team& team,
                         const Contacts& noted) {
    TeamPart part;
    part.id = team.id;
    part.name = team.name;
    auto audits = store.audits_by_state(team.id);
    if (!audits) return audits.error();
    part.audits = *std::move(audits);
    const auto quarantined = store.quarantined(team.id);
    if (!quarantined) return quarantined.error();
    part.quarantined = *quarantined;
    const auto turned_away = store.turned_away(team.id);
    if (!turned_away) return turned_away.error();
    part.turned_away = *turned_away;
    if (Status added = add_devices(part, store, noted); !added) return added.error();
    return part;
}

Trouble named(Incident incident, const std::vector<TeamPart>& teams) {
    Trouble trouble{std::move(incident), {}, {}};
    const auto team = std::ranges::find(teams, trouble.incident.team, &TeamPart::id);
    if (team == teams.end()) return trouble;
    trouble.team = team->name;
    const auto device = std::ranges::find(team->devices, trouble.incident.device, &DeviceRow::id);
    if (device != team->devices.end()) trouble.device = device->name;
    return trouble;
}

}  // namespace

Result<StatusView> status_view(const storage::ChangesetStore& store, const Contacts& noted,
                               const Incidents& incidents, Millis now) {
    StatusView view;
    view.now = now;
    auto agency = store.setting("agency");
    if (!agency) return agency.error();
    view.agency = *std::move(agency);
    const auto totals = store.totals();
    if (!totals) return totals.error();
    view.totals = *totals;
    const auto teams = store.teams();
    if (!teams) return teams.error();
    view.more_teams = teams->size() - std::min(teams->size(), kMostTeams);
    for (std::size_t i = 0; i < teams->size() - view.more_teams; ++i) {
        auto part = part_of(store, (*teams)[i], noted);
        if (!part) return part.error();
        view.teams.push_back(*std::move(part));
    }
    for (Incident& incident : incidents.latest())
        view.troubles.push_back(named(std::move(incident), view.teams));
    return view;
}

}  // namespace bordereau::app::endpoint
