// sync/bundling.h - bundles between a notebook and a stick: what goes into one and for whom, what
// comes out of one, and the receipts that travel back. The bytes are bundle_writer.h's and
// bundle_reader.h's matter.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "sync/bundle_reader.h"
#include "sync/bundle_writer.h"

namespace bordereau::storage {
class ChangesetStore;
class KeptFiles;
class Notebook;
}  // namespace bordereau::storage

namespace bordereau::sync {

constexpr std::string_view kBundleEnding = ".bordereau-bundle";
constexpr std::string_view kReceiptEnding = ".receipt";

struct BundleExport {
    std::filesystem::path place;  ///< a file, or a folder in which it gets a name of its own
    std::optional<DeviceId> to;   ///< this device only, and only what it lacks as far as is known
    bool since_receipt = false;   ///< leave out what every receiver has said that it holds
    std::uint64_t part_size = 0;  ///< 0: as large as the file system takes
};

/// Seals what may travel, looks for receipts where the bundle will lie, and writes it. Errors as
/// write_bundle(); refused: nobody else is known who may hold anything.
Result<BundleMade> export_bundle(storage::Notebook& notebook, const BundleExport& asked,
                                 const GoingOn& going_on);

/// Whether these files are all named as bundles and receipts are; false for none.
bool are_bundles(const std::vector<std::string>& paths);

/// One bundle that was read.
struct BundleImported {
    BundleTaken taken;
    std::vector<std::filesystem::path> files;
    std::filesystem::path receipt;  ///< written beside it; empty: could not be, or need not
};

/// A file that is none of a bundle's, or of which nothing can be told.
struct UnreadFile {
    std::filesystem::path file;
    Error error;
};

struct Imported {
    std::vector<BundleImported> bundles;
    std::vector<UnreadFile> unread;
};

/// Takes in all bundles and receipts there. Errors of one bundle stand beside the others where they
/// are about its bytes; those of the notebook (full, io) and cancelled end it.
Result<Imported> import_bundles(storage::Notebook& notebook,
                                const std::vector<std::filesystem::path>& places,
                                const GoingOn& going_on);

/// What anybody can say of a bundle.
struct BundleLook {
    BundleHeader header;
    std::vector<std::filesystem::path> files;
    std::uint64_t bytes = 0;
    std::size_t blocks = 0, damaged = 0;
    bool ended = false;  ///< its end is here and signed
    std::vector<std::uint32_t> missing_parts;
};

struct BundleLooks {
    std::vector<BundleLook> bundles;
    std::vector<UnreadFile> unread;
};

/// Reads every byte; opens nothing. cancelled.
Result<BundleLooks> inspect_bundles(const std::vector<std::filesystem::path>& places,
                                    const GoingOn& going_on);

/// An endpoint's side: all its teams. Both must outlive it.
struct CentralSide {
    storage::ChangesetStore& store;
    storage::KeptFiles* files = nullptr;  ///< null: none are kept, those in bundles are passed over
    Clock clock;
    Entropy entropy;
};

/// refused, as BundleRefusal, stands in each bundle.
Result<Imported> import_bundles(const CentralSide& central,
                                const std::vector<std::filesystem::path>& places,
                                const GoingOn& going_on);
/// not_found: no team of this name.
Result<BundleMade> export_bundle(const CentralSide& central, std::string_view team,
                                 const BundleExport& asked, const GoingOn& going_on);

}  // namespace bordereau::sync
