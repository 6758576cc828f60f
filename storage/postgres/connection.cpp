#include "storage/postgres/connection.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace bordereau::storage::postgres {
namespace {

// Durable means on the server's disk, whatever its configuration says; nobody waits without end,
// and nobody who hangs keeps a team from the others.
constexpr const char* kSettings =
    "SET synchronous_commit = on; SET statement_timeout = '60s'; SET lock_timeout = '10s';"
    "SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = warning;"
    "SET default_transaction_isolation = 'read committed'";

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

void say_nothing(void*, const char*) {}

bool worked(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

// PostgreSQL's documentation, appendix A: the first two characters are a class.
ErrorCode meaning_of(std::string_view state) {
    constexpr std::array kBusy{"55P03", "57014", "40001", "40P01", "53300"};
    if (std::ranges::find(kBusy, state) != kBusy.end()) return ErrorCode::busy;
    if (state == "53100") return ErrorCode::full;
    if (state == "42501" || state == "25006" || state.starts_with("28")) return ErrorCode::refused;
    if (state.starts_with("57P") || state.starts_with("08")) return ErrorCode::offline;
    return state.starts_with("23") ? ErrorCode::conflict : ErrorCode::io;
}

// What a PQ function takes for a list of parameters.
struct Bound {
    explicit Bound(const std::vector<Value>& values) {
        for (const Value& value : values) {
            const std::string_view text = value.text();
            bytes.push_back(text.data() ? text.data() : "");
            sizes.push_back(static_cast<int>(text.size()));
            // Text could end at a zero byte: everything goes as it is.
            formats.push_back(value.is_binary() ? 1 : 0);
        }
    }
    int count() const { return static_cast<int>(bytes.size()); }
    std::vector<const char*> bytes;
    std::vector<int> sizes, formats;
};

std::string first_line(std::string_view text) {
    return std::string{text.substr(0, text.find('\n'))};
}

Status check_url(const std::string& url) {
    char* told = nullptr;
    PQconninfoOption* options = PQconninfoParse(url.c_str(), &told);
    if (told != nullptr) PQfreemem(told);  // repeats the URL, which has the password in it
    if (options == nullptr)
        return Error{ErrorCode::invalid,
                     "--store is no address of a database; it looks like "
                     "postgresql://user@host:5432/database"};
    PQconninfoFree(options);
    return done();
}

// Those before "dbname" count only where the URL says nothing.
PGconn* connect(const std::string& url) {
    constexpr std::array kNames{"connect_timeout",     "keepalives_idle",
                                "keepalives_interval", "tcp_user_timeout",
                                "application_name",    "dbname",
                                "client_encoding",     static_cast<const char*>(nullptr)};
    const std::array values{"10",
                            "30",
                            "10",
                            "30000",
                            "bordereau-endpoint",
                            url.c_str(),
                            "UTF8",
                            static_cast<const char*>(nullptr)};
    return PQconnectdbParams(kNames.data(), values.data(), 1);
}

}  // namespace

void Rows::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

int Rows::count() const {
    return PQntuples(result_.get());
}

std::int64_t Rows::number(int row, int column) const {
    std::uint64_t number = 0;
    const auto* bytes =
        reinterpret_cast<const unsigned char*>(PQgetvalue(result_.get(), row, column));
    for (int i = 0; i < PQgetlength(result_.get(), row, column); ++i)
        number = number << 8 | bytes[i];
    return static_cast<std::int64_t>(number);
}

std::string Rows::text(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

void Connection::Finish::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

Result<Connection> Connection::open(const std::string& url) {
    if (Status known = check_url(url); !known) return known.error();
    Connection connection{connect(url)};
    if (connection.connection_ == nullptr) return Error{ErrorCode::full, "no memory"};
    PQsetNoticeProcessor(connection.connection_.get(), say_nothing, nullptr);
    if (Status made = connection.set_up(); !made) return made.error();
    return connection;
}

std::string Connection::place() const {
    const auto known = [](const char* text) { return std::string{text ? text : ""}; };
    const PGconn* connection = connection_.get();
    return "the database " + known(PQdb(connection)) + " at " + known(PQhost(connection)) + ":" +
           known(PQport(connection));
}

// The first line of what the library or the server said, without the password, should it be there.
std::string Connection::words(std::string_view message) const {
    std::string text = first_line(message);
    const char* password = PQpass(connection_.get());
    const std::string_view secret = password ? password : "";
    for (std::size_t at = 0; !secret.empty() && (at = text.find(secret, at)) != text.npos;)
        text.replace(at, secret.size(), "***");
    return text;
}

Error Connection::lost() const {
    const std::string said = words(PQerrorMessage(connection_.get()));
    // A server that answers and says no has to be looked at by a person.
    const bool no = said.find("authentication") != said.npos ||
                    said.find("does not exist") != said.npos ||
                    said.find("password") != said.npos || said.find("pg_hba") != said.npos;
    // Neither of the two goes away by waiting: "root certificate", "server certificate for ...".
    const bool strange = said.find("certificate") != said.npos;
    const char* why = strange ? " is not the one that we trust: "
                      : no    ? " does not let us in: "
                              : " does not answer: ";
    return {no || strange ? ErrorCode::refused : ErrorCode::offline, place() + why + said};
}

Error Connection::error_of(const pg_result* result) const {
    if (PQstatus(connection_.get()) == CONNECTION_BAD) return lost();
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (state == nullptr) return lost();
    return {meaning_of(state), place() + ": " + words(said ? said : "") + " (" + state + ")"};
}

Status Connection::set_up() {
    if (PQstatus(connection_.get()) != CONNECTION_OK) return lost();
    return run_script(kSettings);
}

Status Connection::connected() {
    if (PQstatus(connection_.get()) == CONNECTION_OK) return done();
    PQreset(connection_.get());
    return set_up();
}

Result<Rows> Connection::send(const Statement& statement) {
    const Bound bound{statement.values};
    Answer answer{PQexecParams(connection_.get(), statement.sql, bound.count(), nullptr,
                               bound.bytes.data(), bound.sizes.data(), bound.formats.data(), 1)};
    if (!worked(answer.get())) return error_of(answer.get());
    return Rows{answer.release()};
}

Result<Rows> Connection::query(const Statement& statement) {
    if (in_transaction_) return send(statement);
    if (Status ready = connected(); !ready) return ready.error();
    auto rows = send(statement);
    if (rows || PQstatus(connection_.get()) == CONNECTION_OK) return rows;
    if (Status ready = connected(); !ready) return ready.error();
    return send(statement);
}

Status Connection::run(const Statement& statement) {
    auto rows = query(statement);
    return rows ? done() : Status{rows.error()};
}

Status Connection::run_script(const std::string& sql) {
    const Answer answer{PQexec(connection_.get(), sql.c_str())};
    return worked(answer.get()) ? done() : Status{error_of(answer.get())};
}

// Each statement has an answer of its own, then nothing; the end has one that says so.
Status Connection::run_all(const std::vector<Statement>& statements) {
    PGconn* connection = connection_.get();
    if (PQenterPipelineMode(connection) != 1) return lost();
    bool sent = true;
    for (const Statement& statement : statements) {
        const Bound bound{statement.values};
        sent = sent && PQsendQueryParams(connection, statement.sql, bound.count(), nullptr,
                                         bound.bytes.data(), bound.sizes.data(),
                                         bound.formats.data(), 1) == 1;
    }
    sent = sent && PQpipelineSync(connection) == 1;
    Status all = sent ? done() : Status{lost()};
    for (bool more = sent; more;) {
        const Answer answer{PQgetResult(connection)};
        more = PQstatus(connection) == CONNECTION_OK &&
               (!answer || PQresultStatus(answer.get()) != PGRES_PIPELINE_SYNC);
        if (all && !answer && PQstatus(connection) != CONNECTION_OK) all = lost();
        if (all && answer && PQresultStatus(answer.get()) == PGRES_FATAL_ERROR)
            all = error_of(answer.get());
    }
    PQexitPipelineMode(connection);
    return all;
}

Result<Transaction> Transaction::begin(Connection& connection) {
    if (Status begun = connection.run({"BEGIN", {}}); !begun) return begun.error();
    connection.in_transaction_ = true;
    return Transaction{connection};
}

Transaction::~Transaction() {
    if (connection_ == nullptr) return;
    (void)connection_->run({"ROLLBACK", {}}).ok();  // a lost connection has done so by itself
    connection_->in_transaction_ = false;
}

// PostgreSQL answers a COMMIT of what has failed with a ROLLBACK, and calls that done.
Status Transaction::commit() && {
    Connection& connection = *std::exchange(connection_, nullptr);
    const Answer answer{PQexec(connection.connection_.get(), "COMMIT")};
    connection.in_transaction_ = false;
    if (!worked(answer.get())) return connection.error_of(answer.get());
    if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0)
        return Error{ErrorCode::io, connection.place() + " rolled a transaction back"};
    return done();
}

}  // namespace bordereau::storage::postgres
