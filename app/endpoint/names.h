// app/endpoint/names.h - teams and devices as people name them on the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/changeset_store.h"

namespace bordereau::app::endpoint {

/// Without blanks at its ends, and with one between words.
std::string tidied(std::string_view name);

/// The team that is called so, whatever the blanks. not_found: names those that there are.
Result<storage::Team> team_called(const storage::ChangesetStore& store, std::string_view name);

/// A device, and the teams that it is a member of.
struct DeviceInTeams {
    storage::Membership member;  ///< in the first of them
    std::vector<storage::Team> teams;
};

/// By its number, by the beginning of that (four digits at least), or by its name; never this
/// endpoint itself. not_found; invalid: too few digits; conflict: several are meant, and are named.
Result<DeviceInTeams> device_called(const storage::ChangesetStore& store, std::string_view wanted);

}  // namespace bordereau::app::endpoint
