#include "storage/search_index.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "storage/audit_queries.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/journal/answer_set.h"
#include "storage/journal/fold.h"

namespace bordereau::storage {
namespace {

constexpr Millis kHour = Millis{60} * 60 * 1000;
constexpr std::int64_t kDocsPerHour = 256;

using Words = std::set<std::string>;

void add_words(Words& words, std::string_view text) {
    for (SearchWord& word : search_words(text)) words.insert(std::move(word.text));
}

void add_marks(Words& words, const AuditSummary& audit) {
    words.insert(search_mark('a', {}));
    words.insert(search_mark('s', name_of(audit.state)));
    words.insert(search_mark('f', audit.form.text));
    words.insert(search_mark('u', audit.unit));
    words.insert(search_mark('p', audit.created_by.text));
    words.insert(search_mark('r', audit.created_by.text));
    words.insert(search_mark('r', audit.held_by.text));
}

std::string joined(const Words& words) {
    std::string out;
    for (const std::string& word : words) out.append(out.empty() ? "" : " ").append(word);
    return out;
}

std::int64_t digest_of(std::string_view title, std::string_view body) {
    crypto::Hasher hasher;
    hasher.add(title);
    hasher.add(body);
    const std::string digest = hasher.finish();
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i)
        number = number << 8 | static_cast<unsigned char>(digest[static_cast<std::size_t>(i)]);
    return static_cast<std::int64_t>(number);
}

/// What the index holds of one audit.
struct Entry {
    std::string title, body;
    std::int64_t digest = 0;
};

// Only what is sealed: unsealed answers are searched where they lie.
Result<Entry> entry_of(const sqlite::Database& db, const AuditSummary& audit) {
    auto fields = search_fields(db, audit, std::nullopt);
    if (!fields) return fields.error();
    Words title, body;
    for (const SearchField& field : *fields) {
        add_words(body, field.text);
        if (field.kind <= SearchField::Kind::unit) add_words(title, field.text);
    }
    add_marks(title, audit);
    add_marks(body, audit);
    Entry entry{joined(title), joined(body), 0};
    entry.digest = digest_of(entry.title, entry.body);
    return entry;
}

Result<std::int64_t> number_of(sqlite::Query row) {
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    return found && !row.is_null(0) ? row.number(0) : -1;
}

// The first free doc at or after an hour; a full hour's audits go into the hours after it.
Result<std::int64_t> free_doc(const sqlite::Database& db, Millis at) {
    for (std::int64_t first = first_doc(at);; first += kDocsPerHour) {
        auto last = number_of(db.query("SELECT max(doc) FROM search_doc WHERE doc BETWEEN ? AND ?",
                                       first, first + kDocsPerHour - 1));
        if (!last) return last;
        if (*last < first) return first;
        if (*last < first + kDocsPerHour - 1) return *last + 1;
    }
}

Status forget(sqlite::Database& db, std::int64_t audit_row) {
    auto doc = number_of(db.query("SELECT doc FROM search_doc WHERE audit_row = ?", audit_row));
    if (!doc) return doc.error();
    if (*doc < 0) return done();
    for (const char* sql :
         {"DELETE FROM search_title WHERE rowid = ?", "DELETE FROM search_body WHERE rowid = ?",
          "DELETE FROM search_doc WHERE doc = ?"})
        if (Status gone = db.run(sql, *doc); !gone) return gone;
    return done();
}

Status put(sqlite::Database& db, std::int64_t audit_row, const AuditSummary& audit,
           const Entry& entry) {
    auto doc = free_doc(db, audit.changed_at);
    if (!doc) return doc.error();
    const std::int64_t spill = (*doc - first_doc(audit.changed_at)) / kDocsPerHour;
    if (Status kept =
            db.run("INSERT INTO search_doc(doc, audit_row, spill, digest) VALUES (?, ?, ?, ?)",
                   *doc, audit_row, spill, entry.digest);
        !kept)
        return kept;
    if (Status kept =
            db.run("INSERT INTO search_title(rowid, words) VALUES (?, ?)", *doc, entry.title);
        !kept)
        return kept;
    return db.run("INSERT INTO search_body(rowid, words) VALUES (?, ?)", *doc, entry.body);
}

Status index_audit(sqlite::Database& db, std::int64_t audit_row) {
    if (Status gone = forget(db, audit_row); !gone) return gone;
    auto audit = summaries_at(db, {audit_row});
    if (!audit) return audit.error();
    if (!audit->empty()) {
        auto entry = entry_of(db, audit->front());
        if (!entry) return entry.error();
        if (Status kept = put(db, audit_row, audit->front(), *entry); !kept) return kept;
    }
    return db.run("DELETE FROM search_due WHERE audit_row = ?", audit_row);
}

Status index_register(sqlite::Database& db, const std::string& kind, const std::string& key) {
    auto doc = number_of(
        db.query("SELECT doc FROM search_register WHERE kind = ? AND key = ?", kind, key));
    if (!doc) return doc.error();
    if (*doc >= 0) {
        if (Status gone = db.run("DELETE FROM search_register_words WHERE rowid = ?", *doc); !gone)
            return gone;
    } else {
        if (Status added =
                db.run("INSERT INTO search_register(kind, key) VALUES (?, ?)", kind, key);
            !added)
            return added;
        doc = number_of(db.query("SELECT last_insert_rowid()"));
    }
    std::string text;
    {
        auto row = db.query(
            "SELECT json FROM register_row WHERE kind = ? AND key = ? AND json IS NOT NULL", kind,
            key);
        while (row.next()) text += register_text(row.view(0)) + " ";
        if (Status read = row.status(); !read) return read;
    }
    Words words;
    add_words(words, text);
    if (Status kept = db.run("INSERT INTO search_register_words(rowid, words) VALUES (?, ?)", *doc,
                             joined(words));
        !kept)
        return kept;
    return db.run("DELETE FROM search_register_due WHERE kind = ? AND key = ?", kind, key);
}

Status index_registers(sqlite::Database& db, std::int64_t most) {
    std::vector<std::pair<std::string, std::string>> due;
    auto row = db.query("SELECT kind, key FROM search_register_due LIMIT ?", most);
    while (row.next()) due.emplace_back(row.text(0), row.text(1));
    if (Status read = row.status(); !read) return read;
    for (const auto& [kind, key] : due)
        if (Status indexed = index_register(db, kind, key); !indexed) return indexed;
    return done();
}

Result<std::vector<std::int64_t>> due_rows(const sqlite::Database& db, std::int64_t most) {
    std::vector<std::int64_t> rows;
    auto row = db.query("SELECT audit_row FROM search_due ORDER BY audit_row LIMIT ?", most);
    while (row.next()) rows.push_back(row.number(0));
    if (Status read = row.status(); !read) return read.error();
    return rows;
}

}  // namespace

