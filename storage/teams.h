// storage/teams.h - the team this notebook belongs to, and its devices.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"

namespace bordereau::storage {

class Notebook;

struct Team {
    TeamId id;
    std::string name;
};

struct Device {
    DeviceId id;
    std::string name;
    std::string public_key;       ///< 32 raw bytes
    std::int64_t changesets = 0;  ///< of it that are held
    Millis latest = 0;            ///< the latest change in them; 0: none
};

class Teams {
public:
    explicit Teams(Notebook& notebook) : notebook_(notebook) {}

    Result<Team> current() const;
    Result<std::vector<Device>> devices() const;  ///< of the current team, by name
    Status rename_device(std::string_view name);  ///< this one
    /// By which this device proves to others that it belongs to the team. Nothing: it has none.
    Result<std::optional<std::string>> certificate() const;
    /// Whether the current team was founded on this device: only here others can be admitted.
    Result<bool> founded_here() const;

private:
    Notebook& notebook_;
};

}  // namespace bordereau::storage
