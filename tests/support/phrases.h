// tests/support/phrases.h - plausible words of auditors in the six languages, by chance and seed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bordereau::test {

/// Repeatable numbers: SplitMix64 of G. Steele et al. (2014). The standard library's distributions
/// differ between implementations; these do not.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    int between(int least, int most) {
        return least + static_cast<int>(below(static_cast<std::size_t>(most - least + 1)));
    }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class All>
    const auto& one_of(const All& all) {
        return all[below(all.size())];
    }

private:
    std::uint64_t state_;
};

/// "en", "fr", "es", "ru", "ar", "zh".
std::span<const std::string_view> phrase_languages();

/// One sentence with a name, a place or a number in it. An unknown language gives English.
std::string sentence(Chance& chance, std::string_view language);

/// A border post of one of 300, always the same for one number.
std::string unit_name(std::size_t number);
/// Its code, as a form stores it.
std::string unit_code(std::size_t number);

}  // namespace bordereau::test
