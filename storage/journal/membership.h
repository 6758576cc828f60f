// storage/journal/membership.h - who belongs to a team, said by the team's own key, so that two
// laptops can tell without asking anybody. A certificate travels as a change of anyone's.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/crypto/sign.h"
#include "storage/journal/chain.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

/// What a team says of one device. Of several about one device each counts from its `valid_from`
/// on; of those with the same, the one with the greatest serial.
struct Membership {
    TeamId team;
    std::string public_key;  ///< of the device, 32 raw bytes
    std::string name;        ///< of the device or its person, for people
    Role role = Role::officer;
    std::int64_t serial = 1;  ///< 1, 2, ... per device
    Millis issued_at = 0;
    Millis valid_from = 0;        ///< 0: what it recorded before it was admitted counts too
    Millis valid_until = 0;       ///< 0: without end
    std::vector<DeviceId> homes;  ///< devices whose audits it holds besides its own; ascending
    bool revoked = false;
    std::string reason;  ///< of a revocation, in a person's words
    /// Of a revoked device: how far each of its chains counts. Chains not named count for nothing.
    std::map<LaneId, std::int64_t> counts_to;

    /// Whether it is neither revoked nor expired then.
    bool counts_at(Millis time) const {
        return !revoked && (valid_until == 0 || time < valid_until);
    }
    DeviceId device() const { return crypto::device_id(public_key); }
    bool operator==(const Membership&) const = default;
};

constexpr std::size_t kMaxCertificateBytes = std::size_t{64} << 10;

/// The certificate: deterministic CBOR and the signature of the team's key (64 bytes). The
/// membership's team must be the key's: crypto::team_id().
std::string certify(const Membership& membership, const crypto::SigningKey& team_key);

/// corrupt: not a certificate, not signed by the team that it names, or beyond the limits.
Result<Membership> read_certificate(std::string_view certificate);

/// The same of a certificate that was verified before it was kept.
Result<Membership> read_kept_certificate(std::string_view certificate);

}  // namespace bordereau::storage
