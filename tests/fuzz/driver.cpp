// Runs a fuzz target without libFuzzer: all seeds as they are, then a fixed number of rounds of
// damaged ones. The same rounds on every machine, so that a failure can be repeated:
//   bordereau_xpath_fuzz ROUNDS FOLDER...       bordereau_xpath_fuzz 0 FILE
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kLongest = 64u << 10;

// SplitMix64: the same numbers everywhere, unlike the distributions of <random>.
class Numbers {
public:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

private:
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    std::uint64_t state_ = 7;
};

using Seeds = std::vector<std::string>;

void add_seed(const std::filesystem::path& path, Seeds& seeds) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    seeds.push_back(out.str().substr(0, kLongest));
}

// In order of their names, since the order of a folder differs between machines.
Seeds read_seeds(const std::filesystem::path& path) {
    Seeds seeds;
    if (!std::filesystem::is_directory(path)) {
        add_seed(path, seeds);
        return seeds;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{path})
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& file : files) add_seed(file, seeds);
    return seeds;
}

std::string piece_of(const std::string& text, Numbers& numbers) {
    if (text.empty()) return {};
    return text.substr(numbers.below(text.size()), 1 + numbers.below(32));
}

void damage(std::string& text, const Seeds& seeds, Numbers& numbers) {
    const std::size_t at = numbers.below(text.size() + 1);
    const std::size_t length = 1 + numbers.below(8);
    switch (numbers.below(6)) {
        case 0:
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << numbers.below(8)));
            break;
        case 1:
            if (at < text.size()) text[at] = static_cast<char>(numbers.below(256));
            break;
        case 2: text.erase(at, length); break;
        case 3: text.insert(at, text.substr(at, length * 4)); break;
        case 4: text.insert(at, piece_of(text, numbers)); break;
        default: text.insert(at, piece_of(seeds[numbers.below(seeds.size())], numbers)); break;
    }
}

void run(const std::string& text) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::cerr << "usage: " << arguments[0] << " ROUNDS FOLDER\n";
        return 2;
    }
    const Seeds seeds = read_seeds(arguments[2]);
    if (seeds.empty()) {
        std::cerr << "there are no seeds in " << arguments[2] << "\n";
        return 1;
    }
    for (const std::string& seed : seeds) run(seed);
    Numbers numbers;
    const int rounds = std::atoi(arguments[1]);
    for (int round = 0; round < rounds; ++round) {
        std::string text = seeds[numbers.below(seeds.size())];
        for (std::size_t times = 1 + numbers.below(6); times > 0; --times)
            damage(text, seeds, numbers);
        run(text.substr(0, kLongest));
    }
    std::cout << seeds.size() << " seeds, " << rounds << " rounds\n";
    return 0;
}
