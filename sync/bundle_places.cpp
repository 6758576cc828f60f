#include "sync/bundle_places.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include "storage/crypto/hash.h"

namespace bordereau::sync {
namespace {

namespace fs = std::filesystem;

// A stick may hold a great many files of others.
constexpr std::size_t kMostEntriesSeen = 100'000, kMostFiles = 20'000;

fs::path without_part_number(const fs::path& file) {
    return is_of_series(file) ? fs::path{file}.replace_extension() : file;
}

bool is_bundle_name(const fs::path& file) {
    const std::string name = without_part_number(file).filename().string();
    return name.ends_with(kBundleEnding) || name.ends_with(kReceiptEnding);
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code code;
    std::size_t seen = 0;
    for (fs::directory_iterator at{folder, code}, end; !code && at != end; at.increment(code)) {
        if (++seen > kMostEntriesSeen || files.size() == kMostFiles) break;
        files.push_back(at->path());
    }
    std::ranges::sort(files);
    return files;
}

// The file, and the other parts of its series.
void add_series(const fs::path& file, std::set<fs::path>& files) {
    files.insert(file);
    if (!is_of_series(file)) return;
    const fs::path base = without_part_number(file);
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    for (const fs::path& other : files_in(folder))
        if (is_of_series(other) && other.filename().stem() == base.filename())
            files.insert(file.has_parent_path() ? other : other.filename());
}

std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        const bool kept =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (kept)
            plain += c;
        else if (!plain.empty() && plain.back() != '-')
            plain += '-';
    }
    constexpr std::size_t kLongest = 40;
    plain.resize(std::min(plain.size(), kLongest));
    while (plain.ends_with('-')) plain.pop_back();
    return plain.empty() ? "laptop" : plain;
}

}  // namespace

bool are_bundles(const std::vector<std::string>& paths) {
    return !paths.empty() && std::ranges::all_of(paths, [](const std::string& path) {
        return is_bundle_name(fs::path{path});
    });
}

std::vector<fs::path> FoundBundle::files() const {
    std::vector<fs::path> files;
    for (const BundlePart& part : parts) files.push_back(part.path);
    return files;
}

bool is_receipt(const fs::path& file) {
    return file.filename().string().ends_with(kReceiptEnding);
}

FoundBundles gather_bundles(const std::vector<fs::path>& places) {
    std::set<fs::path> files;
    for (const fs::path& place : places) {
        std::error_code code;
        if (!fs::is_directory(place, code)) {
            add_series(place, files);
            continue;
        }
        for (const fs::path& file : files_in(place))
            if (is_bundle_name(file)) files.insert(file);
    }
    FoundBundles found;
    std::map<std::string, std::size_t> by_id;
    for (const fs::path& file : files) {
        auto part = BundleParts::open_part(file);
        if (!part) {
            found.unread.push_back({file, part.error()});
            continue;
        }
        const auto [at, is_new] = by_id.emplace(part->head.id, found.bundles.size());
        if (is_new) found.bundles.emplace_back();
        auto& parts = found.bundles[at->second].parts;
        const bool known = std::ranges::any_of(parts, [&](const BundlePart& one) {
            return one.head.number == part->head.number && one.length >= part->length;
        });
        if (!known) parts.push_back(*std::move(part));
    }
    std::stable_partition(
        found.bundles.begin(), found.bundles.end(),
        [](const FoundBundle& bundle) { return !is_receipt(bundle.parts.front().path); });
    return found;
}

fs::path bundle_file_at(const fs::path& place, std::string_view laptop, std::int64_t number) {
    std::error_code code;
    if (fs::is_directory(place, code))
        return place /
               (plain_name(laptop) + "-" + std::to_string(number) + std::string{kBundleEnding});
    return place.string().ends_with(kBundleEnding) ? place : fs::path{place}.concat(kBundleEnding);
}

fs::path receipt_file_of(const fs::path& bundle, std::string_view id, std::string_view public_key) {
    constexpr std::size_t kShown = 8;
    const std::string tag = storage::crypto::short_name(std::string{id}.append(public_key));
    fs::path file = without_part_number(bundle);
    file += "." + tag.substr(0, kShown);
    file += kReceiptEnding;
    return file;
}

}  // namespace bordereau::sync
