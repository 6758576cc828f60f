// tests/support/files.h - notebooks with attachments, for those who let them travel.
#pragma once

#include <string>
#include <string_view>

#include "storage/attachments.h"
#include "storage/audits.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "tests/support/notebooks.h"

namespace bordereau::test {

inline std::string noise(std::size_t size, std::uint64_t seed) {
    std::string bytes(size, '\0');
    seeded_entropy(seed)({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    return bytes;
}

inline std::string hash_of(std::string_view bytes) {
    return to_hex(storage::crypto::digest(bytes));
}

/// A finalized audit with one file, "photo.jpg".
inline AuditId audit_with_file(storage::Notebook& notebook, std::string_view bytes) {
    const AuditId audit = draft_with_answers(notebook, 2);
    want(storage::Attachments{notebook}.put(audit, "photo.jpg", "image/jpeg", bytes));
    want(storage::Audits{notebook}.finalize(audit));
    return audit;
}

}  // namespace bordereau::test
