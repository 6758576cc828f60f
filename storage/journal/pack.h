// storage/journal/pack.h - many changesets as one byte string for the way: what they have in common
// is said once. Each comes out in its plain form, byte for byte, so that its signature holds.
//
// zstd of deterministic CBOR: the columns in pack_columns.h, one after the other; the larger ones
// in frames of their own. Changesets lie in runs: of one chain, numbered without a gap. Of a run
// the team, the public key, the lane, the first number and the digest before it are said; the other
// numbers and digests, the greatest stamps and the counts follow from what is inside. Dictionaries
// and columns are those of a change table, over all changesets together, but: differences go on
// from changeset to changeset; a link's moment is told from the link before; values lie path by
// path, and other actions kind by kind, as in pack_values.h.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"
#include "storage/journal/changeset.h"

namespace bordereau::storage {

/// Of one pack: what it may hold once expanded, and what may come out of it.
constexpr std::size_t kMaxPackBytes = std::size_t{48} << 20;
constexpr std::size_t kMaxUnpackedBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxPackedChanges = std::size_t{1} << 20;

/// What is dear on the way that a pack goes: its bytes, or the time to make it. Between them lie
/// 7 % of the bytes and an eighth of the time.
enum class Effort { few_bytes, little_time };

class PackWriter {
public:
    explicit PackWriter(Effort effort = Effort::few_bytes);
    ~PackWriter();
    PackWriter(const PackWriter&) = delete;
    PackWriter& operator=(const PackWriter&) = delete;

    /// Takes a changeset in, in either form; its signature is not checked. False: it would not come
    /// out as it is (of a newer program, of another team than those before, too large, damaged), or
    /// the pack is full. Nothing of it is in the pack then.
    bool add(std::string_view changeset);
    /// The same of one that is expanded already; it is taken out where the pack takes it in. Of one
    /// without digest (expand_held()) it is believed that what follows it by number links to it.
    bool add(OpenChangeset& changeset);
    std::size_t size() const;         ///< changesets so far
    std::size_t plain_bytes() const;  ///< of them
    /// The pack; the writer is empty after it.
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The changesets in their plain forms, in order. What they say is not checked: open_changeset().
/// corrupt: not a pack, or beyond the limits, each of which is checked before it is spent; `most`
/// bounds what comes out.
Result<std::vector<std::string>> unpack(std::string_view pack,
                                        std::size_t most = kMaxUnpackedBytes);

}  // namespace bordereau::storage
