// storage/journal/cbor.h - the strict subset of CBOR (RFC 8949) that our formats use: unsigned and
// negative integers, byte and text strings, arrays of definite length, false, true, null; shortest
// forms only. One value has one encoding. No recursion and no tree, so hostile bytes cannot exhaust
// us.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace bordereau::storage {

/// Appends values to a byte string.
class CborWriter {
public:
    CborWriter() = default;
    /// Goes on after bytes that are there already.
    explicit CborWriter(std::string begun) : out_(std::move(begun)) {}

    CborWriter& array(std::size_t items);  ///< its items follow, one call each
    CborWriter& number(std::int64_t value);
    CborWriter& text(std::string_view utf8);
    CborWriter& bytes(std::string_view bytes);
    /// The beginning of a byte string; its `size` bytes follow, by other calls.
    CborWriter& begin_bytes(std::size_t size);
    CborWriter& boolean(bool value);
    CborWriter& null();

    const std::string& out() const { return out_; }
    std::string take() { return std::move(out_); }
    /// Bytes that stand before a string of such a size, or array of so many items, or that a number
    /// of that value takes.
    static std::size_t head_size(std::uint64_t value);

private:
    void head(unsigned major, std::uint64_t value);
    std::string out_;
};

/// Reads values in the order they were written. After a value that is not what was asked for, or
/// not there, everything read is empty and ok() is false: ask once, at the end.
class CborReader {
public:
    explicit CborReader(std::string_view bytes) : bytes_(bytes) {}

    /// Number of items that follow. Never more than there are bytes left, so it may size a vector.
    std::size_t array();
    std::int64_t number();
    std::string_view text();   ///< valid UTF-8; lives as long as the bytes
    std::string_view bytes();  ///< lives as long as the bytes
    bool boolean();
    /// Whether null is next; if so it is taken.
    bool null();

    bool ok() const { return ok_; }
    bool at_end() const { return at_ == bytes_.size(); }
    /// Everything was read, and it was as asked for.
    bool complete() const { return ok_ && at_end(); }
    void fail() { ok_ = false; }

private:
    std::uint64_t head(unsigned major);
    std::string_view string(unsigned major);
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

}  // namespace bordereau::storage
