#include "sync/door.h"

#include "storage/crypto/hash.h"
#include "storage/journal/cbor.h"
#include "storage/notebook.h"
#include "sync/signed_bytes.h"

namespace bordereau::sync {
namespace {

namespace crypto = storage::crypto;

constexpr std::string_view kPurpose = "bordereau door 1";
constexpr std::size_t kFields = 6, kHintSize = 8;
constexpr std::int64_t kVersion = 1;

std::string covered(std::string_view payload) {
    return std::string{kPurpose}.append(payload);
}

}  // namespace

std::string team_hint(const TeamId& team, std::string_view salt) {
    return crypto::keyed_digest(wire_bytes(team), std::string{kPurpose}.append(salt),
                                crypto::kDigestSize)
        .substr(0, kHintSize);
}

std::string encode(const DoorStatement& statement, const crypto::SigningKey& device) {
    storage::CborWriter out;
    out.array(kFields)
        .number(kVersion)
        .bytes(statement.hint)
        .bytes(statement.public_key)
        .bytes(statement.pin)
        .bytes(statement.moment.bytes)
        .bytes(statement.certificate);
    const std::string signature = device.sign(covered(out.out()));
    return out.take() + signature;
}

Result<DoorStatement> decode_door(std::string_view bytes) {
    const Error malformed{ErrorCode::corrupt, "no statement of a laptop"};
    if (bytes.size() > kMaxDoorBytes) return malformed;
    const auto parts = signed_parts(bytes);
    if (!parts) return parts.error();
    storage::CborReader in{parts->payload};
    const bool known = in.array() == kFields && in.number() == kVersion;
    DoorStatement statement;
    statement.hint = std::string{bytes_of(in, kHintSize)};
    statement.public_key = std::string{bytes_of(in, crypto::kPublicKeySize)};
    statement.pin = std::string{bytes_of(in, kPinSize)};
    statement.moment = {std::string{bytes_of(in, kMomentSize)}};
    statement.certificate = std::string{bytes_up_to(in, storage::kMaxCertificateBytes)};
    if (!known || !in.complete() ||
        !crypto::verify(parts->signature, covered(parts->payload), statement.public_key))
        return malformed;
    return statement;
}

Status meet_member(storage::Notebook& notebook, std::string_view public_key,
                   std::string_view certificate) {
    const auto admission = notebook.journal().admission();
    if (!admission) return admission.error();
    const DeviceId device = crypto::device_id(public_key);
    const Millis now = notebook.clock().now();
    if (const storage::Membership* member = admission->latest(device)) {
        if (member->public_key == public_key && member->counts_at(now)) return done();
        return Error{ErrorCode::refused, "the laptop was shut out of the team"};
    }
    const Error stranger{ErrorCode::refused, "the laptop is not known to the team"};
    const auto shown = storage::read_certificate(certificate);
    if (!shown || shown->team != notebook.team() || shown->public_key != public_key ||
        !shown->counts_at(now))
        return stranger;
    return notebook.journal().set_member(std::string{certificate});
}

}  // namespace bordereau::sync
