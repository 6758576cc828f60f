// sync/peer.h - the endpoint that a notebook exchanges with, and where it is remembered.
#pragma once

#include <optional>
#include <string>

#include "storage/base/result.h"
#include "storage/base/time.h"

namespace bordereau::storage {
class Settings;
}

namespace bordereau::sync {

/// What an invitation says about an endpoint, and all that is needed to trust it.
struct Peer {
    std::string url;         ///< without a path: "https://sync.example.org"
    std::string public_key;  ///< 32 raw bytes, of its signatures
    std::string
        certificate_pin;  ///< SHA-256 of its TLS public key, 32 raw bytes; empty: trust store
    bool operator==(const Peer&) const = default;
};

/// Names the endpoint in the outbox: its key, so that a new address changes nothing. Hexadecimal.
std::string outbox_name(const Peer& peer);

Status remember(storage::Settings& settings, const Peer& peer);
Status forget_peer(storage::Settings& settings);

/// When the latest round with the endpoint succeeded, kept over restarts. Nothing: none has.
Status remember_success(storage::Settings& settings, Millis at);
Result<std::optional<Millis>> remembered_success(const storage::Settings& settings);
/// What the endpoint's clock said in that round.
Status remember_time(storage::Settings& settings, Millis there);
Result<std::optional<Millis>> remembered_time(const storage::Settings& settings);
/// Nothing: this notebook has not joined an endpoint. corrupt: what was remembered is damaged.
Result<std::optional<Peer>> remembered_peer(const storage::Settings& settings);

}  // namespace bordereau::sync
