// storage/keyring.h - the file keys.json: one way into the notebook per person.
// Holds no name in the clear: slots are found by a keyed hash of the login.
//
// A slot has two halves. A passphrase opens the seed of a key pair; the notebook's key is sealed
// for the public half of it. So the notebook's key can be changed for everybody who stays without
// asking for anybody's passphrase. While it is being changed each slot holds both keys, the new one
// first: see Notebook::change_key(). A public key counts only with its proof, made with the
// notebook's key: else somebody who can write files would put one of their own in its place and
// have the next key sealed for it.
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
    std::vector<crypto::Secret> keys;  ///< of the database, 32 bytes; two while it is being changed
    PersonId person;                   ///< empty where the recovery key was used
};

class Keyring {
public:
    /// An empty one for a new notebook.
    static Keyring create(const Entropy& entropy);
    /// invalid: of a newer program. corrupt: not a key file.
    static Result<Keyring> parse(std::string_view bytes);
    /// Reads the second copy where the first is missing or damaged. Errors as parse().
    static Result<Keyring> read(const std::filesystem::path& file);
    std::string text() const;
    /// The second copy first: the first one is what counts, and changes last.
    Status write(const std::filesystem::path& file) const;
    /// Makes both copies equal again where one was damaged or a crash came between them.
    Status mend(const std::filesystem::path& file) const;
    static bool first_is_whole(const std::filesystem::path& file);
    /// Beside it: without a key file no passphrase opens anything.
    static std::filesystem::path second_copy(const std::filesystem::path& file);

    /// Adds or replaces the slot of a login.
    Status put(std::string_view login, const PersonId& person, std::string_view passphrase,
               const crypto::Secret& key, crypto::PassphraseCost cost, const Entropy& entropy);
    /// Takes the slots of a person away; false where there was none.
    bool remove(const PersonId& person);
    /// refused: no such login or another passphrase, after the same work and with the same words.
    Result<Unlocked> unlock(std::string_view login, std::string_view passphrase) const;
    bool has(std::string_view login) const;
    bool has(const PersonId& person) const;
    std::size_t size() const { return slots_.size(); }
    /// How a login is named here: hexadecimal, 32 digits. The salt is not secret: this hides names
    /// from a casual look, not from somebody who guesses them.
    std::string name_of(std::string_view login) const;

    /// Seals `next` for every slot beside `present`. corrupt: a public key without its proof.
    Status offer(const crypto::Secret& present, const crypto::Secret& next, const Entropy& entropy);
    bool being_changed() const;  ///< slots hold two keys
    void keep_newest();          ///< ends the change

private:
    struct Slot {
        std::string name;    ///< keyed hash of the login, hexadecimal
        std::string person;  ///< keyed hash of the person's id: two may have borne one login
        std::string salt;
        crypto::PassphraseCost cost;
        std::string sealed;             ///< seed and person id, under the key from the passphrase
        std::string public_key;         ///< of the seed
        std::string proof;              ///< of names and public key, by the newest notebook key
        std::vector<std::string> keys;  ///< the notebook's, sealed for the public key; newest first
    };
    std::string tag_of(const PersonId& person) const;
    static Result<Keyring> read_copy(const std::filesystem::path& file);

    std::string salt_;
    std::vector<Slot> slots_;
};

}  // namespace bordereau::storage
