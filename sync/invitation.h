// sync/invitation.h - the code by which a device joins a team at an endpoint: read aloud, pasted,
// or scanned. Valid once. What it permits is kept by the endpoint, not here.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/change.h"
#include "sync/peer.h"

namespace bordereau::sync {

struct Invitation {
    Peer endpoint;
    TeamId team;
    std::string team_name;
    storage::Role role = storage::Role::officer;
    std::string secret;  ///< kSecretSize raw bytes
    Millis expires_at = 0;
    bool operator==(const Invitation&) const = default;
};

constexpr std::size_t kSecretSize = 16;

/// Text of letters and digits in groups of five. Crockford's base32: no I, L, O, U; the last 20
/// bits of it are a checksum.
std::string to_code(const Invitation& invitation);

/// Case, blanks, dashes, and 0/O, 1/I/L confusions do not matter.
/// invalid: mistyped, cut short, or no invitation; refused: made by a newer program.
Result<Invitation> read_code(std::string_view code);

}  // namespace bordereau::sync
