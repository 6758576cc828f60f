#include "storage/journal/changeset.h"

#include <algorithm>
#include <optional>

#include "storage/base/check.h"
#include "storage/crypto/hash.h"
#include "storage/journal/cbor.h"
#include "storage/journal/change_table.h"
#include "storage/journal/compress.h"

namespace bordereau::storage {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kPlainItems = 9, kKeptItems = 10;
constexpr std::size_t kMaxLaneBytes = 64;
// Of what comes in by the thousand: 4 % more bytes than at the usual level, for two fifths of the
// time.
constexpr int kReceivedLevel = 1;
// Below this size no expansion is much work.
constexpr std::size_t kSmallTable = std::size_t{64} << 10;
// Keeps a signature made here from passing as one over anything else.
constexpr std::string_view kPurpose = "bordereau changeset";

std::string signed_text(std::string_view digest) {
    return std::string{kPurpose}.append(digest);
}

struct Parts {
    std::string_view signature;
    ChangesetHead head;      // without digest
    std::string_view table;  // as it stands there
    std::optional<std::size_t> expands_to;
};

bool may_expand(std::size_t size, std::size_t kept) {
    return size <= kMaxTableBytes && (size <= kSmallTable || size / kMostExpansion <= kept);
}

// Nothing is believed of the fields before the signature was checked.
Result<Parts> read_parts(std::string_view bytes) {
    if (bytes.size() > kMaxChangesetBytes || bytes.size() <= crypto::kSignatureSize)
        return Error{ErrorCode::corrupt, "a changeset of an impossible size"};
    Parts parts;
    parts.signature = bytes.substr(0, crypto::kSignatureSize);
    CborReader in{bytes.substr(crypto::kSignatureSize)};
    const std::size_t items = in.array();
    const std::int64_t format = in.number();
    if (in.ok() && format > kFormat)
        return Error{ErrorCode::refused, "changeset of a newer format"};
    ChangesetHead& head = parts.head;
    head.team.text = in.text();
    head.public_key = in.bytes();
    head.chain.lane.text = in.text();
    head.number = in.number();
    head.previous = in.bytes();
    head.last.bits = static_cast<std::uint64_t>(in.number());
    head.changes = in.number();
    if (items == kKeptItems) parts.expands_to = static_cast<std::size_t>(in.number());
    parts.table = in.bytes();
    const std::size_t link = head.number == 1 ? 0 : crypto::kDigestSize;
    if (format != kFormat || (items != kPlainItems && items != kKeptItems) || !in.complete() ||
        head.number < 1 || head.previous.size() != link ||
        head.public_key.size() != crypto::kPublicKeySize ||
        head.chain.lane.text.size() > kMaxLaneBytes)
        return Error{ErrorCode::corrupt, "not a changeset"};
    if (parts.expands_to && !may_expand(*parts.expands_to, parts.table.size()))
        return Error{ErrorCode::corrupt, "a changeset that would grow beyond measure"};
    head.chain.device = crypto::device_id(head.public_key);
    return parts;
}

// What a body has beside its table, so that its bytes are moved once.
constexpr std::size_t kMostBesideTable = 256 + kMaxLaneBytes;

// All of a body but its table, after `begun`, with room for a table of that size.
CborWriter begin_body(const ChangesetHead& head, std::size_t items, std::size_t table,
                      std::string_view begun = {}) {
    std::string bytes;
    bytes.reserve(begun.size() + kMostBesideTable + table);
    CborWriter out{std::move(bytes.append(begun))};
    out.array(items).number(kFormat).text(head.team.text).bytes(head.public_key);
    out.text(head.chain.lane.text)
        .number(head.number)
        .bytes(head.previous)
        .number(static_cast<std::int64_t>(head.last.bits))
        .number(head.changes);
    return out;
}

Result<std::string> kept_of(std::string_view signature, const ChangesetHead& head,
                            std::string_view table, int level) {
    const std::string small = compressed(table, level);
    const bool shrinks = small.size() < table.size() && may_expand(table.size(), small.size());
    const std::string_view kept = shrinks ? small : table;
    CborWriter out = begin_body(head, shrinks ? kKeptItems : kPlainItems, kept.size(), signature);
    if (shrinks) out.number(static_cast<std::int64_t>(table.size()));
    std::string bytes = out.bytes(kept).take();
    if (bytes.size() > kMaxChangesetBytes || table.size() > kMaxTableBytes)
        return Error{ErrorCode::refused, "too much for one changeset"};
    return bytes;
}

Result<std::string> plain_of(const Parts& parts, std::string_view bytes) {
    if (!parts.expands_to) return std::string{bytes};
    auto table = expanded(parts.table, *parts.expands_to);
    if (!table) return table;
    if (table->size() != *parts.expands_to)
        return Error{ErrorCode::corrupt, "a change table of another size than announced"};
    return plain_changeset(parts.signature, parts.head, *table);
}

Result<std::vector<Change>> changes_in(const ChangesetHead& head, std::string_view table) {
    auto changes = decode_changes(table);
    if (!changes) return changes;
    const bool own = std::ranges::all_of(*changes, [&head](const Change& change) {
        return change.version.device == head.chain.device && change.version.stamp <= head.last;
    });
    if (!own) return Error{ErrorCode::corrupt, "a changeset speaks for another device"};
    return changes;
}

}  // namespace

