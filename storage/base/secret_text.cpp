#include "storage/base/secret_text.h"

#include <algorithm>

namespace bordereau {
namespace {

// The compiler may not take this for a write that nobody reads.
void overwrite(char* bytes, std::size_t size) {
    volatile char* at = bytes;
    for (std::size_t i = 0; i < size; ++i) at[i] = '\0';
}

}  // namespace

void wipe(std::string& secret) {
    secret.resize(secret.capacity());
    overwrite(secret.data(), secret.size());
    secret.clear();
}

void SecretText::wipe() {
    bordereau::wipe(text_);
}

// Room first, so that the text never lies in the object itself, which moving would copy.
void SecretText::assign(std::string_view text) {
    std::string fresh;
    fresh.reserve(std::max(kRoom, text.size()));
    fresh = text;
    text_.swap(fresh);
    bordereau::wipe(fresh);
}

}  // namespace bordereau
