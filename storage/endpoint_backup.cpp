#include "storage/endpoint_backup.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "storage/backup_place.h"
#include "storage/changeset_count.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/seal.h"
#include "storage/disk.h"
#include "storage/endpoint_folder.h"
#include "storage/files.h"
#include "storage/kept_files.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kContext = "bordereau endpoint backup: key of the files";

fs::path files_of(const EndpointPlaces& from) {
    return from.files.empty() ? from.folder / "files" : from.files;
}

Result<crypto::Secret> key_at(const EndpointPlaces& from) {
    std::error_code code;
    if (latest_generation(from.folder) > 0)
        return Error{ErrorCode::refused,
                     "this folder is a copy of what a PostgreSQL database holds: back that up with "
                     "pg_dump, and the folder of attached files"};
    if (!fs::exists(truth_in(from.folder), code))
        return Error{ErrorCode::not_found, "no endpoint in " + from.folder.string()};
    return read_key(from.key_file.empty() ? key_file_in(from.folder) : from.key_file);
}

Result<sqlite::Database> open_with(const fs::path& file, const crypto::Secret& key) {
    auto db = open_database(file, key);
    if (!db && db.error().code == ErrorCode::corrupt)
        return Error{ErrorCode::refused, "the key file is not the one that belongs to " +
                                             file.string() + ", or that file is damaged"};
    return db;
}

// Whole files only: halves are not in a backup.
std::vector<fs::path> whole_files(const fs::path& files, std::error_code& code) {
    std::vector<fs::path> whole;
    for (const auto& entry : fs::directory_iterator{files / KeptFiles::kWholeFolder, code})
        whole.push_back(entry.path());
    if (code == std::errc::no_such_file_or_directory) code.clear();
    std::ranges::sort(whole);
    return whole;
}

std::int64_t bytes_of(const EndpointPlaces& from) {
    std::error_code ignored;
    std::vector<fs::path> all = whole_files(files_of(from), ignored);
    all.push_back(truth_in(from.folder));
    std::int64_t bytes = 0;
    for (const fs::path& file : all)
        if (const auto size = fs::file_size(file, ignored); !ignored)
            bytes += static_cast<std::int64_t>(size);
    return bytes;
}

Status add_files_key(BackupWriter& writer, const fs::path& files, const crypto::Secret& key,
                     const Entropy& entropy) {
    const auto bytes = read_file(files / KeptFiles::kKeyFile);
    if (!bytes) return bytes.error().code == ErrorCode::not_found ? done() : Status{bytes.error()};
    return writer.add(
        BackupPiece::Kind::keys, KeptFiles::kKeyFile,
        crypto::seal_bound(crypto::derived_key(key, "backup"), kContext, *bytes, entropy));
}

// One that was found damaged meanwhile is gone, and comes again from a laptop.
Result<std::int64_t> add_files(BackupWriter& writer, const fs::path& files) {
    std::error_code code;
    const auto whole = whole_files(files, code);
    if (code) return Error{ErrorCode::io, "reading the attached files: " + code.message()};
    std::int64_t count = 0;
    for (const fs::path& file : whole) {
        const auto bytes = read_file(file);
        if (!bytes && bytes.error().code == ErrorCode::not_found) continue;
        if (!bytes) return bytes.error();
        if (Status added =
                writer.add(BackupPiece::Kind::attachment, file.filename().string(), *bytes);
            !added)
            return added.error();
        ++count;
    }
    return count;
}

// What is on the disk, not what was meant to be.
Status read_back(const fs::path& file, const crypto::Secret& key, const EndpointBackup& made,
                 const GoingOn& going_on) {
    const auto contents = read_backup(file, going_on);
    if (!contents) return contents.error();
    const auto files =
        std::ranges::count(contents->pieces, BackupPiece::Kind::attachment, &BackupPiece::kind);
    if (!contents->complete || !contents->database_whole || contents->damaged() > 0 ||
        files != made.files)
        return Error{ErrorCode::corrupt, "the backup does not read back as it was written"};
    const auto db = sqlite::Database::open_untouched(file, key);
    if (!db) return db.error();
    const auto counted = changesets_in(*db);
    if (!counted) return counted.error();
    return *counted >= made.changesets
               ? done()
               : Status{Error{ErrorCode::corrupt, "the backup lacks changesets"}};
}

// Removes a folder that was not finished, however it ended.
struct Unfinished {
    fs::path place;
    ~Unfinished() {
        std::error_code ignored;
        if (!place.empty()) fs::remove_all(place, ignored);
    }
};

