#include "storage/journal/fold.h"

#include <algorithm>
#include <iterator>

#include "storage/base/check.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/sign.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/answer_set.h"
#include "storage/journal/change_table.h"
#include "storage/journal/compress.h"

namespace bordereau::storage {
namespace {

using sqlite::Blob;

constexpr std::size_t kMaxRecordBytes = std::size_t{256} << 20;

std::int64_t bits(const Change& change) {
    return static_cast<std::int64_t>(change.version.stamp.bits);
}

std::string_view device_of(const Change& change) {
    return change.version.device.text;
}

template <class Enum>
std::int64_t number(Enum value) {
    return static_cast<std::int64_t>(value);
}

struct FoldTable {
    const char* name;
    int key_column;         // that tells a person which row it is
    std::string_view rows;  // all of them, in the order of the whole key
};

constexpr FoldTable kFolds[]{
    {"audit", 0, "SELECT * FROM audit ORDER BY id"},
    {"audit_tally", 0, "SELECT * FROM audit_tally ORDER BY team, state, form, created_by, unit"},
    {"audit_record", 0, "SELECT * FROM audit_record ORDER BY audit"},
    {"audit_source", 0, "SELECT * FROM audit_source ORDER BY audit, device, lane, number"},
    {"audit_event", 0, "SELECT * FROM audit_event ORDER BY audit, stamp, device"},
    {"comment", 0, "SELECT * FROM comment ORDER BY audit, id"},
    {"comment_resolved", 0, "SELECT * FROM comment_resolved ORDER BY audit, comment"},
    {"attachment", 0, "SELECT * FROM attachment ORDER BY audit, name"},
    {"verdict", 0, "SELECT * FROM verdict ORDER BY audit, evidence"},
    {"person", 1, "SELECT * FROM person ORDER BY team, id"},
    {"device", 1, "SELECT * FROM device ORDER BY team, id"},
    {"form", 1, "SELECT * FROM form ORDER BY team, id, version, digest"},
    {"register_row", 2, "SELECT * FROM register_row ORDER BY team, kind, key"},
    {"audit_taken", 0, "SELECT * FROM audit_taken ORDER BY audit, stamp, device"},
    {"device_origin", 1, "SELECT * FROM device_origin ORDER BY team, id"},
    {"membership", 1, "SELECT * FROM membership ORDER BY team, device, serial, certificate"},
};

void hash_row(crypto::Hasher& hasher, const sqlite::Query& row) {
    for (int column = 0; column < row.columns(); ++column) {
        hasher.add(std::int64_t{row.is_null(column)});
        hasher.add(row.view(column));
    }
}

}  // namespace

Status Fold::apply(Changeset changeset, const Admission& admission) {
    std::erase_if(changeset.changes,
                  [&admission, &lane = changeset.head.chain.lane](const Change& change) {
                      return !admission.permits(change, lane);
                  });
    if (Status put = put_sources(changeset); !put) return put;
    return apply(std::move(changeset.changes));
}

Result<bool> Fold::apply_memberships(const Changeset& changeset) {
    bool any = false;
    for (const Change& change : changeset.changes) {
        const auto* set = std::get_if<MemberSet>(&change.action);
        if (set == nullptr) continue;
        any = true;
        if (Status kept = put(change, *set); !kept) return kept.error();
    }
    return any;
}

Status Fold::put_sources(const Changeset& changeset) {
    const std::string* last = nullptr;
    for (const Change& change : changeset.changes) {
        if (!is_about_audit(change.action) || (last && *last == change.subject)) continue;
        last = &change.subject;
        if (Status put =
                db_.run("INSERT INTO audit_source(audit, device, lane, number) VALUES (?, ?, ?, ?)"
                        " ON CONFLICT DO NOTHING",
                        change.subject, changeset.head.chain.device.text,
                        changeset.head.chain.lane.text, changeset.head.number);
            !put)
            return put;
    }
    return done();
}

Status Fold::apply(std::vector<Change> changes) {
    const std::span<Change> all{changes};
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin + 1;
        while (end < all.size() && all[end].subject == all[begin].subject) ++end;
        if (Status applied = apply_subject(all.subspan(begin, end - begin)); !applied)
            return applied;
        begin = end;
    }
    return done();
}

