// SQLCipher declares its key functions only when asked to.
#define SQLITE_HAS_CODEC 1
#include "storage/sqlite/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unordered_map>

#include "storage/base/text.h"
#include "storage/sqlite/pages.h"

namespace bordereau::storage::sqlite {
namespace {

constexpr int kBusyMillis = 5000;

bool out_of_space(int system_error) {
    return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

ErrorCode cannot_open(int system_error) {
    if (out_of_space(system_error)) return ErrorCode::full;
    return system_error == ENOENT || system_error == 0 ? ErrorCode::not_found : ErrorCode::io;
}

ErrorCode meaning_of(int code, int system_error) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return ErrorCode::busy;
        case SQLITE_FULL: return ErrorCode::full;
        case SQLITE_IOERR: return out_of_space(system_error) ? ErrorCode::full : ErrorCode::io;
        case SQLITE_CONSTRAINT: return ErrorCode::conflict;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return ErrorCode::corrupt;
        case SQLITE_CANTOPEN: return cannot_open(system_error);
        default: return ErrorCode::io;
    }
}

Error error_of(sqlite3* handle, int code) {
    return {meaning_of(code, sqlite3_system_errno(handle)), sqlite3_errmsg(handle)};
}

// The file as a URI that forbids every write: neither a -wal nor a -shm file comes into being.
std::string immutable_uri(const std::filesystem::path& file) {
    std::string uri = "file:";
    for (const char c : file.string()) {
        if (c == '%' || c == '?' || c == '#') {
            uri += '%';
            uri += to_hex({&c, 1});
        } else {
            uri += c;
        }
    }
    return uri + "?mode=ro&immutable=1";
}

// What SQLite gives back held pages and keys: it is wiped. SQLCipher's own way to do so
// (cipher_memory_security) also locks each piece of memory, which makes small reads and commits
// several times slower.
sqlite3_mem_methods& memory_below() {
    static sqlite3_mem_methods methods{};
    return methods;
}

void wipe_and_free(void* memory) {
    if (memory) explicit_bzero(memory, static_cast<std::size_t>(memory_below().xSize(memory)));
    memory_below().xFree(memory);
}

// Some pieces grow by a few bytes at a time, a word's list of rows by 32. Each move copies and
// wipes all of it, so what has grown once gets room to grow on where it is.
void* move_and_wipe(void* memory, int size) {
    const int present = memory_below().xSize(memory);
    if (size <= present && size > present / 4) return memory;
    const bool grows = size > present && size < (1 << 29);
    void* moved = memory_below().xMalloc(grows ? size + size / 2 : size);
    if (!moved) return nullptr;
    std::memcpy(moved, memory, static_cast<std::size_t>(std::min(size, present)));
    wipe_and_free(memory);
    return moved;
}

// Refused, and left out, where SQLite has been started already.
void wipe_what_is_freed() {
    static const bool once = [] {
        if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory_below()) != SQLITE_OK) return false;
        sqlite3_mem_methods wiping = memory_below();
        wiping.xFree = wipe_and_free;
        wiping.xRealloc = move_and_wipe;
        return sqlite3_config(SQLITE_CONFIG_MALLOC, &wiping) == SQLITE_OK;
    }();
    (void)once;
}

// SQLCipher's raw key syntax, x'...': no derivation, the key is random already.
crypto::Secret key_text(const crypto::Secret& key) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    crypto::Secret text{key.size() * 2 + 3};
    auto out = text.bytes().begin();
    *out++ = 'x';
    *out++ = '\'';
    for (const std::uint8_t byte : key.bytes()) {
        *out++ = static_cast<std::uint8_t>(kDigits[byte >> 4]);
        *out++ = static_cast<std::uint8_t>(kDigits[byte & 15]);
    }
    *out = '\'';
    return text;
}

int give_key(sqlite3* handle, const crypto::Secret& key) {
    const crypto::Secret text = key_text(key);
    return sqlite3_key(handle, text.bytes().data(), static_cast<int>(text.size()));
}

}  // namespace

