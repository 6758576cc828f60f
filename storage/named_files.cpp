#include "storage/named_files.h"

#include <variant>

#include "storage/journal/changeset.h"
#include "storage/notebook.h"

namespace bordereau::storage {

Result<std::vector<NamedFile>> files_named(const sqlite::Database& db, const TeamId& team,
                                           std::string_view hash) {
    std::vector<NamedFile> files;
    auto row = db.query(
        "SELECT DISTINCT a.size, d.home FROM attachment a JOIN audit d ON d.id = a.audit"
        " WHERE a.hash = ? AND d.team = ? AND d.home <> ''",
        hash, team.text);
    while (row.next())
        files.push_back({std::string{hash}, row.number(0), lane_of_home({row.text(1)})});
    if (Status read = row.status(); !read) return read.error();
    return files;
}

Result<std::vector<NamedFile>> files_named(const sqlite::Database& db, const TeamId& team) {
    std::vector<NamedFile> files;
    auto row = db.query(
        "SELECT DISTINCT a.hash, a.size, d.home FROM attachment a JOIN audit d ON d.id = a.audit"
        " WHERE d.team = ? AND a.size > 0 AND d.home <> '' ORDER BY a.hash",
        team.text);
    while (row.next()) files.push_back({row.text(0), row.number(1), lane_of_home({row.text(2)})});
    if (Status read = row.status(); !read) return read.error();
    return files;
}

Result<std::vector<AuditFile>> files_of(const sqlite::Database& db, const AuditId& audit) {
    std::vector<AuditFile> files;
    auto row = db.query(
        "SELECT name, media_type, hash, size FROM attachment WHERE audit = ? ORDER BY name",
        audit.text);
    while (row.next()) files.push_back({row.text(0), row.text(1), row.text(2), row.number(3)});
    if (Status read = row.status(); !read) return read.error();
    return files;
}

Result<std::vector<std::string>> attachments_in(std::string_view bytes) {
    const auto changeset = read_changeset(bytes);
    if (!changeset) return changeset.error();
    std::vector<std::string> hashes;
    for (const Change& change : changeset->changes)
        if (const auto* named = std::get_if<AttachmentNamed>(&change.action))
            hashes.push_back(named->hash);
    return hashes;
}

Result<std::set<std::pair<ChainId, std::int64_t>>> changesets_of_attachments(
    const Notebook& notebook) {
    std::set<std::pair<ChainId, std::int64_t>> found;
    auto row = notebook.database().query(
        "SELECT DISTINCT s.device, s.lane, s.number FROM attachment a"
        " JOIN audit_source s ON s.audit = a.audit");
    while (row.next()) found.insert({{{row.text(0)}, {row.text(1)}}, row.number(2)});
    if (Status read = row.status(); !read) return read.error();
    return found;
}

Result<std::map<LaneId, std::set<std::string>>> lanes_of_attachments(
    const Notebook& notebook, const std::vector<std::string>& hashes) {
    const std::set<std::string> asked{hashes.begin(), hashes.end()};
    std::map<LaneId, std::set<std::string>> lanes;
    auto row = notebook.database().query(
        "SELECT DISTINCT a.hash, d.home FROM attachment a JOIN audit d ON d.id = a.audit"
        " WHERE d.home <> ''");
    while (row.next())
        if (std::string hash = row.text(0); asked.contains(hash))
            lanes[lane_of_home({row.text(1)})].insert(std::move(hash));
    if (Status read = row.status(); !read) return read.error();
    return lanes;
}

}  // namespace bordereau::storage
