// Pages and counts of the list of audits. Three ways lead to a page, and all read only a small part
// of a large notebook; the tally tells beforehand how many audits match, and so which way is short:
//   along an order's index, where at least one in kDense matches;
//   from the few combinations of filters to their audits, where fewer do;
//   through a span of time, where only dates filter.
// Audits with unsealed changes are few, and each is looked at.
#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>

#include "storage/audit_queries.h"

namespace bordereau::storage {
namespace {

using sqlite::Query;
using Places = std::vector<AuditPlace>;

constexpr std::int64_t kDense = 10;
constexpr int kStates = 6;
constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();

std::int64_t first_stamp(Millis from) {
    return static_cast<std::int64_t>(Stamp::at(from).bits);
}

/// What a filter binds, in the order of every statement below: ?1 team, ?2 states, ?3 form,
/// ?4 person, ?5 unit, ?6 first stamp, ?7 stamp after the last.
struct Asked {
    const TeamId& team;
    const AuditFilter& filter;
    std::int64_t from = 0, before = kEver;

    Asked(const TeamId& of, const AuditFilter& by) : team(of), filter(by) {
        if (by.changed_from != 0) from = first_stamp(by.changed_from);
        if (by.changed_before != 0) before = first_stamp(by.changed_before);
    }
    bool has_dates() const { return from != 0 || before != kEver; }
    bool in_time(Stamp stamp) const {
        const auto bits = static_cast<std::int64_t>(stamp.bits);
        return bits >= from && bits < before;
    }
    bool faceted() const { return !filter.state.empty() || beyond_states(); }
    bool only_states() const { return !filter.state.empty() && !beyond_states(); }
    bool beyond_states() const {
        return !filter.form.empty() || !filter.created_by.empty() || !filter.unit.empty();
    }
    Query bound(Query query) const {
        query.bind(team.text)
            .bind(filter.state.bits())
            .bind(filter.form.text)
            .bind(filter.created_by.text)
            .bind(filter.unit);
        return query;
    }
    Query dated(Query query) const {
        Query out = bound(std::move(query));
        out.bind(from).bind(before);
        return out;
    }
};

// The statements give these columns in this order.
AuditPlace place_in(const Query& row) {
    return {static_cast<AuditState>(row.number(1)),
            row.text(2),
            {static_cast<std::uint64_t>(row.number(3))},
            row.number(0)};
}

std::vector<std::int64_t> rows_of(const Places& page) {
    std::vector<std::int64_t> rows;
    rows.reserve(page.size());
    for (const AuditPlace& place : page) rows.push_back(place.row);
    return rows;
}

Result<Places> placed(Query row) {
    Places rows;
    while (row.next()) rows.push_back(place_in(row));
    if (Status read = row.status(); !read) return read.error();
    return rows;
}

// Equal stamps come in the order in which the index of each order holds them.
bool comes_before(const AuditPlace& a, const AuditPlace& b, AuditOrder order) {
    if (order == AuditOrder::unit)
        return std::tie(a.unit, b.changed, a.row) < std::tie(b.unit, a.changed, b.row);
    if (order == AuditOrder::state && a.state != b.state) return a.state < b.state;
    return std::tie(a.changed, a.row) > std::tie(b.changed, b.row);
}

// Every audit with unsealed changes that matches but for its time, which is that of the latest.
Result<Places> unsealed(const sqlite::Database& db, const Asked& asked) {
    return placed(asked.bound(db.query(
        "WITH edited AS MATERIALIZED (SELECT audit_row, last FROM edited_audit)"
        " SELECT a.rowid, a.state, a.unit, max(a.changed_at, e.last)"
        " FROM edited e CROSS JOIN audit a ON a.rowid = e.audit_row"
        " WHERE a.team = ?1 AND a.form <> '' AND (?2 >> a.state) & 1 AND (?3 = '' OR a.form = ?3)"
        " AND (?4 = '' OR a.created_by = ?4) AND (?5 = '' OR a.unit = ?5)")));
}

// Binds ?8 place's state, ?9 its unit, ?10 its stamp, ?11 its row, ?12 the limit.
Query from_place(Query query, const AuditPlace& after, std::int64_t limit) {
    query.bind(static_cast<std::int64_t>(after.state))
        .bind(after.unit)
        .bind(static_cast<std::int64_t>(after.changed.bits))
        .bind(after.row)
        .bind(limit);
    return query;
}

/// Where every list begins: before the latest of the first unit and state.
AuditPlace beginning() {
    return {AuditState::draft, {}, {static_cast<std::uint64_t>(kEver)}, kEver};
}

/// One page of audits without unsealed changes.
class Sealed {
public:
    Sealed(const sqlite::Database& db, const Asked& asked, std::int64_t limit)
        : db_(db), asked_(asked), after_(asked.filter.after.value_or(beginning())), limit_(limit) {}

