#include "storage/attachments.h"

#include <shared_mutex>
#include <system_error>
#include <unordered_set>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/disk.h"
#include "storage/files.h"
#include "storage/notebook.h"
#include "storage/sealed_file.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolder = "attachments";
constexpr std::string_view kUnfinished = "unfinished";
constexpr std::string_view kArriving = "arriving";
// Of files that have not arrived as a whole; beyond it the ones that rested longest go.
constexpr std::uint64_t kMostArriving = std::uint64_t{256} << 20;
// Answers must stay recordable when photos have filled the disk.
constexpr std::uint64_t kLeftForAnswers = std::uint64_t{16} << 20;

bool is_there(const fs::path& file) {
    std::error_code ignored;
    return fs::exists(file, ignored);
}

// Two keys: one hides which content a name stands for, the other the content. After a change of
// the notebook's key there are those before it too, newest first.
constexpr std::string_view kNaming = "attachment names";
constexpr std::string_view kContent = "attachments";

std::string kept_name(const crypto::Secret& key, std::string_view hash) {
    return to_hex(crypto::keyed_digest(key.view(), hash, crypto::kDigestSize));
}

Attachment attachment_of(const sqlite::Query& row) {
    const Stamp stamp{static_cast<std::uint64_t>(row.number(5))};
    return {row.text(0),   row.text(1),    row.number(2), row.text(3),
            {row.text(4)}, stamp.millis(), false};
}

Result<SealedFileWriter> begin_file(Notebook& notebook) {
    const fs::path folder = notebook.folder() / kUnfinished;
    if (!is_there(folder))
        if (Status made = make_folder(folder); !made) return std::move(made).error();
    return SealedFileWriter::begin(folder / new_key(notebook.entropy(), 20),
                                   notebook.key_for(kContent), notebook.entropy());
}

Result<std::unordered_set<std::string>> names_in_use(Notebook& notebook) {
    const auto keys = notebook.keys_for(kNaming);
    std::unordered_set<std::string> names;
    auto row = notebook.database().query("SELECT DISTINCT hash FROM attachment");
    while (row.next())
        for (const crypto::Secret& key : keys) names.insert(kept_name(key, row.view(0)));
    if (Status read = row.status(); !read) return read.error();
    return names;
}

}  // namespace

void remove_unfinished(const fs::path& notebook_folder) {
    // What cannot be removed now is removed at another opening; nothing depends on it.
    static_cast<void>(remove_folder(notebook_folder / kUnfinished));
}

// Where there is no file yet: the place where it would be written.
Attachments::Place Attachments::place_of(std::string_view hash) const {
    const fs::path folder = notebook_.folder() / kFolder;
    const auto keys = notebook_.keys_for(kNaming);
    for (std::size_t key = 0; key < keys.size(); ++key)
        if (fs::path file = folder / kept_name(keys[key], hash); is_there(file))
            return {std::move(file), key};
    return {folder / kept_name(keys.front(), hash), 0};
}

Status Attachments::put(const AuditId& audit, std::string_view name, std::string_view media_type,
                        std::string_view bytes) {
    if (trimmed(name).empty()) return Error{ErrorCode::invalid, "an attachment without a name"};
    const std::shared_lock adding{notebook_.collecting()};
    const std::string hash = to_hex(crypto::digest(bytes));
    if (const auto kept = keep(hash, bytes); !kept) return kept.error();
    auto recorded = notebook_.journal().record(
        audit.text,
        AttachmentNamed{std::string{name}, hash, static_cast<std::int64_t>(bytes.size()),
                        std::string{media_type}});
    return recorded ? done() : Status{recorded.error()};
}

Result<bool> Attachments::put_bytes(std::string_view hash, std::string_view bytes) {
    if (to_hex(crypto::digest(bytes)) != hash)
        return Error{ErrorCode::corrupt, "an attachment's bytes are not those that were named"};
    const std::shared_lock adding{notebook_.collecting()};
    return keep(hash, bytes);
}

// A file that is there but damaged is written anew: attaching it again repairs it.
Result<bool> Attachments::keep(std::string_view hash, std::string_view bytes) {
    if (bytes.size() > kMaxAttachmentBytes)
        return Error{ErrorCode::refused, "the file is too large"};
    const Place place = place_of(hash);
    if (is_there(place.file) && read_chunks(hash, place, [](std::string_view) { return done(); }))
        return false;
    const Status written = write(hash, bytes);
    return written ? Result<bool>{true} : Result<bool>{written.error()};
}

