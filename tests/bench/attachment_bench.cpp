// tests/bench/attachment_bench.cpp - what keeping and reading a large file costs, as ratios against
// plain files on the same disk, and the memory it takes beyond the file itself.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "storage/attachments.h"
#include "storage/audits.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/random.h"
#include "storage/files.h"
#include "storage/notebook.h"
#include "tests/bench/measure.h"

namespace bordereau::bench {
namespace {

namespace fs = std::filesystem;
using namespace storage;

constexpr int kRounds = 7;
constexpr std::size_t kSize = std::size_t{32} << 20;

double middle(std::vector<double> all) {
    std::ranges::sort(all);
    return all[all.size() / 2];
}

// Kilobytes: the most this process has ever had resident, and what it has now.
long resident(const char* name) {
    std::ifstream in{"/proc/self/status"};
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name)) return std::atol(line.c_str() + std::string{name}.size() + 1);
    return 0;
}

void print(const char* what, double floor, double ours, const char* unit) {
    std::printf("%-44s %10.1f %10.1f %-4s %6.2f\n", what, floor, ours, unit, ours / floor);
}

// Another content each round, so that nothing is kept already.
std::string content(int round) {
    std::string bytes(kSize, '\0');
    auto state = static_cast<std::uint32_t>(round + 1);
    for (char& byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

void run(const fs::path& folder) {
    Notebook notebook =
        want(Notebook::create(folder / "notebook", {"bench", "bench", "Bench", "bench"},
                              {system_clock(), crypto::system_entropy(), crypto::least_cost()}));
    const AuditId audit = want(Audits{notebook}.create({"f"}, "1", "An audit"));
    Attachments attachments{notebook};
    std::vector<double> plain_write, put, plain_read, get;
    long extra = 0;
    for (int round = 0; round < kRounds; ++round) {
        const std::string bytes = content(round), name = "film " + std::to_string(round);
        const fs::path plain = folder / name;
        plain_write.push_back(millis([&] { want(replace_file(plain, bytes)); }));
        const long before = resident("VmRSS:");
        put.push_back(millis([&] { want(attachments.put(audit, name, "video/mp4", bytes)); }));
        if (round == 0) extra = resident("VmHWM:") - before;
        plain_read.push_back(millis([&] { want(read_file_within(plain, kSize)); }));
        get.push_back(millis([&] { want(attachments.get(audit, name)); }));
    }
    std::printf("%-44s %10s %10s %-4s %6s\n", "32 MB", "floor", "ours", "", "ratio");
    print("kept (a plain file written and flushed)", middle(plain_write), middle(put), "ms");
    print("read back and verified (a plain file read)", middle(plain_read), middle(get), "ms");
    std::printf("%-44s %10s %10.1f %-4s\n", "memory while keeping, beyond the file", "",
                static_cast<double>(extra) / 1024, "MB");
}

}  // namespace
}  // namespace bordereau::bench

int main() {
    const auto folder =
        std::filesystem::temp_directory_path() / ("bordereau-bench-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    bordereau::bench::run(folder);
    std::filesystem::remove_all(folder);
}
