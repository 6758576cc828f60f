// storage/sqlite/database.h - one connection to an encrypted file, its statements and transactions.
// database.cpp is the only includer of sqlite3.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/base/result.h"
#include "storage/crypto/secret.h"

struct sqlite3;
struct sqlite3_stmt;

namespace bordereau::storage::sqlite {

/// Marks bytes that are bound as BLOB rather than as TEXT.
struct Blob {
    std::string_view bytes;
};

struct Statements;

/// A prepared statement walked with next(). Errors stick: after one, binding and stepping do
/// nothing; status() tells the first. Check it after the loop. Goes back to the connection's
/// store of prepared statements when it ends, so that SQL is parsed once.
class Query {
public:
    Query(Statements& statements, std::string_view sql);
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    Query& bind(std::string_view text);
    Query& bind(const std::string& text) { return bind(std::string_view{text}); }
    Query& bind(std::int64_t number);
    Query& bind(Blob blob);
    Query& bind(std::nullopt_t);
    Query& bind(const std::optional<std::string>& text);

    /// Moves to the next row; false at the end or at an error.
    bool next();
    Status status() const;

    std::string text(int column) const;
    std::string blob(int column) const;
    /// Valid until the next step.
    std::string_view view(int column) const;
    std::int64_t number(int column) const;
    bool is_null(int column) const;
    int columns() const;
    int parameters() const;  ///< that the statement takes

private:
    void keep(int code);

    Statements* statements_;
    std::string_view sql_;
    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
    int first_error_ = 0;
    int system_error_ = 0;
    bool finished_ = false;
    std::string detail_;
};

/// The one number that a query gives; 0 for NULL, or where it has no row.
Result<std::int64_t> one_number(Query row);

/// One connection. Each thread opens its own. SQL passed in must live as long as the program
/// (literals), since prepared statements are kept under it.
class Database {
public:
    /// Opens an encrypted file for reading and writing: WAL, synchronous=FULL, foreign keys on.
    /// refused: the library at hand does not encrypt; corrupt: another key, or not a database.
    static Result<Database> open(const std::filesystem::path& file, const crypto::Secret& key);
    /// As open(), but refuses a file that is not there yet instead of making it.
    static Result<Database> open_existing(const std::filesystem::path& file,
                                          const crypto::Secret& key);
    /// Opens without writing a byte beside or into the file, and sees nothing of its WAL.
    static Result<Database> open_untouched(const std::filesystem::path& file,
                                           const crypto::Secret& key);

    /// A database in memory, not encrypted, as image() gave it; empty for none. What it holds ends
    /// with it: for simulations. corrupt: no such image.
    static Result<Database> in_memory(std::string_view image = {});
    /// Every page as the latest commit left it. For in_memory().
    Result<std::string> image() const;

    template <class... Values>
    Query query(std::string_view sql, const Values&... values) const {
        Query query{*statements_, sql};
        (query.bind(values), ...);
        return query;
    }

    /// Runs to the end, rows ignored.
    template <class... Values>
    Status run(std::string_view sql, const Values&... values) {
        Query query = this->query(sql, values...);
        while (query.next()) {
        }
        return query.status();
    }

    /// Writes every page of `file`, which this is open on, again under another key, in one
    /// transaction: after a crash the file opens with the one key or the other. No other connection
    /// may be open. After an error the file has the present key, and this goes on with it.
    Status change_key(const std::filesystem::path& file, const crypto::Secret& present,
                      const crypto::Secret& next);
    /// Copies everything as it stands now, page by page, into a new file under `key`, while others
    /// go on writing. `going_on` is told pages done and in all; false: cancelled. Not flushed to
    /// the disk.
    Status copy_to(const std::filesystem::path& file, const crypto::Secret& key,
                   const std::function<bool(std::int64_t, std::int64_t)>& going_on);
    /// Brings everything from the WAL into the file.
    Status empty_wal();

    /// Several statements at once, for schemas.
    Status run_script(const std::string& sql);

    /// Rows that the last INSERT, UPDATE or DELETE touched.
    std::int64_t changes() const;

    /// Rows that kept statements passed because no index led past them: for tests of queries that
    /// must not grow with the notebook.
    std::int64_t rows_scanned() const;

    /// Differs from every earlier value after a commit on this or another connection.
    std::uint64_t write_counter() const;

private:
    explicit Database(sqlite3* handle);
    static Result<Database> keyed(const std::string& name, int flags, const crypto::Secret& key);
    static Result<Database> for_writing(const std::filesystem::path& file, int flags,
                                        const crypto::Secret& key);
    /// A write that needs next to no room.
    Status rewrite_header();
    struct Close {
        void operator()(Statements* statements) const;
    };
    std::unique_ptr<Statements, Close> statements_;
};

/// Rolls back unless committed. Passing one to a function is the proof that its caller groups
/// writes.
class Transaction {
public:
    /// Takes the write lock at once, so that a later write cannot fail as busy. busy: another
    /// connection held it too long.
    static Result<Transaction> begin(Database& db);
    Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    Status commit() &&;

private:
    explicit Transaction(Database& db) : db_(&db) {}
    Database* db_;
};

}  // namespace bordereau::storage::sqlite