    // Reads nothing but the tally and the index.
    Result<Places> by_facets() const {
        return page(db_.query(
            "SELECT a.rowid, a.state, a.unit, a.changed_at"
            " FROM audit_tally t CROSS JOIN audit a INDEXED BY audit_by_facets"
            " ON a.team = t.team AND a.state = t.state AND a.form = t.form"
            " AND a.created_by = t.created_by AND a.unit = t.unit"
            " WHERE t.team = ?1 AND (?2 >> t.state) & 1 AND (?3 = '' OR t.form = ?3)"
            " AND (?4 = '' OR t.created_by = ?4) AND (?5 = '' OR t.unit = ?5)"
            " AND a.changed_at >= ?6 AND a.changed_at < ?7"
            " AND CASE ?13 WHEN 0 THEN (?10, ?11) > (a.changed_at, a.rowid)"
            "  WHEN 1 THEN a.unit > ?9 OR (a.unit = ?9 AND (?10, a.rowid) > (a.changed_at, ?11))"
            "  ELSE a.state > ?8 OR (a.state = ?8 AND (?10, ?11) > (a.changed_at, a.rowid)) END"
            " ORDER BY CASE ?13 WHEN 0 THEN 0 WHEN 1 THEN a.unit ELSE a.state END,"
            " a.changed_at DESC, CASE ?13 WHEN 1 THEN a.rowid ELSE -a.rowid END LIMIT ?12"));
    }

    Result<Places> by_time() const {
        return page(db_.query(
            "SELECT a.rowid, a.state, a.unit, a.changed_at"
            " FROM audit a INDEXED BY audit_by_change"
            " WHERE a.team = ?1 AND a.form <> '' AND (?2 >> a.state) & 1"
            " AND (?3 = '' OR a.form = ?3) AND (?4 = '' OR a.created_by = ?4)"
            " AND (?5 = '' OR a.unit = ?5) AND a.changed_at >= ?6 AND a.changed_at < ?7"
            " AND CASE ?13 WHEN 0 THEN (?10, ?11) > (a.changed_at, a.rowid)"
            "  WHEN 1 THEN a.unit > ?9 OR (a.unit = ?9 AND (?10, a.rowid) > (a.changed_at, ?11))"
            "  ELSE a.state > ?8 OR (a.state = ?8 AND (?10, ?11) > (a.changed_at, a.rowid)) END"
            " ORDER BY CASE ?13 WHEN 0 THEN 0 WHEN 1 THEN a.unit ELSE a.state END,"
            " a.changed_at DESC, CASE ?13 WHEN 1 THEN a.rowid ELSE -a.rowid END LIMIT ?12"));
    }

    Result<Places> along_change() const {
        return placed(from_place(
            asked_.dated(db_.query("SELECT a.rowid, a.state, a.unit, a.changed_at"
                                   " FROM audit a INDEXED BY audit_by_change"
                                   " WHERE a.changed_at <= ?10 AND a.changed_at >= ?6"
                                   " AND (?10, ?11) > (a.changed_at, a.rowid)"
                                   " AND a.team = ?1 AND a.form <> '' AND (?2 >> a.state) & 1"
                                   " AND (?3 = '' OR a.form = ?3)"
                                   " AND (?4 = '' OR a.created_by = ?4)"
                                   " AND (?5 = '' OR a.unit = ?5)"
                                   " ORDER BY a.changed_at DESC, a.rowid DESC LIMIT ?12")),
            within_time(after_), limit_));
    }

    Result<Places> along_unit() const {
        return page(db_.query(
            "SELECT a.rowid, a.state, a.unit, a.changed_at"
            " FROM audit a INDEXED BY audit_by_unit"
            " WHERE a.unit >= ?9 AND (a.unit > ?9 OR a.changed_at < ?10"
            "  OR (a.changed_at = ?10 AND a.rowid > ?11))"
            " AND a.changed_at >= ?6 AND a.changed_at < ?7 AND a.team = ?1 AND a.form <> ''"
            " AND (?2 >> a.state) & 1 AND (?3 = '' OR a.form = ?3)"
            " AND (?4 = '' OR a.created_by = ?4) AND (?5 = '' OR a.unit = ?5)"
            " ORDER BY a.unit, a.changed_at DESC, a.rowid LIMIT ?12"));
    }