Status write_pieces(const EndpointPlaces& from, const fs::path& file, const crypto::Secret& key,
                    Millis now, const Entropy& entropy, EndpointBackup& made) {
    auto writer = BackupWriter::after_database(file);
    if (!writer) return writer.error();
    if (Status added = add_files_key(*writer, files_of(from), key, entropy); !added) return added;
    const auto files = add_files(*writer, files_of(from));
    if (!files) return files.error();
    made.files = *files;
    return writer->finish(now);
}

}  // namespace

// Files after the database: those that its changesets name are there then.
Result<EndpointBackup> back_up_endpoint(const EndpointPlaces& from, const fs::path& file,
                                        Millis now, const Entropy& entropy,
                                        const GoingOn& going_on) {
    const auto key = key_at(from);
    if (!key) return key.error();
    if (Status place = check_backup_place(file, from.folder, bytes_of(from)); !place)
        return place.error();
    UnfinishedBackup unfinished{file};
    const fs::path& part = unfinished.part();
    EndpointBackup made;
    {
        auto db = open_with(truth_in(from.folder), *key);
        if (!db) return db.error();
        const auto changesets = changesets_in(*db);
        if (!changesets) return changesets.error();
        made.changesets = *changesets;
        if (Status copied = db->copy_to(part, *key, going_on); !copied) return copied.error();
    }
    if (Status written = write_pieces(from, part, *key, now, entropy, made); !written)
        return written.error();
    if (Status checked = read_back(part, *key, made, going_on); !checked) return checked.error();
    std::error_code ignored;
    made.bytes = static_cast<std::int64_t>(fs::file_size(part, ignored));
    if (Status named = unfinished.name(); !named) return named.error();
    return made;
}

namespace {

// Names come from the file: only such as an endpoint gives may become paths.
bool is_name_of_file(std::string_view name) {
    return name.size() >= 32 && std::ranges::all_of(name, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Status restore_files_key(const fs::path& backup, const BackupPiece& piece,
                         const crypto::Secret& key, const fs::path& files) {
    const auto sealed = read_piece(backup, piece);
    if (!sealed) return sealed.error();
    const auto plain = crypto::open_bound(crypto::derived_key(key, "backup"), kContext, *sealed);
    if (!plain) return plain.error();
    return replace_file(files / KeptFiles::kKeyFile, *plain);
}

Status restore_files(const fs::path& backup, const BackupContents& contents,
                     const crypto::Secret& key, const fs::path& files, EndpointRestored& restored) {
    if (Status made = make_folder(files / KeptFiles::kWholeFolder); !made) return made;
    const BackupPiece* keys = contents.keys();
    if (keys == nullptr) {  // without their key the files are nothing: they come again
        restored.damaged = std::ssize(contents.pieces);
        return done();
    }
    if (Status kept = restore_files_key(backup, *keys, key, files); !kept) return kept;
    for (const BackupPiece& piece : contents.pieces) {
        if (piece.kind != BackupPiece::Kind::attachment) continue;
        if (!piece.whole || !is_name_of_file(piece.name)) {
            ++restored.damaged;
            continue;
        }
        const auto bytes = read_piece(backup, piece);
        if (!bytes) return bytes.error();
        if (Status put = replace_file(files / KeptFiles::kWholeFolder / piece.name, *bytes); !put)
            return put;
        ++restored.files;
    }
    return done();
}

Status check_empty(const fs::path& folder) {
    std::error_code code;
    if (fs::exists(folder, code) && !fs::is_empty(folder, code))
        return Error{ErrorCode::conflict,
                     "there is something in " + folder.string() + ", which stays as it is"};
    return done();
}

}  // namespace

Result<EndpointRestored> restore_endpoint(const fs::path& file, const fs::path& key_file,
                                          const fs::path& folder, const GoingOn& going_on) {
    if (Status empty = check_empty(folder); !empty) return empty.error();
    const auto key = read_key(key_file);
    if (!key) return key.error();
    const auto contents = read_backup(file, going_on);
    if (!contents) return contents.error();
    if (!contents->database_whole)
        return Error{ErrorCode::corrupt,
                     "the backup is damaged or cut short; use another one. Nothing was made"};
    Unfinished part{folder};
    part.place += ".part";
    std::error_code ignored;
    fs::remove_all(part.place, ignored);
    if (Status made = make_folder(part.place); !made) return made.error();
    if (Status copied = copy_database(file, *contents, truth_in(part.place), going_on); !copied)
        return copied.error();
    {
        const auto db = open_with(truth_in(part.place), *key);
        if (!db) return db.error();
    }
    if (Status kept = replace_file(key_file_in(part.place), key->view()); !kept)
        return kept.error();
    EndpointRestored restored{contents->made_at, 0, 0};
    if (Status files = restore_files(file, *contents, *key, part.place / "files", restored); !files)
        return files.error();
    if (Status named = rename_folder(part.place, folder); !named) return named.error();
    part.place.clear();
    return restored;
}

}  // namespace bordereau::storage
