#include "sync/fields.h"

#include <algorithm>
#include <array>
#include <limits>

#include "storage/base/text.h"
#include "storage/journal/chain.h"

namespace bordereau::sync {
namespace {

constexpr std::string_view kSupervisorsByte{"\x01"};

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

std::string wire_bytes(const LaneId& lane) {
    if (lane == storage::kCommonLane) return {};
    if (lane == storage::kSupervisorsLane) return std::string{kSupervisorsByte};
    return from_hex_id(lane.text);
}

LaneId lane_field(storage::CborReader& in) {
    const std::string_view bytes = bytes_up_to(in, kIdSize);
    if (bytes.empty()) return storage::kCommonLane;
    if (bytes == kSupervisorsByte) return storage::kSupervisorsLane;
    if (bytes.size() != kIdSize) in.fail();
    return storage::lane_of_home(device_from_wire(bytes));
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

Moment Moment::at(Millis now, const Entropy& entropy) {
    std::array<std::uint8_t, 4> random{};
    entropy(random);
    const auto seconds = static_cast<std::uint32_t>(now / 1000);
    Moment moment;
    for (int shift = 24; shift >= 0; shift -= 8)
        moment.bytes += static_cast<char>((seconds >> shift) & 0xFF);
    for (const std::uint8_t byte : random) moment.bytes += static_cast<char>(byte);
    return moment;
}

Millis Moment::millis() const {
    Millis seconds = 0;
    for (const char byte : std::string_view{bytes}.substr(0, 4))
        seconds = (seconds << 8) | static_cast<unsigned char>(byte);
    return seconds * 1000;
}

std::string_view bytes_of(storage::CborReader& in, std::size_t exactly) {
    const std::string_view value = bytes_up_to(in, exactly);
    if (value.size() != exactly) in.fail();
    return in.ok() ? value : std::string_view{};
}

std::string_view bytes_up_to(storage::CborReader& in, std::size_t most) {
    const std::string_view value = in.bytes();
    if (value.size() > most) in.fail();
    return in.ok() ? value : std::string_view{};
}

std::string_view text_up_to(storage::CborReader& in, std::size_t most) {
    const std::string_view value = in.text();
    if (value.size() > most) in.fail();
    return in.ok() ? value : std::string_view{};
}

std::int64_t number_up_to(storage::CborReader& in, std::int64_t most) {
    const std::int64_t value = in.number();
    if (value < 0 || value > most) in.fail();
    return in.ok() ? value : 0;
}

std::size_t array_up_to(storage::CborReader& in, std::size_t most) {
    const std::size_t items = in.array();
    if (items > most) in.fail();
    return in.ok() ? items : 0;
}

Millis seconds_field(storage::CborReader& in) {
    return number_up_to(in, std::numeric_limits<std::uint32_t>::max()) * 1000;
}

}  // namespace bordereau::sync
