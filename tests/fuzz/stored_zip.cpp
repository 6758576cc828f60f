#include "tests/fuzz/stored_zip.h"

#include <cstdint>

namespace bordereau::form::fuzz {
namespace {

// APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
constexpr std::uint32_t kLocalMark = 0x04034b50, kCentralMark = 0x02014b50, kEndMark = 0x06054b50;

std::uint32_t crc32(const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
    }
    return ~crc;
}

void put(std::string& out, std::size_t number, int bytes) {
    for (int i = 0; i < bytes; ++i, number >>= 8) out += static_cast<char>(number & 0xFF);
}

// What the local header and the central directory have in common.
void put_description(std::string& out, const std::string& name, const std::string& bytes) {
    put(out, 10, 2);  // version needed
    put(out, 0, 2);   // flags
    put(out, 0, 2);   // stored
    put(out, 0, 4);   // time and date
    put(out, crc32(bytes), 4);
    put(out, bytes.size(), 4);
    put(out, bytes.size(), 4);
    put(out, name.size(), 2);
    put(out, 0, 2);  // extra field
}

}  // namespace

std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
    std::string out, directory;
    for (const auto& [name, bytes] : parts) {
        put(directory, kCentralMark, 4);
        put(directory, 10, 2);  // version made by
        put_description(directory, name, bytes);
        put(directory, 0, 10);  // comment, disk, attributes
        put(directory, out.size(), 4);
        directory += name;
        put(out, kLocalMark, 4);
        put_description(out, name, bytes);
        out += name + bytes;
    }
    const std::size_t start = out.size();
    out += directory;
    put(out, kEndMark, 4);
    put(out, 0, 4);  // disks
    put(out, parts.size(), 2);
    put(out, parts.size(), 2);
    put(out, directory.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);  // comment
    return out;
}

}  // namespace bordereau::form::fuzz
