// tests/bench/bundle_bench.cpp - what writing and reading a bundle costs, as ratios against the
// same bytes compressed with zstd, sealed with XChaCha20-Poly1305, and written to the same disk.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "storage/base/time.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/random.h"
#include "storage/crypto/seal.h"
#include "storage/files.h"
#include "storage/journal/compress.h"
#include "sync/bundle_reader.h"
#include "tests/bench/measure.h"
#include "tests/support/parties.h"

namespace bordereau::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 5;
constexpr int kChangesets = 10'000;
constexpr std::size_t kSize = 4'096;

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

double best_ms(const std::function<void()>& work) {
    double best = 1e12;
    for (int round = 0; round < kRounds; ++round) {
        best = std::min(best, millis(work));
    }
    return best;
}

// Changesets are compressed inside: half of each here is random, half is words.
std::vector<storage::StoredChangeset> changesets() {
    std::vector<storage::StoredChangeset> all;
    const Entropy entropy = seeded_entropy(3);
    for (int i = 0; i < kChangesets; ++i) {
        std::string bytes(kSize, 'a');
        entropy({reinterpret_cast<std::uint8_t*>(bytes.data()), kSize / 2});
        all.push_back({{{std::string(32, '1')}, storage::kCommonLane}, i + 1, std::move(bytes)});
    }
    return all;
}

sync::Holdings holdings_of(const std::vector<storage::StoredChangeset>& all) {
    return {[&all]() -> Result<storage::VersionVector> {
                return storage::VersionVector{
                    {all.front().chain, {static_cast<std::int64_t>(all.size()), 0}}};
            },
            [&all](const storage::VersionVector& theirs,
                   std::size_t bytes) -> Result<std::vector<storage::StoredChangeset>> {
                const auto known = theirs.find(all.front().chain);
                std::vector<storage::StoredChangeset> some;
                auto at =
                    known == theirs.end() ? 0 : static_cast<std::size_t>(known->second.number);
                for (std::size_t size = 0; at < all.size() && size < bytes; ++at) {
                    some.push_back(all[at]);
                    size += all[at].bytes.size();
                }
                return some;
            },
            [](std::span<const std::string> some) -> Result<std::vector<storage::Receipt>> {
                return std::vector<storage::Receipt>(some.size());
            }};
}

// The floor: the same bytes in pieces of the same size.
void write_floor(const std::vector<storage::StoredChangeset>& all, const fs::path& file,
                 const storage::crypto::Secret& key, std::vector<std::size_t>& sizes) {
    sizes.clear();
    auto out = want(storage::NewFile::begin(fs::path{file}.concat(".new")));
    std::string piece;
    const auto put = [&] {
        const std::string sealed =
            storage::crypto::seal_numbered(key, sizes.size(), "floor", storage::compressed(piece));
        sizes.push_back(sealed.size());
        want(out.add(sealed));
        piece.clear();
    };
    for (const auto& one : all) {
        piece += one.bytes;
        if (piece.size() >= sync::kBlockBytes) put();
    }
    put();
    want(std::move(out).commit(file));
}

std::size_t read_floor(const fs::path& file, const storage::crypto::Secret& key,
                       const std::vector<std::size_t>& sizes) {
    std::ifstream in{file, std::ios::binary};
    std::size_t read = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        std::string sealed(sizes[i], '\0');
        in.read(sealed.data(), static_cast<std::streamsize>(sealed.size()));
        const auto packed = want(storage::crypto::open_numbered(key, i, "floor", sealed));
        read += want(storage::expanded(packed, sync::kMostPlain)).size();
    }
    return read;
}

void print(const char* what, double floor, double ours, const char* unit, double wanted) {
    std::printf("%-36s %12.1f %12.1f %-4s %6.2f  (limit %.1f)\n", what, floor, ours, unit,
                ours / floor, wanted);
}

int run() {
    std::string name = (fs::temp_directory_path() / "bordereau-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return 1;
    const fs::path folder{name};
    const test::Pair keys;
    const auto all = changesets();
    const sync::BundleMaker maker{keys.team,        &keys.device,
                                  holdings_of(all), sync::no_blobs(),
                                  system_clock(),   storage::crypto::system_entropy()};
    sync::BundleOrder order;
    order.file = folder / "a.bordereau-bundle";
    order.receivers = [&](const LaneId&) -> Result<std::vector<std::string>> {
        return std::vector{keys.device.public_key(), keys.endpoint.public_key()};
    };
    sync::BundleMade made;
    const double writing = best_ms([&] { made = want(sync::write_bundle(maker, order, go_on)); });

    const auto key = storage::crypto::new_key(storage::crypto::system_entropy());
    std::vector<std::size_t> sizes;
    const fs::path floor = folder / "floor";
    const double floor_writing = best_ms([&] { write_floor(all, floor, key, sizes); });
    const double floor_reading = best_ms([&] { read_floor(floor, key, sizes); });

    const sync::BundleTaker taker{keys.team,
                                  &keys.endpoint,
                                  holdings_of(all),
                                  sync::no_blobs(),
                                  [](std::string_view) -> Result<bool> { return true; },
                                  false,
                                  [](const sync::BundleReceipt&) { return done(); }};
    const double reading = best_ms([&] {
        std::vector<sync::BundlePart> parts;
        parts.push_back(want(sync::BundleParts::open_part(made.files.front())));
        auto bundle = want(sync::BundleParts::of(std::move(parts)));
        want(bundle.find_blocks(go_on));
        want(sync::take_bundle(bundle, taker, go_on));
    });
    std::printf("%d changesets of %zu bytes\n%-36s %12s %12s\n", kChangesets, kSize, "", "floor",
                "ours");
    // Ours reads everything back before it says that it is done.
    print("write, read back", floor_writing + floor_reading, writing, "ms", 2.0);
    print("read", floor_reading, reading, "ms", 2.5);
    print("size", static_cast<double>(fs::file_size(floor)), static_cast<double>(made.bytes), "B",
          1.1);
    fs::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace bordereau::bench

int main() {
    return bordereau::bench::run();
}
