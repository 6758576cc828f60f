// sync/bundle_stream.h - writes the files of one bundle: a stream of blocks cut into parts no
// larger than the file system takes. Nothing has its name before all of it was read back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"
#include "storage/files.h"
#include "sync/bundle_format.h"
#include "sync/bundle_parts.h"

namespace bordereau::sync {

constexpr std::uint32_t kMostParts = 500;  ///< of one bundle
/// One file, however large.
constexpr std::uint64_t kOneFile = std::uint64_t{1} << 62;

/// The largest file that a folder's file system takes: 4 GiB - 1 on a FAT32 stick.
std::uint64_t largest_file_in(const std::filesystem::path& folder);

class BundleStream {
public:
    /// `header` is the signed header's bytes. invalid: parts of `part_size` are too small for it.
    static Result<BundleStream> begin(std::filesystem::path file, std::string id,
                                      std::string header, std::uint64_t part_size);

    /// Appends one block. full: no space.
    Status add(const BlockPlace& place, std::string_view sealed);
    /// Appends the end, closes and flushes the last part.
    Status finish(const storage::crypto::SigningKey& maker);
    /// Reads all back from the disk. corrupt: it is not what was written.
    Status read_back(const GoingOn& going_on) const;
    /// Gives the files their names, durably: `file`, or `file`.001 and so on. What was left there
    /// of an older bundle of this name goes.
    Result<std::vector<std::filesystem::path>> take_place() &&;

    std::uint64_t written() const { return written_; }

private:
    BundleStream(std::filesystem::path file, std::string id, std::string header,
                 std::uint64_t capacity)
        : file_(std::move(file)),
          id_(std::move(id)),
          header_(std::move(header)),
          capacity_(capacity) {}

    Status begin_part();
    Status close_part();
    Status append(std::string_view bytes);  ///< to the stream
    Status append_aligned(std::string head, std::string_view bytes);
    Status write(std::string_view bytes);  ///< to the last part's file
    PartHead head_of_part() const;
    std::filesystem::path name_of(std::size_t part) const;

    std::filesystem::path file_;
    std::string id_, header_;
    std::uint64_t capacity_;  ///< of the stream, in one part
    std::vector<storage::NewFile> parts_;
    std::vector<BlockRecord> blocks_;
    std::uint64_t stream_ = 0, in_part_ = 0, part_offset_ = 0, written_ = 0;
};

}  // namespace bordereau::sync
