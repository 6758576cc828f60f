#include "storage/migrate.h"

#include "assets/assets.h"

namespace bordereau::storage {
namespace {

Result<std::size_t> version_of(const sqlite::Database& db) {
    auto row = db.query("PRAGMA user_version");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found ? static_cast<std::size_t>(row.number(0)) : 0;
}

Status apply(sqlite::Database& db, const assets::File& migration, std::size_t version) {
    auto transaction = sqlite::Transaction::begin(db);
    if (!transaction) return transaction.error();
    const std::string stamp = ";PRAGMA user_version = " + std::to_string(version);
    if (Status ran = db.run_script(std::string{migration.bytes} + stamp); !ran)
        return std::move(ran).error().during(migration.path);
    return (*std::move(transaction)).commit();
}

}  // namespace

Status check_not_newer(const sqlite::Database& db) {
    auto version = version_of(db);
    if (!version) return version.error();
    if (*version <= assets::below("sql/").size()) return done();
    return Error{ErrorCode::refused, "the database is newer than this program"};
}

Status migrate(sqlite::Database& db) {
    if (Status known = check_not_newer(db); !known) return known;
    auto version = version_of(db);
    if (!version) return version.error();
    const auto migrations = assets::below("sql/");
    for (std::size_t next = *version; next < migrations.size(); ++next)
        if (Status applied = apply(db, migrations[next], next + 1); !applied) return applied;
    return done();
}

}  // namespace bordereau::storage
