// app/desk/nearby.h - laptops of the team that have opened their door in the same network, found by
// multicast DNS (RFC 6762, 6763). nearby.cpp is the only includer of Avahi's headers. Where no
// Avahi daemon runs nothing is found, and addresses are typed.
//
// What is announced names nobody: a random instance, the port, and the team's hint under it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/uuid.h"

namespace bordereau::app {

constexpr std::string_view kDoorService = "_bordereau._tcp";

/// Tells others of a door while it lives.
class Announcement {
public:
    /// offline: no daemon, and nobody can be told.
    static Result<std::unique_ptr<Announcement>> make(const TeamId& team, int port,
                                                      const Entropy& entropy);
    virtual ~Announcement() = default;
};

/// Looks for doors of a team while it lives.
class Nearby {
public:
    /// `changed` is called from a thread when there are others than before. offline: no daemon.
    static Result<std::unique_ptr<Nearby>> look(const TeamId& team, std::function<void()> changed);
    virtual ~Nearby() = default;
    /// "192.168.1.5:8644", as people type them; this machine's own door is among them.
    virtual std::vector<std::string> addresses() const = 0;
};

/// The hint that an announcement of that instance carries.
std::string announced_hint(const TeamId& team, std::string_view instance);

}  // namespace bordereau::app
