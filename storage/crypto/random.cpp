#include "storage/crypto/random.h"

#include <sodium.h>

#include "storage/base/check.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {

void ready() {
    check(sodium_init() >= 0, "the system gives no random bytes");
}

Entropy system_entropy() {
    ready();
    return [](std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); };
}

}  // namespace bordereau::storage::crypto
