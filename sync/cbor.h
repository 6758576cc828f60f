// sync/cbor.h - the part of CBOR (RFC 8949) that messages use: whole numbers, bytes, text, arrays.
// Deterministic only: one value has one encoding, and any other one is refused. Not a general
// codec; it exists because what it reads comes from strangers: no recursion, no allocation, no
// copies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace bordereau::sync {

/// Appends values in core deterministic encoding (RFC 8949, 4.2.1: shortest heads, known lengths).
class CborWriter {
public:
    CborWriter& array(std::size_t count);  ///< the next `count` values are its elements
    CborWriter& number(std::uint64_t value);
    CborWriter& bytes(std::string_view value);
    CborWriter& text(std::string_view utf8);
    std::string take() && { return std::move(out_); }

private:
    void head(std::uint8_t major, std::uint64_t argument);
    std::string out_;
};

/// Reads values in the order in which they were written. Errors stick: after one, every call gives
/// nothing, and finish() tells. Each call names the most it takes, checked against the length that
/// the input announces before anything is done with it.
class CborReader {
public:
    explicit CborReader(std::string_view input) : rest_(input) {}

    std::size_t array(std::size_t most);
    void array_of(std::size_t exactly);
    std::uint64_t number(std::uint64_t most);
    std::string_view bytes(std::size_t most);  ///< a view into the input
    std::string_view bytes_of(std::size_t exactly);
    std::string_view text(std::size_t most);  ///< well-formed UTF-8, a view into the input

    bool ok() const { return !failed_; }
    /// corrupt: something was not as asked for, not deterministic, or is left over.
    Status finish() const;

private:
    std::uint64_t head(std::uint8_t major, std::uint64_t most);
    std::string_view string(std::uint8_t major, std::size_t most);
    void fail();

    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace bordereau::sync
