// storage/named_files.h - which changesets name which attachments, for those who let both travel
// together. What an attachment is kept as is attachments.h's matter.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/chain.h"

namespace bordereau::storage {

class Notebook;
namespace sqlite {
class Database;
}

/// A file as an audit names it.
struct NamedFile {
    std::string hash;       ///< BLAKE2b-256 of its plain bytes, hexadecimal
    std::int64_t size = 0;  ///< bytes
    LaneId lane;            ///< of the audit
};

using FilesByHash = std::map<std::string, std::vector<NamedFile>>;

/// A file as one audit has it.
struct AuditFile {
    std::string name;  ///< unique within the audit; people gave it
    std::string media_type;
    std::string hash;
    std::int64_t size = 0;
};

/// What audits say of a file; several where more than one names it.
Result<std::vector<NamedFile>> files_named(const sqlite::Database& db, const TeamId& team,
                                           std::string_view hash);

/// Every file that audits of a team name.
Result<std::vector<NamedFile>> files_named(const sqlite::Database& db, const TeamId& team);

/// The files of an audit, by name.
Result<std::vector<AuditFile>> files_of(const sqlite::Database& db, const AuditId& audit);

/// Hashes (hexadecimal) of the attachments that a changeset names. corrupt: it cannot be read.
Result<std::vector<std::string>> attachments_in(std::string_view changeset);

/// Changesets that speak of audits with attachments: no other names one.
Result<std::set<std::pair<ChainId, std::int64_t>>> changesets_of_attachments(
    const Notebook& notebook);

/// The lanes of the audits that name these hashes; a hash that none names is left out.
Result<std::map<LaneId, std::set<std::string>>> lanes_of_attachments(
    const Notebook& notebook, const std::vector<std::string>& hashes);

}  // namespace bordereau::storage
