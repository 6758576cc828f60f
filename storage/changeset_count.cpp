#include "storage/changeset_count.h"

namespace bordereau::storage {

Result<std::int64_t> changesets_in(const sqlite::Database& db) {
    auto row = db.query("SELECT count(*) FROM changeset");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found ? row.number(0) : 0;
}

}  // namespace bordereau::storage
