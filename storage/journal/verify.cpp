// What Log::verify() and Log::verify_folds() look at.
#include <algorithm>

#include "storage/journal/fold.h"
#include "storage/journal/log.h"

namespace bordereau::storage {
namespace {

using Found = std::optional<Break>;

// A changeset's place, from four columns of a row.
Break break_at(const sqlite::Query& row, Fault fault, const char* table) {
    return {{row.text(0)}, {{row.text(1)}, {row.text(2)}}, row.number(3), fault, table};
}

Result<Found> first_of(sqlite::Query row, Fault fault, const char* table) {
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found ? Found{break_at(row, fault, table)} : Found{};
}

bool stands_at(const ChangesetHead& head, const Break& place) {
    return head.team == place.team && head.chain == place.chain && head.number == place.number;
}

}  // namespace

Result<std::optional<Break>> Log::verify() const {
    auto row = db_.query(
        "SELECT team, device, lane, number, bytes FROM changeset"
        " ORDER BY team, device, lane, number");
    ChangesetHead before;
    while (row.next()) {
        Break here = break_at(row, Fault::damaged, "changeset");
        auto head = read_head(row.view(4));
        if (!head) return Found{here};
        const bool follows = before.team == here.team && before.chain == here.chain;
        const std::int64_t expected = follows ? before.number + 1 : 1;
        here.fault = here.number > expected ? Fault::missing : Fault::broken_link;
        if (here.number > expected) here.number = expected;
        if (!stands_at(*head, here) || head->previous != (follows ? before.digest : ""))
            return Found{here};
        before = *std::move(head);
    }
    if (Status read = row.status(); !read) return read.error();
    for (const auto look :
         {&Log::verify_chain_ends, &Log::verify_mentions, &Log::verify_kept_aside})
        if (auto found = (this->*look)(); !found || *found) return found;
    return Found{};
}

// A chain cut off at its end is whole in itself; the table of ends knows better.
Result<std::optional<Break>> Log::verify_chain_ends() const {
    auto row = db_.query(
        "SELECT c.team, c.device, c.lane, c.number, c.digest, c.last_stamp, s.bytes FROM chain c"
        " LEFT JOIN changeset s USING (team, device, lane, number)"
        " ORDER BY c.team, c.device, c.lane");
    while (row.next()) {
        if (row.is_null(6)) return Found{break_at(row, Fault::missing, "changeset")};
        const auto head = read_head(row.view(6));
        if (!head || head->digest != row.view(4) ||
            static_cast<std::int64_t>(head->last.bits) > row.number(5))
            return Found{break_at(row, Fault::broken_link, "chain")};
    }
    if (Status read = row.status(); !read) return read.error();
    // And no chain goes beyond its end, or has none.
    return first_of(db_.query("SELECT s.team, s.device, s.lane, max(s.number) FROM changeset s"
                              " LEFT JOIN chain c USING (team, device, lane)"
                              " GROUP BY s.team, s.device, s.lane"
                              " HAVING max(s.number) <> coalesce(max(c.number), 0) LIMIT 1"),
                    Fault::broken_link, "chain");
}

// Cut off together with its end, a changeset is still spoken of by what was made of it.
Result<std::optional<Break>> Log::verify_mentions() const {
    return first_of(db_.query("SELECT a.team, m.device, m.lane, m.number FROM audit_source m"
                              " JOIN audit a ON a.id = m.audit LEFT JOIN changeset s"
                              " ON s.team = a.team AND s.device = m.device AND s.lane = m.lane"
                              " AND s.number = m.number WHERE s.id IS NULL"
                              " ORDER BY m.device, m.lane, m.number LIMIT 1"),
                    Fault::missing, "changeset");
}

Result<std::optional<Break>> Log::verify_kept_aside() const {
    auto row = db_.query(
        "SELECT team, device, lane, number, digest, bytes FROM waiting"
        " ORDER BY team, device, lane, number, digest");
    while (row.next()) {
        const Break here = break_at(row, Fault::damaged, "waiting");
        const auto head = read_head(row.view(5));
        if (!head || !stands_at(*head, here) || head->digest != row.view(4)) return Found{here};
    }
    if (Status read = row.status(); !read) return read.error();
    auto refused = db_.query(
        "SELECT team, device, lane, number, digest, bytes FROM quarantine ORDER BY team, digest");
    while (refused.next())
        if (name_of_evidence(refused.view(5)) != refused.view(4))
            return Found{break_at(refused, Fault::damaged, "quarantine")};
    if (Status read = refused.status(); !read) return read.error();
    return Found{};
}

Result<std::optional<Break>> Log::verify_folds(const Afterwards& then) {
    auto before = rows_of_folds(db_);
    if (!before) return before.error();
    auto open = sqlite::Transaction::begin(db_);
    if (!open) return open.error();
    if (Status folded = refold(*open, then); !folded) return folded.error();
    auto again = rows_of_folds(db_);
    if (!again) return again.error();
    const auto [was, is] = std::ranges::mismatch(*before, *again);
    if (was == before->end() && is == again->end()) return Found{};
    // A row too many, a row too few, or another content: the lesser of the two names it.
    const bool earlier = is == again->end() || (was != before->end() && *was < *is);
    Break found{{}, {}, 0, Fault::not_of_log, (earlier ? was : is)->table};
    found.row = (earlier ? was : is)->key;
    return Found{found};
}

}  // namespace bordereau::storage
