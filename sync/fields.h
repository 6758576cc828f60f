// sync/fields.h - the fields that messages are made of: identifiers in half the bytes of their
// text, and reads that know their limits. A read beyond its limit fails the reader, as any bad
// value does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/ids.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/journal/cbor.h"

namespace bordereau::sync {

constexpr std::size_t kIdSize = 16;

std::string wire_bytes(const TeamId& team);      ///< 16 bytes; nothing where it is no UUID
std::string wire_bytes(const DeviceId& device);  ///< 16 bytes; nothing where it is no device's name
/// Nothing for the common lane, one byte for the supervisors', 16 bytes for a home device's.
std::string wire_bytes(const LaneId& lane);
TeamId team_from_wire(std::string_view bytes);      ///< an empty id unless there are 16 bytes
DeviceId device_from_wire(std::string_view bytes);  ///< an empty id unless there are 16 bytes

/// Fails the reader where they are no lane's.
LaneId lane_field(storage::CborReader& in);

/// When a request was made, and a number that no other request of its device has: 32 bits of
/// seconds since 1970, then 32 random bits, both with the greatest byte first.
struct Moment {
    std::string bytes;
    static Moment at(Millis now, const Entropy& entropy);
    Millis millis() const;  ///< whole seconds
    bool operator==(const Moment&) const = default;
};

constexpr std::size_t kMomentSize = 8;

std::string_view bytes_of(storage::CborReader& in, std::size_t exactly);
std::string_view bytes_up_to(storage::CborReader& in, std::size_t most);
std::string_view text_up_to(storage::CborReader& in, std::size_t most);
std::int64_t number_up_to(storage::CborReader& in, std::int64_t most);  ///< from 0
std::size_t array_up_to(storage::CborReader& in, std::size_t most);
Millis seconds_field(storage::CborReader& in);  ///< written as seconds, read as milliseconds

}  // namespace bordereau::sync
