// storage/audit_queries.h - what notebooks and endpoints alike ask about the audits of a team.
// For the stores of this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/change.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

Result<std::vector<AuditSummary>> list_audits(const sqlite::Database& db, const TeamId& team,
                                              const AuditFilter& filter);
Result<std::int64_t> count_audits(const sqlite::Database& db, const TeamId& team,
                                  const AuditFilter& filter);
Result<StateCounts> count_audits_by_state(const sqlite::Database& db, const TeamId& team,
                                          const AuditFilter& filter);
/// Of rows of the table `audit`, in the same order.
Result<std::vector<AuditSummary>> summaries_at(const sqlite::Database& db,
                                               const std::vector<std::int64_t>& rows);
Result<std::optional<AuditSummary>> find_audit(const sqlite::Database& db, const AuditId& audit);

/// All versions of an audit's answers, sealed or not, by version. `device` is one's own.
Result<std::vector<Change>> answer_changes(const sqlite::Database& db, const AuditId& audit,
                                           const DeviceId& device);

/// What stands at each path, in the order it was given.
std::vector<RecordedAnswer> recorded_answers(const std::vector<Change>& changes);

}  // namespace bordereau::storage
