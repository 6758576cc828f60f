#include "storage/journal/chain_table.h"

namespace bordereau::storage {

using sqlite::Blob;

Result<ChainLink> next_link(const sqlite::Database& db, const TeamId& team, const ChainId& chain) {
    auto row =
        db.query("SELECT number, digest FROM chain WHERE team = ? AND device = ? AND lane = ?",
                 team.text, chain.device.text, chain.lane.text);
    const bool begun = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!begun) return ChainLink{team, chain.lane, 1, {}};
    return ChainLink{team, chain.lane, row.number(0) + 1, row.blob(1)};
}

Result<std::string> digest_at(const sqlite::Database& db, const TeamId& team, const ChainId& chain,
                              std::int64_t number) {
    auto row = db.query(
        "SELECT bytes FROM changeset WHERE team = ? AND device = ? AND lane = ? AND number = ?",
        team.text, chain.device.text, chain.lane.text, number);
    if (!row.next()) {
        if (Status read = row.status(); !read) return read.error();
        return Error{ErrorCode::corrupt, "a changeset is missing in the middle of a chain"};
    }
    auto head = read_head(row.view(0));
    if (!head) return head.error();
    return std::move(head->digest);
}

Status link_changeset(sqlite::Database& db, const OpenChangeset& changeset) {
    const ChangesetHead& head = changeset.head();
    const auto bytes = changeset.kept();
    if (!bytes) return bytes.error();
    if (Status kept = db.run(
            "INSERT INTO changeset(team, device, lane, number, bytes) VALUES (?, ?, ?, ?, ?)",
            head.team.text, head.chain.device.text, head.chain.lane.text, head.number,
            Blob{*bytes});
        !kept)
        return kept;
    return db.run(
        "INSERT INTO chain(team, device, lane, number, digest, last_stamp)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET number = excluded.number, digest = excluded.digest,"
        " last_stamp = max(last_stamp, excluded.last_stamp)",
        head.team.text, head.chain.device.text, head.chain.lane.text, head.number,
        Blob{head.digest}, static_cast<std::int64_t>(head.last.bits));
}

Status end_chain_at(sqlite::Database& db, const TeamId& team, const ChainId& chain,
                    std::int64_t last) {
    if (Status gone = db.run("DELETE FROM changeset"
                             " WHERE team = ? AND device = ? AND lane = ? AND number > ?",
                             team.text, chain.device.text, chain.lane.text, last);
        !gone)
        return gone;
    if (last == 0)
        return db.run("DELETE FROM chain WHERE team = ? AND device = ? AND lane = ?", team.text,
                      chain.device.text, chain.lane.text);
    auto digest = digest_at(db, team, chain, last);
    if (!digest) return digest.error();
    return db.run(
        "UPDATE chain SET number = ?, digest = ?"
        " WHERE team = ? AND device = ? AND lane = ?",
        last, Blob{*digest}, team.text, chain.device.text, chain.lane.text);
}

}  // namespace bordereau::storage