Status Attachments::write(std::string_view hash, std::string_view bytes) {
    auto writer = begin_file(notebook_);
    if (!writer) return std::move(writer).error();
    if (Status added = writer->add(bytes); !added) return added;
    const auto written = writer->finish();
    if (!written) return written.error();
    check(*written == hash, "what was sealed is what was asked for");
    return (*std::move(writer))
        .take_place(notebook_.folder() / kFolder / kept_name(notebook_.key_for(kNaming), hash));
}

ArrivingFiles Attachments::arriving() const {
    return {notebook_.folder() / kArriving, notebook_.key_for(kArriving), notebook_.entropy(),
            kMostArriving};
}

Status Attachments::keep_arrived(const ArrivingFiles& pieces, std::string_view hash,
                                 std::uint64_t size) {
    auto writer = begin_file(notebook_);
    if (!writer) return std::move(writer).error();
    const std::string name = kept_name(notebook_.key_for(kNaming), hash);
    return pieces.join(hash, size, *std::move(writer), notebook_.folder() / kFolder / name);
}

Result<std::uint64_t> Attachments::held(std::string_view hash, std::uint64_t size) {
    if (is_there(place_of(hash).file)) return size;
    ArrivingFiles pieces = arriving();
    const std::shared_lock adding{notebook_.collecting()};
    const auto arrival =
        pieces.settle(hash, size, [&] { return keep_arrived(pieces, hash, size); });
    return arrival ? Result{arrival->held} : arrival.error();
}

Result<Arrival> Attachments::take_piece(std::string_view hash, const FilePiece& piece) {
    if (piece.size > kMaxAttachmentBytes) return Error{ErrorCode::refused, "the file is too large"};
    if (is_there(place_of(hash).file)) return Arrival{piece.size, false};
    ArrivingFiles pieces = arriving();
    const std::shared_lock adding{notebook_.collecting()};
    return pieces.take(hash, piece, [&] { return keep_arrived(pieces, hash, piece.size); });
}

// The new file is on disk before the old one goes: both can be read meanwhile.
Status Attachments::renew_one(std::string_view hash, const Place& old) {
    std::string bytes;
    Status read = read_chunks(hash, old, [&](std::string_view chunk) {
        bytes += chunk;
        return done();
    });
    if (!read) return read;
    if (Status written = write(hash, bytes); !written) return written;
    static_cast<void>(disk::remove(old.file));
    return done();
}

bool Attachments::has_old_keys() const {
    return notebook_.keys_for(kContent).size() > 1;
}

// A damaged file keeps the key that might open what is left of it.
Status Attachments::renew(const GoingOn& going_on) {
    std::vector<std::string> hashes;
    {
        auto row = notebook_.database().query("SELECT DISTINCT hash FROM attachment ORDER BY hash");
        while (row.next()) hashes.push_back(row.text(0));
        if (Status read = row.status(); !read) return read;
    }
    // Pieces under an old key open no more; they come again.
    static_cast<void>(remove_folder(notebook_.folder() / kArriving));
    Status damaged = done();
    std::int64_t looked_at = 0;
    for (const std::string& hash : hashes) {
        const Place old = place_of(hash);
        ++looked_at;
        if (old.key == 0) continue;
        if (!going_on(looked_at, std::ssize(hashes)))
            return Error{ErrorCode::cancelled, "sealing files anew"};
        Status renewed = renew_one(hash, old);
        if (!renewed && renewed.error().code != ErrorCode::corrupt) return renewed;
        if (!renewed) damaged = std::move(renewed);
    }
    if (!damaged) return damaged;
    return notebook_.database().run(
        "DELETE FROM file_key WHERE epoch < (SELECT max(epoch) FROM file_key)");
}

template <class Take>
Status Attachments::read_chunks(std::string_view hash, const Place& place, Take take) const {
    auto keys = notebook_.keys_for(kContent);
    auto reader = SealedFileReader::open(place.file, std::move(keys[place.key]));
    if (!reader) return std::move(reader).error();
    crypto::RunningDigest digest;
    while (!reader->at_end()) {
        const auto chunk = reader->next();
        if (!chunk) return chunk.error();
        digest.add(*chunk);
        if (Status taken = take(*chunk); !taken) return taken;
    }
    // Another attachment's file put in its place would open as well.
    if (to_hex(digest.finish()) != hash)
        return Error{ErrorCode::corrupt, "an attachment's file holds another content"};
    return done();
}

Status Attachments::discard(std::string_view hash) {
    if (disk::remove(place_of(hash).file) == 0) return done();
    return Error{ErrorCode::io, "removing an attachment's file"};
}

