#include "storage/journal/changeset.h"

#include <algorithm>

#include "storage/base/check.h"
#include "storage/crypto/hash.h"
#include "storage/journal/cbor.h"
#include "storage/journal/change_table.h"
#include "storage/journal/compress.h"

namespace bordereau::storage {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kItems = 9;
constexpr std::size_t kMaxLaneBytes = 64;
constexpr std::size_t kMaxTableBytes = std::size_t{128} << 20;
// Keeps a signature made here from passing as one over anything else.
constexpr std::string_view kPurpose = "bordereau changeset";

std::string signed_text(std::string_view body) {
    return std::string{kPurpose} + std::string{body};
}

struct Opened {
    ChangesetHead head;
    std::string_view table;  // compressed
};

// The body's fields; nothing is believed of them before the signature was checked.
Result<Opened> read_body(std::string_view body) {
    CborReader in{body};
    const std::size_t items = in.array();
    if (const std::int64_t format = in.number(); in.ok() && format > kFormat)
        return Error{ErrorCode::refused, "changeset of a newer format"};
    Opened opened;
    ChangesetHead& head = opened.head;
    head.team.text = in.text();
    head.public_key = in.bytes();
    head.chain.lane.text = in.text();
    head.number = in.number();
    head.previous = in.bytes();
    head.last.bits = static_cast<std::uint64_t>(in.number());
    head.changes = in.number();
    opened.table = in.bytes();
    const std::size_t link = head.number == 1 ? 0 : crypto::kDigestSize;
    if (items != kItems || !in.complete() || head.number < 1 || head.previous.size() != link ||
        head.public_key.size() != crypto::kPublicKeySize ||
        head.chain.lane.text.size() > kMaxLaneBytes)
        return Error{ErrorCode::corrupt, "not a changeset"};
    return opened;
}

std::string_view body_of(std::string_view bytes) {
    return bytes.substr(crypto::kSignatureSize);
}

}  // namespace

Result<std::string> seal_changeset(const ChainLink& link, const crypto::SigningKey& key,
                                   std::vector<Change> changes) {
    check(!changes.empty(), "an empty changeset");
    sort_changes(changes);
    const Stamp last = std::ranges::max(changes, {}, &Change::version).version.stamp;
    CborWriter out;
    out.array(kItems).number(kFormat).text(link.team.text).bytes(key.public_key());
    out.text(link.lane.text)
        .number(link.number)
        .bytes(link.previous)
        .number(static_cast<std::int64_t>(last.bits));
    out.number(static_cast<std::int64_t>(changes.size()));
    out.bytes(compressed(encode_changes(changes)));
    const std::string body = out.take();
    if (body.size() + crypto::kSignatureSize > kMaxChangesetBytes)
        return Error{ErrorCode::refused, "too much for one changeset"};
    return key.sign(signed_text(body)) + body;
}

Result<ChangesetHead> read_head(std::string_view bytes) {
    if (bytes.size() > kMaxChangesetBytes || bytes.size() <= crypto::kSignatureSize)
        return Error{ErrorCode::corrupt, "a changeset of an impossible size"};
    const std::string_view body = body_of(bytes);
    auto opened = read_body(body);
    if (!opened) return opened.error();
    ChangesetHead& head = opened->head;
    const std::string_view signature = bytes.substr(0, crypto::kSignatureSize);
    if (!crypto::verify(signature, signed_text(body), head.public_key))
        return Error{ErrorCode::corrupt, "a changeset's signature does not hold"};
    head.chain.device = crypto::device_id(head.public_key);
    head.digest = crypto::digest(body);
    return std::move(head);
}

Result<std::vector<Change>> read_changes(const ChangesetHead& head, std::string_view bytes) {
    auto opened = read_body(body_of(bytes));
    if (!opened) return opened.error();
    auto table = expanded(opened->table, kMaxTableBytes);
    if (!table) return table.error();
    auto changes = decode_changes(*table);
    if (!changes) return changes;
    const bool own = std::ranges::all_of(*changes, [&head](const Change& change) {
        return change.version.device == head.chain.device && change.version.stamp <= head.last;
    });
    if (!own) return Error{ErrorCode::corrupt, "a changeset speaks for another device"};
    return changes;
}

Result<Changeset> read_changeset(std::string_view bytes) {
    auto head = read_head(bytes);
    if (!head) return head.error();
    auto changes = read_changes(*head, bytes);
    if (!changes) return changes.error();
    return Changeset{*std::move(head), *std::move(changes)};
}

}  // namespace bordereau::storage
