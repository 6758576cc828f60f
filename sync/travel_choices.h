// sync/travel_choices.h - what a person chose about how this laptop travels: through which proxy,
// how fast, when, or not at all for now. They are kept with the notebook and do not travel.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "sync/transport.h"

namespace bordereau::storage {
class Notebook;
class Settings;
}  // namespace bordereau::storage

namespace bordereau::sync {

struct TravelChoices {
    /// Nothing: as the system's environment says (https_proxy, no_proxy ...); empty: none.
    std::optional<std::string> proxy;
    std::size_t upload = 0, download = 0;  ///< bytes per second; 0: as fast as the line allows
    bool on_request = false;               ///< only when a person asks for it
    bool paused = false;                   ///< until a person asks again
    bool operator==(const TravelChoices&) const = default;
};

constexpr std::size_t kSlowestChoice = 1024;  ///< bytes per second: below it nothing would arrive

Result<TravelChoices> travel_choices(const storage::Settings& settings);
/// invalid: a proxy of an address that is none, or a speed below kSlowestChoice.
Status keep(storage::Settings& settings, const TravelChoices& choices);

/// What the notebook's choices say at that moment. The notebook must outlive it and stay on one
/// thread.
Choosing choices_of(storage::Notebook& notebook);

}  // namespace bordereau::sync
