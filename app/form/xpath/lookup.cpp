#include "app/form/xpath/lookup.h"

#include <cmath>

#include "app/form/values/number.h"

namespace bordereau::form {

Lookup::Lookup(const Tree& tree) : tree_{tree} {}

const std::vector<NodeIndex>* Lookup::rows(NodeIndex parent, Name row, Name column,
                                           std::string_view text) const {
    const Column& found = this->column({parent, row, column});
    if (found.has_structure) return nullptr;
    const auto rows = found.by_text.find(text);
    return rows == found.by_text.end() ? &nothing_ : &rows->second;
}

const std::vector<NodeIndex>* Lookup::rows(NodeIndex parent, Name row, Name column,
                                           double number) const {
    const Column& found = this->column({parent, row, column});
    if (found.has_dates || found.has_structure) return nullptr;
    const auto rows = found.by_number.find(number);
    return rows == found.by_number.end() ? &nothing_ : &rows->second;
}

const Lookup::Column& Lookup::column(const Key& key) const {
    const std::lock_guard lock{mutex_};
    auto& found = columns_[key];
    if (!found) found = build(key);
    return *found;
}

std::unique_ptr<Lookup::Column> Lookup::build(const Key& key) const {
    auto column = std::make_unique<Column>();
    const auto add = [](std::vector<NodeIndex>& rows, NodeIndex row) {
        if (rows.empty() || rows.back() != row) rows.push_back(row);
    };
    for (NodeIndex row = tree_.child(key.parent, key.row); row != kNoNode;
         row = tree_.next_named(row))
        for (NodeIndex cell = tree_.child(row, key.column); cell != kNoNode;
             cell = tree_.next_named(cell)) {
            if (!tree_.is_leaf(cell)) {
                column->has_structure = true;
                continue;
            }
            const std::string_view text = tree_.text(cell);
            add(column->by_text[text], row);
            const double number = to_number(text);
            if (!std::isnan(number))
                add(column->by_number[number], row);
            else if (text.find('-') != std::string_view::npos)
                column->has_dates = true;
        }
    return column;
}

}  // namespace bordereau::form
