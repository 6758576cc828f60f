// storage/postgres/connection.h - one connection to a PostgreSQL server: statements with
// parameters, and transactions. connection.cpp is the only includer of libpq.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/result.h"

struct pg_conn;
struct pg_result;

namespace bordereau::storage::postgres {

/// One parameter. Views must outlive the call.
struct Value {
    Value(std::string_view text) : text_(text) {}
    Value(const std::string& text) : text_(text) {}
    Value(std::int64_t number) : own_(std::to_string(number)) {}
    /// Bound as bytea.
    static Value bytes(std::string_view bytes) {
        Value value{bytes};
        value.binary_ = true;
        return value;
    }

    std::string_view text() const { return own_.empty() ? text_ : std::string_view{own_}; }
    bool is_binary() const { return binary_; }

private:
    std::string_view text_;
    std::string own_;
    bool binary_ = false;
};

/// The rows of an answer.
class Rows {
public:
    explicit Rows(pg_result* result) : result_(result) {}

    int count() const;
    std::int64_t number(int row, int column) const;  ///< of a bigint
    std::string text(int row, int column) const;     ///< of a text or a bytea
private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> result_;
};

struct Statement {
    const char* sql;  ///< lives as long as the program: a literal
    std::vector<Value> values;
};

/// Errors of all calls, as sentences without passwords. offline: the server does not answer; busy:
/// somebody else held a row or a place too long; refused: it does not let us in or not do this;
/// full: its disk is; conflict: a row is there already; io: anything else.
class Connection {
public:
    /// `url` as libpq takes it: postgresql://user:password@host:port/database?sslmode=verify-full.
    /// What it does not give comes from the environment and from ~/.pgpass.
    /// invalid: it is none.
    static Result<Connection> open(const std::string& url);

    /// Outside of a transaction it must do no harm twice: a connection that was lost meanwhile is
    /// made again, once.
    Result<Rows> query(const Statement& statement);
    Status run(const Statement& statement);
    /// All of them in one journey, in a transaction; the first error.
    Status run_all(const std::vector<Statement>& statements);
    /// Several statements at once, for schemas.
    Status run_script(const std::string& sql);

private:
    friend class Transaction;
    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    explicit Connection(pg_conn* connection) : connection_(connection) {}
    Status connected();
    Status set_up();
    Result<Rows> send(const Statement& statement);
    Error error_of(const pg_result* result) const;
    Error lost() const;
    std::string place() const;
    std::string words(std::string_view message) const;

    std::unique_ptr<pg_conn, Finish> connection_;
    bool in_transaction_ = false;
};

/// Rolls back unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// After an error nobody knows whether it was kept.
    Status commit() &&;

private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;
};

}  // namespace bordereau::storage::postgres
