#include "storage/search_query.h"

#include <algorithm>
#include <array>

#include "storage/base/text.h"

namespace bordereau::storage {
namespace {

/// One piece between spaces that lie outside quotation marks.
struct Piece {
    std::string_view text;  ///< without quotation marks and minus
    std::string_view name;  ///< before a colon; empty: none
    bool quoted = false, excluded = false, last = false;
};

constexpr std::array<std::string_view, 6> kNames{"state", "unit", "form", "person", "from", "to"};

// People type the quotation marks of their language; each is as good as another.
constexpr std::array<std::string_view, 7> kQuotes{"\"", "“", "”", "„", "«", "»", "＂"};

std::size_t quote_at(std::string_view text, std::size_t at) {
    for (const std::string_view quote : kQuotes)
        if (text.substr(at).starts_with(quote)) return quote.size();
    return 0;
}

class Pieces {
public:
    explicit Pieces(std::string_view text) : text_(text) {}

    std::optional<Piece> next() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        if (at_ == text_.size()) return std::nullopt;
        Piece piece;
        if (text_[at_] == '-' && at_ + 1 < text_.size()) {
            piece.excluded = true;
            ++at_;
        }
        take_name(piece);
        const std::size_t quote = quote_at(text_, at_);
        piece.quoted = quote > 0;
        at_ += quote;
        piece.text = quote > 0 ? until_quote() : until_space();
        piece.last = at_ == text_.size();
        return piece;
    }

private:
    static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

    void take_name(Piece& piece) {
        for (const std::string_view name : kNames) {
            const std::string_view rest = text_.substr(at_);
            if (rest.size() <= name.size() || rest[name.size()] != ':' ||
                !starts_with_ignoring_case(rest, name))
                continue;
            piece.name = name;
            at_ += name.size() + 1;
            return;
        }
    }

    std::string_view until_space() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && !is_space(text_[at_]) && quote_at(text_, at_) == 0) ++at_;
        return text_.substr(begin, at_ - begin);
    }

    // A quotation that is not closed yet goes to the end.
    std::string_view until_quote() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && quote_at(text_, at_) == 0) ++at_;
        const std::string_view inside = text_.substr(begin, at_ - begin);
        if (at_ < text_.size()) at_ += quote_at(text_, at_);
        return inside;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

void take_date(const Piece& piece, std::optional<Date>& date, SearchQuestion& out) {
    date = parse_date(piece.text);
    if (!date && !piece.text.empty())
        out.not_understood.push_back(std::string{piece.name} + ":" + std::string{piece.text});
}

void take_filter(const Piece& piece, SearchQuestion& out) {
    if (piece.name == "state") out.state = piece.text;
    if (piece.name == "unit") out.unit = piece.text;
    if (piece.name == "form") out.form = piece.text;
    if (piece.name == "person") out.person = piece.text;
    if (piece.name == "from") take_date(piece, out.from, out);
    if (piece.name == "to") take_date(piece, out.to, out);
}

// The signs of a run: its pairs say it all, and its last sign would only match at the end of a run.
void drop_last_sign(std::vector<SearchWord>& words) {
    for (std::size_t i = 1; i < words.size();) {
        const bool ends_run = words[i].pair && words[i - 1].pair &&
                              words[i].end == words[i - 1].end &&
                              words[i].begin > words[i - 1].begin;
        if (ends_run)
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
        else
            ++i;
    }
}

// A piece without quotation marks may hold several words too: "e-mail", or a run of Han signs.
void take_words(const Piece& piece, bool typing, SearchQuestion& out) {
    auto words = search_words(piece.text);
    if (words.empty()) return;
    drop_last_sign(words);
    SearchTerm term;
    for (SearchWord& word : words) term.words.push_back(std::move(word.text));
    term.excluded = piece.excluded;
    const bool single_sign = words.back().pair && to_utf32(term.words.back()).size() == 1;
    term.beginning = single_sign || (!piece.quoted && piece.text.ends_with('*')) ||
                     (typing && piece.last && !piece.excluded && !words.back().pair);
    out.terms.push_back(std::move(term));
}

bool word_fits(const SearchTerm& term, std::size_t at, const SearchWord& word) {
    const std::string& wanted = term.words[at];
    const bool may_go_on = term.beginning && at + 1 == term.words.size();
    return may_go_on ? word.text.starts_with(wanted) : word.text == wanted;
}

}  // namespace

bool SearchQuestion::has_words() const {
    return std::ranges::any_of(terms, [](const SearchTerm& term) { return !term.excluded; });
}

SearchQuestion understand(std::string_view typed, bool typing) {
    SearchQuestion out;
    Pieces pieces{typed};
    while (const auto piece = pieces.next()) {
        if (piece->name.empty())
            take_words(*piece, typing, out);
        else
            take_filter(*piece, out);
    }
    return out;
}

std::vector<SearchMark> places_of(const SearchTerm& term, const std::vector<SearchWord>& words) {
    std::vector<SearchMark> places;
    for (std::size_t i = 0; i + term.words.size() <= words.size(); ++i) {
        std::size_t fits = 0;
        while (fits < term.words.size() && word_fits(term, fits, words[i + fits])) ++fits;
        if (fits == term.words.size()) places.push_back({words[i].begin, words[i + fits - 1].end});
    }
    return places;
}

}  // namespace bordereau::storage
