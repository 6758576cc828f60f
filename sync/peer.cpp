#include "sync/peer.h"

#include <charconv>

#include "storage/base/text.h"
#include "storage/crypto/sign.h"
#include "storage/settings.h"

namespace bordereau::sync {
namespace {

constexpr std::string_view kUrl = "endpoint.url";
constexpr std::string_view kKey = "endpoint.key";
constexpr std::string_view kPin = "endpoint.certificate-pin";
constexpr std::string_view kSuccess = "endpoint.last-success";
constexpr std::string_view kTime = "endpoint.last-time";

Result<std::string> hex_setting(const storage::Settings& settings, std::string_view name) {
    auto text = settings.get(name);
    if (!text) return std::move(text).error();
    auto bytes = from_hex(text->value_or(""));
    if (!bytes) return Error{ErrorCode::corrupt, "setting " + std::string{name}};
    return std::move(*bytes);
}

Result<std::optional<Millis>> time_setting(const storage::Settings& settings,
                                           std::string_view key) {
    const auto text = settings.get(key);
    if (!text) return text.error();
    if (!*text) return std::optional<Millis>{};
    Millis at = 0;
    std::from_chars((*text)->data(), (*text)->data() + (*text)->size(), at);
    return at > 0 ? std::optional{at} : std::nullopt;
}

}  // namespace

std::string outbox_name(const Peer& peer) {
    return to_hex(peer.public_key);
}

Status remember(storage::Settings& settings, const Peer& peer) {
    if (Status kept = settings.set(kKey, to_hex(peer.public_key)); !kept) return kept;
    if (Status kept = settings.set(kPin, to_hex(peer.certificate_pin)); !kept) return kept;
    return settings.set(kUrl, peer.url);
}

Status forget_peer(storage::Settings& settings) {
    for (const std::string_view key : {kSuccess, kTime})
        if (Status forgotten = settings.remove(key); !forgotten) return forgotten;
    return settings.remove(kUrl);
}

Status remember_success(storage::Settings& settings, Millis at) {
    return settings.set(kSuccess, std::to_string(at));
}

Result<std::optional<Millis>> remembered_success(const storage::Settings& settings) {
    return time_setting(settings, kSuccess);
}

Status remember_time(storage::Settings& settings, Millis there) {
    return settings.set(kTime, std::to_string(there));
}

Result<std::optional<Millis>> remembered_time(const storage::Settings& settings) {
    return time_setting(settings, kTime);
}

Result<std::optional<Peer>> remembered_peer(const storage::Settings& settings) {
    auto url = settings.get(kUrl);
    if (!url) return std::move(url).error();
    if (!*url) return std::optional<Peer>{};
    auto key = hex_setting(settings, kKey);
    if (!key) return std::move(key).error();
    auto pin = hex_setting(settings, kPin);
    if (!pin) return std::move(pin).error();
    if (key->size() != storage::crypto::kPublicKeySize)
        return Error{ErrorCode::corrupt, "the remembered key of the endpoint"};
    return std::optional{Peer{**url, std::move(*key), std::move(*pin)}};
}

}  // namespace bordereau::sync
