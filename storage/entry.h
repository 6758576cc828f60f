// storage/entry.h - what an endpoint cannot derive, one thing at a time: as values, and as the
// sealed bytes that a ledger keeps.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"
#include "storage/journal/change.h"
#include "storage/ledger.h"

namespace bordereau::storage {

/// Whose sequence says what endpoint this is, and which teams there are: nobody's.
inline const TeamId kEndpointItself{""};

/// The endpoint's signing key. First entry of kEndpointItself.
struct IdentityMade {
    crypto::Secret seed;
};
/// A team whose sequence has begun. In kEndpointItself.
struct TeamListed {
    TeamId team;
};
/// Name and key of the team whose sequence this is.
struct TeamFounded {
    std::string name;
    crypto::Secret seed;
};
struct InvitationMade {
    std::string secret_digest;  ///< 32 raw bytes
    Role role = Role::officer;
    Millis expires_at = 0;
};
struct InvitationUsed {
    std::string secret_digest;
    DeviceId device;
};
/// Bytes that were offered, by whomever; what they are worth Intake finds out.
struct ChangesetTaken {
    std::string bytes;
};
/// A choice of the whole endpoint, under its name. In kEndpointItself.
struct SettingMade {
    std::string name;
    std::string value;
};

using Entry = std::variant<IdentityMade, TeamListed, TeamFounded, InvitationMade, InvitationUsed,
                           ChangesetTaken, SettingMade>;

/// Seals and opens the entries of one endpoint. An entry opens only as that number of that team, at
/// that time.
class EntrySealer {
public:
    EntrySealer(const crypto::Secret& endpoint_key, Entropy entropy);

    LedgerEntry seal(const TeamId& team, std::int64_t number, Millis received_at,
                     const Entry& entry) const;
    /// corrupt: of another key, moved, or changed; refused: of a kind that only a newer program
    /// knows.
    Result<Entry> open(const TeamId& team, const LedgerEntry& entry) const;

private:
    crypto::Secret key_;
    Entropy entropy_;
};

}  // namespace bordereau::storage