    // State by state, since a place in the middle of a large one must be reached at once.
    Result<Places> along_state() const {
        Places all;
        AuditPlace after = after_;
        for (auto state = static_cast<int>(after.state); state < kStates; ++state) {
            after.state = static_cast<AuditState>(state);
            const auto left = limit_ - static_cast<std::int64_t>(all.size());
            if (left <= 0) break;
            if (Status added = add_state(after, left, all); !added) return added.error();
            after.changed = beginning().changed;
        }
        return all;
    }

    // The latest of each state: some are too many, but all of the page are among them.
    Result<Places> of_states_by_change() const {
        Places all;
        AuditPlace after = after_;
        for (int state = 0; state < kStates; ++state) {
            after.state = static_cast<AuditState>(state);
            if (Status added = add_state(after, limit_, all); !added) return added.error();
        }
        return all;
    }

private:
    Status add_state(const AuditPlace& after, std::int64_t limit, Places& all) const {
        if (!asked_.filter.state.admits(after.state)) return done();
        auto some = placed(from_place(
            asked_.dated(db_.query("SELECT a.rowid, a.state, a.unit, a.changed_at"
                                   " FROM audit a INDEXED BY audit_by_state"
                                   " WHERE a.state = ?8 AND a.changed_at <= ?10"
                                   " AND a.changed_at >= ?6"
                                   " AND (?10, ?11) > (a.changed_at, a.rowid)"
                                   " AND a.team = ?1 AND a.form <> '' AND (?3 = '' OR a.form = ?3)"
                                   " AND (?4 = '' OR a.created_by = ?4)"
                                   " AND (?5 = '' OR a.unit = ?5)"
                                   " ORDER BY a.changed_at DESC, a.rowid DESC LIMIT ?12")),
            within_time(after), limit));
        if (!some) return some.error();
        std::ranges::move(*some, std::back_inserter(all));
        return done();
    }

    // One bound from above, not two: an index follows only one of them.
    AuditPlace within_time(AuditPlace place) const {
        const Stamp end{static_cast<std::uint64_t>(asked_.before)};
        if (end <= place.changed) {
            place.changed = end;
            place.row = 0;
        }
        return place;
    }

    Result<Places> page(Query query) const {
        Query bound = from_place(asked_.dated(std::move(query)), after_, limit_);
        if (bound.parameters() > 12) bound.bind(static_cast<std::int64_t>(asked_.filter.order));
        return placed(std::move(bound));
    }

