// sync/wire_ids.h - identifiers as the bytes that messages carry: half as long as their text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/ids.h"

namespace bordereau::sync {

constexpr std::size_t kIdSize = 16;

std::string wire_bytes(const TeamId& team);      ///< 16 bytes; nothing where it is no UUID
std::string wire_bytes(const DeviceId& device);  ///< 16 bytes; nothing where it is no device's name

TeamId team_from_wire(std::string_view bytes);      ///< an empty id unless there are 16 bytes
DeviceId device_from_wire(std::string_view bytes);  ///< an empty id unless there are 16 bytes

}  // namespace bordereau::sync
