// Notebook::back_up() and what belongs to it.
#include "storage/backup.h"

#include <algorithm>
#include <shared_mutex>
#include <system_error>
#include <vector>

#include "storage/backup_file.h"
#include "storage/backup_place.h"
#include "storage/changeset_count.h"
#include "storage/notebook.h"
#include "storage/notebook_state.h"
#include "storage/rights.h"
#include "storage/sqlite/pages.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

struct Source {
    std::vector<fs::path> files;  // attachments
    std::int64_t file_bytes = 0;
    std::int64_t database_bytes = 0;
    std::int64_t total() const { return file_bytes + database_bytes; }
};

Result<Source> measure(const Notebook& notebook) {
    Source source;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator{notebook.folder() / kAttachmentsFolder, code}) {
        if (!entry.is_regular_file(code)) continue;
        source.files.push_back(entry.path());
        source.file_bytes += static_cast<std::int64_t>(entry.file_size(code));
    }
    if (code) return of_system(code, "reading the attachments' folder");
    std::ranges::sort(source.files);
    auto size = notebook.database().query(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    if (size.next()) source.database_bytes = size.number(0);
    if (Status read = size.status(); !read) return read.error();
    return source;
}

Status add_attachments(BackupWriter& writer, const Source& source, const GoingOn& going_on,
                       std::int64_t& count) {
    std::int64_t done_bytes = source.database_bytes;
    for (const fs::path& file : source.files) {
        if (!going_on(done_bytes, 2 * source.total()))
            return Error{ErrorCode::cancelled, "a person stopped it"};
        auto bytes = read_file(file);
        if (!bytes) return bytes.error();
        if (Status added =
                writer.add(BackupPiece::Kind::attachment, file.filename().string(), *bytes);
            !added)
            return added;
        done_bytes += static_cast<std::int64_t>(bytes->size());
        ++count;
    }
    return done();
}

// What is on the stick, not what was meant to be: every byte is read again, and the database
// opened.
Status read_back(const fs::path& file, const crypto::Secret& key, std::int64_t changesets,
                 std::int64_t pieces, const GoingOn& going_on) {
    auto contents = read_backup(file, going_on);
    if (!contents) return contents.error();
    const bool whole = contents->complete && contents->database_whole && contents->keys() &&
                       contents->damaged() == 0 &&
                       static_cast<std::int64_t>(contents->pieces.size()) == pieces;
    if (!whole) return Error{ErrorCode::corrupt, "the backup does not read back as written"};
    auto db = sqlite::Database::open_untouched(file, key);
    if (!db) return db.error();
    auto counted = changesets_in(*db);
    if (!counted) return counted.error();
    if (*counted < changesets)
        return Error{ErrorCode::corrupt, "the backup's database lacks changes"};
    return done();
}

}  // namespace

Result<BackupMade> Notebook::back_up(const fs::path& file, const GoingOn& going_on) {
    if (!may(person(), Act::back_up)) return refused("this person may not back up");
    if (auto sealed = journal().seal_all(); !sealed) return sealed.error();
    auto source = measure(*this);
    if (!source) return source.error();
    if (Status place = check_backup_place(file, folder(), source->total()); !place)
        return place.error();
    auto changesets = changesets_in(database());
    if (!changesets) return changesets.error();

    UnfinishedBackup unfinished{file};
    const fs::path& part = unfinished.part();
    const std::int64_t total = 2 * source->total();
    if (Status copied = database().copy_to(
            part, state_->shared->key,
            [&](std::int64_t pages, std::int64_t) {
                return going_on(pages * static_cast<std::int64_t>(sqlite::kPageSize), total);
            });
        !copied)
        return copied.error();
    const std::shared_lock nothing_collected{collecting()};
    // What was attached after the copy began may come along: it harms nothing.
    if (auto now = measure(*this); now)
        source->files = std::move(now->files);
    else
        return now.error();
    auto keys = read_file(folder() / kKeysFile);
    if (!keys) return keys.error();
    BackupMade made{0, 0, clock().now()};
    {
        auto writer = BackupWriter::after_database(part);
        if (!writer) return writer.error();
        if (Status added = writer->add(BackupPiece::Kind::keys, kKeysFile, *keys); !added)
            return added.error();
        if (Status added = add_attachments(*writer, *source, going_on, made.attachments); !added)
            return added.error();
        if (Status finished = writer->finish(made.made_at); !finished) return finished.error();
    }
    if (Status checked = read_back(part, state_->shared->key, *changesets, made.attachments + 1,
                                   [&](std::int64_t read, std::int64_t all) {
                                       return going_on(total / 2 + read / 2,
                                                       std::max(total, total / 2 + all / 2));
                                   });
        !checked)
        return checked.error();
    std::error_code ignored;
    made.bytes = static_cast<std::int64_t>(fs::file_size(part, ignored));
    if (Status named = unfinished.name(); !named) return named.error();
    (void)going_on(total, total);
    return made;
}

}  // namespace bordereau::storage
