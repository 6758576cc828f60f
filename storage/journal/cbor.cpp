#include "storage/journal/cbor.h"

#include <limits>

#include "storage/base/text.h"

namespace bordereau::storage {
namespace {

// Major types of RFC 8949, section 3.1.
constexpr unsigned kUnsigned = 0, kNegative = 1, kBytes = 2, kText = 3, kArray = 4, kSimple = 7;
constexpr std::uint64_t kFalse = 20, kTrue = 21, kNull = 22;

// Bytes that follow the first one for a value; the shortest form is the only one.
int width_of(std::uint64_t value) {
    if (value < 24) return 0;
    if (value <= 0xFF) return 1;
    if (value <= 0xFFFF) return 2;
    return value <= 0xFFFFFFFF ? 4 : 8;
}

// Additional information 24, 25, 26, 27 announce 1, 2, 4, 8 bytes.
int announced_width(unsigned additional) {
    return additional < 24 ? 0 : 1 << (additional - 24);
}

}  // namespace

void CborWriter::head(unsigned major, std::uint64_t value) {
    const int width = width_of(value);
    unsigned additional = static_cast<unsigned>(value);
    if (width > 0) additional = width == 1 ? 24u : width == 2 ? 25u : width == 4 ? 26u : 27u;
    out_ += static_cast<char>(major << 5 | additional);
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
        out_ += static_cast<char>(value >> shift & 0xFF);
}

CborWriter& CborWriter::array(std::size_t items) {
    head(kArray, items);
    return *this;
}

CborWriter& CborWriter::number(std::int64_t value) {
    if (value >= 0)
        head(kUnsigned, static_cast<std::uint64_t>(value));
    else
        head(kNegative, static_cast<std::uint64_t>(-(value + 1)));
    return *this;
}

CborWriter& CborWriter::text(std::string_view utf8) {
    head(kText, utf8.size());
    out_ += utf8;
    return *this;
}

CborWriter& CborWriter::begin_bytes(std::size_t size) {
    head(kBytes, size);
    return *this;
}

std::size_t CborWriter::head_size(std::uint64_t value) {
    return 1 + static_cast<std::size_t>(width_of(value));
}

CborWriter& CborWriter::bytes(std::string_view bytes) {
    begin_bytes(bytes.size());
    out_ += bytes;
    return *this;
}

CborWriter& CborWriter::boolean(bool value) {
    head(kSimple, value ? kTrue : kFalse);
    return *this;
}

CborWriter& CborWriter::null() {
    head(kSimple, kNull);
    return *this;
}

// Leaves ok_ false where the next item is of another type, cut short or not in its shortest form.
std::uint64_t CborReader::head(unsigned major) {
    if (!ok_ || at_ >= bytes_.size()) {
        ok_ = false;
        return 0;
    }
    const auto first = static_cast<unsigned char>(bytes_[at_]);
    const unsigned additional = first & 31u;
    const int width = announced_width(additional);
    ok_ = first >> 5 == major && additional <= 27 &&
          bytes_.size() - at_ > static_cast<std::size_t>(width);
    if (!ok_) return 0;
    ++at_;
    std::uint64_t value = width == 0 ? additional : 0;
    for (int i = 0; i < width; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[at_++]);
    ok_ = width_of(value) == width;
    return ok_ ? value : 0;
}

std::size_t CborReader::array() {
    const std::uint64_t items = head(kArray);
    if (items > bytes_.size() - at_) ok_ = false;
    return ok_ ? static_cast<std::size_t>(items) : 0;
}

std::int64_t CborReader::number() {
    const bool negative =
        at_ < bytes_.size() && static_cast<unsigned char>(bytes_[at_]) >> 5 == kNegative;
    const std::uint64_t value = head(negative ? kNegative : kUnsigned);
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) ok_ = false;
    if (!ok_) return 0;
    return negative ? -static_cast<std::int64_t>(value) - 1 : static_cast<std::int64_t>(value);
}

std::string_view CborReader::string(unsigned major) {
    const std::uint64_t size = head(major);
    if (size > bytes_.size() - at_) ok_ = false;
    if (!ok_) return {};
    const std::string_view found = bytes_.substr(at_, static_cast<std::size_t>(size));
    at_ += found.size();
    return found;
}

std::string_view CborReader::text() {
    const std::string_view found = string(kText);
    if (!is_utf8(found)) ok_ = false;
    return ok_ ? found : std::string_view{};
}

std::string_view CborReader::bytes() {
    return string(kBytes);
}

bool CborReader::boolean() {
    const std::uint64_t value = head(kSimple);
    if (value != kTrue && value != kFalse) ok_ = false;
    return ok_ && value == kTrue;
}

bool CborReader::null() {
    if (!ok_ || at_ >= bytes_.size()) return false;
    if (static_cast<unsigned char>(bytes_[at_]) != (kSimple << 5 | kNull)) return false;
    ++at_;
    return true;
}

}  // namespace bordereau::storage