    const sqlite::Database& db_;
    const Asked& asked_;
    AuditPlace after_;
    std::int64_t limit_;
};

Result<std::int64_t> count_tally(const sqlite::Database& db, const Asked& asked) {
    return one_number(asked.bound(
        db.query("SELECT sum(audits) FROM audit_tally WHERE team = ?1 AND (?2 >> state) & 1"
                 " AND (?3 = '' OR form = ?3) AND (?4 = '' OR created_by = ?4) AND (?5 = '' OR "
                 "unit = ?5)")));
}

// Of the audits without unsealed changes and those with them, at the time of their sealed ones.
Result<std::int64_t> count_dated(const sqlite::Database& db, const Asked& asked) {
    return one_number(
        asked.dated(db.query("SELECT sum((SELECT count(*) FROM audit a INDEXED BY audit_by_facets"
                             "  WHERE a.team = t.team AND a.state = t.state AND a.form = t.form"
                             "  AND a.created_by = t.created_by AND a.unit = t.unit"
                             "  AND a.changed_at >= ?6 AND a.changed_at < ?7))"
                             " FROM audit_tally t WHERE t.team = ?1 AND (?2 >> t.state) & 1"
                             " AND (?3 = '' OR t.form = ?3) AND (?4 = '' OR t.created_by = ?4)"
                             " AND (?5 = '' OR t.unit = ?5)")));
}

Result<std::int64_t> count_span(const sqlite::Database& db, const Asked& asked) {
    return one_number(
        db.query("SELECT count(*) FROM audit INDEXED BY audit_by_change"
                 " WHERE changed_at >= ?1 AND changed_at < ?2 AND team = ?3"
                 " AND form <> ''",
                 asked.from, asked.before, asked.team.text));
}

// How the unsealed changes move audits into the asked span of time, and out of it.
Result<std::int64_t> moved_by_unsealed(const sqlite::Database& db, const Asked& asked) {
    return one_number(asked.dated(db.query(
        "WITH edited AS MATERIALIZED (SELECT audit_row, last FROM edited_audit)"
        " SELECT sum((max(a.changed_at, e.last) >= ?6 AND max(a.changed_at, e.last) < ?7)"
        "  - (a.changed_at >= ?6 AND a.changed_at < ?7))"
        " FROM edited e CROSS JOIN audit a ON a.rowid = e.audit_row"
        " WHERE a.team = ?1 AND a.form <> '' AND (?2 >> a.state) & 1 AND (?3 = '' OR a.form = ?3)"
        " AND (?4 = '' OR a.created_by = ?4) AND (?5 = '' OR a.unit = ?5)")));
}

Result<std::int64_t> count_sealed(const sqlite::Database& db, const Asked& asked) {
    if (!asked.has_dates()) return count_tally(db, asked);
    return asked.faceted() ? count_dated(db, asked) : count_span(db, asked);
}

Result<Places> along(const Sealed& sealed, AuditOrder order) {
    switch (order) {
        case AuditOrder::unit: return sealed.along_unit();
        case AuditOrder::state: return sealed.along_state();
        case AuditOrder::changed: break;
    }
    return sealed.along_change();
}

Result<Places> sealed_page(const sqlite::Database& db, const Asked& asked, std::int64_t limit) {
    const Sealed sealed{db, asked, limit};
    const AuditFilter& filter = asked.filter;
    const bool by_change = filter.order == AuditOrder::changed;
    if (!asked.faceted() && (by_change || !asked.has_dates())) return along(sealed, filter.order);
    if (asked.only_states() && by_change) return sealed.of_states_by_change();
    const auto of_facets = count_tally(db, asked);
    if (!of_facets) return of_facets.error();
    const auto of_span = asked.has_dates() ? count_span(db, asked) : of_facets;
    if (!of_span) return of_span.error();
    const auto all = count_tally(db, {asked.team, {}});
    if (!all) return all.error();
    if (std::min(*of_facets, *of_span) * kDense >= *all) return along(sealed, filter.order);
    return *of_span < *of_facets || !asked.faceted() ? sealed.by_time() : sealed.by_facets();
}

}  // namespace

Result<std::vector<AuditSummary>> list_audits(const sqlite::Database& db, const TeamId& team,
                                              const AuditFilter& filter) {
    const Asked asked{team, filter};
    auto edited = unsealed(db, asked);
    if (!edited) return edited.error();
    // "All" is asked for as the greatest number there is.
    const auto more = static_cast<std::int64_t>(edited->size());
    auto page = sealed_page(
        db, asked, std::min(filter.limit, std::numeric_limits<std::int64_t>::max() - more) + more);
    if (!page) return page.error();
    std::erase_if(*page, [&](const AuditPlace& sealed) {
        return std::ranges::find(*edited, sealed.row, &AuditPlace::row) != edited->end();
    });
    for (AuditPlace& place : *edited)
        if (asked.in_time(place.changed) &&
            (!filter.after || comes_before(*filter.after, place, filter.order)))
            page->push_back(std::move(place));
    std::ranges::sort(*page, [&](const AuditPlace& a, const AuditPlace& b) {
        return comes_before(a, b, filter.order);
    });
    const auto most = static_cast<std::size_t>(filter.limit);
    if (page->size() > most) page->resize(most);
    return summaries_at(db, rows_of(*page));
}

Result<std::int64_t> count_audits(const sqlite::Database& db, const TeamId& team,
                                  const AuditFilter& filter) {
    const Asked asked{team, filter};
    auto sealed = count_sealed(db, asked);
    if (!sealed || !asked.has_dates()) return sealed;
    auto moved = moved_by_unsealed(db, asked);
    if (!moved) return moved;
    return *sealed + *moved;
}

Result<StateCounts> count_audits_by_state(const sqlite::Database& db, const TeamId& team,
                                          const AuditFilter& filter) {
    auto row = db.query(
        "SELECT state, sum(audits) FROM audit_tally WHERE team = ?1 AND (?2 = '' OR form = ?2)"
        " AND (?3 = '' OR created_by = ?3) AND (?4 = '' OR unit = ?4) GROUP BY state",
        team.text, filter.form.text, filter.created_by.text, filter.unit);
    StateCounts counts{};
    while (row.next()) counts.at(static_cast<std::size_t>(row.number(0))) = row.number(1);
    if (Status read = row.status(); !read) return read.error();
    return counts;
}

}  // namespace bordereau::storage
