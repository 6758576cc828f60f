#include "storage/journal/membership.h"

#include "storage/base/check.h"
#include "storage/journal/cbor.h"

namespace bordereau::storage {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kItems = 13;
constexpr std::size_t kMaxNameBytes = 200, kMaxReasonBytes = 1000, kMaxHomes = 1024,
                      kMaxLanes = 1024;
// Keeps a signature made here from passing as one over anything else.
constexpr std::string_view kPurpose = "bordereau membership";

std::string signed_text(std::string_view body) {
    return std::string{kPurpose} + std::string{body};
}

void write_lists(CborWriter& out, const Membership& membership) {
    out.array(membership.homes.size());
    for (const DeviceId& home : membership.homes) out.text(home.text);
    out.boolean(membership.revoked).text(membership.reason).array(membership.counts_to.size() * 2);
    for (const auto& [lane, number] : membership.counts_to) out.text(lane.text).number(number);
}

void read_lists(CborReader& in, Membership& membership) {
    const std::size_t homes = in.array();
    if (homes > kMaxHomes) in.fail();
    for (std::size_t i = 0; i < homes && in.ok(); ++i)
        membership.homes.push_back({std::string{in.text()}});
    membership.revoked = in.boolean();
    membership.reason = in.text();
    const std::size_t lanes = in.array();
    if (lanes > kMaxLanes * 2 || lanes % 2 != 0) in.fail();
    for (std::size_t i = 0; i < lanes && in.ok(); i += 2) {
        LaneId lane{std::string{in.text()}};
        membership.counts_to.emplace(std::move(lane), in.number());
    }
}

Role role_field(CborReader& in) {
    const std::int64_t number = in.number();
    if (number < 0 || number > static_cast<std::int64_t>(Role::administrator)) in.fail();
    return in.ok() ? static_cast<Role>(number) : Role::officer;
}

struct Read {
    Membership membership;
    std::string_view team_key;
};

// The fields as they stand; nothing is believed of them before the signature was checked.
Result<Read> read_body(std::string_view body) {
    CborReader in{body};
    Read read;
    Membership& membership = read.membership;
    const bool known = in.array() == kItems && in.number() == kFormat;
    read.team_key = in.bytes();
    membership.public_key = in.bytes();
    membership.name = in.text();
    membership.role = role_field(in);
    membership.serial = in.number();
    membership.issued_at = in.number();
    membership.valid_from = in.number();
    membership.valid_until = in.number();
    read_lists(in, membership);
    if (!known || !in.complete() || membership.name.size() > kMaxNameBytes ||
        membership.reason.size() > kMaxReasonBytes || membership.serial < 1 ||
        membership.public_key.size() != crypto::kPublicKeySize)
        return Error{ErrorCode::corrupt, "not a certificate of membership"};
    membership.team = crypto::team_id(read.team_key);
    return read;
}

}  // namespace

std::string certify(const Membership& membership, const crypto::SigningKey& team_key) {
    check(membership.team == crypto::team_id(team_key.public_key()), "another team's key");
    CborWriter out;
    out.array(kItems).number(kFormat).bytes(team_key.public_key()).bytes(membership.public_key);
    out.text(membership.name).number(static_cast<std::int64_t>(membership.role));
    out.number(membership.serial)
        .number(membership.issued_at)
        .number(membership.valid_from)
        .number(membership.valid_until);
    write_lists(out, membership);
    const std::string body = out.take();
    return body + team_key.sign(signed_text(body));
}

Result<Membership> read_certificate(std::string_view certificate) {
    if (certificate.size() > kMaxCertificateBytes || certificate.size() < crypto::kSignatureSize)
        return Error{ErrorCode::corrupt, "a certificate of an impossible size"};
    const std::size_t end = certificate.size() - crypto::kSignatureSize;
    const std::string_view body = certificate.substr(0, end);
    auto read = read_body(body);
    if (!read) return read.error();
    if (!crypto::verify(certificate.substr(end), signed_text(body), read->team_key))
        return Error{ErrorCode::corrupt, "a certificate's signature does not hold"};
    return std::move(read->membership);
}

Result<Membership> read_kept_certificate(std::string_view certificate) {
    if (certificate.size() < crypto::kSignatureSize)
        return Error{ErrorCode::corrupt, "a kept certificate is cut short"};
    auto read = read_body(certificate.substr(0, certificate.size() - crypto::kSignatureSize));
    if (!read) return read.error();
    return std::move(read->membership);
}

}  // namespace bordereau::storage
