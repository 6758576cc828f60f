#include "app/endpoint/names.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::app::endpoint {
namespace {

using storage::Membership;
using storage::Team;

constexpr std::size_t kFewestDigits = 4, kMostNamed = 12;

std::string in_quotes(std::string_view name) {
    return '"' + std::string{name} + '"';
}

std::string names_of(const std::vector<Team>& teams) {
    std::string names;
    for (std::size_t i = 0; i < std::min(teams.size(), kMostNamed); ++i)
        names += (i == 0 ? "" : ", ") + in_quotes(teams[i].name);
    if (teams.size() > kMostNamed)
        names += " and " + std::to_string(teams.size() - kMostNamed) + " more (list --only teams)";
    return names;
}

bool is_meant(const Membership& member, std::string_view wanted) {
    return (wanted.size() >= kFewestDigits && member.device().text.starts_with(wanted)) ||
           tidied(member.name) == tidied(wanted);
}

using Devices = std::vector<DeviceInTeams>;

void add(Devices& found, const Membership& member, const Team& team) {
    const auto known = std::ranges::find_if(found, [&member](const DeviceInTeams& one) {
        return one.member.device() == member.device();
    });
    if (known != found.end())
        known->teams.push_back(team);
    else
        found.push_back({member, {team}});
}

Result<Devices> devices_called(const storage::ChangesetStore& store, std::string_view wanted) {
    const auto teams = store.teams();
    if (!teams) return teams.error();
    const DeviceId own = storage::crypto::device_id(store.key().public_key());
    Devices found;
    for (const Team& team : *teams) {
        const auto members = store.members(team.id);
        if (!members) return members.error();
        for (const Membership& member : *members)
            if (member.device() != own && is_meant(member, wanted)) add(found, member, team);
    }
    return found;
}

Error several(std::string_view wanted, const Devices& found) {
    std::string all;
    for (const DeviceInTeams& one : found)
        all += "\n  " + one.member.device().text + "  " + one.member.name + "  (" +
               names_of(one.teams) + ")";
    return {ErrorCode::conflict,
            "several devices are meant by " + in_quotes(wanted) +
                ". Nothing was changed; give more of the number of one:" + all};
}

}  // namespace

std::string tidied(std::string_view name) {
    std::string tidy;
    for (const std::string_view word : words_of(name))
        tidy.append(tidy.empty() ? "" : " ").append(word);
    return tidy;
}

Result<Team> team_called(const storage::ChangesetStore& store, std::string_view name) {
    const auto teams = store.teams();
    if (!teams) return teams.error();
    const auto found =
        std::ranges::find(*teams, tidied(name), [](const Team& team) { return tidied(team.name); });
    if (found != teams->end()) return *found;
    const std::string there =
        teams->empty() ? "There is no team yet" : "Teams here: " + names_of(*teams);
    return Error{ErrorCode::not_found, "there is no team " + in_quotes(tidied(name)) +
                                           ". Nothing was changed. " + there +
                                           "; 'create --team NAME' founds one"};
}

Result<DeviceInTeams> device_called(const storage::ChangesetStore& store, std::string_view wanted) {
    auto found = devices_called(store, wanted);
    if (!found) return found.error();
    if (found->size() > 1) return several(wanted, *found);
    if (found->size() == 1) return std::move(found->front());
    if (wanted.size() < kFewestDigits)
        return Error{ErrorCode::invalid, "give at least " + std::to_string(kFewestDigits) +
                                             " digits of the device's number, or its whole name. "
                                             "Nothing was changed; list shows both"};
    return Error{ErrorCode::not_found, "no device here is called " + in_quotes(wanted) +
                                           ", nor begins its number so. Nothing was changed; list "
                                           "shows the devices"};
}

}  // namespace bordereau::app::endpoint
