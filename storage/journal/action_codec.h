// storage/journal/action_codec.h - one action as bytes: positional CBOR arrays, one layout per
// kind. A changeset holds answers by column instead (change_table.h); this serves what is pending,
// and every other kind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/journal/cbor.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

/// Number of an action's kind in the format: its place in Action.
std::int64_t kind_of(const Action& action);
constexpr std::int64_t kAnswerKind = 2;
constexpr std::size_t kKnownKinds = std::variant_size_v<Action>;
bool is_about_audit(const Action& action);  ///< its subject is an audit

std::string encode_action(const Action& action);

/// Nothing: a kind that only a newer program knows, or bytes that are not of this kind.
std::optional<Action> decode_action(std::int64_t kind, std::string_view bytes);

/// False: a kind that only a newer program knows.
bool is_known_kind(std::int64_t kind);

constexpr std::size_t kRawDeviceSize = 16;

/// Raw bytes of a device's 32 hexadecimal digits, and back.
std::string raw_device(const DeviceId& device);
DeviceId device_from_raw(std::string_view raw);

}  // namespace bordereau::storage
