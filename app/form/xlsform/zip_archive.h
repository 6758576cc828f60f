// app/form/xlsform/zip_archive.h - reads the parts of a zip archive held in memory.
// Never writes, never touches the disk; refuses archives that unpack into more than allowed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace bordereau::form::xlsform {

class ZipArchive {
public:
    /// What reading may cost; `ratio` counts for parts over 8 MiB only, since small ones of
    /// repeated text compress very well.
    struct Limits {
        std::size_t total_bytes;
        std::size_t ratio;
    };

    /// `bytes` must outlive the archive. corrupt: not a zip archive.
    static Result<ZipArchive> open(std::string_view bytes, Limits limits);

    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) noexcept;
    ~ZipArchive();

    /// One part, unpacked. not_found; refused: larger than the limits; corrupt: damaged.
    Result<std::string> read(const std::string& name);

private:
    struct Handle;
    ZipArchive(std::unique_ptr<Handle> handle, Limits limits);
    long long find(const std::string& name) const;  ///< index of a part; negative if there is none

    std::unique_ptr<Handle> handle_;
    Limits limits_;
    std::size_t read_bytes_ = 0;
};

}  // namespace bordereau::form::xlsform
