// Any bytes as what somebody brought on a stick: as a whole file, and as each of the pieces in it,
// past the signatures and seals that keep most damage from them.
// Seeds: tests/data/fuzz/bundle, a small bundle and pieces of it, made with the keys used here.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/check.h"
#include "sync/bundle_reader.h"
#include "tests/support/parties.h"

namespace {

using namespace bordereau;
using storage::crypto::SigningKey;

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

const test::Pair& parties() {
    static const test::Pair both;
    return both;
}

// What comes out must be what was put in.
sync::Holdings checking() {
    return {[]() -> Result<storage::VersionVector> { return storage::VersionVector{}; },
            [](const storage::VersionVector&,
               std::size_t) -> Result<std::vector<storage::StoredChangeset>> {
                return std::vector<storage::StoredChangeset>{};
            },
            [](std::span<const std::string> all) -> Result<std::vector<storage::Receipt>> {
                for (const std::string& bytes : all)
                    check(bytes.starts_with("changeset "), "only what was put in comes out");
                return std::vector<storage::Receipt>(all.size());
            }};
}

void read_as_file(std::string_view bytes) {
    const int descriptor = memfd_create("bundle", MFD_CLOEXEC);
    if (descriptor < 0) return;
    if (write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())) {
        auto part = sync::BundleParts::open_part("/proc/self/fd/" + std::to_string(descriptor));
        std::vector<sync::BundlePart> parts;
        if (part) parts.push_back(*std::move(part));
        auto bundle = parts.empty() ? Result<sync::BundleParts>{Error{ErrorCode::corrupt, ""}}
                                    : sync::BundleParts::of(std::move(parts));
        if (bundle && bundle->find_blocks(go_on)) {
            const sync::BundleTaker taker{parties().team,
                                          &parties().endpoint,
                                          checking(),
                                          sync::no_blobs(),
                                          [](std::string_view) -> Result<bool> { return true; },
                                          false,
                                          [](const sync::BundleReceipt&) { return done(); }};
            static_cast<void>(sync::take_bundle(*bundle, taker, go_on));
        }
    }
    close(descriptor);
}

std::string signed_by_maker(std::string_view domain, std::string_view payload) {
    std::string bytes{payload};
    return bytes += parties().device.sign(std::string{domain}.append(payload));
}

// As if a member had meant it so.
void read_as_pieces(std::string_view bytes) {
    if (const auto content = sync::decode_block_content(bytes))
        check(sync::encode(*content) == bytes, "one content has one form");
    static_cast<void>(sync::decode_bundle_header(signed_by_maker("bordereau bundle 1", bytes)));
    static_cast<void>(sync::decode_bundle_receipt(signed_by_maker("bordereau receipt 1", bytes)));
    static_cast<void>(sync::decode_part_head(bytes));
    static_cast<void>(sync::read_frame_head(std::string(sync::kBundleIdSize, 'i'), bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    read_as_file(bytes);
    read_as_pieces(bytes);
    return 0;
}