Result<std::string> Attachments::get(const AuditId& audit, std::string_view name) const {
    const auto found = find(audit, name);
    return found ? get_bytes(found->hash) : Result<std::string>{found.error()};
}

Result<std::string> Attachments::get_bytes(std::string_view hash) const {
    std::string bytes;
    Status read = read_chunks(hash, place_of(hash), [&](std::string_view chunk) {
        bytes += chunk;
        return done();
    });
    if (!read) return std::move(read).error();
    return bytes;
}

Result<std::string> Attachments::read(std::string_view hash, std::uint64_t offset,
                                      std::size_t limit) const {
    const Place place = place_of(hash);
    auto keys = notebook_.keys_for(kContent);
    auto reader = SealedFileReader::open(place.file, std::move(keys[place.key]));
    return reader ? reader->read_at(offset, limit) : reader.error();
}

Status Attachments::save_copy(const AuditId& audit, std::string_view name,
                              const fs::path& file) const {
    const auto found = find(audit, name);
    if (!found) return found.error();
    fs::path beside = file;
    beside += ".part";
    auto out = NewFile::begin(beside);
    if (!out) return std::move(out).error();
    Status copied = read_chunks(found->hash, place_of(found->hash),
                                [&](std::string_view chunk) { return out->add(chunk); });
    return copied ? (*std::move(out)).commit(file) : copied;
}

Result<Attachment> Attachments::find(const AuditId& audit, std::string_view name) const {
    auto row = notebook_.database().query(
        "SELECT name, hash, size, media_type, author, stamp FROM attachment"
        " WHERE audit = ? AND name = ?",
        audit.text, name);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return Error{ErrorCode::not_found, "no such attachment"};
    Attachment attachment = attachment_of(row);
    attachment.present = is_there(place_of(attachment.hash).file);
    return attachment;
}

Result<std::vector<Attachment>> Attachments::list(const AuditId& audit) const {
    std::vector<Attachment> attachments;
    auto row = notebook_.database().query(
        "SELECT name, hash, size, media_type, author, stamp FROM attachment WHERE audit = ?"
        " ORDER BY name",
        audit.text);
    while (row.next()) {
        attachments.push_back(attachment_of(row));
        Attachment& latest = attachments.back();
        latest.present = is_there(place_of(latest.hash).file);
    }
    if (Status read = row.status(); !read) return read.error();
    return attachments;
}

Result<std::vector<std::string>> Attachments::missing() const {
    std::vector<std::string> hashes;
    auto row = notebook_.database().query("SELECT DISTINCT hash FROM attachment ORDER BY hash");
    while (row.next())
        if (!is_there(place_of(row.view(0)).file)) hashes.push_back(row.text(0));
    if (Status read = row.status(); !read) return read.error();
    return hashes;
}

Result<std::vector<NamedFile>> Attachments::missing_files() const {
    std::vector<NamedFile> files;
    auto row = notebook_.database().query(
        "SELECT a.hash, a.size, d.home FROM attachment a JOIN audit d ON d.id = a.audit"
        " WHERE a.size > 0 AND d.home <> '' GROUP BY a.hash ORDER BY a.hash");
    while (row.next())
        if (!is_there(place_of(row.view(0)).file))
            files.push_back({row.text(0), row.number(1), lane_of_home({row.text(2)})});
    if (Status read = row.status(); !read) return read.error();
    return files;
}

// Nobody adds while this runs, and only one process has the notebook: what is not named now will
// not be.
Result<Collected> Attachments::collect_unnamed() {
    const std::unique_lock alone{notebook_.collecting(), std::try_to_lock};
    if (!alone) return Error{ErrorCode::busy, "a file is being added"};
    const auto named = names_in_use(notebook_);
    if (!named) return named.error();
    const fs::path folder = notebook_.folder() / kFolder;
    Collected collected;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator{folder, code}) {
        if (named->contains(entry.path().filename().string())) continue;
        std::error_code failed;
        const auto size = static_cast<std::int64_t>(entry.file_size(failed));
        if (failed || disk::remove(entry.path()) != 0) continue;
        ++collected.files;
        collected.bytes += size;
    }
    if (code) return Error{ErrorCode::io, "reading " + folder.string() + ": " + code.message()};
    if (Status flushed = flush_folder(folder); !flushed) return flushed.error();
    return collected;
}

Result<std::uint64_t> room_for_attachments(const Notebook& notebook) {
    std::error_code code;
    const fs::space_info space = fs::space(notebook.folder(), code);
    if (code) return Error{ErrorCode::io, "free space: " + code.message()};
    return space.available > kLeftForAnswers ? space.available - kLeftForAnswers : 0;
}

}  // namespace bordereau::storage
