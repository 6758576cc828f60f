// storage/journal/pack_values.h - the values of a pack, slot by slot: a slot is what was given at
// one path, or the actions of one kind.
//
// What comes more than once in a slot is an entry that is said once, in the order of the bytes, so
// that slots with the same choices look the same; then it is told by number. What comes once is
// told as a form and its digits: the form of "2026-03-14T09:30" is "0000-00-00T00:00", which all
// dates of a slot share, as all numbers of five digits share theirs. The digits of one form stand
// together, all first ones, then all second ones: what never changes costs nothing, and chance
// little more than it must.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/journal/columns.h"

namespace bordereau::storage {

/// Codes of values.
constexpr std::uint64_t kOnce = 0;  ///< an entry that no other value is told by: the next one
constexpr std::uint64_t kRemoved = 1;
constexpr std::uint64_t kFirstEntry = 2;  ///< number 0 of those that come more than once

/// Slots with at most so many repeated entries have their codes in the first column, or the second:
/// apart, each kind compresses by its own measure.
constexpr std::size_t kFewEntries = 16, kSomeEntries = 128;

/// Those columns of a pack that hold values. Numbers below 240 are one byte, up to 4079 two: 240
/// and the high byte of what lies above 240, then the low one; beyond that 255 and LEB128.
template <class Bytes>
struct ValueColumns {
    Bytes repeated;         ///< of each slot: entries that come more than once
    Bytes few, some, many;  ///< codes, slot by slot
    Bytes sizes;   ///< of each entry: the repeated ones of a slot, then those that come once
    Bytes forms;   ///< of each entry: whether it is a form
    Bytes bytes;   ///< of the entries; 0 in a form stands for any digit
    Bytes digits;  ///< of each form in the order of the entries

    Bytes& codes(std::size_t repeats) {
        return repeats <= kFewEntries ? few : repeats <= kSomeEntries ? some : many;
    }
};

/// Numbers of texts in the order in which they first come. One place in memory for each look-up,
/// since a pack makes more of them than of anything else. The texts must outlive it.
class Numbering {
public:
    std::uint32_t number(std::string_view text);
    /// Of one that came before.
    std::optional<std::uint32_t> known(std::string_view text) const;
    const std::vector<std::string_view>& texts() const { return texts_; }
    void clear();

private:
    struct Place {
        std::uint32_t hash = 0, number_and_one = 0;
    };
    void grow();
    /// Where it stands, or would; there is a free place.
    std::size_t place_of(std::string_view text, std::uint32_t hash) const;
    std::vector<Place> places_;  ///< a power of two, at most half of them taken
    std::vector<std::string_view> texts_;
};

/// Where slot after slot counts its values: one table for all of them stays near the processor.
struct SlotCount {
    Numbering distinct;
    std::vector<std::uint32_t> counts, sequence;
};

/// The values of one slot on their way into the columns. They are only lined up until all are
/// there.
class SlotWriter {
public:
    /// Nothing: removed. The bytes must outlive this.
    void add(std::optional<std::string_view> value) {
        values_.push_back(!value ? std::string_view{} : value->empty() ? kEmpty : *value);
    }
    void write(SlotCount& count, ValueColumns<std::string>& columns) const;

private:
    static constexpr std::string_view kEmpty = "";
    std::vector<std::string_view> values_;  ///< of a removed one no address, not even of nothing
};

struct PackedValue {
    std::string_view bytes;
    bool removed = false;
};

/// The values again, never more than `most` bytes of them.
class SlotReader {
public:
    SlotReader(const ValueColumns<std::string_view>& columns, std::size_t most)
        : columns_(columns), left_(most) {}

    /// Those of the next slot, which has `count`. False: damaged, or too many bytes. The views last
    /// as long as this and the columns.
    bool read(PackedValue* values, std::size_t count);
    bool complete() const;

private:
    struct Entry {
        std::string_view bytes;
        bool form = false;
        std::size_t uses = 0;
        char* made = nullptr;  ///< of a form: its values, one after the other
    };
    bool read_codes(PackedValue* values, std::size_t count);
    bool read_entry();
    bool make_forms(PackedValue* values);
    bool take_digits(const Entry& entry);

    ValueColumns<std::string_view> columns_;
    std::size_t left_;
    std::deque<std::string> made_;
    // Of the slot that is being read.
    std::vector<Entry> entries_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> formed_;  ///< value and entry
};

}  // namespace bordereau::storage