// Answers of an audit are merged into its record at once: it is read and written once a changeset.
Status Fold::apply_subject(std::span<Change> changes) {
    std::vector<Change> answers;
    for (Change& change : changes) {
        if (std::holds_alternative<AnswerGiven>(change.action))
            answers.push_back(std::move(change));
        else if (Status applied = apply(change); !applied)
            return applied;
    }
    if (answers.empty()) return done();
    const std::string audit = answers.front().subject;
    return merge_answers(audit, std::move(answers));
}

Status Fold::apply(const Change& change) {
    return std::visit([&](const auto& action) { return put(change, action); }, change.action);
}

Status Fold::merge_answers(const std::string& audit, std::vector<Change> answers) {
    auto record = read_record(db_, {audit});
    if (!record) return record.error();
    record->insert(record->end(), std::make_move_iterator(answers.begin()),
                   std::make_move_iterator(answers.end()));
    sort_changes(*record);
    const AnswerCounts counts = count_answers(*record);
    if (Status kept = db_.run("INSERT INTO audit_record(audit, changes) VALUES (?, ?)"
                              " ON CONFLICT(audit) DO UPDATE SET changes = excluded.changes",
                              audit, Blob{compressed(encode_changes(*record))});
        !kept)
        return kept;
    return db_.run(
        "INSERT INTO audit(id, team, changed_at, answers, conflicts) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT(id) DO UPDATE SET changed_at = max(changed_at, excluded.changed_at),"
        " answers = excluded.answers, conflicts = excluded.conflicts",
        audit, team_.text, bits(record->back()), counts.answers, counts.conflicts);
}

// Makes the audit's row where another device's change came before its creation.
Status Fold::touch_audit(const std::string& audit, Stamp stamp) {
    return db_.run(
        "INSERT INTO audit(id, team, changed_at) VALUES (?, ?, ?)"
        " ON CONFLICT(id) DO UPDATE SET changed_at = max(changed_at, excluded.changed_at)",
        audit, team_.text, static_cast<std::int64_t>(stamp.bits));
}

// Two creations of one audit: forged, or unsealed ones of a laptop and of its restored backup. The
// earliest counts, of equal ones that of the lesser device.
Status Fold::put(const Change& change, const AuditCreated& created) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    if (Status placed = db_.run(
            "UPDATE audit SET form = ?2, form_version = ?3, created_by = ?4, created_at = ?5,"
            " home = ?6 WHERE id = ?1 AND (form = '' OR (created_at, home) > (?5, ?6))",
            change.subject, created.form.text, created.form_version, change.author.text,
            bits(change), device_of(change));
        !placed)
        return placed;
    return put(change, AuditLabelled{created.title, {}});
}

Status Fold::put(const Change& change, const AuditLabelled& label) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    return db_.run(
        "UPDATE audit SET title = ?2, unit = ?3, label_stamp = ?4, label_device = ?5"
        " WHERE id = ?1 AND (?4, ?5) > (label_stamp, label_device)",
        change.subject, label.title, label.unit, bits(change), device_of(change));
}

Status Fold::put(const Change& change, const AnswerGiven&) {
    return merge_answers(change.subject, {change});
}

Status Fold::put(const Change& change, const AuditStateSet& state) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    if (Status kept = db_.run("INSERT INTO audit_event(audit, stamp, device, author, state, reason)"
                              " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                              change.subject, bits(change), device_of(change), change.author.text,
                              number(state.state), state.reason);
        !kept)
        return kept;
    return db_.run(
        "UPDATE audit SET state = ?2, reason = ?3, state_stamp = ?4, state_device = ?5"
        " WHERE id = ?1 AND (?4, ?5) > (state_stamp, state_device)",
        change.subject, number(state.state), state.reason, bits(change), device_of(change));
}

Status Fold::put(const Change& change, const CommentMade& comment) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    return db_.run(
        "INSERT INTO comment(audit, id, path, text, author, stamp, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET path = excluded.path, text = excluded.text,"
        " author = excluded.author, stamp = excluded.stamp, device = excluded.device"
        " WHERE (excluded.stamp, excluded.device) < (stamp, device)",
        change.subject, comment.comment.text, comment.path, comment.text, change.author.text,
        bits(change), device_of(change));
}

