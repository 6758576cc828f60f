#include "sync/invitation.h"

#include "storage/crypto/sign.h"
#include "storage/journal/cbor.h"
#include "sync/code_letters.h"
#include "sync/fields.h"

namespace bordereau::sync {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kFields = 9;
constexpr std::size_t kMaxUrl = 400, kMaxTeamName = 200, kPinSize = 32;
constexpr auto kLastRole = static_cast<std::int64_t>(storage::Role::administrator);

}  // namespace

std::string to_code(const Invitation& invitation) {
    storage::CborWriter out;
    out.array(kFields)
        .number(kVersion)
        .text(invitation.endpoint.url)
        .bytes(invitation.endpoint.public_key)
        .bytes(invitation.endpoint.certificate_pin)
        .bytes(wire_bytes(invitation.team))
        .text(invitation.team_name)
        .number(static_cast<std::int64_t>(invitation.role))
        .bytes(invitation.secret)
        .number(invitation.expires_at / 1000);
    return to_code_letters(out.take());
}

Result<Invitation> read_code(std::string_view code) {
    const auto bytes = from_code_letters(code);
    if (!bytes) return Error{ErrorCode::invalid, "an invitation that was mistyped or cut short"};
    storage::CborReader in{*bytes};
    const std::size_t fields = in.array();
    if (in.number() != kVersion && in.ok())
        return Error{ErrorCode::refused, "an invitation made by a newer program"};
    Invitation invitation;
    invitation.endpoint.url = text_up_to(in, kMaxUrl);
    invitation.endpoint.public_key = bytes_of(in, storage::crypto::kPublicKeySize);
    invitation.endpoint.certificate_pin = bytes_up_to(in, kPinSize);
    invitation.team = team_from_wire(bytes_of(in, kIdSize));
    invitation.team_name = text_up_to(in, kMaxTeamName);
    invitation.role = static_cast<storage::Role>(number_up_to(in, kLastRole));
    invitation.secret = bytes_of(in, kSecretSize);
    invitation.expires_at = seconds_field(in);
    if (fields != kFields || !in.complete()) return Error{ErrorCode::invalid, "not an invitation"};
    return invitation;
}

}  // namespace bordereau::sync
