#include "storage/outbox.h"

#include <algorithm>
#include <optional>

#include "storage/journal/action_codec.h"
#include "storage/journal/chain_table.h"
#include "storage/notebook.h"

namespace bordereau::storage {
namespace {

// The first changeset of the other branch, as evidence of it lies here.
Result<std::optional<std::int64_t>> parted_at(const Notebook& notebook, const ChainId& chain) {
    auto row = notebook.database().query(
        "SELECT min(number) FROM quarantine WHERE team = ? AND device = ? AND lane = ?"
        " AND fault = ?",
        notebook.team().text, chain.device.text, chain.lane.text,
        static_cast<std::int64_t>(Fault::fork));
    const bool found = row.next() && !row.is_null(0);
    if (Status read = row.status(); !read) return read.error();
    return found ? std::optional{row.number(0)} : std::nullopt;
}

// Nothing: it ends beyond what is held here.
Result<std::optional<bool>> ends_alike(const Notebook& notebook, const ChainId& chain,
                                       const ChainEnd& told, const ChainEnd& own) {
    if (told.number > own.number || told.number < 1) return std::optional<bool>{};
    if (told.number == own.number) return std::optional{told.mark == own.mark};
    const auto digest = digest_at(notebook.database(), notebook.team(), chain, told.number);
    if (!digest) return digest.error();
    return std::optional{told.mark == mark_of(*digest)};
}

Result<std::int64_t> alike_in(const Notebook& notebook, const ChainId& chain, const ChainEnd& told,
                              const ChainEnd& own) {
    if (told.mark == 0) return told.number;  // nothing to compare by
    const auto same = ends_alike(notebook, chain, told, own);
    if (!same) return same.error();
    if (same->value_or(false)) return told.number;
    const auto parted = parted_at(notebook, chain);
    if (!parted) return parted.error();
    if (*parted) return std::min(told.number, **parted - 1);
    return *same ? 0 : told.number;
}

}  // namespace

Result<VersionVector> alike(const Notebook& notebook, const VersionVector& told) {
    const auto own = notebook.journal().vector();
    if (!own) return own.error();
    VersionVector same;
    for (const auto& [chain, end] : told) {
        const auto held = own->find(chain);
        const auto number =
            alike_in(notebook, chain, end, held == own->end() ? ChainEnd{} : held->second);
        if (!number) return number.error();
        if (*number > 0) same[chain] = {*number, *number == end.number ? end.mark : 0};
    }
    return same;
}

Result<VersionVector> Outbox::acknowledged() const {
    VersionVector vector;
    auto row = notebook_.database().query(
        "SELECT device, lane, number, mark FROM outbox WHERE endpoint = ?", endpoint_);
    while (row.next())
        vector.emplace(ChainId{{row.text(0)}, {row.text(1)}},
                       ChainEnd{row.number(2), static_cast<std::uint64_t>(row.number(3))});
    if (Status read = row.status(); !read) return read.error();
    return vector;
}

Status Outbox::acknowledge(const VersionVector& vector) {
    const auto own = notebook_.journal().vector();
    if (!own) return own.error();
    auto open = sqlite::Transaction::begin(notebook_.database());
    if (!open) return open.error();
    for (const auto& [chain, end] : vector) {
        const auto held = own->find(chain);
        const auto same =
            ends_alike(notebook_, chain, end, held == own->end() ? ChainEnd{} : held->second);
        if (!same) return same.error();
        // Where its branch gave way to another one, the other side holds less of it than before.
        const bool parted = end.mark != 0 && !same->value_or(true);
        if (Status kept = notebook_.database().run(
                "INSERT INTO outbox(endpoint, device, lane, number, mark) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET number = excluded.number, mark = excluded.mark"
                " WHERE excluded.number > number OR ?",
                endpoint_, chain.device.text, chain.lane.text, end.number,
                static_cast<std::int64_t>(end.mark), std::int64_t{parted});
            !kept)
            return kept;
    }
    return (*std::move(open)).commit();
}

// What this device may not hand on does not wait for anybody.
Result<Waiting> Outbox::waiting() const {
    const auto admission = notebook_.journal().own_admission();
    if (!admission) return admission.error();
    const auto own = notebook_.journal().vector();
    if (!own) return own.error();
    const auto told = acknowledged();
    if (!told) return told.error();
    const auto there = alike(notebook_, *told);
    if (!there) return there.error();
    auto unsealed = notebook_.journal().travel_count();
    if (!unsealed) return unsealed.error();
    Waiting waiting{0, 0, *unsealed};
    for (const auto& [chain, end] : *own) {
        if (!admission->covers(notebook_.device(), chain.lane)) continue;
        const auto known = there->find(chain);
        const std::int64_t number = known == there->end() ? 0 : known->second.number;
        if (number >= end.number) continue;
        if (Status counted = count_beyond(chain, number, waiting); !counted) return counted.error();
    }
    return waiting;
}

Status Outbox::count_beyond(const ChainId& chain, std::int64_t number, Waiting& waiting) const {
    auto row = notebook_.database().query(
        "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM changeset"
        " WHERE team = ? AND device = ? AND lane = ? AND number > ?",
        notebook_.team().text, chain.device.text, chain.lane.text, number);
    if (row.next()) {
        waiting.changesets += row.number(0);
        waiting.bytes += row.number(1);
    }
    return row.status();
}

Status Outbox::acknowledge_file(std::string_view hash) {
    return notebook_.database().run(
        "INSERT INTO outbox_file(endpoint, hash) VALUES (?, ?) ON CONFLICT DO NOTHING", endpoint_,
        hash);
}

// A file that was attached since the latest seal waits for the next one: no one else knows of it.
Result<std::vector<NamedFile>> Outbox::files_waiting() const {
    const auto admission = notebook_.journal().own_admission();
    if (!admission) return admission.error();
    std::vector<NamedFile> files;
    auto row = notebook_.database().query(
        "SELECT a.hash, a.size, d.home FROM attachment a JOIN audit d ON d.id = a.audit"
        " WHERE a.size > 0 AND d.home <> ''"
        "  AND NOT EXISTS (SELECT 1 FROM outbox_file o WHERE o.endpoint = ? AND o.hash = a.hash)"
        "  AND NOT EXISTS (SELECT 1 FROM pending p WHERE p.subject = a.audit AND p.kind = ?)"
        " GROUP BY a.hash ORDER BY a.hash",
        endpoint_, kind_of(AttachmentNamed{}));
    while (row.next()) {
        NamedFile file{row.text(0), row.number(1), lane_of_home({row.text(2)})};
        if (admission->covers(notebook_.device(), file.lane)) files.push_back(std::move(file));
    }
    if (Status read = row.status(); !read) return read.error();
    return files;
}

Result<Delivery> Outbox::delivery(const AuditId& audit) const {
    {
        auto row = notebook_.database().query("SELECT 1 FROM pending WHERE subject = ? LIMIT 1",
                                              audit.text);
        const bool found = row.next();
        if (Status read = row.status(); !read) return read.error();
        if (found) return Delivery::unsealed;
    }
    const auto told = acknowledged();
    if (!told) return told.error();
    const auto there = alike(notebook_, *told);
    if (!there) return there.error();
    auto row = notebook_.database().query(
        "SELECT device, lane, max(number) FROM audit_source WHERE audit = ? GROUP BY device, lane",
        audit.text);
    bool all = true;
    while (row.next()) {
        const auto known = there->find({{row.text(0)}, {row.text(1)}});
        all &= known != there->end() && known->second.number >= row.number(2);
    }
    if (Status read = row.status(); !read) return read.error();
    return all ? Delivery::acknowledged : Delivery::waiting;
}

}  // namespace bordereau::storage
