// app/desk/review_list.h - what a reviewer must have looked at before an audit is approved, and the
// explanations that an auditor gives to consistency notes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/audits.h"
#include "storage/base/result.h"

namespace bordereau::app {

struct ReviewListItem {
    std::string item;  ///< "consent", "free_text", "photos", "figures", "evidence", "gaps",
                       ///< "checks", "limits"
    bool done = false;
};

/// The list of an audit: all items for the main form, none for others.
Result<std::vector<ReviewListItem>> review_list(storage::Notebook& notebook,
                                                const storage::AuditSummary& audit);

/// Whether a verdict about this is a tick in the list, rather than about a piece of evidence.
bool is_review_item(std::string_view evidence);

/// Ticks an item, or takes the tick away. invalid: no such item. Else as storage::Reviews::judge().
Status tick(storage::Notebook& notebook, const AuditId& audit, std::string_view item, bool done);

/// Approves when every item is ticked; refused before.
Status approve(storage::Notebook& notebook, const storage::AuditSummary& audit,
               std::string_view remark);

/// Records the line with which an auditor answers a check, "X7".
Status explain_check(storage::Notebook& notebook, const AuditId& audit, std::string_view check,
                     std::string_view text);

/// The check, "X7", that a comment at this path explains; empty: it stands at something else.
std::string_view explained_check(std::string_view path);

/// The latest explanation of each check.
Result<std::map<std::string, std::string>> explanations(storage::Notebook& notebook,
                                                        const AuditId& audit);

}  // namespace bordereau::app
