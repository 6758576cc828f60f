// storage/backup_file.h - the layout of a backup: one file that is an encrypted database, followed
// by the key file and the encrypted attachments as they lie in the notebook. Knows no key.
//
// The database comes first and may be followed by zeros up to a multiple of 512 bytes. Each piece
// after it begins at such a multiple with a head of 512 bytes (mark, kind, size, name, digest of
// these), then its bytes, then their digest. The last 512 bytes say where the database ends, its
// digest, how many pieces there are and when it was made. So a file that is cut short or damaged
// in the middle still gives what is whole: heads are found again by their marks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/result.h"
#include "storage/base/time.h"

namespace bordereau::storage {

/// Told how many bytes of how many are done; false: somebody wants it to end.
using GoingOn = std::function<bool(std::int64_t done, std::int64_t total)>;

struct BackupPiece {
    enum class Kind : std::uint8_t { keys = 1, attachment = 2 };
    Kind kind = Kind::attachment;
    std::string name;         ///< of the file in the notebook
    std::int64_t offset = 0;  ///< of its bytes
    std::int64_t size = 0;
    bool whole = false;  ///< its bytes have their digest
};

struct BackupContents {
    bool complete = false;        ///< nothing is missing at the end
    bool database_whole = false;  ///< false also where the end is missing, which knows its digest
    std::int64_t database_size = 0;
    Millis made_at = 0;  ///< 0: not known
    std::vector<BackupPiece> pieces;

    const BackupPiece* keys() const;  ///< where they are whole, else null
    std::int64_t damaged() const;     ///< pieces that are not whole
};

/// Adds pieces to a database file that is closed.
class BackupWriter {
public:
    static Result<BackupWriter> after_database(const std::filesystem::path& file);
    BackupWriter(BackupWriter&& other) noexcept;
    BackupWriter& operator=(BackupWriter&&) = delete;
    ~BackupWriter();

    Status add(BackupPiece::Kind kind, std::string_view name, std::string_view bytes);
    /// Ends it and flushes it to the disk. What is read afterwards comes from there, as far as the
    /// system lets us ask for that.
    Status finish(Millis made_at);

private:
    BackupWriter(int descriptor, std::filesystem::path file, std::int64_t database_size,
                 std::string digest);
    Status pad();
    Status write(std::string_view bytes);
    int descriptor_;
    std::filesystem::path file_;
    std::int64_t database_size_;
    std::string database_digest_;
    std::int64_t size_ = 0;
    std::int64_t pieces_ = 0;
};

/// Whether the last bytes of a file are those of a backup.
bool is_backup(const std::filesystem::path& file);

/// Reads the whole file and checks every digest. not_found, io, cancelled; corrupt: not a backup,
/// or nothing of it can be told.
Result<BackupContents> read_backup(const std::filesystem::path& file, const GoingOn& going_on);

Result<std::string> read_piece(const std::filesystem::path& file, const BackupPiece& piece);
/// Writes the database as a file of its own, durably.
Status copy_database(const std::filesystem::path& backup, const BackupContents& contents,
                     const std::filesystem::path& to, const GoingOn& going_on);

}  // namespace bordereau::storage