std::string plain_changeset(std::string_view signature, const ChangesetHead& head,
                            std::string_view table) {
    return begin_body(head, kPlainItems, table.size(), signature).bytes(table).take();
}

std::string plain_changeset(std::string_view signature, const ChangesetHead& head,
                            const TableColumns& table) {
    const std::size_t size = size_of_table(table);
    CborWriter out = begin_body(head, kPlainItems, size, signature);
    write_table(out.begin_bytes(size), table);
    return out.take();
}

Result<OpenChangeset> expand_held(std::string_view bytes) {
    auto parts = read_parts(bytes);
    if (!parts) return parts.error();
    auto plain = plain_of(*parts, bytes);
    if (!plain) return plain.error();
    OpenChangeset opened;
    opened.head_ = std::move(parts->head);
    const std::size_t table = parts->expands_to.value_or(parts->table.size());
    opened.table_at_ = plain->size() - table;
    opened.plain_ = *std::move(plain);
    if (parts->expands_to) opened.kept_ = bytes;
    return opened;
}

Result<OpenChangeset> expand_changeset(std::string_view bytes) {
    auto opened = expand_held(bytes);
    if (opened)
        opened->head_.digest =
            crypto::digest(std::string_view{opened->plain_}.substr(crypto::kSignatureSize));
    return opened;
}

Result<OpenChangeset> open_changeset(std::string_view bytes) {
    auto opened = expand_changeset(bytes);
    if (opened && !opened->signature_holds())
        return Error{ErrorCode::corrupt, "a changeset's signature does not hold"};
    return opened;
}

bool OpenChangeset::signature_holds() const {
    return crypto::verify(signature(), signed_text(head_.digest), head_.public_key);
}

Result<std::string> OpenChangeset::kept() const {
    if (!kept_.empty()) return kept_;
    return kept_of(signature(), head_, table(), kReceivedLevel);
}

void OpenChangeset::compress_ahead() {
    if (auto bytes = kept()) kept_ = *std::move(bytes);
}

Result<std::vector<Change>> OpenChangeset::changes() const {
    return changes_in(head_, table());
}

Result<std::string> seal_changeset(const ChainLink& link, const crypto::SigningKey& key,
                                   std::vector<Change> changes) {
    check(!changes.empty(), "an empty changeset");
    sort_changes(changes);
    ChangesetHead head;
    head.team = link.team;
    head.chain.lane = link.lane;
    head.public_key = key.public_key();
    head.number = link.number;
    head.previous = link.previous;
    head.last = std::ranges::max(changes, {}, &Change::version).version.stamp;
    head.changes = static_cast<std::int64_t>(changes.size());
    const std::string table = encode_changes(changes);
    const std::string body = begin_body(head, kPlainItems, table.size()).bytes(table).take();
    return kept_of(key.sign(signed_text(crypto::digest(body))), head, table, kUsualLevel);
}

Result<ChangesetHead> read_head(std::string_view bytes) {
    auto opened = open_changeset(bytes);
    if (!opened) return opened.error();
    return opened->head();
}

Result<ChangesetHead> read_address(std::string_view bytes) {
    auto parts = read_parts(bytes);
    if (!parts) return parts.error();
    return std::move(parts->head);
}

Result<std::vector<Change>> read_changes(const ChangesetHead& head, std::string_view bytes) {
    const auto parts = read_parts(bytes);
    if (!parts) return parts.error();
    if (!parts->expands_to) return changes_in(head, parts->table);
    const auto table = expanded(parts->table, *parts->expands_to);
    if (!table) return table.error();
    return changes_in(head, *table);
}

Result<Changeset> read_changeset(std::string_view bytes) {
    auto opened = open_changeset(bytes);
    if (!opened) return opened.error();
    auto changes = opened->changes();
    if (!changes) return changes.error();
    return Changeset{opened->head(), *std::move(changes)};
}

std::string name_of_evidence(std::string_view bytes) {
    const auto expanded = expand_changeset(bytes);
    return crypto::digest(expanded ? std::string_view{expanded->plain()} : bytes);
}

}  // namespace bordereau::storage