std::string register_text(std::string_view json) {
    std::string out;
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    const auto collect = [&](const auto& self, const nlohmann::json& value) -> void {
        if (value.is_string())
            out.append(out.empty() ? "" : " \xC2\xB7 ").append(value.get<std::string>());
        else if (value.is_structured())
            for (const auto& part : value) self(self, part);
    };
    collect(collect, parsed);
    return out;
}

std::string search_mark(char kind, std::string_view text) {
    // The sign is no letter, so no word begins with it; FTS5's ascii tokenizer takes it for one.
    return "\xC2\xA4" + std::string{kind} + to_hex(crypto::digest(text).substr(0, 6));
}

std::int64_t first_doc(Millis at) {
    return at / kHour * kDocsPerHour;
}

Result<std::int64_t> greatest_spill(const sqlite::Database& db) {
    auto spill = number_of(db.query("SELECT max(spill) FROM search_doc WHERE spill > 0"));
    if (!spill) return spill;
    return std::max(*spill, std::int64_t{0});
}

Result<std::vector<SearchField>> search_fields(const sqlite::Database& db,
                                               const AuditSummary& audit,
                                               const std::optional<DeviceId>& unsealed_of) {
    using Kind = SearchField::Kind;
    std::vector<SearchField> fields{{Kind::title, {}, audit.title}, {Kind::unit, {}, audit.unit}};
    auto changes =
        unsealed_of ? answer_changes(db, audit.id, *unsealed_of) : read_record(db, audit.id);
    if (!changes) return changes.error();
    for (const StandingAnswers& standing : standing_answers(*changes))
        for (const Change* change : standing.versions) {
            const auto& value = std::get<AnswerGiven>(change->action).value;
            if (value && is_searchable(*value))
                fields.push_back({Kind::answer, std::string{standing.path}, *value});
        }
    auto row = db.query("SELECT path, text FROM comment WHERE audit = ? ORDER BY stamp, id",
                        audit.id.text);
    while (row.next()) fields.push_back({Kind::comment, row.text(0), row.text(1)});
    if (Status read = row.status(); !read) return read.error();
    if (!audit.reason.empty()) fields.push_back({Kind::reason, {}, audit.reason});
    return fields;
}

Result<std::int64_t> index_waiting(const sqlite::Database& db) {
    return number_of(
        db.query("SELECT (SELECT count(*) FROM search_due)"
                 " + (SELECT count(*) FROM search_register_due)"));
}

Result<Indexed> index_due(sqlite::Database& db, std::int64_t most) {
    auto left = index_waiting(db);
    if (!left) return left.error();
    Indexed indexed{0, *left};
    if (*left == 0) return indexed;
    auto open = sqlite::Transaction::begin(db);
    if (!open) return open.error();
    auto rows = due_rows(db, most);
    if (!rows) return rows.error();
    for (const std::int64_t row : *rows)
        if (Status done_one = index_audit(db, row); !done_one) return done_one.error();
    if (Status rest = index_registers(db, most); !rest) return rest.error();
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    left = index_waiting(db);
    if (!left) return left.error();
    return Indexed{static_cast<std::int64_t>(rows->size()), *left};
}

Result<std::int64_t> check_index(sqlite::Database& db) {
    auto open = sqlite::Transaction::begin(db);
    if (!open) return open.error();
    std::vector<std::int64_t> wrong;
    auto row = db.query(
        "SELECT a.rowid, d.digest FROM audit a LEFT JOIN search_doc d ON d.audit_row = a.rowid"
        " WHERE a.form <> '' AND a.rowid NOT IN (SELECT audit_row FROM search_due)"
        " UNION ALL SELECT audit_row, NULL FROM search_doc"
        " WHERE audit_row NOT IN (SELECT rowid FROM audit WHERE form <> '')");
    while (row.next()) {
        auto audit = summaries_at(db, {row.number(0)});
        if (!audit) return audit.error();
        if (!row.is_null(1) && !audit->empty()) {
            auto entry = entry_of(db, audit->front());
            if (!entry) return entry.error();
            if (entry->digest == row.number(1)) continue;
        }
        wrong.push_back(row.number(0));
    }
    if (Status read = row.status(); !read) return read.error();
    for (const std::int64_t audit_row : wrong)
        if (Status due = db.run(
                "INSERT INTO search_due(audit_row) VALUES (?) ON CONFLICT DO NOTHING", audit_row);
            !due)
            return due.error();
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return static_cast<std::int64_t>(wrong.size());
}

}  // namespace bordereau::storage
