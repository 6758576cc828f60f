// app/endpoint/contacts.h - when devices were last heard of, and what went wrong of late: kept in
// memory until somebody writes it down or looks at it. Bounded.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/changeset_store.h"

namespace bordereau::app::endpoint {

/// From any thread.
class Contacts {
public:
    void note(const TeamId& team, const DeviceId& device, Millis at);
    /// Those noted since the last call.
    std::vector<storage::Contact> take();
    /// Those not taken yet, of one team.
    std::map<DeviceId, Millis> of(const TeamId& team) const;

private:
    mutable std::mutex mutex_;
    std::map<std::pair<TeamId, DeviceId>, Millis> latest_;
};

/// Something that a person may have to look at.
struct Incident {
    Millis at = 0;
    TeamId team;
    DeviceId device;
    std::string outcome;  ///< as in the log
    std::size_t times = 1;
    std::optional<storage::Fault> fault = {};  ///< of changesets that were refused
};

/// The latest. From any thread.
class Incidents {
public:
    void note(Incident incident);
    std::vector<Incident> latest() const;  ///< the latest first

private:
    static constexpr std::size_t kMost = 50;
    mutable std::mutex mutex_;
    std::deque<Incident> all_;
};

}  // namespace bordereau::app::endpoint
