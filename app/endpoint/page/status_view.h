// app/endpoint/page/status_view.h - what the status page shows, as values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/endpoint/contacts.h"
#include "storage/changeset_store.h"

namespace bordereau::app::endpoint {

struct DeviceRow {
    DeviceId id;
    std::string name;
    storage::Role role = storage::Role::officer;
    bool revoked = false;
    std::optional<Millis> last_contact;
};

/// What lies in quarantine of one device for one reason.
struct RefusedRow {
    std::string device;  ///< its name; empty: no member's
    storage::RefusedOfDevice refused;
};

struct TeamPart {
    TeamId id;
    std::string name;
    std::map<storage::AuditState, std::int64_t> audits;
    std::int64_t quarantined = 0;
    std::int64_t turned_away = 0;    ///< as ChangesetStore::turned_away()
    std::vector<DeviceRow> devices;  ///< the first few hundred by name
    std::size_t more_devices = 0;
    std::vector<RefusedRow> refused;  ///< the latest few
    std::size_t more_refused = 0;
};

/// An incident with the names of team and device, where they are known.
struct Trouble {
    Incident incident;
    std::string team, device;
};

struct StatusView {
    std::string agency;  ///< empty: not told
    Millis now = 0;
    storage::StoreTotals totals;
    std::vector<TeamPart> teams;
    std::size_t more_teams = 0;
    std::vector<Trouble> troubles;  ///< the latest first
};

/// Reads it all. `noted` and `incidents` are what is in memory only.
Result<StatusView> status_view(const storage::ChangesetStore& store, const Contacts& noted,
                               const Incidents& incidents, Millis now);

}  // namespace bordereau::app::endpoint