struct Statements {
    sqlite3* handle = nullptr;
    std::unordered_map<std::string_view, sqlite3_stmt*> idle;

    sqlite3_stmt* take(std::string_view sql, int& code) {
        if (auto found = idle.extract(sql)) return found.mapped();
        sqlite3_stmt* statement = nullptr;
        code = sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                                  SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        return statement;
    }

    void give_back(std::string_view sql, sqlite3_stmt* statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        if (!idle.emplace(sql, statement).second) sqlite3_finalize(statement);
    }
};

Query::Query(Statements& statements, std::string_view sql) : statements_(&statements), sql_(sql) {
    int code = SQLITE_OK;
    statement_ = statements.take(sql, code);
    keep(code);
}

Query::Query(Query&& other) noexcept
    : statements_(other.statements_),
      sql_(other.sql_),
      statement_(std::exchange(other.statement_, nullptr)),
      bound_(other.bound_),
      first_error_(other.first_error_),
      system_error_(other.system_error_),
      finished_(other.finished_),
      detail_(std::move(other.detail_)) {}

Query::~Query() {
    if (statement_) statements_->give_back(sql_, statement_);
}

Query& Query::bind(std::string_view text) {
    // A view without address would bind NULL, and an empty text is not that.
    const char* bytes = text.data() ? text.data() : "";
    if (first_error_ == SQLITE_OK)
        keep(sqlite3_bind_text64(statement_, ++bound_, bytes, text.size(), SQLITE_TRANSIENT,
                                 SQLITE_UTF8));
    return *this;
}

