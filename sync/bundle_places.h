// sync/bundle_places.h - bundles as files on a stick: which files belong together, and what a new
// one is called.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sync/bundling.h"

namespace bordereau::sync {

/// The parts of one bundle that were found.
struct FoundBundle {
    std::vector<BundlePart> parts;
    std::vector<std::filesystem::path> files() const;
};

struct FoundBundles {
    std::vector<FoundBundle> bundles;  ///< as their first files were named; receipts last
    std::vector<UnreadFile> unread;
};

/// In folders only files are looked at whose names are those of bundles and receipts; a file that
/// was named itself brings the other parts of its series along.
FoundBundles gather_bundles(const std::vector<std::filesystem::path>& places);

bool is_receipt(const std::filesystem::path& file);

/// Where a bundle goes that is to lie at `place`: the file itself, with the bundles' ending; in a
/// folder, a name made of the laptop's and the bundle's number.
std::filesystem::path bundle_file_at(const std::filesystem::path& place, std::string_view laptop,
                                     std::int64_t number);

/// Where this device's receipt for a bundle lies.
std::filesystem::path receipt_file_of(const std::filesystem::path& bundle, std::string_view id,
                                      std::string_view public_key);

}  // namespace bordereau::sync
