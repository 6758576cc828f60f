#include "storage/keyring.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/base/text.h"
#include "storage/crypto/box.h"
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

std::vector<std::string> list_at(const Json& object, const char* name) {
    std::vector<std::string> list;
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array()) return list;
    for (const Json& item : *found)
        if (item.is_string())
            list.push_back(from_base64(item.get<std::string>()).value_or(std::string{}));
    return list;
}

std::string proof_of(const crypto::Secret& key, std::string_view name, std::string_view person,
                     std::string_view public_key) {
    const crypto::Secret proving = crypto::derived_key(key, "key slots");
    std::string all{name};
    all += person;
    all += public_key;
    return crypto::keyed_digest(proving.view(), all, crypto::kDigestSize);
}

Error not_a_key_file() {
    return {ErrorCode::corrupt, "not a key file"};
}

}  // namespace

Keyring Keyring::create(const Entropy& entropy) {
    Keyring keyring;
    keyring.salt_ = fresh_salt(entropy);
    return keyring;
}

std::filesystem::path Keyring::second_copy(const std::filesystem::path& file) {
    std::filesystem::path copy = file;
    return copy += ".copy";
}

Result<Keyring> Keyring::read(const std::filesystem::path& file) {
    auto first = read_copy(file);
    if (first || first.error().code == ErrorCode::invalid) return first;
    auto second = read_copy(second_copy(file));
    return second ? std::move(second) : std::move(first);
}

bool Keyring::first_is_whole(const std::filesystem::path& file) {
    return read_copy(file).ok();
}

Status Keyring::write(const std::filesystem::path& file) const {
    const std::string bytes = text();
    if (Status written = replace_file(second_copy(file), bytes); !written) return written;
    return replace_file(file, bytes);
}

Status Keyring::mend(const std::filesystem::path& file) const {
    const std::string bytes = text();
    for (const auto& copy : {second_copy(file), file})
        if (read_file(copy).value_or({}) != bytes)
            if (Status written = replace_file(copy, bytes); !written) return written;
    return done();
}

Result<Keyring> Keyring::read_copy(const std::filesystem::path& file) {
    auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    return parse(*bytes);
}

Result<Keyring> Keyring::parse(std::string_view bytes) {
    const Json json = Json::parse(bytes, nullptr, false);
    if (!json.is_object() || number_at(json, "format") == 0) return not_a_key_file();
    if (number_at(json, "format") > kFormat)
        return Error{ErrorCode::invalid, "the key file is newer than this program"};
    Keyring keyring;
    keyring.salt_ = bytes_at(json, "salt");
    const auto slots = json.find("slots");
    if (slots == json.end() || !slots->is_array() || keyring.salt_.size() != crypto::kSaltSize)
        return not_a_key_file();
    for (const Json& slot : *slots) {
        if (!slot.is_object()) return not_a_key_file();
        keyring.slots_.push_back({text_at(slot, "name"),
                                  text_at(slot, "person"),
                                  bytes_at(slot, "salt"),
                                  {number_at(slot, "passes"), number_at(slot, "memory")},
                                  bytes_at(slot, "sealed"),
                                  bytes_at(slot, "public"),
                                  bytes_at(slot, "proof"),
                                  list_at(slot, "keys")});
    }
    return keyring;
}

std::string Keyring::text() const {
    Json slots = Json::array();
    for (const Slot& slot : slots_) {
        Json keys = Json::array();
        for (const std::string& key : slot.keys) keys.push_back(to_base64(key));
        slots.push_back({{"name", slot.name},
                         {"person", slot.person},
                         {"salt", to_base64(slot.salt)},
                         {"passes", slot.cost.passes},
                         {"memory", slot.cost.memory},
                         {"sealed", to_base64(slot.sealed)},
                         {"public", to_base64(slot.public_key)},
                         {"proof", to_base64(slot.proof)},
                         {"keys", std::move(keys)}});
    }
    const Json json{{"format", kFormat},
                    {"cipher", "SQLCipher 4, raw 256-bit key"},
                    {"slot", "Argon2id, XSalsa20-Poly1305, X25519"},
                    {"salt", to_base64(salt_)},
                    {"slots", slots}};
    return json.dump(2) + "\n";
}

std::string Keyring::name_of(std::string_view login) const {
    return to_hex(crypto::keyed_digest(salt_, lower_ascii(trimmed(login)), crypto::kSaltSize));
}

bool Keyring::has(std::string_view login) const {
    return std::ranges::find(slots_, name_of(login), &Slot::name) != slots_.end();
}

