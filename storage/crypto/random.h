// storage/crypto/random.h - unpredictable bytes from the operating system.
#pragma once

#include "storage/base/uuid.h"

namespace bordereau::storage::crypto {

/// The entropy source of a running program. Tests pass seeded_entropy() instead.
Entropy system_entropy();

}  // namespace bordereau::storage::crypto
