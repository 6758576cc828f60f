#include "storage/postgres/ledger.h"

#include <optional>
#include <utility>

#include "assets/assets.h"
#include "storage/postgres/connection.h"

namespace bordereau::storage::postgres {
namespace {

// Of the advisory lock under which the schema is made: "bordereau" as no other program counts.
constexpr std::int64_t kSchemaLock = 0x626f72646572;
// Of entries that are read in one go; the last one may pass it.
constexpr std::int64_t kBytesAtOnce = std::int64_t{4} << 20;

LedgerHead head_of(const Rows& rows) {
    return rows.count() == 0 ? LedgerHead{} : LedgerHead{rows.number(0, 0), rows.text(0, 1)};
}

class PostgresTurn : public LedgerTurn {
public:
    PostgresTurn(Connection& connection, Transaction open, TeamId team, LedgerHead head)
        : connection_(connection),
          open_(std::move(open)),
          team_(std::move(team)),
          head_(std::move(head)) {}

    const LedgerHead& head() const override { return head_; }

    Status append(std::span<const LedgerEntry> entries, const std::string& mark) override {
        std::vector<Statement> all;
        for (const LedgerEntry& entry : entries)
            all.push_back(
                {"INSERT INTO bordereau.entry(team, number, received_at, sealed)"
                 " VALUES ($1, $2, $3, $4)",
                 {team_.text, entry.number, entry.received_at, Value::bytes(entry.sealed)}});
        all.push_back({"UPDATE bordereau.head SET number = $2, mark = $3 WHERE team = $1",
                       {team_.text, entries.back().number, Value::bytes(mark)}});
        return connection_.run_all(all);
    }

    Status replace(std::span<const LedgerEntry> entries, const std::string& mark) override {
        std::vector<Statement> all;
        for (const LedgerEntry& entry : entries)
            all.push_back({"UPDATE bordereau.entry SET sealed = $3 WHERE team = $1 AND number = $2",
                           {team_.text, entry.number, Value::bytes(entry.sealed)}});
        all.push_back({"UPDATE bordereau.head SET mark = $2 WHERE team = $1",
                       {team_.text, Value::bytes(mark)}});
        return connection_.run_all(all);
    }

    Status commit() override {
        if (!open_) return Error{ErrorCode::io, "a turn that is over"};
        Transaction open = *std::move(open_);
        open_.reset();
        return std::move(open).commit();
    }

private:
    Connection& connection_;
    std::optional<Transaction> open_;
    TeamId team_;
    LedgerHead head_;
};

class PostgresLedger : public Ledger {
public:
    explicit PostgresLedger(Connection connection) : connection_(std::move(connection)) {}

    Result<LedgerHead> head(const TeamId& team) override {
        auto rows = connection_.query(
            {"SELECT number, mark FROM bordereau.head WHERE team = $1", {team.text}});
        if (!rows) return rows.error();
        return head_of(*rows);
    }

    Result<std::vector<TeamId>> teams() override {
        auto rows = connection_.query({"SELECT team FROM bordereau.head", {}});
        if (!rows) return rows.error();
        std::vector<TeamId> teams;
        for (int row = 0; row < rows->count(); ++row) teams.push_back({rows->text(row, 0)});
        return teams;
    }

    Result<std::vector<LedgerEntry>> after(const TeamId& team, std::int64_t number,
                                           std::size_t count) override {
        auto rows = connection_.query(
            {"SELECT number, received_at, sealed FROM ("
             "  SELECT number, received_at, sealed, sum(octet_length(sealed))"
             "   OVER (ORDER BY number) - octet_length(sealed) AS before"
             "  FROM bordereau.entry WHERE team = $1"
             "   AND number > $2::bigint AND number <= $2::bigint + $3::bigint) AS near"
             " WHERE before < $4::bigint ORDER BY number",
             {team.text, number, static_cast<std::int64_t>(count), kBytesAtOnce}});
        if (!rows) return rows.error();
        std::vector<LedgerEntry> entries;
        for (int row = 0; row < rows->count(); ++row)
            entries.push_back({rows->number(row, 0), rows->number(row, 1), rows->text(row, 2)});
        return entries;
    }

    Result<std::unique_ptr<LedgerTurn>> begin(const TeamId& team) override {
        auto open = Transaction::begin(connection_);
        if (!open) return open.error();
        auto held = hold(team);
        if (held && held->count() == 0) held = hold_new(team);
        if (!held) return held.error();
        return std::unique_ptr<LedgerTurn>{
            std::make_unique<PostgresTurn>(connection_, *std::move(open), team, head_of(*held))};
    }

private:
    Result<Rows> hold(const TeamId& team) {
        return connection_.query(
            {"SELECT number, mark FROM bordereau.head WHERE team = $1 FOR UPDATE", {team.text}});
    }

    // Of two that begin a team at once the second waits here for the first.
    Result<Rows> hold_new(const TeamId& team) {
        if (Status made = connection_.run({"INSERT INTO bordereau.head(team, number, mark)"
                                           " VALUES ($1, 0, '') ON CONFLICT (team) DO NOTHING",
                                           {team.text}});
            !made)
            return made.error();
        return hold(team);
    }

    Connection connection_;
};

Result<std::int64_t> version_of(Connection& connection) {
    auto there =
        connection.query({"SELECT 1 FROM pg_catalog.pg_class c"
                          " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                          " WHERE n.nspname = 'bordereau' AND c.relname = 'version'",
                          {}});
    if (!there) return there.error();
    if (there->count() == 0) return 0;
    auto version =
        connection.query({"SELECT coalesce(max(number), 0)::bigint FROM bordereau.version", {}});
    if (!version) return version.error();
    return version->number(0, 0);
}

// Several processes may start at once: the others wait, and find it made.
Status make_schema(Connection& connection) {
    const auto scripts = assets::below("ledger/");
    auto open = Transaction::begin(connection);
    if (!open) return open.error();
    if (Status locked = connection.run({"SELECT pg_advisory_xact_lock($1)", {kSchemaLock}});
        !locked)
        return locked;
    const auto version = version_of(connection);
    if (!version) return version.error();
    for (std::int64_t next = *version; next < std::ssize(scripts); ++next) {
        const auto& script = scripts[static_cast<std::size_t>(next)];
        if (Status made = connection.run_script(std::string{script.bytes}); !made)
            return std::move(made).error().during("making the ledger's tables");
        if (Status kept =
                connection.run({"INSERT INTO bordereau.version(number) VALUES ($1)", {next + 1}});
            !kept)
            return kept;
    }
    return (*std::move(open)).commit();
}

}  // namespace

Result<std::unique_ptr<Ledger>> open_ledger(const std::string& url) {
    auto connection = Connection::open(url);
    if (!connection) return connection.error();
    const auto version = version_of(*connection);
    if (!version) return version.error();
    const std::int64_t known = std::ssize(assets::below("ledger/"));
    if (*version > known)
        return Error{ErrorCode::refused,
                     "the ledger was made by a newer program: use that one here too"};
    if (*version < known)
        if (Status made = make_schema(*connection); !made) return made.error();
    return std::unique_ptr<Ledger>{std::make_unique<PostgresLedger>(*std::move(connection))};
}

}  // namespace bordereau::storage::postgres
