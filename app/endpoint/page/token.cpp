#include "app/endpoint/page/token.h"

#include <charconv>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"

namespace bordereau::app::endpoint {
namespace {

constexpr const char* kSetting = "status-token";  // "<digest in hexadecimal> <expiry>"
constexpr int kLength = 28;                       // of 31 letters: 138 bits

std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '%' ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
        if (byte && byte->size() == 1) {
            plain += *byte;
            i += 2;
        } else {
            plain += text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

}  // namespace

Result<std::string> make_token(storage::ChangesetStore& store, Millis expires_at,
                               const Entropy& entropy) {
    std::string token = new_key(entropy, kLength);
    const std::string kept =
        to_hex(storage::crypto::digest(token)) + " " + std::to_string(expires_at);
    if (Status set = store.set(kSetting, kept); !set) return set.error();
    return token;
}

bool opens(const storage::ChangesetStore& store, std::string_view token, Millis now) {
    const auto kept = store.setting(kSetting);
    if (!kept) return false;
    const auto parts = split(*kept, ' ');
    if (parts.size() != 2) return false;
    Millis expires_at = 0;
    std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), expires_at);
    const auto digest = from_hex(parts[0]);
    const bool same = digest && storage::crypto::equal(*digest, storage::crypto::digest(token));
    return same && now < expires_at;
}

std::string form_field(std::string_view body, std::string_view name) {
    for (const std::string_view pair : split(body, '&')) {
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return unescaped(pair.substr(equals + 1));
    }
    return {};
}

std::string_view cookie(std::string_view header, std::string_view name) {
    for (const std::string_view pair : split(header, ';')) {
        const std::string_view one = trimmed(pair);
        const std::size_t equals = one.find('=');
        if (equals != std::string_view::npos && one.substr(0, equals) == name)
            return one.substr(equals + 1);
    }
    return {};
}

}  // namespace bordereau::app::endpoint
