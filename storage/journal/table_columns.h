// storage/journal/table_columns.h - where the parts of a change table stand in its bytes. What they
// mean is change_table.h's matter; a pack of changesets moves them without reading the changes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/journal/cbor.h"

namespace bordereau::storage {

/// The columns in their order. Moments are three: columns.h.
enum class Column : std::uint8_t {
    runs,      ///< changes of each subject
    devices,   ///< of each change: a number into the dictionary
    authors,   ///< likewise
    kinds,     ///< of each change
    low,       ///< of each change's milliseconds, less those of the change before
    middle,    ///< likewise
    rest,      ///< likewise
    counters,  ///< of each change's stamp
    paths,     ///< of each answer: number into the dictionary, less that of the answer before
    replaces,  ///< of each answer: nothing, the one before, or how many links
    links,     ///< three numbers each: milliseconds before the answer's, counter, device
    sizes,     ///< of each answer's value and one more, path by path; 0: removed
    values     ///< their bytes, path by path
};
constexpr std::size_t kColumns = 13;

/// A change table cut into its parts: views into its bytes.
struct TableColumns {
    std::int64_t count = 0;                 ///< of changes
    std::vector<std::string_view> devices;  ///< 16 raw bytes each
    std::vector<std::string_view> authors, subjects, paths;
    std::array<std::string_view, kColumns> columns;
    std::vector<std::string_view> others;  ///< actions that are no answers

    std::string_view& operator[](Column column) {
        return columns[static_cast<std::size_t>(column)];
    }
    std::string_view operator[](Column column) const {
        return columns[static_cast<std::size_t>(column)];
    }
};

/// False where the bytes are no change table at all. `columns` may have been used before.
bool split_table(std::string_view table, TableColumns& columns);

/// The table again.
std::string join_table(const TableColumns& columns);

/// Bytes that join_table() gives.
std::size_t size_of_table(const TableColumns& columns);
void write_table(CborWriter& out, const TableColumns& columns);

}  // namespace bordereau::storage
