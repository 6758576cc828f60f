#include "storage/entry.h"

#include "storage/base/secret_text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/seal.h"
#include "storage/crypto/sign.h"
#include "storage/journal/cbor.h"

namespace bordereau::storage {
namespace {

// An entry is an array of its kind's number and its fields.
struct Writing {
    CborWriter& out;

    void operator()(const IdentityMade& made) const {
        out.array(2).number(0).bytes(made.seed.view());
    }
    void operator()(const TeamListed& listed) const {
        out.array(2).number(1).text(listed.team.text);
    }
    void operator()(const TeamFounded& founded) const {
        out.array(3).number(2).text(founded.name).bytes(founded.seed.view());
    }
    void operator()(const InvitationMade& made) const {
        out.array(4).number(3).bytes(made.secret_digest);
        out.number(static_cast<std::int64_t>(made.role)).number(made.expires_at);
    }
    void operator()(const InvitationUsed& used) const {
        out.array(3).number(4).bytes(used.secret_digest).text(used.device.text);
    }
    void operator()(const ChangesetTaken& taken) const {
        out.array(2).number(5).bytes(taken.bytes);
    }
    void operator()(const SettingMade& made) const {
        out.array(3).number(6).text(made.name).text(made.value);
    }
};

crypto::Secret seed_field(CborReader& in) {
    const std::string_view seed = in.bytes();
    if (seed.size() != crypto::kSeedSize) in.fail();
    return crypto::Secret::copy_of(seed);
}

Role role_field(CborReader& in) {
    const std::int64_t number = in.number();
    if (number < 0 || number > static_cast<std::int64_t>(Role::administrator)) in.fail();
    return in.ok() ? static_cast<Role>(number) : Role::officer;
}

// In the order of their numbers above; the fields of a braced list are read from left to right.
Result<Entry> read_fields(std::int64_t kind, CborReader& in) {
    switch (kind) {
        case 0: return Entry{IdentityMade{seed_field(in)}};
        case 1: return Entry{TeamListed{{std::string{in.text()}}}};
        case 2: return Entry{TeamFounded{std::string{in.text()}, seed_field(in)}};
        case 3: return Entry{InvitationMade{std::string{in.bytes()}, role_field(in), in.number()}};
        case 4: return Entry{InvitationUsed{std::string{in.bytes()}, {std::string{in.text()}}}};
        case 5: return Entry{ChangesetTaken{std::string{in.bytes()}}};
        case 6: return Entry{SettingMade{std::string{in.text()}, std::string{in.text()}}};
        default: return Error{ErrorCode::refused, "the ledger was written by a newer program"};
    }
}

Result<Entry> read_entry(std::string_view plain) {
    CborReader in{plain};
    (void)in.array();
    auto entry = read_fields(in.number(), in);
    if (entry && !in.complete()) return Error{ErrorCode::corrupt, "an entry that makes no sense"};
    return entry;
}

std::string context_of(const TeamId& team, std::int64_t number, Millis received_at) {
    CborWriter out;
    out.array(4).text("bordereau ledger entry").text(team.text).number(number).number(received_at);
    return out.take();
}

}  // namespace

std::string mark_after(const std::string& before, const LedgerEntry& next) {
    crypto::Hasher hasher;
    hasher.add(before);
    hasher.add(next.number);
    hasher.add(next.received_at);
    hasher.add(next.sealed);
    return hasher.finish();
}

EntrySealer::EntrySealer(const crypto::Secret& endpoint_key, Entropy entropy)
    : key_(crypto::derived_key(endpoint_key, "ledger")), entropy_(std::move(entropy)) {}

LedgerEntry EntrySealer::seal(const TeamId& team, std::int64_t number, Millis received_at,
                              const Entry& entry) const {
    CborWriter out;
    std::visit(Writing{out}, entry);
    std::string plain = out.take();
    LedgerEntry made{
        number, received_at,
        crypto::seal_bound(key_, context_of(team, number, received_at), plain, entropy_)};
    wipe(plain);
    return made;
}

Result<Entry> EntrySealer::open(const TeamId& team, const LedgerEntry& entry) const {
    auto plain =
        crypto::open_bound(key_, context_of(team, entry.number, entry.received_at), entry.sealed);
    if (!plain) return plain.error();
    auto read = read_entry(*plain);
    wipe(*plain);
    return read;
}

}  // namespace bordereau::storage
