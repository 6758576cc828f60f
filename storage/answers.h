// storage/answers.h - the answers of an audit: recorded one by one, each durable at once.
// Paths and values are plain text here; what they mean is the form's matter.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

class Notebook;

/// What stands at one path.
struct RecordedAnswer {
    std::string path;
    std::optional<std::string> value;  ///< nothing: removed
    Version version;
    PersonId author;
    bool conflict = false;  ///< another version stands beside it; this is the later one
};

/// An answer to be recorded. Nothing as value: the path was removed.
struct GivenAnswer {
    std::string path;
    std::optional<std::string> value;
};

/// One version of an answer, for the history and for settling conflicts.
struct AnswerVersion {
    std::string path;
    std::optional<std::string> value;
    Version version;
    PersonId author;
    std::vector<Version> replaces;
    bool current = false;  ///< nothing replaced it yet
    bool sealed = false;
};

/// The answers of one audit at a time. Remembers the versions that load() showed: what record()
/// then writes replaces just these, so that an edit made elsewhere meanwhile shows as a conflict.
class Answers {
public:
    explicit Answers(Notebook& notebook) : notebook_(notebook) {}

    /// The present answers in the order they were given. not_found: no such audit.
    Result<std::vector<RecordedAnswer>> load(const AuditId& audit);

    /// One answer, on disk when this returns. Nothing as value: the path was removed.
    /// refused: the audit is not open to change; not_found: no such audit; full: nothing was kept.
    Status record(const AuditId& audit, std::string_view path,
                  const std::optional<std::string>& value);

    /// The answers that one change brought, in their order: all on disk when this returns, or none.
    Status record(const AuditId& audit, std::span<const GivenAnswer> answers);

    /// Every version, oldest first.
    Result<std::vector<AnswerVersion>> history(const AuditId& audit) const;

    /// Paths where versions stand beside each other; each with all of them, the default first.
    Result<std::vector<AnswerVersion>> conflicts(const AuditId& audit) const;

    /// A person's decision: `value` replaces all versions that stand at the path now. Allowed in
    /// every state to those who may review; else as record().
    Status decide(const AuditId& audit, std::string_view path,
                  const std::optional<std::string>& value);

private:
    Status ensure_loaded(const AuditId& audit);
    Status write(const AuditId& audit, std::string_view path,
                 const std::optional<std::string>& value, bool in_every_state);
    Result<Version> insert(const AuditId& audit, AnswerGiven answer, bool in_every_state);
    std::vector<Version> shown(std::string_view path) const;

    Notebook& notebook_;
    AuditId loaded_;
    std::map<std::string, std::vector<Version>, std::less<>> shown_;
};

}  // namespace bordereau::storage
