// storage/journal/fold.h - turns changes into the tables that screens read.
// Order and repetition do not matter: each table is a set union, or keeps the latest by
// (stamp, device). So every device comes to the same rows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/admission.h"
#include "storage/journal/changeset.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

class Fold {
public:
    /// For changes of one team. `open` proves that the caller groups them with what they come from.
    Fold(sqlite::Database& db, TeamId team, const sqlite::Transaction& open)
        : db_(db), team_(std::move(team)) {
        (void)open;
    }

    /// Leaves out what does not count: changes of nobody's device, and those beyond their role.
    Status apply(Changeset changeset, const Admission& admission);

    /// Only what a changeset says about members; whether it said anything.
    Result<bool> apply_memberships(const Changeset& changeset);

    /// `changes` sorted by subject, as in a changeset.
    Status apply(std::vector<Change> changes);

    /// One change that is not an answer.
    Status apply(const Change& change);

private:
    Status apply_subject(std::span<Change> changes);
    Status put_sources(const Changeset& changeset);
    Status merge_answers(const std::string& audit, std::vector<Change> answers);
    Status touch_audit(const std::string& audit, Stamp stamp);

    Status put(const Change& change, const AuditCreated& created);
    Status put(const Change& change, const AuditLabelled& label);
    Status put(const Change& change, const AnswerGiven& answer);
    Status put(const Change& change, const AuditStateSet& state);
    Status put(const Change& change, const CommentMade& comment);
    Status put(const Change& change, const CommentResolved& resolved);
    Status put(const Change& change, const AttachmentNamed& attachment);
    Status put(const Change& change, const EvidenceJudged& judged);
    Status put(const Change& change, const PersonSet& person);
    Status put(const Change& change, const DeviceSet& device);
    Status put(const Change& change, const FormAdded& form);
    Status put(const Change& change, const RegisterRowSet& row);
    Status put(const Change& change, const AuditTaken& taken);
    Status put(const Change& change, const DeviceRestored& restored);
    Status put(const Change& change, const MemberSet& set);
    Result<std::int64_t> rank_of(const DeviceId& device, Stamp stamp) const;

    sqlite::Database& db_;
    TeamId team_;
};

/// All versions of an audit's answers that are folded: the sealed ones, and those that a step has
/// concluded. By version; empty where there are none.
Result<std::vector<Change>> read_record(const sqlite::Database& db, const AuditId& audit);

/// A form again, from the column `content` of the table `form`.
Result<FormAdded> unpack_form(std::string_view content);

/// Empties every folded table.
Status clear_folds(sqlite::Database& db);

/// One row of a folded table, for comparing.
struct FoldRow {
    std::size_t place;  ///< of the table among all
    const char* table;
    std::string key;     ///< what it is about: an audit, a person, a form ...
    std::string digest;  ///< of all its columns, shortened to 16 bytes
    auto operator<=>(const FoldRow& other) const {
        return std::tie(place, key, digest) <=> std::tie(other.place, other.key, other.digest);
    }
    bool operator==(const FoldRow& other) const { return (*this <=> other) == 0; }
};

/// The rows of all folded tables, table by table in key order.
Result<std::vector<FoldRow>> rows_of_folds(const sqlite::Database& db);

/// BLAKE2b-256 over all rows of all folded tables, in key order.
Result<std::string> digest_of_folds(const sqlite::Database& db);

}  // namespace bordereau::storage