Query& Query::bind(Blob blob) {
    const char* bytes = blob.bytes.data() ? blob.bytes.data() : "";
    if (first_error_ == SQLITE_OK)
        keep(sqlite3_bind_blob64(statement_, ++bound_, bytes, blob.bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Query& Query::bind(std::int64_t number) {
    if (first_error_ == SQLITE_OK) keep(sqlite3_bind_int64(statement_, ++bound_, number));
    return *this;
}

Query& Query::bind(std::nullopt_t) {
    if (first_error_ == SQLITE_OK) keep(sqlite3_bind_null(statement_, ++bound_));
    return *this;
}

Query& Query::bind(const std::optional<std::string>& text) {
    return text ? bind(std::string_view{*text}) : bind(std::nullopt);
}

bool Query::next() {
    if (first_error_ != SQLITE_OK || finished_) return false;
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_DONE && code != SQLITE_ROW) keep(code);
    finished_ = code != SQLITE_ROW;  // sqlite3_step would start the statement again
    return code == SQLITE_ROW;
}

Status Query::status() const {
    if (first_error_ == SQLITE_OK) return done();
    return Error{meaning_of(first_error_, system_error_), detail_};
}

Result<std::int64_t> one_number(Query row) {
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found ? row.number(0) : 0;
}

std::string_view Query::view(int column) const {
    const auto* bytes = static_cast<const char*>(
        sqlite3_column_type(statement_, column) == SQLITE_BLOB
            ? sqlite3_column_blob(statement_, column)
            : static_cast<const void*>(sqlite3_column_text(statement_, column)));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes ? std::string_view{bytes, size} : std::string_view{};
}

std::string Query::text(int column) const {
    return std::string{view(column)};
}

std::string Query::blob(int column) const {
    return std::string{view(column)};
}

std::int64_t Query::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

int Query::columns() const {
    return statement_ ? sqlite3_column_count(statement_) : 0;
}

int Query::parameters() const {
    return statement_ ? sqlite3_bind_parameter_count(statement_) : 0;
}

void Query::keep(int code) {
    if (code == SQLITE_OK) return;
    first_error_ = code;
    system_error_ = sqlite3_system_errno(statements_->handle);
    detail_ = sqlite3_errmsg(statements_->handle);
}

void Database::Close::operator()(Statements* statements) const {
    for (const auto& [sql, statement] : statements->idle) sqlite3_finalize(statement);
    sqlite3_close_v2(statements->handle);
    delete statements;
}

Database::Database(sqlite3* handle) : statements_(new Statements{handle, {}}) {}

Result<Database> Database::keyed(const std::string& name, int flags, const crypto::Secret& key) {
    wipe_what_is_freed();
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(
        name.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Database db{raw};
    if (opened != SQLITE_OK) return error_of(raw, opened);
    sqlite3_busy_timeout(raw, kBusyMillis);
    if (Status quiet = db.run("PRAGMA cipher_log_level = NONE"); !quiet) return quiet.error();
    {
        auto version = db.query("PRAGMA cipher_version");
        // The plain library takes a key without an error and then ignores it.
        if (!version.next() || version.view(0).empty())
            return Error{ErrorCode::refused, "this SQLite library does not encrypt"};
    }
    if (const int keyed = give_key(raw, key); keyed != SQLITE_OK) return error_of(raw, keyed);
    if (Status sized = db.run(kSetPageSize); !sized) return sized.error();
    auto first_page = db.query("SELECT count(*) FROM sqlite_schema");
    first_page.next();
    if (Status read = first_page.status(); !read)
        return std::move(read).error().during("reading the first page");
    return db;
}

Result<Database> Database::for_writing(const std::filesystem::path& file, int flags,
                                       const crypto::Secret& key) {
    auto db = keyed(file.string(), SQLITE_OPEN_READWRITE | flags, key);
    if (!db) return db;
    if (Status set = db->run_script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                    "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
                                    "PRAGMA journal_size_limit = 16777216;"
                                    "PRAGMA cache_size = -16384;");
        !set)
        return std::move(set).error().during("setting up the connection");
    return db;
}

Result<Database> Database::open(const std::filesystem::path& file, const crypto::Secret& key) {
    return for_writing(file, SQLITE_OPEN_CREATE, key);
}

Result<Database> Database::open_existing(const std::filesystem::path& file,
                                         const crypto::Secret& key) {
    return for_writing(file, 0, key);
}

Result<Database> Database::open_untouched(const std::filesystem::path& file,
                                          const crypto::Secret& key) {
    return keyed(immutable_uri(file), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, key);
}

Result<Database> Database::in_memory(std::string_view image) {
    wipe_what_is_freed();
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(
        ":memory:", &raw,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    Database db{raw};
    if (opened != SQLITE_OK) return error_of(raw, opened);
    if (!image.empty()) {
        const auto size = static_cast<sqlite3_int64>(image.size());
        auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
        if (bytes == nullptr) return Error{ErrorCode::io, "no memory for a database"};
        std::memcpy(bytes, image.data(), image.size());
        const int filled =
            sqlite3_deserialize(raw, "main", bytes, size, size,
                                SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
        if (filled != SQLITE_OK) return error_of(raw, filled);
    }
    if (Status set = db.run_script("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
                                   "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
        !set)
        return set.error();
    return db;
}

Result<std::string> Database::image() const {
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(statements_->handle, "main", &size, 0);
    if (bytes == nullptr) return Error{ErrorCode::io, "no memory for a copy of the database"};
    std::string image{reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
    sqlite3_free(bytes);
    return image;
}

Status Database::empty_wal() {
    auto row = query("PRAGMA wal_checkpoint(TRUNCATE)");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read;
    if (found && row.number(0) != 0) return Error{ErrorCode::busy, "the WAL is in use"};
    return done();
}

// The WAL is emptied first, so that it needs no more room than the file itself, and afterwards, so
// that no page under the present key is left. SQLCipher says done even where its commit failed, and
// a connection whose change failed would go on writing with the next key. So a second one, opened
// while there is room for that, tells which key counts, and takes the place of one that failed.
Status Database::change_key(const std::filesystem::path& file, const crypto::Secret& present,
                            const crypto::Secret& next) {
    if (Status emptied = empty_wal(); !emptied) return emptied;
    auto second = open_existing(file, present);
    if (!second) return second.error();
    const crypto::Secret text = key_text(next);
    const int changed =
        sqlite3_rekey(statements_->handle, text.bytes().data(), static_cast<int>(text.size()));
    if (changed == SQLITE_OK) {
        const Status readable = second->run("SELECT count(*) FROM sqlite_schema");
        if (!readable && readable.error().code == ErrorCode::corrupt) {
            (void)empty_wal().ok();  // it counts already; a full disk leaves this to later
            return done();
        }
    }
    const Status failed = error_of(statements_->handle, changed);
    *this = *std::move(second);
    if (changed != SQLITE_OK) return failed;
    // Why the commit failed was not told: a write that needs little says whether there is room.
    if (Status room = rewrite_header(); !room) return room;
    return Error{ErrorCode::io, "the change of key was not written"};
}

Status Database::rewrite_header() {
    std::int64_t number = 0;
    {
        auto version = query("PRAGMA user_version");
        if (!version.next()) return version.status();
        number = version.number(0);
    }
    return run_script("PRAGMA user_version = " + std::to_string(number));
}

namespace {

struct FinishBackup {
    void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

constexpr int kPagesAtOnce = 256;

Status step_through(sqlite3* target, sqlite3_backup* backup,
                    const std::function<bool(std::int64_t, std::int64_t)>& going_on) {
    for (;;) {
        const int code = sqlite3_backup_step(backup, kPagesAtOnce);
        const std::int64_t all = sqlite3_backup_pagecount(backup);
        const bool wanted = going_on(all - sqlite3_backup_remaining(backup), all);
        if (code == SQLITE_DONE) return done();
        if (code != SQLITE_OK) return error_of(target, code);
        if (!wanted) return Error{ErrorCode::cancelled, "a person stopped it"};
    }
}

}  // namespace

// A read transaction around the copy holds the moment: without it the copy would begin again with
// every commit of another connection.
Status Database::copy_to(const std::filesystem::path& file, const crypto::Secret& key,
                         const std::function<bool(std::int64_t, std::int64_t)>& going_on) {
    auto target = keyed(file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, key);
    if (!target) return target.error();
    if (Status set = target->run_script("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
                                        "PRAGMA temp_store = MEMORY;");
        !set)
        return set;
    if (Status begun = run("BEGIN"); !begun) return begun;
    Status copied = run("SELECT count(*) FROM sqlite_schema");
    if (copied) {
        const std::unique_ptr<sqlite3_backup, FinishBackup> backup{
            sqlite3_backup_init(target->statements_->handle, "main", statements_->handle, "main")};
        copied = backup ? step_through(target->statements_->handle, backup.get(), going_on)
                        : Status{error_of(target->statements_->handle,
                                          sqlite3_errcode(target->statements_->handle))};
    }
    Status ended = run("COMMIT");
    return copied ? ended : copied;
}

Status Database::run_script(const std::string& sql) {
    sqlite3* handle = statements_->handle;
    const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return done();
    return error_of(handle, code);
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(statements_->handle);
}

std::int64_t Database::rows_scanned() const {
    std::int64_t rows = 0;
    for (const auto& [sql, statement] : statements_->idle)
        rows += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
    return rows;
}

std::uint64_t Database::write_counter() const {
    auto version = query("PRAGMA data_version");  // counts commits of other connections
    const std::int64_t others = version.next() ? version.number(0) : 0;
    const std::int64_t own = sqlite3_total_changes64(statements_->handle);
    return static_cast<std::uint64_t>(others) << 40 ^ static_cast<std::uint64_t>(own);
}

Result<Transaction> Transaction::begin(Database& db) {
    if (Status begun = db.run("BEGIN IMMEDIATE"); !begun) return std::move(begun).error();
    return Transaction{db};
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself (a full disk): then this fails, and rightly so.
    if (db_) (void)db_->run("ROLLBACK").ok();
}

// A COMMIT that fails as busy or full leaves the transaction open; the destructor ends it.
Status Transaction::commit() && {
    Status committed = db_->run("COMMIT");
    if (committed) db_ = nullptr;
    return committed;
}

}  // namespace bordereau::storage::sqlite
