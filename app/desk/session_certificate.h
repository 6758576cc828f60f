// app/desk/session_certificate.h - a TLS key for one session of answering other laptops. It lives
// in memory only; who may trust it is told by the device's signature over its pin.
#pragma once

#include <string>

#include "storage/base/result.h"

namespace bordereau::app {

struct SessionCertificate {
    std::string certificate, key;  ///< PEM
    std::string pin;               ///< SHA-256 of the public key, 32 raw bytes (RFC 7469, 2.4)
};

/// A P-256 key and a certificate that it signed itself, which names nobody.
Result<SessionCertificate> make_session_certificate();

}  // namespace bordereau::app
