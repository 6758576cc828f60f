// app/form/xpath/lookup.h - which rows of a list have a given value in a column, without a scan.
// Built when first asked, for trees that no longer change.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/form/values/tree.h"

namespace bordereau::form {

/// Lookups of one immutable tree, which it must not outlive and which must not move.
/// Safe from several threads.
class Lookup {
public:
    explicit Lookup(const Tree& tree);
    Lookup(const Lookup&) = delete;
    Lookup& operator=(const Lookup&) = delete;

    /// The children of `parent` named `row` that have a child `column` with exactly this text, in
    /// document order. Valid as long as this object. Null where cells have structure of their own.
    const std::vector<NodeIndex>* rows(NodeIndex parent, Name row, Name column,
                                       std::string_view text) const;
    /// The same for a number; null where cells might be dates, which compare as numbers too.
    const std::vector<NodeIndex>* rows(NodeIndex parent, Name row, Name column,
                                       double number) const;

private:
    struct Column {
        std::unordered_map<std::string_view, std::vector<NodeIndex>> by_text;
        std::unordered_map<double, std::vector<NodeIndex>> by_number;
        bool has_dates = false;
        bool has_structure = false;
    };
    struct Key {
        NodeIndex parent;
        Name row, column;
        auto operator<=>(const Key&) const = default;
    };

    const Column& column(const Key& key) const;
    std::unique_ptr<Column> build(const Key& key) const;

    const Tree& tree_;
    mutable std::mutex mutex_;
    mutable std::map<Key, std::unique_ptr<const Column>> columns_;
    std::vector<NodeIndex> nothing_;
};

}  // namespace bordereau::form
