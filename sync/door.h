// sync/door.h - what a laptop says of itself to those who come to it in the same network: which
// device answers there, and which TLS key is its own for this session. Signed, so that it proves
// itself wherever it was read. PROTOCOL.md describes it.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/sign.h"
#include "sync/fields.h"

namespace bordereau::sync {

constexpr std::size_t kPinSize = 32;  ///< SHA-256 of a TLS public key (RFC 7469, 2.4)
constexpr std::size_t kMaxDoorBytes = 1024;

struct DoorStatement {
    std::string hint;        ///< team_hint() of the team under the pin
    std::string public_key;  ///< of the device, 32 raw bytes
    std::string pin;         ///< of the TLS key with which it answers, 32 raw bytes
    Moment moment;           ///< when the door was opened, by that device's clock
    bool operator==(const DoorStatement&) const = default;
};

/// By this members recognise their team, and nobody else learns which it is: 8 bytes, another one
/// for every salt.
std::string team_hint(const TeamId& team, std::string_view salt);

std::string encode(const DoorStatement& statement, const storage::crypto::SigningKey& device);
/// corrupt: not a statement, or not signed by the key that it names.
Result<DoorStatement> decode_door(std::string_view bytes);

}  // namespace bordereau::sync
