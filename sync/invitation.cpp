#include "sync/invitation.h"

#include "storage/crypto/hash.h"
#include "storage/crypto/sign.h"
#include "storage/journal/cbor.h"
#include "sync/base32.h"
#include "sync/fields.h"

namespace bordereau::sync {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kFields = 9;
constexpr std::size_t kChecksumLetters = 4, kGroup = 5;
constexpr std::size_t kMaxUrl = 400, kMaxTeamName = 200, kPinSize = 32;
constexpr std::size_t kMaxCode = 4000;
constexpr auto kLastRole = static_cast<std::int64_t>(storage::Role::administrator);

std::string checksum_of(std::string_view letters_of) {
    return to_base32(storage::crypto::digest(letters_of)).substr(0, kChecksumLetters);
}

std::string grouped(std::string_view letters) {
    std::string text;
    for (std::size_t at = 0; at < letters.size(); at += kGroup) {
        if (at > 0) text += '-';
        text += letters.substr(at, kGroup);
    }
    return text;
}

std::string without_separators(std::string_view code) {
    std::string letters;
    for (const char c : code)
        if (c != '-' && c != ' ' && c != '\t' && c != '\r' && c != '\n') letters += c;
    return letters;
}

// The bytes under the checksum; nothing where it does not hold.
std::optional<std::string> checked_bytes(std::string_view code) {
    const std::string letters = without_separators(code.substr(0, kMaxCode));
    if (letters.size() <= kChecksumLetters) return std::nullopt;
    const std::string_view body{letters.data(), letters.size() - kChecksumLetters};
    auto bytes = from_base32(body);
    // Both sides of the comparison go through the alphabet once, so that look-alikes are the same.
    const auto given = from_base32(letters.substr(body.size()) + "0");
    if (!bytes || from_base32(checksum_of(*bytes) + "0") != given) return std::nullopt;
    return bytes;
}

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
    const std::string bytes = out.take();
    return grouped(to_base32(bytes) + checksum_of(bytes));
}

Result<Invitation> read_code(std::string_view code) {
    const auto bytes = checked_bytes(code);
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
