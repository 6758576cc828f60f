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
#include "storage/journal/membership.h"
#include "sync/fields.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::sync {

constexpr std::size_t kPinSize = 32;  ///< SHA-256 of a TLS public key (RFC 7469, 2.4)
constexpr std::size_t kMaxDoorBytes = storage::kMaxCertificateBytes + 1024;

struct DoorStatement {
    std::string hint;         ///< team_hint() of the team under the pin
    std::string public_key;   ///< of the device, 32 raw bytes
    std::string pin;          ///< of the TLS key with which it answers, 32 raw bytes
    Moment moment;            ///< when the door was opened, by that device's clock
    std::string certificate;  ///< of its membership, for those who do not know it yet; or empty
    bool operator==(const DoorStatement&) const = default;
};

/// By this members recognise their team, and nobody else learns which it is: 8 bytes, another one
/// for every salt.
std::string team_hint(const TeamId& team, std::string_view salt);

/// Takes up what another device of the team shows of its membership: recorded, where this notebook
/// did not know of the device. refused: it is no member, or was shut out, or the certificate is not
/// of this team or not about that key.
Status meet_member(storage::Notebook& notebook, std::string_view public_key,
                   std::string_view certificate);

std::string encode(const DoorStatement& statement, const storage::crypto::SigningKey& device);
/// corrupt: not a statement, or not signed by the key that it names.
Result<DoorStatement> decode_door(std::string_view bytes);

}  // namespace bordereau::sync
