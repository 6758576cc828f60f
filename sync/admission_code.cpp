#include "sync/admission_code.h"

#include "storage/crypto/sign.h"
#include "storage/journal/cbor.h"
#include "storage/journal/membership.h"
#include "sync/code_letters.h"
#include "sync/fields.h"

namespace bordereau::sync {
namespace {

// Kinds tell a device's code from a member's and from an invitation, which begins with its version.
constexpr std::int64_t kDeviceKind = 101, kMemberKind = 102, kVersion = 1;
constexpr std::size_t kFields = 4, kMaxName = 1000;

struct TwoFields {
    std::string first, second;
};

std::string encoded(std::int64_t kind, std::string_view bytes, std::string_view text) {
    storage::CborWriter out;
    out.array(kFields).number(kind).number(kVersion).bytes(bytes).text(text);
    return to_code_letters(out.take());
}

Result<TwoFields> decoded(std::string_view code, std::int64_t kind, std::size_t most) {
    const auto bytes = from_code_letters(code);
    if (!bytes) return Error{ErrorCode::invalid, "a code that was mistyped or cut short"};
    storage::CborReader in{*bytes};
    const std::size_t fields = in.array();
    if (in.number() != kind || !in.ok()) return Error{ErrorCode::invalid, "another kind of code"};
    if (in.number() != kVersion && in.ok())
        return Error{ErrorCode::refused, "a code made by a newer program"};
    TwoFields read{std::string{bytes_up_to(in, most)}, std::string{text_up_to(in, kMaxName)}};
    if (fields != kFields || !in.complete()) return Error{ErrorCode::invalid, "not such a code"};
    return read;
}

}  // namespace

std::string to_code(const DeviceCode& code) {
    return encoded(kDeviceKind, code.public_key, code.name);
}

std::string to_code(const MemberCode& code) {
    return encoded(kMemberKind, code.certificate, code.team_name);
}

Result<DeviceCode> read_device_code(std::string_view code) {
    auto read = decoded(code, kDeviceKind, storage::crypto::kPublicKeySize);
    if (!read) return read.error();
    if (read->first.size() != storage::crypto::kPublicKeySize)
        return Error{ErrorCode::invalid, "a device's code without its key"};
    return DeviceCode{std::move(read->first), std::move(read->second)};
}

Result<MemberCode> read_member_code(std::string_view code) {
    auto read = decoded(code, kMemberKind, storage::kMaxCertificateBytes);
    if (!read) return read.error();
    return MemberCode{std::move(read->first), std::move(read->second)};
}

}  // namespace bordereau::sync
