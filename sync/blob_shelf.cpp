#include "sync/blob_shelf.h"

#include <memory>

#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/changeset_store.h"
#include "storage/kept_files.h"
#include "storage/notebook.h"
#include "storage/outbox.h"

namespace bordereau::sync {
namespace {

using storage::Arrival;
using storage::Attachments;
using storage::FilePiece;
using storage::NamedFile;
using Digests = std::span<const std::string>;

FileSizes sizes_of(const std::vector<NamedFile>& files) {
    FileSizes sizes;
    for (const NamedFile& file : files) sizes.push_back(static_cast<std::uint64_t>(file.size));
    return sizes;
}

Result<std::vector<FileSizes>> sizes_at(storage::ChangesetStore& store, const TeamId& team,
                                        const DeviceId& member, Digests digests) {
    std::vector<std::string> hashes;
    for (const std::string& digest : digests) hashes.push_back(to_hex(digest));
    const auto named = store.files_named(team, member, hashes);
    if (!named) return named.error();
    std::vector<FileSizes> sizes;
    for (const std::string& hash : hashes) {
        const auto files = named->find(hash);
        sizes.push_back(files == named->end() ? FileSizes{} : sizes_of(files->second));
    }
    return sizes;
}

// What both this device and the member may hold.
Result<std::vector<FileSizes>> sizes_at(const storage::Notebook& notebook, const DeviceId& member,
                                        Digests digests) {
    const auto own = notebook.journal().own_admission();
    if (!own) return own.error();
    const auto admission = notebook.journal().admission();
    if (!admission) return admission.error();
    std::vector<FileSizes> sizes;
    for (const std::string& digest : digests) {
        auto files = storage::files_named(notebook.database(), notebook.team(), to_hex(digest));
        if (!files) return files.error();
        std::erase_if(*files, [&](const NamedFile& file) {
            return file.size <= 0 || !own->covers(notebook.device(), file.lane) ||
                   !admission->covers(member, file.lane);
        });
        sizes.push_back(sizes_of(*files));
    }
    return sizes;
}

// Damaged bytes are taken away: then they can come again.
template <class Files>
Result<std::string> read_or_discard(Files& files, const std::string& hash, std::uint64_t offset,
                                    std::size_t limit) {
    auto bytes = files.read(hash, offset, limit);
    if (!bytes && bytes.error().code == ErrorCode::corrupt)
        if (Status gone = files.discard(hash); !gone) return gone.error();
    return bytes;
}

}  // namespace

BlobShelf shelf_of(storage::ChangesetStore& store, storage::KeptFiles& files, TeamId team,
                   DeviceId member) {
    return {
        [&store, team, member](Digests digests) { return sizes_at(store, team, member, digests); },
        [&files, team](std::string_view digest, std::uint64_t size) {
            return files.held(team, to_hex(digest), size);
        },
        [&files, team](std::string_view digest, const FilePiece& piece) {
            return files.take_piece(team, to_hex(digest), piece);
        },
        [&files](std::string_view digest, std::uint64_t offset, std::size_t limit) {
            return read_or_discard(files, to_hex(digest), offset, limit);
        }};
}

BlobShelf shelf_of(storage::Notebook& notebook, DeviceId member) {
    return {[&notebook, member](Digests digests) { return sizes_at(notebook, member, digests); },
            [&notebook](std::string_view digest, std::uint64_t size) {
                return Attachments{notebook}.held(to_hex(digest), size);
            },
            [&notebook](std::string_view digest, const FilePiece& piece) {
                return Attachments{notebook}.take_piece(to_hex(digest), piece);
            },
            [&notebook](std::string_view digest, std::uint64_t offset, std::size_t limit) {
                return Attachments{notebook}.read(to_hex(digest), offset, limit);
            }};
}

BlobStock stock_of(storage::Notebook& notebook, std::string endpoint) {
    const auto outbox = std::make_shared<storage::Outbox>(notebook, std::move(endpoint));
    return {[outbox] { return outbox->files_waiting(); },
            [outbox](std::string_view hash) { return outbox->acknowledge_file(hash); },
            [&notebook](std::string_view hash, std::uint64_t offset, std::size_t limit) {
                return Attachments{notebook}.read(hash, offset, limit);
            },
            [&notebook] { return Attachments{notebook}.missing_files(); },
            [&notebook](std::string_view hash, std::uint64_t size) {
                return Attachments{notebook}.held(hash, size);
            },
            // What came from there needs not go there again.
            [&notebook, outbox](std::string_view hash, const FilePiece& piece) -> Result<Arrival> {
                auto arrival = Attachments{notebook}.take_piece(hash, piece);
                if (arrival && arrival->held == piece.size)
                    if (Status kept = outbox->acknowledge_file(hash); !kept) return kept.error();
                return arrival;
            }};
}

}  // namespace bordereau::sync
