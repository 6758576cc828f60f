// storage/journal/change_table.h - many changes as one compact byte string, by column.
// The inside of a changeset and of an audit's record. Equal sets of changes give equal bytes.
//
// Deterministic CBOR [count, devices, authors, subjects, paths, columns..., other actions]. Columns
// are byte strings of LEB128 numbers. Texts that repeat (who, what, where) are numbers into the
// four dictionaries; stamps are differences to the change before, in three columns; answers' values
// lie path by path, so that the values of one question stand together and compress well.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

/// Sorts by subject, then version, and drops repetitions: the order of every change table.
void sort_changes(std::vector<Change>& changes);

/// `changes` must be sorted by sort_changes().
std::string encode_changes(const std::vector<Change>& changes);

/// corrupt: not a change table, or not sorted. Kinds that only a newer program knows are left out.
Result<std::vector<Change>> decode_changes(std::string_view bytes);

}  // namespace bordereau::storage
