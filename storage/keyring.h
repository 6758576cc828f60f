// storage/keyring.h - the file keys.json: one sealed copy of the notebook's key per person.
// Holds no name in the clear: slots are found by a keyed hash of the login.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage {

/// What a passphrase opens.
struct Unlocked {
    crypto::Secret key;  ///< of the database, 32 bytes
    PersonId person;     ///< empty where the recovery key was used
};

class Keyring {
public:
    /// An empty one for a new notebook.
    static Keyring create(const Entropy& entropy);
    /// invalid: of a newer program. corrupt: not a key file.
    static Result<Keyring> read(const std::filesystem::path& file);
    Status write(const std::filesystem::path& file) const;

    /// Adds or replaces the slot of a login.
    Status put(std::string_view login, const PersonId& person, std::string_view passphrase,
               const crypto::Secret& key, crypto::PassphraseCost cost, const Entropy& entropy);
    /// Takes the slot of a login away; false where there was none.
    bool remove(std::string_view login);
    /// refused: no such login or another passphrase, after the same work and with the same words.
    Result<Unlocked> unlock(std::string_view login, std::string_view passphrase) const;
    bool has(std::string_view login) const;

private:
    struct Slot {
        std::string name;  ///< keyed hash of the login, hexadecimal
        std::string salt;
        crypto::PassphraseCost cost;
        std::string sealed;  ///< key and person id under the key from the passphrase
    };
    std::string name_of(std::string_view login) const;

    std::string salt_;
    std::vector<Slot> slots_;
};

}  // namespace bordereau::storage
