// storage/attachments.h - photos and documents that answers name, as encrypted files of the
// notebook. A file is named by a keyed hash of its content, so that equal files are kept once and a
// name tells nothing. How a picture is shown or cleaned of its location is for others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"

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

class Attachments {
public:
    explicit Attachments(Notebook& notebook) : notebook_(notebook) {}

    /// Keeps the bytes, durably, and then the change that names them. A second content under one
    /// name replaces the first; the first's bytes stay. refused: too large; invalid: no name.
    Status put(const AuditId& audit, std::string_view name, std::string_view media_type,
               std::string_view bytes);
    /// not_found: nothing of this name, or its bytes have not arrived; corrupt: damaged.
    Result<std::string> get(const AuditId& audit, std::string_view name) const;
    Result<std::vector<Attachment>> list(const AuditId& audit) const;  ///< by name

    /// Bytes that another device named, as they arrive. corrupt: not of this hash.
    Status put_bytes(std::string_view hash, std::string_view bytes);
    /// Hashes that audits name and whose bytes are not here, without repetition.
    Result<std::vector<std::string>> missing() const;

private:
    std::filesystem::path file_of(std::string_view hash) const;
    Result<std::string> read_bytes(std::string_view hash) const;

    Notebook& notebook_;
};

}  // namespace bordereau::storage
