#include "storage/attachments.h"

#include <system_error>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/seal.h"
#include "storage/files.h"
#include "storage/notebook.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
    std::error_code ignored;
    return fs::exists(file, ignored);
}

}  // namespace

// Two keys: one hides which content a name stands for, the other the content.
fs::path Attachments::file_of(std::string_view hash) const {
    const crypto::Secret naming = notebook_.key_for("attachment names");
    return notebook_.folder() / "attachments" /
           to_hex(crypto::keyed_digest(naming.view(), hash, crypto::kDigestSize));
}

Status Attachments::put(const AuditId& audit, std::string_view name, std::string_view media_type,
                        std::string_view bytes) {
    if (trimmed(name).empty()) return Error{ErrorCode::invalid, "an attachment without a name"};
    const std::string hash = to_hex(crypto::digest(bytes));
    if (Status kept = put_bytes(hash, bytes); !kept) return kept;
    auto recorded = notebook_.journal().record(
        audit.text,
        AttachmentNamed{std::string{name}, hash, static_cast<std::int64_t>(bytes.size()),
                        std::string{media_type}});
    return recorded ? done() : Status{recorded.error()};
}

Status Attachments::put_bytes(std::string_view hash, std::string_view bytes) {
    if (bytes.size() > kMaxAttachmentBytes)
        return Error{ErrorCode::refused, "the file is too large"};
    if (to_hex(crypto::digest(bytes)) != hash)
        return Error{ErrorCode::corrupt, "an attachment's bytes are not those that were named"};
    const fs::path file = file_of(hash);
    if (is_there(file)) return done();
    const crypto::Secret key = notebook_.key_for("attachments");
    return replace_file(file, crypto::seal(key, bytes, notebook_.entropy()));
}

Result<std::string> Attachments::get(const AuditId& audit, std::string_view name) const {
    auto row = notebook_.database().query(
        "SELECT hash FROM attachment WHERE audit = ? AND name = ?", audit.text, name);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return Error{ErrorCode::not_found, "no such attachment"};
    return read_bytes(row.view(0));
}

Result<std::string> Attachments::read_bytes(std::string_view hash) const {
    auto sealed = read_file(file_of(hash));
    if (!sealed) return sealed;
    auto plain = crypto::open(notebook_.key_for("attachments"), *sealed);
    if (!plain) return plain.error();
    // Another attachment's file put in its place would open as well.
    if (to_hex(crypto::digest(plain->view())) != hash)
        return Error{ErrorCode::corrupt, "an attachment's file holds another content"};
    return std::string{plain->view()};
}

Result<std::vector<Attachment>> Attachments::list(const AuditId& audit) const {
    std::vector<Attachment> attachments;
    auto row = notebook_.database().query(
        "SELECT name, hash, size, media_type, author, stamp FROM attachment WHERE audit = ?"
        " ORDER BY name",
        audit.text);
    while (row.next()) {
        const Stamp stamp{static_cast<std::uint64_t>(row.number(5))};
        attachments.push_back({row.text(0),
                               row.text(1),
                               row.number(2),
                               row.text(3),
                               {row.text(4)},
                               stamp.millis(),
                               is_there(file_of(row.view(1)))});
    }
    if (Status read = row.status(); !read) return read.error();
    return attachments;
}

Result<std::vector<std::string>> Attachments::missing() const {
    std::vector<std::string> hashes;
    auto row = notebook_.database().query("SELECT DISTINCT hash FROM attachment ORDER BY hash");
    while (row.next())
        if (!is_there(file_of(row.view(0)))) hashes.push_back(row.text(0));
    if (Status read = row.status(); !read) return read.error();
    return hashes;
}

}  // namespace bordereau::storage
