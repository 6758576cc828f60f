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
constexpr std::size_t kDeviceFields = 4, kMemberFields = 5, kMaxName = 1000;

// What a code says after its kind and version: bytes and a name, and of a member's more bytes.
struct Said {
    std::string bytes, name, more;
};

storage::CborWriter begun(std::int64_t kind, std::size_t fields) {
    storage::CborWriter out;
    out.array(fields).number(kind).number(kVersion);
    return out;
}

Result<Said> decoded(std::string_view code, std::int64_t kind, std::size_t most) {
    const auto bytes = from_code_letters(code);
    if (!bytes) return Error{ErrorCode::invalid, "a code that was mistyped or cut short"};
    storage::CborReader in{*bytes};
    const std::size_t fields = in.array();
    if (in.number() != kind || !in.ok()) return Error{ErrorCode::invalid, "another kind of code"};
    if (in.number() != kVersion && in.ok())
        return Error{ErrorCode::refused, "a code made by a newer program"};
    Said read{std::string{bytes_up_to(in, most)}, std::string{text_up_to(in, kMaxName)}, {}};
    if (kind == kMemberKind) read.more = bytes_up_to(in, most);
    if (fields != (kind == kMemberKind ? kMemberFields : kDeviceFields) || !in.complete())
        return Error{ErrorCode::invalid, "not such a code"};
    return read;
}

}  // namespace

std::string to_code(const DeviceCode& code) {
    storage::CborWriter out = begun(kDeviceKind, kDeviceFields);
    out.bytes(code.public_key).text(code.name);
    return to_code_letters(out.take());
}

std::string to_code(const MemberCode& code) {
    storage::CborWriter out = begun(kMemberKind, kMemberFields);
    out.bytes(code.certificate).text(code.team_name).bytes(code.admitted_by);
    return to_code_letters(out.take());
}

Result<DeviceCode> read_device_code(std::string_view code) {
    auto read = decoded(code, kDeviceKind, storage::crypto::kPublicKeySize);
    if (!read) return read.error();
    if (read->bytes.size() != storage::crypto::kPublicKeySize)
        return Error{ErrorCode::invalid, "a device's code without its key"};
    return DeviceCode{std::move(read->bytes), std::move(read->name)};
}

Result<MemberCode> read_member_code(std::string_view code) {
    auto read = decoded(code, kMemberKind, storage::kMaxCertificateBytes);
    if (!read) return read.error();
    return MemberCode{std::move(read->bytes), std::move(read->name), std::move(read->more)};
}

}  // namespace bordereau::sync