Status Fold::put(const Change& change, const CommentResolved& resolved) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    return db_.run(
        "INSERT INTO comment_resolved(audit, comment, author, stamp, device)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET author = excluded.author, stamp = excluded.stamp,"
        " device = excluded.device WHERE (excluded.stamp, excluded.device) < (stamp, device)",
        change.subject, resolved.comment.text, change.author.text, bits(change), device_of(change));
}

Status Fold::put(const Change& change, const AttachmentNamed& attachment) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    return db_.run(
        "INSERT INTO attachment(audit, name, hash, size, media_type, author, stamp, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET hash = excluded.hash, size = excluded.size,"
        " media_type = excluded.media_type, author = excluded.author, stamp = excluded.stamp,"
        " device = excluded.device WHERE (excluded.stamp, excluded.device) > (stamp, device)",
        change.subject, attachment.name, attachment.hash, attachment.size, attachment.media_type,
        change.author.text, bits(change), device_of(change));
}

Status Fold::put(const Change& change, const EvidenceJudged& judged) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    return db_.run(
        "INSERT INTO verdict(audit, evidence, verdict, reason, author, stamp, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,"
        " author = excluded.author, stamp = excluded.stamp, device = excluded.device"
        " WHERE (excluded.stamp, excluded.device) > (stamp, device)",
        change.subject, judged.evidence, number(judged.verdict), judged.reason, change.author.text,
        bits(change), device_of(change));
}

// An administrator's word on a person counts more than a later one of an officer's laptop.
Status Fold::put(const Change& change, const PersonSet& person) {
    const auto rank = rank_of(change.version.device, change.version.stamp);
    if (!rank) return rank.error();
    return db_.run(
        "INSERT INTO person(team, id, login, role, active, rank, stamp, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET login = excluded.login, role = excluded.role,"
        " active = excluded.active, rank = excluded.rank, stamp = excluded.stamp,"
        " device = excluded.device"
        " WHERE (excluded.rank, excluded.stamp, excluded.device) > (rank, stamp, device)",
        team_.text, change.subject, person.login, number(person.role), std::int64_t{person.active},
        *rank, bits(change), device_of(change));
}

Result<std::int64_t> Fold::rank_of(const DeviceId& device, Stamp stamp) const {
    if (!crypto::is_keyed(team_)) return 0;
    auto admission = Admission::of(db_, team_, device);
    if (!admission) return admission.error();
    const Membership* member = admission->at(device, stamp.millis());
    return member == nullptr ? 0 : number(member->role);
}

