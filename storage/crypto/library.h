// storage/crypto/library.h - makes libsodium ready. For this folder's sources only.
#pragma once

#include <string_view>

namespace bordereau::storage::crypto {

/// Safe to call often and from any thread.
void ready();

/// The bytes of a text as libsodium takes them.
inline const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace bordereau::storage::crypto
