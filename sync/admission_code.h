// sync/admission_code.h - the two codes by which a laptop becomes a member without any endpoint:
// the newcomer's, which says who asks, and the answer of the laptop where the team was founded.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace bordereau::sync {

/// Not secret: whoever has it can only admit that device.
struct DeviceCode {
    std::string public_key;  ///< of the device, 32 raw bytes
    std::string name;        ///< as its owner calls it
    bool operator==(const DeviceCode&) const = default;
};

/// Of use to that device only.
struct MemberCode {
    std::string certificate;  ///< storage/journal/membership.h
    std::string team_name;
    /// Certificate of the laptop that admitted it: the newcomer knows at once whom to send to.
    std::string admitted_by;
    bool operator==(const MemberCode&) const = default;
};

/// Text as sync/code_letters.h has it.
std::string to_code(const DeviceCode& code);
std::string to_code(const MemberCode& code);

/// invalid: mistyped, cut short, or another kind of code; refused: made by a newer program.
Result<DeviceCode> read_device_code(std::string_view code);
/// The same. Whether the certificate holds is storage::Notebook::join()'s matter.
Result<MemberCode> read_member_code(std::string_view code);

}  // namespace bordereau::sync
