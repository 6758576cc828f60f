#include "storage/keyring.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/seal.h"
#include "storage/files.h"

namespace bordereau::storage {
namespace {

using Json = nlohmann::json;

constexpr int kFormat = 1;

std::string fresh_salt(const Entropy& entropy) {
    std::string salt(crypto::kSaltSize, '\0');
    entropy({reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()});
    return salt;
}

std::string text_at(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string bytes_at(const Json& object, const char* name) {
    return from_base64(text_at(object, name)).value_or(std::string{});
}

std::uint64_t number_at(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

}  // namespace

Keyring Keyring::create(const Entropy& entropy) {
    Keyring keyring;
    keyring.salt_ = fresh_salt(entropy);
    return keyring;
}

Result<Keyring> Keyring::read(const std::filesystem::path& file) {
    auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    const Json json = Json::parse(*bytes, nullptr, false);
    if (!json.is_object() || number_at(json, "format") == 0)
        return Error{ErrorCode::corrupt, "not a key file"};
    if (number_at(json, "format") > kFormat)
        return Error{ErrorCode::invalid, "the key file is newer than this program"};
    Keyring keyring;
    keyring.salt_ = bytes_at(json, "salt");
    const auto slots = json.find("slots");
    if (slots == json.end() || !slots->is_array() || keyring.salt_.size() != crypto::kSaltSize)
        return Error{ErrorCode::corrupt, "not a key file"};
    for (const Json& slot : *slots) {
        if (!slot.is_object()) return Error{ErrorCode::corrupt, "not a key file"};
        keyring.slots_.push_back({text_at(slot, "name"),
                                  bytes_at(slot, "salt"),
                                  {number_at(slot, "passes"), number_at(slot, "memory")},
                                  bytes_at(slot, "sealed")});
    }
    return keyring;
}

Status Keyring::write(const std::filesystem::path& file) const {
    Json slots = Json::array();
    for (const Slot& slot : slots_)
        slots.push_back({{"name", slot.name},
                         {"salt", to_base64(slot.salt)},
                         {"passes", slot.cost.passes},
                         {"memory", slot.cost.memory},
                         {"sealed", to_base64(slot.sealed)}});
    const Json json{{"format", kFormat},
                    {"cipher", "SQLCipher 4, raw 256-bit key"},
                    {"slot", "Argon2id, XSalsa20-Poly1305"},
                    {"salt", to_base64(salt_)},
                    {"slots", slots}};
    return replace_file(file, json.dump(2) + "\n");
}

// The salt is not secret: this hides names from a casual look, not from somebody who guesses them.
std::string Keyring::name_of(std::string_view login) const {
    return to_hex(crypto::keyed_digest(salt_, lower_ascii(trimmed(login)), crypto::kSaltSize));
}

bool Keyring::has(std::string_view login) const {
    return std::ranges::find(slots_, name_of(login), &Slot::name) != slots_.end();
}

Status Keyring::put(std::string_view login, const PersonId& person, std::string_view passphrase,
                    const crypto::Secret& key, crypto::PassphraseCost cost,
                    const Entropy& entropy) {
    Slot slot{name_of(login), fresh_salt(entropy), cost, {}};
    auto wrapping = crypto::key_from_passphrase(passphrase, slot.salt, cost);
    if (!wrapping) return wrapping.error();
    crypto::Secret content{key.size() + person.text.size()};
    std::ranges::copy(key.bytes(), content.bytes().begin());
    std::ranges::copy(person.text, content.bytes().begin() + static_cast<long>(key.size()));
    slot.sealed = crypto::seal(*wrapping, content.view(), entropy);
    std::erase_if(slots_, [&slot](const Slot& other) { return other.name == slot.name; });
    slots_.push_back(std::move(slot));
    std::ranges::sort(slots_, {}, &Slot::name);
    return done();
}

bool Keyring::remove(std::string_view login) {
    const std::string name = name_of(login);
    return std::erase_if(slots_, [&name](const Slot& slot) { return slot.name == name; }) > 0;
}

Result<Unlocked> Keyring::unlock(std::string_view login, std::string_view passphrase) const {
    const std::string name = name_of(login);
    const auto found = std::ranges::find(slots_, name, &Slot::name);
    // An unknown login costs as much time as a wrong passphrase, and is answered alike.
    const Slot decoy{name, salt_, slots_.empty() ? crypto::PassphraseCost{} : slots_[0].cost, {}};
    const Slot& slot = found == slots_.end() ? decoy : *found;
    auto wrapping = crypto::key_from_passphrase(passphrase, slot.salt, slot.cost);
    if (!wrapping) return wrapping.error();
    auto content = crypto::open(*wrapping, slot.sealed);
    if (!content || content->size() < crypto::kKeySize)
        return Error{ErrorCode::refused, "login and passphrase do not open this notebook"};
    const std::string_view bytes = content->view();
    return Unlocked{crypto::Secret::copy_of(bytes.substr(0, crypto::kKeySize)),
                    {std::string{bytes.substr(crypto::kKeySize)}}};
}

}  // namespace bordereau::storage
