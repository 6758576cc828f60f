#include "storage/journal/evidence.h"

namespace bordereau::storage {

using sqlite::Blob;

Evidence::Amount& Evidence::Held::of(const DeviceId& device, const Admission& known) {
    return !device.empty() && known.knows(device) ? by_device[device] : of_others;
}

Status Evidence::look(const Admission& known) {
    if (held_) return done();
    Held held;
    auto row = db_.query(
        "SELECT device, count(*), sum(length(bytes)) FROM quarantine WHERE team = ?"
        " GROUP BY device",
        team_.text);
    while (row.next()) {
        const Amount amount{row.number(1), row.number(2)};
        held.of({row.text(0)}, known).add(amount);
        held.all.add(amount);
    }
    if (Status read = row.status(); !read) return read;
    held_ = std::move(held);
    return done();
}

Result<bool> Evidence::is_kept(std::string_view name) {
    auto row =
        db_.query("SELECT 1 FROM quarantine WHERE team = ? AND digest = ?", team_.text, Blob{name});
    const bool kept = row.next();
    if (Status read = row.status(); !read) return read.error();
    return kept;
}

Result<bool> Evidence::keep(const ChangesetHead& head, std::string_view bytes, Fault fault,
                            const Admission& known) {
    const auto kept = is_kept(name_of_evidence(bytes));
    if (!kept || *kept) return kept;
    if (Status looked = look(known); !looked) return looked.error();
    const Amount one{1, std::ssize(bytes)};
    Amount& own = held_->of(head.chain.device, known);
    if (own.changesets + one.changesets > kMostEvidence ||
        own.bytes + one.bytes > kMostEvidenceBytes ||
        held_->all.bytes + one.bytes > kMostEvidenceBytesOfTeam) {
        if (Status counted = count_arrival(head.chain.device, known); !counted)
            return counted.error();
        return false;
    }
    own.add(one);
    held_->all.add(one);
    if (Status could = keep_surely(head, bytes, fault); !could) return could.error();
    return true;
}

Status Evidence::keep_surely(const ChangesetHead& head, std::string_view bytes, Fault fault) {
    return db_.run(
        "INSERT INTO quarantine(digest, team, device, lane, number, fault, received_at, bytes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        Blob{name_of_evidence(bytes)}, team_.text, head.chain.device.text, head.chain.lane.text,
        head.number, static_cast<std::int64_t>(fault), now_, Blob{bytes});
}

// There are no more rows than there is evidence.
Status Evidence::count_arrival(const DeviceId& device, const Admission& known) {
    const Amount& own = held_->of(device, known);
    const bool named = &own != &held_->of_others && own.changesets > 0;
    return db_.run(
        "INSERT INTO turned_away(team, device, arrivals, latest_at) VALUES (?, ?, 1, ?)"
        " ON CONFLICT DO UPDATE SET arrivals = arrivals + 1, latest_at = excluded.latest_at",
        team_.text, named ? device.text : std::string{}, now_);
}

}  // namespace bordereau::storage
