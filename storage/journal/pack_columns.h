// storage/journal/pack_columns.h - what a pack consists of, for its writer and its reader.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace bordereau::storage {

constexpr std::int64_t kPackFormat = 1;
/// Format, team, public keys, lanes, authors, paths; then the columns.
constexpr std::size_t kPackItems = 6;

/// Byte strings in this order. Numbers are LEB128, unless said otherwise.
enum class PackColumn : std::uint8_t {
    runs,            ///< of each run: public key, lane, first number, changesets
    previous,        ///< 32 bytes of each run that begins beyond 1
    signatures,      ///< 64 bytes of each changeset
    devices,         ///< the dictionary: 16 bytes each
    subject_counts,  ///< of each changeset
    subjects,        ///< of each: 0 a new one, or one more than the number of a known one
    subject_sizes,   ///< of each new one: 0 a UUID, or one more than the bytes of its text
    subject_bytes,   ///< of the new ones, a UUID as 16 bytes
    subject_runs,    ///< changes of each subject
    device,          ///< of each change
    authors,         ///< of each change
    kinds,           ///< of each change
    low,             ///< of each change's milliseconds, less those of the change before
    middle,
    rest,
    counters,     ///< of each change's stamp
    paths,        ///< of each answer, less that of the answer before
    replaces,     ///< of each answer, as in a change table
    link_low,     ///< of each link's milliseconds, less those of the link before in its changeset;
    link_middle,  ///  the first less those of its change
    link_rest,
    link_counters,
    link_devices,
    repeated,   ///< of each path, then of each kind: ValueColumns
    few_codes,  ///< of the values of each, likewise
    some_codes,
    many_codes,
    value_sizes,
    value_forms,
    value_bytes,
    value_digits
};
constexpr std::size_t kPackColumns = 31;

constexpr std::uint64_t kNewSubject = 0;
constexpr std::uint64_t kFirstSubject = 1;    ///< number 0 of the known ones
constexpr std::uint64_t kReplacesListed = 2;  ///< above it: how many links
constexpr std::size_t kUuidBytes = 16;

/// Columns of so many bytes lie in a frame of their own after the array, which holds null for them:
/// so bytes that are as good as random do not hide what compresses in the others.
constexpr std::size_t kOwnFrame = 512;

using PackColumnBytes = std::array<std::string_view, kPackColumns>;

}  // namespace bordereau::storage
