#include "storage/search.h"

#include <algorithm>
#include <limits>
#include <set>

#include "storage/audit_queries.h"
#include "storage/notebook.h"
#include "storage/rights.h"

namespace bordereau::storage {
namespace {

// Of audits that wait for the index, how many are looked at where they lie meanwhile.
constexpr std::int64_t kMostOpen = 100;
// Candidates that one call looks at before it hands back what it has, with a place to go on.
constexpr std::int64_t kMostCandidates = 48;
// Bytes of context on both sides of the first match.
constexpr std::size_t kContext = 60;
// Of Latin and its like: one letter begins too many words to be a beginning.
constexpr std::size_t kShortestBeginning = 2;

bool may_go_on(const SearchTerm& term) {
    const std::string& last = term.words.back();
    return term.beginning &&
           (last.size() >= kShortestBeginning || static_cast<unsigned char>(last.front()) >= 0x80);
}

/// An expression of FTS5: strings in quotation marks, AND, OR, NOT. Words hold no quotation marks.
class Expression {
public:
    void all_of(const SearchTerm& term) {
        for (std::size_t i = 0; i < term.words.size(); ++i) {
            const bool last = i + 1 == term.words.size();
            add("\"" + term.words[i] + "\"" + (last && may_go_on(term) ? " *" : ""));
        }
    }
    void mark(char kind, const std::string& text) {
        if (!text.empty()) add("\"" + search_mark(kind, text) + "\"");
    }
    void states(const AuditStates& states) {
        if (states.empty()) return;
        std::string any;
        for (int state = 0; state < 6; ++state)
            if (const auto one = static_cast<AuditState>(state); states.admits(one))
                any.append(any.empty() ? "(\"" : " OR \"")
                    .append(search_mark('s', name_of(one)))
                    .append("\"");
        add(any + ")");
    }
    // Phrases that must not occur are looked for in what was found.
    void none_of(const SearchTerm& term) {
        if (term.words.size() > 1) return;
        without_ += " NOT \"" + term.words.front() + "\"" + (may_go_on(term) ? " *" : "");
    }
    std::string text() const { return "(" + all_ + ")" + without_; }

private:
    void add(const std::string& one) { all_.append(all_.empty() ? "" : " AND ").append(one); }
    std::string all_, without_;
};

std::string expression_of(const SearchAsked& asked, const PersonId& only_of) {
    Expression expression;
    for (const SearchTerm& term : asked.question.terms)
        if (!term.excluded) expression.all_of(term);
    for (const SearchTerm& term : asked.question.terms)
        if (term.excluded) expression.none_of(term);
    expression.states(asked.filter.state);
    expression.mark('f', asked.filter.form.text);
    expression.mark('u', asked.filter.unit);
    expression.mark('p', asked.filter.created_by.text);
    expression.mark('r', only_of.text);
    return expression.text();
}

bool passes(const AuditFilter& filter, const AuditSummary& audit) {
    return filter.state.admits(audit.state) && (filter.form.empty() || filter.form == audit.form) &&
           (filter.created_by.empty() || filter.created_by == audit.created_by) &&
           (filter.unit.empty() || filter.unit == audit.unit) &&
           audit.changed_at >= filter.changed_from &&
           (filter.changed_before == 0 || audit.changed_at < filter.changed_before);
}

/// One text with what matched in it.
struct Matched {
    const SearchField* field = nullptr;
    std::vector<SearchMark> marks;
    std::size_t terms = 0;  ///< of the question, that stand here
};

Matched match(const SearchField& field, const SearchQuestion& question,
              std::set<std::size_t>& found, bool& excluded) {
    Matched matched{&field, {}, 0};
    const auto words = search_words(field.text);
    for (std::size_t i = 0; i < question.terms.size(); ++i) {
        SearchTerm term = question.terms[i];
        term.beginning = may_go_on(term);
        const auto places = places_of(term, words);
        if (places.empty()) continue;
        if (term.excluded) {
            excluded = true;
            continue;
        }
        found.insert(i);
        ++matched.terms;
        matched.marks.insert(matched.marks.end(), places.begin(), places.end());
    }
    std::ranges::sort(matched.marks, {}, &SearchMark::begin);
    return matched;
}

bool begins_character(std::string_view text, std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// Cuts at spaces where one is near, and never inside a character.
void cut_snippet(const Matched& matched, std::string& snippet, std::vector<SearchMark>& marks) {
    const std::string& text = matched.field->text;
    const std::size_t first = matched.marks.front().begin;
    std::size_t begin = first > kContext ? first - kContext : 0;
    std::size_t end = std::min(text.size(), first + 3 * kContext);
    if (begin > 0)
        if (const auto space = text.find(' ', begin); space < first) begin = space + 1;
    if (end < text.size())
        if (const auto space = text.rfind(' ', end); space != text.npos && space > first)
            end = space;
    while (!begins_character(text, begin)) ++begin;
    while (!begins_character(text, end)) ++end;
    const std::string_view dots = "\xE2\x80\xA6";
    snippet.assign(begin > 0 ? dots : "");
    const std::size_t shift = snippet.size();
    snippet.append(text, begin, end - begin).append(end < text.size() ? dots : "");
    for (const SearchMark& mark : matched.marks)
        if (mark.begin >= begin && mark.end <= end &&
            (marks.empty() || mark.begin - begin + shift >= marks.back().end))
            marks.push_back({mark.begin - begin + shift, mark.end - begin + shift});
}

// Nothing: not all that was asked for is in these texts, or something that must not be.
std::optional<SearchHit> hit_in(const AuditSummary& audit, const std::vector<SearchField>& fields,
                                const SearchQuestion& question, bool all_readable) {
    std::set<std::size_t> found, in_title;
    bool excluded = false;
    Matched best;
    for (const SearchField& field : fields) {
        const bool heading = field.kind <= SearchField::Kind::unit;
        if (!heading && !all_readable) continue;
        Matched matched = match(field, question, found, excluded);
        if (heading) match(field, question, in_title, excluded);
        if (excluded) return std::nullopt;
        if (matched.terms > best.terms) best = std::move(matched);
    }
    const auto wanted =
        static_cast<std::size_t>(std::ranges::count(question.terms, false, &SearchTerm::excluded));
    if (found.size() < wanted || best.field == nullptr) return std::nullopt;
    SearchHit hit{audit, best.field->kind, best.field->path, {}, {}, in_title.size() == wanted};
    cut_snippet(best, hit.snippet, hit.marks);
    return hit;
}

bool may_hold(const std::vector<std::string>& sorted, const SearchQuestion& question) {
    return std::ranges::all_of(question.terms, [&](const SearchTerm& term) {
        return term.excluded || std::ranges::all_of(term.words, [&](const std::string& word) {
                   const auto at = std::ranges::lower_bound(sorted, word);
                   return at != sorted.end() &&
                          (*at == word || (term.beginning && at->starts_with(word)));
               });
    });
}

/// A row of the index that may be a hit.
struct Candidate {
    std::int64_t doc = 0, row = 0;
};

Result<std::vector<Candidate>> candidates(sqlite::Query row) {
    std::vector<Candidate> found;
    while (row.next()) found.push_back({row.number(0), row.number(1)});
    if (Status read = row.status(); !read) return read.error();
    return found;
}

// ?1 the expression, ?2 docs before, ?3 docs from, ?4 how many.
sqlite::Query in_title(const sqlite::Database& db) {
    return db.query(
        "SELECT search_title.rowid, d.audit_row FROM search_title CROSS JOIN search_doc d ON d.doc "
        "= search_title.rowid"
        " WHERE search_title MATCH ?1 AND search_title.rowid < ?2 AND search_title.rowid >= ?3"
        " ORDER BY search_title.rowid DESC LIMIT ?4");
}

sqlite::Query in_body(const sqlite::Database& db) {
    return db.query(
        "SELECT search_body.rowid, d.audit_row FROM search_body CROSS JOIN search_doc d ON d.doc = "
        "search_body.rowid"
        " WHERE search_body MATCH ?1 AND search_body.rowid < ?2 AND search_body.rowid >= ?3"
        " ORDER BY search_body.rowid DESC LIMIT ?4");
}

}  // namespace

Status Search::look_at(std::int64_t row) {
    const sqlite::Database& db = notebook_.database();
    auto audit = summaries_at(db, {row});
    if (!audit) return audit.error();
    if (audit->empty()) return done();
    const auto known = open_.find(row);
    if (known != open_.end() && known->second.changed == audit->front().changed) return done();
    auto fields = search_fields(db, audit->front(), notebook_.device());
    if (!fields) return fields.error();
    std::set<std::string> words;
    for (const SearchField& field : *fields)
        for (SearchWord& word : search_words(field.text)) words.insert(std::move(word.text));
    open_.insert_or_assign(
        row, Open{audit->front().changed, *std::move(fields), {words.begin(), words.end()}});
    return done();
}

// Audits with unsealed changes, and those that wait for the index.
Status Search::refresh_open() {
    std::set<std::int64_t> now;
    auto row = notebook_.database().query(
        "SELECT audit_row FROM edited_audit"
        " UNION SELECT audit_row FROM (SELECT audit_row FROM search_due LIMIT ?)",
        kMostOpen);
    while (row.next()) now.insert(row.number(0));
    if (Status read = row.status(); !read) return read;
    std::erase_if(open_, [&](const auto& known) { return !now.contains(known.first); });
    for (const std::int64_t one : now)
        if (Status looked = look_at(one); !looked) return looked;
    auto due = notebook_.database().query("SELECT count(*) FROM search_due");
    const std::int64_t waiting = due.next() ? due.number(0) : 0;
    unindexed_ = std::max(std::int64_t{0}, waiting - kMostOpen);
    return due.status();
}

Result<std::vector<SearchHit>> Search::open_hits(const SearchAsked& asked) const {
    std::vector<SearchHit> hits;
    for (const auto& [row, open] : open_) {
        if (!may_hold(open.words, asked.question)) continue;
        auto audit = summaries_at(notebook_.database(), {row});
        if (!audit) return audit.error();
        if (audit->empty() || !passes(asked.filter, audit->front())) continue;
        const bool readable = may_read(notebook_.person(), audit->front());
        if (auto hit = hit_in(audit->front(), open.fields, asked.question, readable))
            hits.push_back(*std::move(hit));
    }
    return hits;
}

Status Search::add_indexed(const SearchAsked& asked, SearchPage& page) {
    const sqlite::Database& db = notebook_.database();
    const Person& me = notebook_.person();
    auto spill = greatest_spill(db);
    if (!spill) return spill.error();
    const std::int64_t from = first_doc(asked.filter.changed_from);
    const std::int64_t before = asked.filter.changed_before == 0
                                    ? std::numeric_limits<std::int64_t>::max()
                                    : first_doc(asked.filter.changed_before) + (*spill + 1) * 256;
    SearchPlace at = asked.after.value_or(SearchPlace{true, before});
    const auto wanted = page.hits.size() + static_cast<std::size_t>(asked.filter.limit);
    for (std::int64_t left = kMostCandidates; left > 0;) {
        const std::string expression =
            expression_of(asked, at.in_title || may(me, Act::read_others) ? PersonId{} : me.id);
        auto query = at.in_title ? in_title(db) : in_body(db);
        query.bind(expression).bind(at.doc).bind(from).bind(left);
        auto some = candidates(std::move(query));
        if (!some) return some.error();
        for (const Candidate& candidate : *some) {
            at.doc = candidate.doc;
            --left;
            if (open_.contains(candidate.row)) continue;
            auto audit = summaries_at(db, {candidate.row});
            if (!audit) return audit.error();
            if (audit->empty() || !passes(asked.filter, audit->front())) continue;
            auto fields = search_fields(db, audit->front(), std::nullopt);
            if (!fields) return fields.error();
            auto hit =
                hit_in(audit->front(), *fields, asked.question, may_read(me, audit->front()));
            if (!hit || hit->in_title != at.in_title) continue;
            page.hits.push_back(*std::move(hit));
            if (page.hits.size() < wanted) continue;
            page.next = at;
            return done();
        }
        if (left > 0 && !at.in_title) return done();
        if (left > 0) at = {false, before};
    }
    page.next = at;
    return done();
}

Result<SearchPage> Search::find(const SearchAsked& asked) {
    if (!asked.question.has_words()) return Error{ErrorCode::invalid, "no word to look for"};
    if (Status fresh = refresh_open(); !fresh) return fresh.error();
    SearchPage page;
    page.unindexed = unindexed_;
    if (!asked.after) {
        auto hits = open_hits(asked);
        if (!hits) return hits.error();
        page.hits = *std::move(hits);
    }
    if (Status added = add_indexed(asked, page); !added) return added.error();
    std::ranges::stable_sort(page.hits, [](const SearchHit& a, const SearchHit& b) {
        if (a.in_title != b.in_title) return a.in_title;
        return a.audit.changed > b.audit.changed;
    });
    return page;
}

Result<std::vector<RegisterHit>> Search::find_registers(const SearchQuestion& question,
                                                        std::int64_t limit) {
    if (!question.has_words()) return Error{ErrorCode::invalid, "no word to look for"};
    std::vector<RegisterHit> hits;
    auto row = notebook_.database().query(
        "SELECT r.kind, r.key, r.json FROM search_register_words"
        " CROSS JOIN search_register d ON d.doc = search_register_words.rowid"
        " CROSS JOIN register_row r ON r.team = ?1 AND r.kind = d.kind AND r.key = d.key"
        " WHERE search_register_words MATCH ?2 AND r.json IS NOT NULL ORDER BY "
        "search_register_words.rowid DESC LIMIT ?3",
        notebook_.team().text, expression_of({question, {}, {}}, {}), limit);
    while (row.next()) {
        const std::vector<SearchField> fields{
            {SearchField::Kind::answer, {}, register_text(row.view(2))}};
        const auto hit = hit_in({}, fields, question, true);
        if (hit) hits.push_back({row.text(0), row.text(1), hit->snippet, hit->marks});
    }
    if (Status read = row.status(); !read) return read.error();
    return hits;
}

Result<Indexed> Search::catch_up(std::int64_t most) {
    return index_due(notebook_.database(), most);
}

Result<std::int64_t> Search::waiting() const {
    return index_waiting(notebook_.database());
}

Result<std::int64_t> Search::check() {
    return check_index(notebook_.database());
}

}  // namespace bordereau::storage
