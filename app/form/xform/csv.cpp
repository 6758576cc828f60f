// Comma or semicolon separated lists, as forms attach them.
#include "app/form/values/number.h"
#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

Error more_than(std::size_t limit, const char* what) {
    return {ErrorCode::invalid, "it has more than " + grouped(limit) + " " + what};
}

/// Reads one record after another (RFC 4180: quotes, doubled quotes, line ends inside quotes).
class CsvReader {
public:
    CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

    /// False at the end. Fields of an earlier record are overwritten, not freed.
    bool next(std::vector<std::string>& fields, std::size_t& count) {
        if (at_ >= text_.size()) return false;
        count = 0;
        bool more = true;
        while (more) {
            if (count == fields.size()) fields.emplace_back();
            fields[count].clear();
            more = read_field(fields[count]);
            ++count;
        }
        return true;
    }

private:
    /// True if another field of the same record follows.
    bool read_field(std::string& field) {
        if (at_ < text_.size() && text_[at_] == '"') read_quoted(field);
        const auto start = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && !at_line_end()) ++at_;
        field += text_.substr(start, at_ - start);
        if (at_ >= text_.size()) return false;
        if (text_[at_] == separator_) {
            ++at_;
            return true;
        }
        if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
        ++at_;
        return false;
    }

    void read_quoted(std::string& field) {
        ++at_;
        while (at_ < text_.size()) {
            const auto quote = std::min(text_.find('"', at_), text_.size());
            field += text_.substr(at_, quote - at_);
            at_ = std::min(quote + 1, text_.size());
            if (at_ >= text_.size() || text_[at_] != '"') return;
            field += '"';
            ++at_;
        }
    }

    bool at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
};

bool is_blank(const std::vector<std::string>& fields, std::size_t count) {
    return count == 1 && trimmed(fields.front()).empty();
}

}  // namespace

Result<Tree> read_csv_list(std::string_view csv, const std::shared_ptr<Names>& names,
                           const ListLimits& limits) {
    if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
    if (!is_utf8(csv)) return Error{ErrorCode::invalid, "the file is not UTF-8"};
    // As in JavaRosa: the header line alone decides which separator the file uses.
    const auto header_line = csv.substr(0, csv.find_first_of("\r\n"));
    CsvReader reader{csv, header_line.find(';') != std::string_view::npos ? ';' : ','};
    Tree tree{names};
    const auto root = tree.append_element(Tree::document(), names->intern("root"));
    std::vector<std::string> fields;
    std::size_t count = 0;
    if (!reader.next(fields, count)) return tree;
    if (count > limits.columns) return more_than(limits.columns, "columns");
    std::vector<Name> columns;
    for (std::size_t at = 0; at < count; ++at)
        columns.push_back(names->intern(column_name(fields[at])));
    const auto item = names->intern("item");
    for (std::size_t rows = 0; reader.next(fields, count); ++rows) {
        if (rows >= limits.rows) return more_than(limits.rows, "rows");
        if (is_blank(fields, count) && columns.size() > 1) continue;
        // Short rows are filled up, so a wide header makes much of a small file.
        if (tree.node_count() + columns.size() > limits.cells)
            return more_than(limits.cells, "cells");
        const auto row = tree.append_element(root, item);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto cell = tree.append_element(row, columns[at]);
            if (at < count) tree.set_text(cell, fields[at]);
        }
    }
    return tree;
}

}  // namespace bordereau::form
