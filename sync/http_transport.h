// sync/http_transport.h - the Transport of a running program: HTTP and HTTPS through libcurl, with
// the system's trust store and proxies. Never follows a redirect, never leaves TLS off loopback.
#pragma once

#include <string>

#include "sync/transport.h"

namespace bordereau::sync {

struct HttpSettings {
    /// SHA-256 of the TLS public key that the server must have, 32 raw bytes; then its certificate
    /// needs no authority. Empty: as the system's trust store says.
    std::string certificate_pin;
    /// Whatever certificate there is will do: for reading what proves itself, and nothing else.
    bool unchecked = false;
};

/// Keeps its connection open between requests. Copies share it: use them on one thread only.
Transport http_transport(HttpSettings settings);

}  // namespace bordereau::sync
