// app/form/xpath/lookup.h - which rows of a list have a given value in a column, without a scan.
// Built when first asked, or ahead of that by prepare(), for trees that no longer change.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/form/values/tree.h"

namespace bordereau::form {

/// Lookups of one immutable tree, which it must not outlive and which must not move.
/// Safe from several threads.
class Lookup {
public:
    /// Rows in document order; valid as long as the Lookup.
    using Rows = std::span<const NodeIndex>;

    explicit Lookup(const Tree& tree);
    ~Lookup();
    Lookup(const Lookup&) = delete;
    Lookup& operator=(const Lookup&) = delete;

    /// The children of `parent` named `row` that have a child `column` with exactly this text.
    /// Nothing where cells have structure of their own.
    std::optional<Rows> rows(NodeIndex parent, Name row, Name column, std::string_view text) const;
    /// The same for a number; nothing where cells might be dates, which compare as numbers too.
    std::optional<Rows> rows(NodeIndex parent, Name row, Name column, double number) const;
    /// Those whose column is one of the words of a list, or empty like the list, as selected() sees
    /// them. Nothing where cells have blanks or structure or are missing.
    std::optional<std::vector<NodeIndex>> rows_among(NodeIndex parent, Name row, Name column,
                                                     std::string_view list) const;

    /// Builds what rows() of that column needs, so that the first question is as quick as the next.
    void prepare(NodeIndex parent, Name row, Name column) const;

private:
    class Column;
    struct Key {
        NodeIndex parent;
        Name row, column;
        auto operator<=>(const Key&) const = default;
    };

    const Column& column(const Key& key) const;

    const Tree& tree_;
    mutable std::mutex mutex_;
    mutable std::map<Key, std::unique_ptr<Column>> columns_;
};

}  // namespace bordereau::form
