// storage/journal/columns.h - the parts of a change table: columns of numbers, dictionaries of
// texts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/journal/cbor.h"

namespace bordereau::storage {

/// Bytes one after the other. As a std::string, but that a byte costs a look at the room left and
/// nothing more: columns are written byte by byte, ten million for ten thousand audits.
class ByteWriter {
public:
    void put(std::uint64_t low_byte) {
        if (size_ == room_.size()) room_.resize(std::max<std::size_t>(64, 2 * room_.size()));
        room_[size_++] = static_cast<char>(low_byte);
    }
    std::string_view bytes() const { return std::string_view{room_}.substr(0, size_); }
    void clear() { size_ = 0; }

private:
    std::string room_;
    std::size_t size_ = 0;
};

/// Numbers one after the other, LEB128: seven bits a byte, least significant first.
class ColumnWriter {
public:
    void put(std::uint64_t number) {
        for (; number >= 0x80; number >>= 7) bytes_.put(number | 0x80);
        bytes_.put(number);
    }
    /// Zigzag, so that small negative numbers stay short.
    void put_signed(std::int64_t number) {
        put(static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63));
    }
    std::string_view bytes() const { return bytes_.bytes(); }
    void clear() { bytes_.clear(); }

private:
    ByteWriter bytes_;
};

/// The numbers of a column again. Past its end, over 64 bits, or in more bytes than it takes: zero,
/// and ok() is false.
class ColumnReader {
public:
    explicit ColumnReader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t take() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            number |= static_cast<std::uint64_t>(byte & 0x7Fu) << shift;
            if (byte >= 0x80) continue;
            if ((byte == 0 && shift > 0) || (shift == 63 && byte > 1)) break;
            return number;
        }
        ok_ = false;
        return 0;
    }
    std::int64_t take_signed() {
        const std::uint64_t coded = take();
        return static_cast<std::int64_t>(coded >> 1) ^ -static_cast<std::int64_t>(coded & 1);
    }
    /// A number that is an index below `size`.
    std::size_t take_index(std::size_t size) {
        const std::uint64_t index = take();
        if (index < size) return static_cast<std::size_t>(index);
        ok_ = false;
        return 0;
    }
    bool ok() const { return ok_; }
    bool complete() const { return ok_ && at_ == bytes_.size(); }
    std::string_view left() const { return bytes_.substr(at_); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

/// Differences between moments. Their two low bytes are as good as random: each lies in a column of
/// its own, where they do not hide what compresses in the others. The rest is signed LEB128.
class MomentWriter {
public:
    void put(std::int64_t difference) {
        const auto bits = static_cast<std::uint64_t>(difference);
        low_.put(bits);
        middle_.put(bits >> 8);
        rest_.put_signed(difference >> 16);
    }
    std::string_view low() const { return low_.bytes(); }
    std::string_view middle() const { return middle_.bytes(); }
    std::string_view rest() const { return rest_.bytes(); }
    void clear() {
        low_.clear();
        middle_.clear();
        rest_.clear();
    }

private:
    ByteWriter low_, middle_;
    ColumnWriter rest_;
};

/// The differences again; ok() and complete() as ColumnReader's.
class MomentReader {
public:
    MomentReader(std::string_view low, std::string_view middle, std::string_view rest)
        : low_(low), middle_(middle), rest_(rest) {}

    std::int64_t take() {
        const std::int64_t rest = rest_.take_signed();
        if (at_ >= low_.size() || at_ >= middle_.size()) {
            ok_ = false;
            return 0;
        }
        const auto low = static_cast<unsigned char>(low_[at_]);
        const auto middle = static_cast<unsigned char>(middle_[at_++]);
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(rest) << 16 |
                                         static_cast<std::uint64_t>(middle) << 8 | low);
    }
    bool ok() const { return ok_ && rest_.ok(); }
    bool complete() const {
        return ok_ && rest_.complete() && at_ == low_.size() && at_ == middle_.size();
    }

private:
    std::string_view low_, middle_;
    ColumnReader rest_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

/// Texts by number, in the order they first came. The texts must outlive it.
class Dictionary {
public:
    std::uint64_t number(std::string_view text) {
        if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
        numbers_.emplace(text, texts_.size());
        texts_.push_back(text);
        return texts_.size() - 1;
    }
    const std::vector<std::string_view>& texts() const { return texts_; }

private:
    std::unordered_map<std::string_view, std::size_t> numbers_;
    std::vector<std::string_view> texts_;
};

inline void write_texts(CborWriter& out, const std::vector<std::string_view>& texts) {
    out.array(texts.size());
    for (const std::string_view text : texts) out.text(text);
}

}  // namespace bordereau::storage