// What is no certificate of this team about this device says nothing.
Status Fold::put(const Change& change, const MemberSet& set) {
    const auto membership = read_certificate(set.certificate);
    if (!membership || membership->team != team_ || membership->device().text != change.subject)
        return done();
    return db_.run(
        "INSERT INTO membership(team, device, serial, certificate) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        team_.text, change.subject, membership->serial, Blob{set.certificate});
}

Status Fold::put(const Change& change, const DeviceSet& device) {
    return db_.run(
        "INSERT INTO device(team, id, name, public_key, stamp, device) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET name = excluded.name, public_key = excluded.public_key,"
        " stamp = excluded.stamp, device = excluded.device"
        " WHERE (excluded.stamp, excluded.device) > (stamp, device)",
        team_.text, change.subject, device.name, Blob{device.public_key}, bits(change),
        device_of(change));
}

// The earliest of equal contents counts, so that adding a form again changes nothing.
Status Fold::put(const Change& change, const FormAdded& form) {
    const std::string encoded = encode_action(form);
    return db_.run(
        "INSERT INTO form(team, id, version, digest, title, content, stamp, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET stamp = excluded.stamp, device = excluded.device"
        " WHERE (excluded.stamp, excluded.device) < (stamp, device)",
        team_.text, change.subject, form.version, Blob{crypto::digest(encoded)}, form.title,
        Blob{compressed(encoded)}, bits(change), device_of(change));
}

Status Fold::put(const Change& change, const RegisterRowSet& row) {
    return db_.run(
        "INSERT INTO register_row(team, kind, key, json, author, stamp, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET json = excluded.json, author = excluded.author,"
        " stamp = excluded.stamp, device = excluded.device"
        " WHERE (excluded.stamp, excluded.device) > (stamp, device)",
        team_.text, row.kind, row.key, row.json, change.author.text, bits(change),
        device_of(change));
}

Status Fold::put(const Change& change, const AuditTaken& taken) {
    if (Status touched = touch_audit(change.subject, change.version.stamp); !touched)
        return touched;
    return db_.run(
        "INSERT INTO audit_taken(audit, stamp, device, author, reason)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        change.subject, bits(change), device_of(change), change.author.text, taken.reason);
}

Status Fold::put(const Change& change, const DeviceRestored& restored) {
    return db_.run(
        "INSERT INTO device_origin(team, id, previous, made_at, kept, author, stamp, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET previous = excluded.previous, made_at = excluded.made_at,"
        " kept = excluded.kept, author = excluded.author, stamp = excluded.stamp,"
        " device = excluded.device WHERE (excluded.stamp, excluded.device) < (stamp, device)",
        team_.text, change.subject, restored.previous.text, restored.made_at, restored.kept,
        change.author.text, bits(change), device_of(change));
}

Result<std::vector<Change>> read_record(const sqlite::Database& db, const AuditId& audit) {
    auto row = db.query("SELECT changes FROM audit_record WHERE audit = ?", audit.text);
    if (!row.next()) {
        if (Status read = row.status(); !read) return read.error();
        return std::vector<Change>{};
    }
    auto table = expanded(row.view(0), kMaxRecordBytes);
    if (!table) return table.error();
    return decode_changes(*table);
}

Result<FormAdded> unpack_form(std::string_view content) {
    auto bytes = expanded(content, kMaxRecordBytes);
    if (!bytes) return bytes.error();
    auto action = decode_action(kind_of(FormAdded{}), *bytes);
    if (!action) return Error{ErrorCode::corrupt, "a stored form"};
    return std::get<FormAdded>(*std::move(action));
}

Status clear_folds(sqlite::Database& db) {
    for (const char* sql :
         {"DELETE FROM audit", "DELETE FROM audit_tally", "DELETE FROM audit_record",
          "DELETE FROM audit_source", "DELETE FROM audit_event", "DELETE FROM comment",
          "DELETE FROM comment_resolved", "DELETE FROM attachment", "DELETE FROM verdict",
          "DELETE FROM person", "DELETE FROM device", "DELETE FROM form",
          "DELETE FROM register_row", "DELETE FROM audit_taken", "DELETE FROM device_origin",
          "DELETE FROM membership",
          // The index over them is made again by and by.
          "DELETE FROM search_doc", "DELETE FROM search_due", "DELETE FROM search_register",
          "DELETE FROM search_register_due",
          "INSERT INTO search_title(search_title) VALUES ('delete-all')",
          "INSERT INTO search_body(search_body) VALUES ('delete-all')",
          "INSERT INTO search_register_words(search_register_words) VALUES ('delete-all')"})
        if (Status cleared = db.run(sql); !cleared) return cleared;
    return done();
}

Result<std::vector<FoldRow>> rows_of_folds(const sqlite::Database& db) {
    std::vector<FoldRow> rows;
    for (const FoldTable& table : kFolds) {
        auto row = db.query(table.rows);
        while (row.next()) {
            crypto::Hasher hasher;
            hash_row(hasher, row);
            rows.push_back({static_cast<std::size_t>(&table - kFolds), table.name,
                            row.text(table.key_column), hasher.finish().substr(0, 16)});
        }
        if (Status read = row.status(); !read) return read.error();
    }
    return rows;
}

Result<std::string> digest_of_folds(const sqlite::Database& db) {
    crypto::Hasher hasher;
    for (const FoldTable& table : kFolds) {
        hasher.add(table.rows);
        auto row = db.query(table.rows);
        while (row.next()) hash_row(hasher, row);
        if (Status read = row.status(); !read) return read.error();
    }
    return hasher.finish();
}

}  // namespace bordereau::storage
