#include "storage/answers.h"

#include <algorithm>

#include "storage/audit_queries.h"
#include "storage/base/text.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/answer_set.h"
#include "storage/journal/pending.h"
#include "storage/notebook.h"

namespace bordereau::storage {
namespace {

std::vector<Version> versions_of(const StandingAnswers& standing) {
    std::vector<Version> versions;
    for (const Change* change : standing.versions) versions.push_back(change->version);
    std::ranges::sort(versions);
    return versions;
}

AnswerVersion answer_version(const Change& change, bool current, bool sealed) {
    const auto& answer = std::get<AnswerGiven>(change.action);
    return {answer.path,     answer.value, change.version, change.author,
            answer.replaces, current,      sealed};
}

bool is_text(std::string_view path, const std::optional<std::string>& value) {
    return !path.empty() && is_utf8(path) && (!value || is_utf8(*value));
}

}  // namespace

Result<std::vector<RecordedAnswer>> Answers::load(const AuditId& audit) {
    auto present = find_audit(notebook_.database(), audit);
    if (!present) return present.error();
    if (!*present) return Error{ErrorCode::not_found, "no such audit"};
    auto changes = answer_changes(notebook_.database(), audit, notebook_.device());
    if (!changes) return changes.error();
    shown_.clear();
    for (const StandingAnswers& standing : standing_answers(*changes))
        shown_.emplace(std::string{standing.path}, versions_of(standing));
    loaded_ = audit;
    return recorded_answers(*changes);
}

Status Answers::ensure_loaded(const AuditId& audit) {
    if (loaded_ == audit) return done();
    auto loaded = load(audit);
    return loaded ? done() : Status{loaded.error()};
}

Status Answers::record(const AuditId& audit, std::string_view path,
                       const std::optional<std::string>& value) {
    return write(audit, path, value, false);
}

Status Answers::decide(const AuditId& audit, std::string_view path,
                       const std::optional<std::string>& value) {
    return write(audit, path, value, may_review(notebook_.person()));
}

Status Answers::record(const AuditId& audit, std::span<const GivenAnswer> answers) {
    if (answers.empty()) return done();
    if (answers.size() == 1) return write(audit, answers[0].path, answers[0].value, false);
    if (Status loaded = ensure_loaded(audit); !loaded) return loaded;
    std::map<std::string_view, Version> written;
    auto open = sqlite::Transaction::begin(notebook_.database());
    if (!open) return std::move(open).error();
    for (const GivenAnswer& given : answers) {
        const auto earlier = written.find(given.path);
        auto replaces = earlier == written.end() ? shown(given.path) : std::vector{earlier->second};
        auto version = insert(audit, {given.path, given.value, std::move(replaces)}, false);
        if (!version) return std::move(version).error();
        written.insert_or_assign(given.path, *version);
    }
    if (Status kept = std::move(*open).commit(); !kept) return kept;
    for (const auto& [path, version] : written)
        shown_.insert_or_assign(std::string{path}, std::vector{version});
    return done();
}

std::vector<Version> Answers::shown(std::string_view path) const {
    const auto found = shown_.find(path);
    return found == shown_.end() ? std::vector<Version>{} : found->second;
}

// One INSERT and so one commit: this is what "saved" costs. It asks for the audit's state in the
// same statement, since a review may have arrived on the other connection meanwhile.
Status Answers::write(const AuditId& audit, std::string_view path,
                      const std::optional<std::string>& value, bool in_every_state) {
    if (Status loaded = ensure_loaded(audit); !loaded) return loaded;
    auto version = insert(audit, {std::string{path}, value, shown(path)}, in_every_state);
    if (!version) return std::move(version).error();
    shown_.insert_or_assign(std::string{path}, std::vector{*version});
    return done();
}

Result<Version> Answers::insert(const AuditId& audit, AnswerGiven answer, bool in_every_state) {
    if (!is_text(answer.path, answer.value))
        return Error{ErrorCode::invalid, "an answer that is not text"};
    if (Status reach = notebook_.journal().within_reach(audit); !reach) return reach.error();
    const Version version{notebook_.journal().clock().next(), notebook_.device()};
    sqlite::Database& db = notebook_.database();
    if (Status kept = db.run("INSERT INTO pending(subject, stamp, author, kind, body)"
                             " SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS"
                             " (SELECT 1 FROM audit WHERE id = ?1 AND (?6 OR state IN (0, 2)))",
                             audit.text, static_cast<std::int64_t>(version.stamp.bits),
                             notebook_.person().id.text, kAnswerKind,
                             sqlite::Blob{encode_action(answer)}, std::int64_t{in_every_state});
        !kept)
        return std::move(kept).error();
    if (db.changes() == 0) return Error{ErrorCode::refused, "the audit is not open to change"};
    return version;
}

Result<std::vector<AnswerVersion>> Answers::history(const AuditId& audit) const {
    auto changes = answer_changes(notebook_.database(), audit, notebook_.device());
    if (!changes) return changes.error();
    auto pending = read_pending(notebook_.database(), audit.text, notebook_.device());
    if (!pending) return pending.error();
    std::vector<Version> current, unsealed;
    for (const StandingAnswers& standing : standing_answers(*changes))
        for (const Change* change : standing.versions) current.push_back(change->version);
    for (const Change& change : *pending) unsealed.push_back(change.version);
    std::ranges::sort(current);
    std::vector<AnswerVersion> history;
    for (const Change& change : *changes)
        history.push_back(answer_version(change,
                                         std::ranges::binary_search(current, change.version),
                                         !std::ranges::binary_search(unsealed, change.version)));
    return history;
}

Result<std::vector<AnswerVersion>> Answers::conflicts(const AuditId& audit) const {
    auto changes = answer_changes(notebook_.database(), audit, notebook_.device());
    if (!changes) return changes.error();
    auto all = history(audit);
    if (!all) return all;
    std::vector<AnswerVersion> conflicts;
    for (const StandingAnswers& standing : standing_answers(*changes)) {
        if (!standing.conflict()) continue;
        for (const Change* change : standing.versions)
            conflicts.push_back(*std::ranges::find(*all, change->version, &AnswerVersion::version));
    }
    return conflicts;
}

}  // namespace bordereau::storage
