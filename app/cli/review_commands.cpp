#include "app/cli/commands.h"
#include "app/desk/review_list.h"

namespace bordereau::app::cli {
namespace {

// The path under which comments and verdicts about a question or a row are kept.
Result<std::string> key_path_of(const form::Session& session, const std::string& name) {
    const form::NodeId node = find_question(session, name);
    if (node == form::NodeId{}) return Error{ErrorCode::not_found, name};
    return session.key_path(node);
}

Status comment(storage::Reviews& reviews, const Filling& filling, const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
        const auto made = reviews.comment(filling.audit(), "", text);
        return made ? done() : Status{made.error()};
    }
    const auto path = key_path_of(filling.session(), text.substr(0, equals));
    if (!path) return path.error();
    const auto made = reviews.comment(filling.audit(), *path, text.substr(equals + 1));
    return made ? done() : Status{made.error()};
}

Status judge(storage::Reviews& reviews, const Filling& filling, const std::string& evidence,
             storage::Verdict verdict) {
    const auto path = key_path_of(filling.session(), evidence);
    if (!path) return path.error();
    return reviews.judge(filling.audit(), *path, verdict, "");
}

// One item of the review list, or "all" of them.
Status tick_all(storage::Notebook& notebook, const storage::AuditSummary& audit,
                const std::string& item) {
    if (item != "all") return tick(notebook, audit.id, item, true);
    const auto list = review_list(notebook, audit);
    if (!list) return list.error();
    for (const ReviewListItem& entry : *list)
        if (Status ticked = tick(notebook, audit.id, entry.item, true); !ticked) return ticked;
    return done();
}

Status carry_out(storage::Notebook& notebook, const Filling& filling,
                 const ReviewOptions& options) {
    storage::Reviews reviews{notebook};
    for (const std::string& item : options.ticks)
        if (Status ticked = tick_all(notebook, filling.summary(), item); !ticked) return ticked;
    for (const std::string& text : options.comments)
        if (Status made = comment(reviews, filling, text); !made) return made;
    for (const std::string& evidence : options.accept)
        if (Status judged = judge(reviews, filling, evidence, storage::Verdict::accepted); !judged)
            return judged;
    for (const std::string& evidence : options.reject_evidence)
        if (Status judged = judge(reviews, filling, evidence, storage::Verdict::rejected); !judged)
            return judged;
    if (!options.send_back.empty()) return reviews.send_back(filling.audit(), options.send_back);
    if (!options.reject.empty()) return reviews.reject(filling.audit(), options.reject);
    return options.approve ? approve(notebook, filling.summary(), "") : done();
}

// Before an audit is approved with comments that nobody has dealt with, the person is asked.
Result<bool> waits_for_consent(const Console& console, storage::Notebook& notebook,
                               const AuditId& audit, const ReviewOptions& options) {
    if (!options.approve || options.with_open_comments) return false;
    const auto all = storage::Reviews{notebook}.comments(audit);
    if (!all) return all.error();
    std::vector<std::string> open = options.comments;
    for (const storage::ReviewComment& comment : *all)
        if (!comment.resolved) open.push_back(comment.author_login + ": " + comment.text);
    if (open.empty()) return false;
    console.complain("bordereau: " + std::string{console.words()("review.remarks_open")});
    for (const std::string& comment : open) console.complain("  " + comment);
    console.complain(console.words()("review.with_open_comments"));
    return true;
}

}  // namespace

Exit review(const Console& console, const ReviewOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto found = (*desk)->find_audit(options.audit);
    if (!found) return console.fail(Doing::opening_audit, found.error(), options.audit);
    const auto filling = (*desk)->read_audit(found->id);
    if (!filling) return console.fail(Doing::opening_audit, filling.error(), options.audit);
    const auto waits = waits_for_consent(console, (*desk)->notebook(), found->id, options);
    if (!waits) return console.fail(Doing::reviewing, waits.error(), options.audit);
    if (*waits) return Exit::refused;
    Status reviewed = carry_out((*desk)->notebook(), *filling, options);
    return reviewed ? Exit::ok : console.fail(Doing::reviewing, reviewed.error(), options.audit);
}

}  // namespace bordereau::app::cli
