#include "storage/changeset_count.h"

namespace bordereau::storage {

Result<std::int64_t> changesets_in(const sqlite::Database& db) {
    return one_number(db.query("SELECT count(*) FROM changeset"));
}

}  // namespace bordereau::storage
