// storage/journal/flat_table.h - a change table as rows of numbers, without making the changes: for
// packing it, and for checking it where nobody reads it yet.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/base/time.h"
#include "storage/journal/changeset.h"
#include "storage/journal/table_columns.h"

namespace bordereau::storage {

/// Views into the table's bytes. May be used for one table after another.
struct FlatTable {
    struct Line {  ///< one change
        std::uint32_t device = 0, author = 0;
        std::uint32_t kind = 0;
        std::uint32_t counter = 0;
        Millis millis = 0;
    };
    struct Answer {
        std::uint32_t path = 0;
        std::uint64_t replaces = 0;  ///< the code that stands in the table
        std::optional<std::string_view> value;
    };
    struct Link {
        Millis of = 0;  ///< the change that replaces
        Millis millis = 0;
        std::uint32_t counter = 0, device = 0;
    };

    TableColumns table;
    std::vector<std::uint64_t> runs;  ///< changes of each subject
    std::vector<Line> changes;
    std::vector<Answer> answers;  ///< in the order of the changes
    std::vector<Link> links;      ///< likewise

    /// False unless the numbers say all: of known kinds only, dictionaries in the order in which
    /// they are used, nothing left over, and what the head says of it true.
    bool read(const ChangesetHead& head, std::string_view bytes);
    /// Whether all changes are of that device, in their order, and their actions can be read: then
    /// decode_changes() takes what was read().
    bool is_said_by(const DeviceId& device) const;

private:
    bool read_lines(const ChangesetHead& head);
    bool read_answers(std::size_t count);
    bool read_values();
};

}  // namespace bordereau::storage
