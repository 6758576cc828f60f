#include "storage/conflicts.h"

#include <string>

#include "storage/notebook.h"

namespace bordereau::storage {

Result<std::vector<AuditId>> audits_in_conflict(Notebook& notebook) {
    std::vector<AuditId> audits;
    auto row = notebook.database().query(
        "SELECT id FROM audit WHERE team = ? AND conflicts > 0 AND form <> ''"
        " ORDER BY changed_at DESC LIMIT 100",
        notebook.team().text);
    while (row.next()) audits.push_back(AuditId{row.text(0)});
    if (Status read = row.status(); !read) return std::move(read).error();
    return audits;
}

}  // namespace bordereau::storage
