// sync/blob_shelf.h - the files that each side of an exchange keeps: what an answering side has for
// one member, and what an asking side sends and fetches. Functions, so that notebooks, endpoints
// and tests are the same to the messages. Digests are 32 raw bytes, of the plain bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/arriving_files.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/named_files.h"
#include "sync/blob_protocol.h"

namespace bordereau::storage {
class ChangesetStore;
class KeptFiles;
class Notebook;
}  // namespace bordereau::storage

namespace bordereau::sync {

using FileSizes = std::vector<std::uint64_t>;

/// What an answering side keeps, as far as one member may hold it.
struct BlobShelf {
    /// Sizes under which changesets that the member may hold name each of these files, in their
    /// order; none: it is not for them. One question for all, since a store may be far away.
    std::function<Result<std::vector<FileSizes>>(std::span<const std::string> digests)> named;
    /// Bytes from the beginning that are here of a file of that size.
    std::function<Result<std::uint64_t>(std::string_view digest, std::uint64_t size)> held;
    /// Durable when it returns. invalid: no such piece; refused: too large.
    std::function<Result<storage::Arrival>(std::string_view digest, const storage::FilePiece&)>
        take;
    /// From an offset on. not_found: not here; corrupt: damaged here, and taken away.
    std::function<Result<std::string>(std::string_view digest, std::uint64_t offset,
                                      std::size_t limit)>
        read;
};

/// What an asking side has to send and lacks. Hashes as in storage: hexadecimal.
struct BlobStock {
    std::function<Result<std::vector<storage::NamedFile>>()> waiting;
    /// The other side holds it whole and durable.
    std::function<Status(std::string_view hash)> acknowledge;
    std::function<Result<std::string>(std::string_view hash, std::uint64_t offset,
                                      std::size_t limit)>
        read;
    std::function<Result<std::vector<storage::NamedFile>>()> missing;
    std::function<Result<std::uint64_t>(std::string_view hash, std::uint64_t size)> held;
    std::function<Result<storage::Arrival>(std::string_view hash, const storage::FilePiece&)> take;
    /// Told of a file that the other side did not take; may be null.
    std::function<void(std::string_view hash, PieceFate)> declined = {};
};

/// An endpoint's, of one team, for one member. Both must outlive it; the store's thread only.
BlobShelf shelf_of(storage::ChangesetStore& store, storage::KeptFiles& files, TeamId team,
                   DeviceId member);
/// A notebook's, for another device of its team: what the memberships of both cover.
BlobShelf shelf_of(storage::Notebook& notebook, DeviceId member);

/// A notebook's towards the endpoint of that name (see outbox_name()).
BlobStock stock_of(storage::Notebook& notebook, std::string endpoint);

}  // namespace bordereau::sync
