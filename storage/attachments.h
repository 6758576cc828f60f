// storage/attachments.h - photos and documents that answers name, as encrypted files of the
// notebook. A file is named by a keyed hash of its content, so that equal files are kept once and a
// name tells nothing. It is written in a folder of its own and moved when it is whole. How a
// picture is shown or cleaned of its location is for others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/arriving_files.h"
#include "storage/backup_file.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/named_files.h"

namespace bordereau::storage {

class Notebook;

/// The largest file that is taken: a signature and an upload must stay possible on bad links.
constexpr std::size_t kMaxAttachmentBytes = std::size_t{32} << 20;

struct Attachment {
    std::string name;       ///< as in the answer
    std::string hash;       ///< BLAKE2b-256 of the plain bytes, hexadecimal
    std::int64_t size = 0;  ///< of the plain bytes
    std::string media_type;
    PersonId author;
    Millis at = 0;
    bool present = false;  ///< its bytes are on this laptop
};

/// What collecting took away.
struct Collected {
    std::int64_t files = 0;
    std::int64_t bytes = 0;  ///< on disk
};

class Attachments {
public:
    explicit Attachments(Notebook& notebook) : notebook_(notebook) {}

    /// Keeps the bytes, durably, and then the change that names them. A second content under one
    /// name replaces the first; the first's bytes may be collected. refused: too large; invalid: no
    /// name; full: no space, nothing was named.
    Status put(const AuditId& audit, std::string_view name, std::string_view media_type,
               std::string_view bytes);
    /// not_found: nothing of this name, or its bytes have not arrived; corrupt: damaged.
    Result<std::string> get(const AuditId& audit, std::string_view name) const;
    /// Writes the plain bytes as a file of the person's, chunk by chunk; what was there is replaced
    /// only by the whole. Errors as get(), and those of the disk.
    Status save_copy(const AuditId& audit, std::string_view name,
                     const std::filesystem::path& file) const;
    Result<std::vector<Attachment>> list(const AuditId& audit) const;  ///< by name
    /// not_found: nothing of this name.
    Result<Attachment> find(const AuditId& audit, std::string_view name) const;

    /// Bytes that another device named, as they arrive; whether they were not here, or damaged.
    /// corrupt: not of this hash.
    Result<bool> put_bytes(std::string_view hash, std::string_view bytes);
    /// The bytes of a hash, for those who send them.
    Result<std::string> get_bytes(std::string_view hash) const;
    /// Part of the bytes of a hash, from an offset on; fewer than `limit` at the end only.
    Result<std::string> read(std::string_view hash, std::uint64_t offset, std::size_t limit) const;
    /// Bytes from the beginning that are here of a file of that size; all of them once it is whole.
    Result<std::uint64_t> held(std::string_view hash, std::uint64_t size);
    /// A further piece of a file that another device named, durable when this returns. With the
    /// last one the file is verified and counts as here.
    Result<Arrival> take_piece(std::string_view hash, const FilePiece& piece);
    /// Takes damaged bytes away, so that they count as not here.
    Status discard(std::string_view hash);
    /// Hashes that audits name and whose bytes are not here, without repetition.
    Result<std::vector<std::string>> missing() const;
    /// The same with their sizes and lanes, each hash once.
    Result<std::vector<NamedFile>> missing_files() const;

    /// Removes files that no audit names: what a crash left between keeping and naming, and
    /// contents that were replaced. busy: another connection is adding one now; nothing was
    /// removed.
    Result<Collected> collect_unnamed();

    /// After a change of the notebook's key: seals files under the present key that are still
    /// under one before it, and forgets those keys. Can be broken off and called again at any time.
    /// `going_on` is asked before each file, in files; false: cancelled. corrupt: a damaged file
    /// was left as it is, under its old key; all others are done.
    Status renew(const GoingOn& going_on);
    /// Whether files may still be under a key before the present one, as far as this opening of the
    /// notebook knows.
    bool has_old_keys() const;

private:
    /// Where a content lies, and under which of the notebook's keys.
    struct Place {
        std::filesystem::path file;
        std::size_t key = 0;  ///< index into Notebook::keys_for(); 0: the present one
    };
    Result<bool> keep(std::string_view hash, std::string_view bytes);
    Status write(std::string_view hash, std::string_view bytes);
    Status renew_one(std::string_view hash, const Place& old);
    Place place_of(std::string_view hash) const;
    ArrivingFiles arriving() const;
    Status keep_arrived(const ArrivingFiles& pieces, std::string_view hash, std::uint64_t size);
    /// Hands the chunks of a verified-as-it-goes file on; the hash is known at its end.
    template <class Take>
    Status read_chunks(std::string_view hash, const Place& place, Take take) const;

    Notebook& notebook_;
};

/// Bytes that may still be added on the notebook's disk; some are left for the answers.
Result<std::uint64_t> room_for_attachments(const Notebook& notebook);

/// Removes what was being written when the program ended. For the notebook, as it opens.
void remove_unfinished(const std::filesystem::path& notebook_folder);

}  // namespace bordereau::storage
