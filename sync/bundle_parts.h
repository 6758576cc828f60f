// sync/bundle_parts.h - the files of one bundle as one stream of blocks, of which stretches may be
// missing or damaged. Reads; knows no key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/backup_file.h"
#include "storage/base/result.h"
#include "sync/bundle_format.h"

namespace bordereau::sync {

using storage::GoingOn;

/// An open file, read at places of one's choice.
class PlacedFile {
public:
    /// not_found: there is none, or it is no ordinary file; io.
    static Result<PlacedFile> open(const std::filesystem::path& file);
    PlacedFile(PlacedFile&& other) noexcept;
    PlacedFile& operator=(PlacedFile&& other) noexcept;
    ~PlacedFile();

    std::uint64_t size() const { return size_; }
    /// As many bytes as there are, up to `size`.
    Result<std::string> read(std::uint64_t offset, std::uint64_t size) const;

private:
    PlacedFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
    int descriptor_;
    std::uint64_t size_;
};

/// One file of a bundle.
struct BundlePart {
    std::filesystem::path path;
    PartHead head;
    std::uint64_t begin = 0;   ///< of its stretch of the stream, in the file
    std::uint64_t length = 0;  ///< of that stretch
    std::string header;        ///< the bytes of the bundle's header; empty where damaged
    std::optional<PlacedFile> file;
};

/// Where a block's sealed bytes lie in the stream.
struct FoundBlock {
    BlockPlace place;
    std::uint64_t offset = 0;
    std::string digest = {};  ///< as the bundle's end has it; empty where that is not known
};

/// Whether a file's name ends as those of a series do: ".001", ".002" ...
bool is_of_series(const std::filesystem::path& file);

/// Those parts of one bundle that are here.
class BundleParts {
public:
    /// corrupt: not one of a bundle's files, or nothing can be told of it; refused: of a newer
    /// program; not_found, io.
    static Result<BundlePart> open_part(const std::filesystem::path& file);

    /// `parts` of one bundle, at least one. corrupt: no part has a whole header.
    static Result<BundleParts> of(std::vector<BundlePart> parts);

    const BundleHeader& header() const { return header_; }
    const std::vector<BundlePart>& parts() const { return parts_; }
    std::uint64_t bytes() const;  ///< of the files

    /// Looks for the blocks. What their contents are worth is told by their seals.
    Status find_blocks(const GoingOn& going_on);
    const std::vector<FoundBlock>& blocks() const { return blocks_; }  ///< in order
    /// Whether the end is here and signed: then blocks() has every block that there ever was.
    bool ended() const { return ended_; }
    /// Numbers of parts that are not here, of those that can be told to be missing.
    std::vector<std::uint32_t> missing_parts() const;

    /// The sealed bytes of a block. corrupt: not here, or not those of the bundle's end.
    Result<std::string> read(const FoundBlock& block) const;

private:
    explicit BundleParts(std::vector<BundlePart> parts) : parts_(std::move(parts)) {}
    /// As many bytes as follow each other in the stream, up to `size`.
    Result<std::string> read(std::uint64_t offset, std::uint64_t size) const;
    /// Where the next block may begin: at or after `offset`.
    Result<std::uint64_t> next_frame(std::uint64_t offset) const;
    Status take_end(const FoundBlock& end);
    std::uint64_t stream_end() const;

    std::vector<BundlePart> parts_;  ///< by offset
    BundleHeader header_;
    std::string header_bytes_;
    std::vector<FoundBlock> blocks_;
    bool ended_ = false;
};

}  // namespace bordereau::sync
