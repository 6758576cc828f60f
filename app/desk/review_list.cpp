#include "app/desk/review_list.h"

#include <algorithm>
#include <array>

#include "storage/notebook.h"
#include "storage/reviews.h"

namespace bordereau::app {
namespace {

constexpr std::array<std::string_view, 8> kItems{"consent",  "free_text", "photos", "figures",
                                                 "evidence", "gaps",      "checks", "limits"};
// Comments under such a path answer a check; no question's path begins so.
constexpr std::string_view kCheckPath = "check:";

}  // namespace

Result<std::vector<ReviewListItem>> review_list(storage::Notebook& notebook,
                                                const storage::AuditSummary& audit) {
    std::vector<ReviewListItem> list;
    if (audit.form.text != "grpa_main") return list;
    const auto verdicts = storage::Reviews{notebook}.verdicts(audit.id);
    if (!verdicts) return verdicts.error();
    for (const std::string_view item : kItems) {
        const auto ticked = std::ranges::find_if(*verdicts, [item](const auto& verdict) {
            return verdict.evidence == item && verdict.verdict == storage::Verdict::accepted;
        });
        list.push_back({std::string{item}, ticked != verdicts->end()});
    }
    return list;
}

bool is_review_item(std::string_view evidence) {
    return std::ranges::find(kItems, evidence) != kItems.end();
}

Status tick(storage::Notebook& notebook, const AuditId& audit, std::string_view item, bool done) {
    if (!is_review_item(item)) return Error{ErrorCode::invalid, "no such item of the review list"};
    return storage::Reviews{notebook}.judge(
        audit, item, done ? storage::Verdict::accepted : storage::Verdict::open, "");
}

Status approve(storage::Notebook& notebook, const storage::AuditSummary& audit,
               std::string_view remark) {
    const auto list = review_list(notebook, audit);
    if (!list) return list.error();
    if (!std::ranges::all_of(*list, &ReviewListItem::done))
        return Error{ErrorCode::conflict, "the review list is not complete"};
    return storage::Reviews{notebook}.approve(audit.id, remark);
}

Status explain_check(storage::Notebook& notebook, const AuditId& audit, std::string_view check,
                     std::string_view text) {
    storage::Reviews reviews{notebook};
    const auto made = reviews.comment(audit, std::string{kCheckPath} + std::string{check}, text);
    if (!made) return made.error();
    return reviews.resolve(audit, *made);
}

std::string_view explained_check(std::string_view path) {
    return path.starts_with(kCheckPath) ? path.substr(kCheckPath.size()) : std::string_view{};
}

Result<std::map<std::string, std::string>> explanations(storage::Notebook& notebook,
                                                        const AuditId& audit) {
    const auto comments = storage::Reviews{notebook}.comments(audit);
    if (!comments) return comments.error();
    std::map<std::string, std::string> out;
    for (const auto& comment : *comments)
        if (const auto check = explained_check(comment.path); !check.empty())
            out[std::string{check}] = comment.text;
    return out;
}

}  // namespace bordereau::app
