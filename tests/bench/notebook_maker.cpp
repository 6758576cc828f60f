// tests/bench/notebook_maker.cpp - makes a large notebook to measure with, or to look at:
//   bordereau_notebook_maker FOLDER [--audits N] [--drafts N] [--seed S]
// Opens with login "amina" and passphrase "a long and quiet river".
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/desk/desk.h"
#include "storage/crypto/random.h"
#include "tests/support/large_notebook.h"

namespace bordereau::bench {
namespace {

constexpr const char* kLogin = "amina";
constexpr const char* kPassphrase = "a long and quiet river";

struct Options {
    std::filesystem::path folder;
    test::LargeNotebook wanted;
};

int usage() {
    std::fprintf(stderr,
                 "usage: bordereau_notebook_maker FOLDER [--audits N] [--drafts N] [--seed S]\n");
    return 64;
}

bool read(int count, char** arguments, Options& options) {
    options.wanted.audits = 100'000;
    options.wanted.drafts = 100;
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        if (!name.starts_with("--") && options.folder.empty()) {
            options.folder = name;
            continue;
        }
        if (i + 1 == count) return false;
        const auto number = std::strtoull(arguments[++i], nullptr, 10);
        if (name == "--audits")
            options.wanted.audits = number;
        else if (name == "--drafts")
            options.wanted.drafts = number;
        else if (name == "--seed")
            options.wanted.seed = number;
        else
            return false;
    }
    return !options.folder.empty();
}

int fail(const Error& error) {
    std::fprintf(stderr, "notebook_maker: %s\n", error.detail.c_str());
    return 1;
}

void print(const test::MadeNotebook& made, double seconds, const std::filesystem::path& folder) {
    std::printf("%lld audits, %lld changes, %lld answers in %lld changesets\n",
                static_cast<long long>(made.audits), static_cast<long long>(made.changes),
                static_cast<long long>(made.answers), static_cast<long long>(made.changesets));
    std::printf("%.0f s: %.0f audits/s, %.0f changes/s\n", seconds,
                static_cast<double>(made.audits) / seconds,
                static_cast<double>(made.changes) / seconds);
    std::printf("answers: %.1f MB of values, %.1f MB of paths; other texts %.1f MB; file %.1f MB\n",
                static_cast<double>(made.value_bytes) / 1e6,
                static_cast<double>(made.path_bytes) / 1e6,
                static_cast<double>(made.other_bytes) / 1e6,
                static_cast<double>(std::filesystem::file_size(folder / "notebook.db")) / 1e6);
}

// For whoever measures: bytes of values, of paths, of other texts; answers; changesets. Beside the
// folder.
bool note(const test::MadeNotebook& made, const std::filesystem::path& folder) {
    std::ofstream file{folder.string() + ".made"};
    file << made.value_bytes << ' ' << made.path_bytes << ' ' << made.other_bytes << ' '
         << made.answers << ' ' << made.changesets << '\n';
    return static_cast<bool>(file.flush());
}

// The clock stands, so that a seed always gives the same stamps.
int run(Options options) {
    const Clock clock = fixed_clock(Millis{1'772'900'000'000}, 60);
    app::Services services{clock, seeded_entropy(options.wanted.seed),
                           storage::crypto::least_cost(), "laptop"};
    auto desk = app::Desk::create(options.folder, {kLogin, kPassphrase, "Bench", "laptop"},
                                  std::move(services));
    if (!desk) return fail(desk.error());
    const auto forms = (*desk)->forms().list();
    if (!forms) return fail(forms.error());
    for (const auto& form : *forms) options.wanted.versions[form.id.text] = form.version;
    options.wanted.progress = [](std::size_t audits) {
        std::fprintf(stderr, "\r%zu audits", audits);
    };
    const auto begin = std::chrono::steady_clock::now();
    const auto made = test::fill((*desk)->notebook(), options.wanted);
    if (!made) return fail(made.error());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::fprintf(stderr, "\n");
    print(*made, took.count(), options.folder);
    return note(*made, options.folder) ? 0 : 1;
}

}  // namespace
}  // namespace bordereau::bench

int main(int count, char** arguments) {
    bordereau::bench::Options options;
    if (!bordereau::bench::read(count, arguments, options)) return bordereau::bench::usage();
    return bordereau::bench::run(std::move(options));
}
