#include "storage/crypto/secret.h"

#include <sodium.h>

#include <cstring>

#include "storage/base/check.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {

Secret::Secret(std::size_t size) : size_(size) {
    ready();
    bytes_.reset(static_cast<std::uint8_t*>(sodium_malloc(size)));
    check(bytes_ != nullptr, "no memory for a key");
    sodium_memzero(bytes_.get(), size);
}

Secret Secret::copy_of(std::string_view bytes) {
    Secret secret{bytes.size()};
    if (!bytes.empty()) std::memcpy(secret.bytes_.get(), bytes.data(), bytes.size());
    return secret;
}

std::string_view Secret::view() const {
    return {reinterpret_cast<const char*>(bytes_.get()), size_};
}

void Secret::Free::operator()(std::uint8_t* bytes) const {
    sodium_free(bytes);
}

}  // namespace bordereau::storage::crypto