bool Keyring::has(const PersonId& person) const {
    return std::ranges::find(slots_, tag_of(person), &Slot::person) != slots_.end();
}

// The recovery key's slot is nobody's.
std::string Keyring::tag_of(const PersonId& person) const {
    return person.empty() ? std::string{}
                          : to_hex(crypto::keyed_digest(salt_, person.text, crypto::kSaltSize));
}

Status Keyring::put(std::string_view login, const PersonId& person, std::string_view passphrase,
                    const crypto::Secret& key, crypto::PassphraseCost cost,
                    const Entropy& entropy) {
    Slot slot{name_of(login), tag_of(person), fresh_salt(entropy), cost, {}, {}, {}, {}};
    auto wrapping = crypto::key_from_passphrase(passphrase, slot.salt, cost);
    if (!wrapping) return wrapping.error();
    const auto opening = crypto::OpeningKey::generate(entropy);
    crypto::Secret content{opening.seed().size() + person.text.size()};
    std::ranges::copy(opening.seed().bytes(), content.bytes().begin());
    std::ranges::copy(person.text,
                      content.bytes().begin() + static_cast<long>(opening.seed().size()));
    slot.sealed = crypto::seal(*wrapping, content.view(), entropy);
    slot.public_key = opening.public_key();
    slot.proof = proof_of(key, slot.name, slot.person, slot.public_key);
    auto sealed = crypto::seal_for(slot.public_key, key, entropy);
    if (!sealed) return sealed.error();
    slot.keys.push_back(*std::move(sealed));
    std::erase_if(slots_, [&slot](const Slot& other) { return other.name == slot.name; });
    slots_.push_back(std::move(slot));
    std::ranges::sort(slots_, {}, &Slot::name);
    return done();
}

bool Keyring::remove(const PersonId& person) {
    const std::string tag = tag_of(person);
    return std::erase_if(slots_, [&tag](const Slot& slot) { return slot.person == tag; }) > 0;
}

Result<Unlocked> Keyring::unlock(std::string_view login, std::string_view passphrase) const {
    const std::string name = name_of(login);
    const auto found = std::ranges::find(slots_, name, &Slot::name);
    // An unknown login costs as much time as a wrong passphrase, and is answered alike.
    const Slot decoy{name, {}, salt_, slots_.empty() ? crypto::PassphraseCost{} : slots_[0].cost,
                     {},   {}, {},    {}};
    const Slot& slot = found == slots_.end() ? decoy : *found;
    auto wrapping = crypto::key_from_passphrase(passphrase, slot.salt, slot.cost);
    if (!wrapping) return wrapping.error();
    auto content = crypto::open(*wrapping, slot.sealed);
    if (!content || content->size() < crypto::kBoxSeedSize)
        return Error{ErrorCode::refused, "login and passphrase do not open this notebook"};
    const std::string_view bytes = content->view();
    const auto opening = crypto::OpeningKey::from_seed(bytes.substr(0, crypto::kBoxSeedSize));
    Unlocked unlocked{{}, {std::string{bytes.substr(crypto::kBoxSeedSize)}}};
    for (const std::string& sealed : slot.keys) {
        auto key = opening.open(sealed);
        if (!key || key->size() != crypto::kKeySize) return not_a_key_file();
        unlocked.keys.push_back(*std::move(key));
    }
    if (unlocked.keys.empty()) return not_a_key_file();
    return unlocked;
}

Status Keyring::offer(const crypto::Secret& present, const crypto::Secret& next,
                      const Entropy& entropy) {
    for (Slot& slot : slots_) {
        if (!crypto::equal(slot.proof, proof_of(present, slot.name, slot.person, slot.public_key)))
            return Error{ErrorCode::corrupt, "a key slot was tampered with"};
        auto sealed = crypto::seal_for(slot.public_key, next, entropy);
        auto before = crypto::seal_for(slot.public_key, present, entropy);
        if (!sealed) return sealed.error();
        if (!before) return before.error();
        slot.keys = {*std::move(sealed), *std::move(before)};
        slot.proof = proof_of(next, slot.name, slot.person, slot.public_key);
    }
    return done();
}

bool Keyring::being_changed() const {
    return std::ranges::any_of(slots_, [](const Slot& slot) { return slot.keys.size() > 1; });
}

void Keyring::keep_newest() {
    for (Slot& slot : slots_)
        if (slot.keys.size() > 1) slot.keys.resize(1);
}

}  // namespace bordereau::storage
