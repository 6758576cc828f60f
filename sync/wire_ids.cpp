#include "sync/wire_ids.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::sync {
namespace {

std::string from_hex_id(std::string_view hex) {
    const auto bytes = from_hex(hex);
    return bytes && bytes->size() == kIdSize ? *bytes : std::string{};
}

}  // namespace

std::string wire_bytes(const TeamId& team) {
    std::string hex = team.text;
    std::erase(hex, '-');
    return from_hex_id(hex);
}

std::string wire_bytes(const DeviceId& device) {
    return from_hex_id(device.text);
}

TeamId team_from_wire(std::string_view bytes) {
    if (bytes.size() != kIdSize) return {};
    std::string text = to_hex(bytes);
    for (const std::size_t at : {8u, 13u, 18u, 23u}) text.insert(at, 1, '-');
    return {text};
}

DeviceId device_from_wire(std::string_view bytes) {
    return bytes.size() == kIdSize ? DeviceId{to_hex(bytes)} : DeviceId{};
}

}  // namespace bordereau::sync
