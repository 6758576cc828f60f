#define SQLITE_HAS_CODEC 1
#include "storage/sqlite/wreck.h"

#include <sqlite3.h>

#include <array>
#include <fstream>
#include <memory>
#include <system_error>

#include "storage/base/text.h"
#include "storage/sqlite/pages.h"

namespace bordereau::storage::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSaltSize = 16;

// A page is taken for the root of a table with a number as key, or of one without. That of the
// other kind, or a page of neither, ends in an error and gives no row. Keys without a number lie on
// upper pages too: those behind a damaged lower page are reached from the other end.
struct Probe {
    const char* table;
    const char* rows;
};
constexpr const char* kNumbered = "CREATE TABLE probe(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t)";
constexpr const char* kNamed =
    "CREATE TABLE probe(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,PRIMARY KEY(a)) WITHOUT ROWID";
constexpr Probe kProbes[]{{kNumbered, "SELECT *, rowid FROM probe"},
                          {kNamed, "SELECT * FROM probe"},
                          {kNamed, "SELECT * FROM probe ORDER BY a DESC"}};

struct Closer {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

Error error_of(sqlite3* handle, std::string_view doing) {
    const int code = sqlite3_errcode(handle) & 0xff;
    return {code == SQLITE_FULL ? ErrorCode::full : ErrorCode::io,
            std::string{doing} + ": " + sqlite3_errmsg(handle)};
}

// SQLCipher's raw key with the salt from which it derives the key of the pages' codes.
Result<Handle> open_with_salt(const fs::path& file, const crypto::Secret& key,
                              std::string_view salt) {
    sqlite3* raw = nullptr;
    const int opened =
        sqlite3_open_v2(file.c_str(), &raw,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle handle{raw};
    if (opened != SQLITE_OK) return error_of(raw, "opening a copy");
    sqlite3_exec(raw, "PRAGMA cipher_log_level = NONE", nullptr, nullptr, nullptr);
    const crypto::Secret text =
        crypto::Secret::copy_of("x'" + to_hex(key.view()) + to_hex(salt) + "'");
    if (sqlite3_key(raw, text.bytes().data(), static_cast<int>(text.size())) != SQLITE_OK)
        return error_of(raw, "giving the key");
    if (sqlite3_exec(raw, kSetPageSize, nullptr, nullptr, nullptr) != SQLITE_OK)
        return error_of(raw, "setting the size of pages");
    return handle;
}

Result<std::string> read_salt(const fs::path& file) {
    std::string salt(kSaltSize, '\0');
    std::ifstream in{file, std::ios::binary};
    if (in.read(salt.data(), kSaltSize)) return salt;
    return Error{ErrorCode::corrupt, "too short for a database"};
}

// The first page of a database with nothing in it but as many pages as the wreck: in its place the
// pages of the wreck can be read whatever became of its own first page, and of its schema.
Status put_first_page(const fs::path& copy, const crypto::Secret& key, std::string_view salt,
                      std::int64_t pages) {
    fs::path fresh = copy;
    fresh += ".page";
    std::error_code ignored;
    fs::remove(fresh, ignored);
    {
        auto handle = open_with_salt(fresh, key, salt);
        if (!handle) return handle.error();
        const std::string grow =
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE room(bytes);"
            "INSERT INTO room VALUES (zeroblob(" +
            std::to_string(pages * static_cast<std::int64_t>(kPageSize)) + ")); DROP TABLE room";
        if (sqlite3_exec(handle->get(), grow.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return error_of(handle->get(), "making a first page");
    }
    std::string page(kPageSize, '\0');
    std::ifstream{fresh, std::ios::binary}.read(page.data(), kPageSize);
    fs::remove(fresh, ignored);
    std::fstream out{copy, std::ios::binary | std::ios::in | std::ios::out};
    if (out.write(page.data(), kPageSize).flush()) return done();
    return Error{ErrorCode::io, "putting a first page in place"};
}

WreckValue value_at(sqlite3_stmt* row, int column) {
    using Kind = WreckValue::Kind;
    const int type = sqlite3_column_type(row, column);
    if (type == SQLITE_NULL) return {};
    if (type == SQLITE_INTEGER) return {Kind::number, sqlite3_column_int64(row, column), {}};
    const void* bytes = sqlite3_column_blob(row, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    return {type == SQLITE_BLOB ? Kind::blob : Kind::text, 0,
            bytes ? std::string{static_cast<const char*>(bytes), size} : std::string{}};
}

// False where it ended before its end.
bool read_rows(sqlite3* handle, const char* sql,
               const std::function<void(const WreckRow&)>& found) {
    sqlite3_stmt* raw = nullptr;
    sqlite3_prepare_v2(handle, sql, -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, Closer> row{raw};
    int code = SQLITE_ERROR;
    while (row && (code = sqlite3_step(row.get())) == SQLITE_ROW) {
        WreckRow values;
        for (int column = 0; column < kWreckColumns; ++column)
            values.push_back(value_at(row.get(), column));
        if (sqlite3_column_count(row.get()) > kWreckColumns)
            values[0].number = values[0].kind == WreckValue::Kind::nothing
                                   ? sqlite3_column_int64(row.get(), kWreckColumns)
                                   : values[0].number;
        found(values);
    }
    return code == SQLITE_DONE;
}

// SQLite's own testing aid: a table that exists in this connection only, rooted at any page. True
// where it was read to its end.
bool probe(sqlite3* handle, const Probe& as, std::int64_t page,
           const std::function<void(const WreckRow&)>& found) {
    sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, handle, "main", 1, static_cast<int>(page));
    const int made = sqlite3_exec(handle, as.table, nullptr, nullptr, nullptr);
    sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, handle, "main", 0, 0);
    const bool whole = made == SQLITE_OK && read_rows(handle, as.rows, found);
    sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, handle, "main", 0, 1);
    return whole;
}

void probe(sqlite3* handle, std::int64_t page, const std::function<void(const WreckRow&)>& found) {
    for (const Probe& as : kProbes)
        if (probe(handle, as, page, found)) return;
}

int count_row(void* count, int, char**, char**) {
    ++*static_cast<std::int64_t*>(count);
    return 0;
}

}  // namespace

Result<WreckSurvey> walk_wreck(const fs::path& copy, const crypto::Secret& key,
                               const std::function<void(const WreckRow&)>& found) {
    auto salt = read_salt(copy);
    if (!salt) return salt.error();
    std::error_code code;
    WreckSurvey survey;
    // A file that was cut off ends in half a page, which nothing can be read from.
    survey.pages = static_cast<std::int64_t>(fs::file_size(copy, code) / kPageSize);
    fs::resize_file(copy, static_cast<std::uintmax_t>(survey.pages) * kPageSize, code);
    auto handle = open_with_salt(copy, key, *salt);
    if (!handle) return handle.error();
    sqlite3_exec(handle->get(), "PRAGMA cipher_integrity_check", count_row, &survey.damaged,
                 nullptr);
    if (survey.damaged >= survey.pages)
        return Error{ErrorCode::corrupt, "no page opens with this key"};
    handle->reset();
    if (Status placed = put_first_page(copy, key, *salt, survey.pages); !placed)
        return placed.error();
    handle = open_with_salt(copy, key, *salt);
    if (!handle) return handle.error();
    // The first page speaks of a few pages more than there are: this lets SQLite overlook it.
    sqlite3_exec(handle->get(), "PRAGMA writable_schema = ON", nullptr, nullptr, nullptr);
    for (std::int64_t page = 2; page <= survey.pages; ++page) probe(handle->get(), page, found);
    return survey;
}

}  // namespace bordereau::storage::sqlite
