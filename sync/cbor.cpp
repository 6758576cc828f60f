#include "sync/cbor.h"

#include "storage/base/text.h"

namespace bordereau::sync {
namespace {

constexpr std::uint8_t kNumber = 0, kBytes = 2, kText = 3, kArray = 4;
constexpr std::uint8_t kOneByteFollows = 24;

// How many bytes the argument of a head takes beyond its first byte: 0, 1, 2, 4 or 8.
std::size_t width_of(std::uint64_t argument) {
    if (argument < kOneByteFollows) return 0;
    if (argument <= 0xFF) return 1;
    if (argument <= 0xFFFF) return 2;
    return argument <= 0xFFFFFFFF ? 4 : 8;
}

}  // namespace

void CborWriter::head(std::uint8_t major, std::uint64_t argument) {
    const std::size_t width = width_of(argument);
    std::uint8_t low = static_cast<std::uint8_t>(argument);
    if (width > 0) {
        low = kOneByteFollows;
        for (std::size_t w = width; w > 1; w /= 2) ++low;
    }
    out_ += static_cast<char>((major << 5) | low);
    for (std::size_t i = width; i > 0; --i) out_ += static_cast<char>(argument >> (8 * (i - 1)));
}

CborWriter& CborWriter::array(std::size_t count) {
    head(kArray, count);
    return *this;
}

CborWriter& CborWriter::number(std::uint64_t value) {
    head(kNumber, value);
    return *this;
}

CborWriter& CborWriter::bytes(std::string_view value) {
    head(kBytes, value.size());
    out_ += value;
    return *this;
}

CborWriter& CborWriter::text(std::string_view utf8) {
    head(kText, utf8.size());
    out_ += utf8;
    return *this;
}

void CborReader::fail() {
    failed_ = true;
    rest_ = {};
}

std::uint64_t CborReader::head(std::uint8_t major, std::uint64_t most) {
    if (rest_.empty() || static_cast<unsigned char>(rest_[0]) >> 5 != major) return fail(), 0;
    const std::uint8_t low = static_cast<unsigned char>(rest_[0]) & 0x1F;
    rest_.remove_prefix(1);
    std::uint64_t argument = low;
    if (low >= kOneByteFollows) {
        const std::size_t width = std::size_t{1} << (low - kOneByteFollows);
        if (low > kOneByteFollows + 3 || rest_.size() < width) return fail(), 0;
        argument = 0;
        for (const char byte : rest_.substr(0, width))
            argument = (argument << 8) | static_cast<unsigned char>(byte);
        rest_.remove_prefix(width);
        if (width_of(argument) != width) return fail(), 0;  // a shorter head would have done
    }
    if (argument > most) return fail(), 0;
    return argument;
}

std::string_view CborReader::string(std::uint8_t major, std::size_t most) {
    const std::uint64_t length = head(major, most);
    if (length > rest_.size()) fail();
    if (failed_) return {};
    const std::string_view value = rest_.substr(0, static_cast<std::size_t>(length));
    rest_.remove_prefix(value.size());
    return value;
}

std::size_t CborReader::array(std::size_t most) {
    return static_cast<std::size_t>(head(kArray, most));
}

void CborReader::array_of(std::size_t exactly) {
    if (array(exactly) != exactly) fail();
}

std::uint64_t CborReader::number(std::uint64_t most) {
    return head(kNumber, most);
}

std::string_view CborReader::bytes(std::size_t most) {
    return string(kBytes, most);
}

std::string_view CborReader::bytes_of(std::size_t exactly) {
    const std::string_view value = bytes(exactly);
    if (value.size() != exactly) fail();
    return failed_ ? std::string_view{} : value;
}

std::string_view CborReader::text(std::size_t most) {
    const std::string_view value = string(kText, most);
    if (!is_utf8(value)) fail();
    return failed_ ? std::string_view{} : value;
}

Status CborReader::finish() const {
    if (failed_) return Error{ErrorCode::corrupt, "a message does not follow the protocol"};
    if (!rest_.empty()) return Error{ErrorCode::corrupt, "a message has bytes left over"};
    return done();
}

}  // namespace bordereau::sync
