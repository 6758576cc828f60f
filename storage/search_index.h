// storage/search_index.h - keeps the word index beside the folds. Asked through search.h only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/audits.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/search_text.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// A text of an audit that can be found.
struct SearchField {
    enum class Kind { title, unit, answer, comment, reason };
    Kind kind = Kind::answer;
    std::string path;  ///< of the question, with keys; empty where there is none
    std::string text;
};

/// All of an audit's texts: title and unit first, then answers as they stand (each version of a
/// conflict), comments, and the reason of its state. With a device, its unsealed answers too.
Result<std::vector<SearchField>> search_fields(const sqlite::Database& db,
                                               const AuditSummary& audit,
                                               const std::optional<DeviceId>& unsealed_of);

/// The mark under which the index holds a state (s), form (f), unit (u), the person who began it
/// (p) or those who record and recorded it (r): no word can be the same.
std::string search_mark(char kind, std::string_view text);

/// The texts in a register row's JSON, without its names and numbers: what there is to find.
std::string register_text(std::string_view json);

/// What one call brought up to date.
struct Indexed {
    std::int64_t audits = 0;
    std::int64_t left = 0;  ///< audits and register rows still waiting
};

/// Audits and register rows that wait.
Result<std::int64_t> index_waiting(const sqlite::Database& db);

/// Indexes at most `most` of the audits and register rows that wait, in one transaction.
Result<Indexed> index_due(sqlite::Database& db, std::int64_t most);

/// Compares the index with the folds and makes due what differs. The number of those.
Result<std::int64_t> check_index(sqlite::Database& db);

/// First doc of an hour; and how far beyond its hour the docs of a full one may lie.
std::int64_t first_doc(Millis at);
Result<std::int64_t> greatest_spill(const sqlite::Database& db);

}  // namespace bordereau::storage
