// Any bytes as what a changeset carries, sealed as if a member had meant it so: as a certificate,
// as a table of changes, as the body of a changeset, as a pack. Whatever a log takes of it, the log
// must hold together afterwards, and fold to the same again.
// Seeds: tests/data/fuzz/changeset, one of each, made with the keys used here.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/check.h"
#include "storage/crypto/hash.h"
#include "storage/journal/change_table.h"
#include "storage/journal/changeset.h"
#include "storage/journal/log.h"
#include "storage/journal/membership.h"
#include "storage/journal/pack.h"
#include "storage/migrate.h"
#include "tests/support/parties.h"

namespace {

using namespace bordereau;
using namespace bordereau::storage;

constexpr std::size_t kMostUnpacked = std::size_t{1} << 20;

const test::Pair& parties() {
    static const test::Pair both;
    return both;
}

std::string signed_for(std::string_view purpose, std::string_view payload) {
    return parties().device.sign(std::string{purpose}.append(payload));
}

void as_certificate(std::string_view bytes) {
    const std::string certificate = std::string{bytes} + signed_for("bordereau membership", bytes);
    const auto read = read_certificate(certificate);
    if (!read) return;
    const auto again = read_certificate(certify(*read, parties().device));
    check(again.ok() && *again == *read, "a certificate changes when it is written and read");
}

void as_table(std::string_view bytes) {
    const auto changes = decode_changes(bytes);
    if (!changes) return;
    const auto again = decode_changes(encode_changes(*changes));
    check(again.ok() && *again == *changes, "changes change when they are written and read");
}

void as_pack(std::string_view bytes) {
    if (const auto changesets = unpack(bytes, kMostUnpacked))
        for (const std::string& one : *changesets) static_cast<void>(read_head(one));
}

sqlite::Database empty_database() {
    static const std::string image = [] {
        auto db = sqlite::Database::in_memory();
        check(db.ok() && migrate(*db).ok(), "no tables");
        return *db->image();
    }();
    auto db = sqlite::Database::in_memory(image);
    check(db.ok(), "no database");
    return *std::move(db);
}

// A log that takes the changeset, if anything of it is one.
void as_changeset(const std::string& changeset) {
    if (!read_head(changeset)) return;
    auto db = empty_database();
    Log log{db};
    const std::array all{changeset, changeset};
    const auto receipts = log.receive(parties().team, all, test::kNoon);
    check(receipts.ok(), "a changeset stops a log");
    check(receipts->back().reception != Reception::applied, "a changeset counts twice");
    const auto broken = log.verify();
    check(broken.ok() && !*broken, "a changeset breaks a log");
    const auto before = log.fold_digest();
    check(log.rebuild(Log::nothing_more).ok(), "a log that cannot be folded again");
    check(before.ok() && *before == *log.fold_digest(), "a log folds otherwise again");
}

std::string around_table(std::string_view table) {
    const auto changes = decode_changes(table);
    if (!changes || changes->empty()) return {};
    const std::string unsigned_one = plain_changeset(std::string(crypto::kSignatureSize, '\0'),
                                                     {parties().team,
                                                      {parties().device_id(), kCommonLane},
                                                      parties().device.public_key(),
                                                      1,
                                                      {},
                                                      Stamp::at(test::kNoon),
                                                      static_cast<std::int64_t>(changes->size()),
                                                      {}},
                                                     table);
    const std::string body = unsigned_one.substr(crypto::kSignatureSize);
    return signed_for("bordereau changeset", crypto::digest(body)) + body;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    as_certificate(bytes);
    as_table(bytes);
    as_pack(bytes);
    as_changeset(signed_for("bordereau changeset", crypto::digest(bytes)).append(bytes));
    as_changeset(around_table(bytes));
    return 0;
}
