// sync/enrol.h - becoming a member of a team at an endpoint, with an invitation.
// The notebook itself joins the team with storage::Notebook::join(), before its first exchange.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/sign.h"
#include "sync/invitation.h"
#include "sync/protocol.h"
#include "sync/transport.h"

namespace bordereau::sync {

constexpr std::size_t kMaxNameBytes = 200;

struct EnrolRequest {
    TeamId team;
    std::string public_key;  ///< of the device, 32 raw bytes
    std::string secret;      ///< of the invitation
    std::string name;        ///< of person and laptop, for people
    Moment moment;
    bool operator==(const EnrolRequest&) const = default;
};

struct Admitted {
    storage::Role role = storage::Role::officer;
    std::string
        certificate;  ///< of the membership, by the team's key: storage/journal/membership.h
    bool operator==(const Admitted&) const = default;
};

using EnrolReply = std::variant<Admitted, Refused>;

std::string encode(const EnrolRequest& request, const storage::crypto::SigningKey& device);
/// corrupt: not a request, beyond the limits, or not signed by the key that it names.
Result<EnrolRequest> decode_enrol_request(std::string_view bytes);
std::string encode(const EnrolReply& reply, std::string_view request_bytes,
                   const storage::crypto::SigningKey& endpoint);
Result<EnrolReply> decode_enrol_reply(std::string_view bytes, std::string_view request_bytes,
                                      std::string_view endpoint_public_key);

/// A device as it introduces itself.
struct Newcomer {
    const storage::crypto::SigningKey* key = nullptr;
    std::string name;
};

/// Redeems an invitation. Repeating it with the same device is harmless.
///   invalid  expired by this machine's clock    refused  unknown, used or expired at the endpoint
///   offline, corrupt, cancelled as Transport and decode_enrol_reply()
Result<Admitted> enrol(const Invitation& invitation, const Newcomer& newcomer, const Clock& clock,
                       const Entropy& entropy, const Transport& transport, std::stop_token stop);

}  // namespace bordereau::sync
