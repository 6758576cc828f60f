// tests/bench/figures.h - figures of the form engine beside a floor of the same run and beside
// other engines: those that ran on this machine just now, and what JavaRosa took elsewhere.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bordereau::bench {

/// What one engine took, in milliseconds, by form and step: lines "form<TAB>step<TAB>milliseconds".
using EngineFigures = std::map<std::pair<std::string, std::string>, double>;

EngineFigures read_engine_figures(const std::string& file);

/// Prints a line for each step as it is measured.
class Figures {
public:
    /// `recorded`: JavaRosa's times on another machine. `files`: one of each engine that ran here.
    Figures(EngineFigures recorded, const std::vector<std::string>& files);

    /// A floor of 0: there is none. `wanted`: the limit in milliseconds; 0: none stated.
    void line(const std::string& form, const std::string& step, double ours_ms, double floor_ms = 0,
              double wanted_ms = 0);
    /// A ratio or a count that has a limit of its own.
    void note(const std::string& form, const std::string& what, double value, double wanted,
              const char* unit);
    double ours(const std::string& form, const std::string& step) const;

private:
    void print_engine(const EngineFigures& engine, const std::pair<std::string, std::string>& key,
                      double ours_ms) const;

    EngineFigures recorded_;
    std::vector<std::pair<std::string, EngineFigures>> engines_;
    EngineFigures ours_;
};

}  // namespace bordereau::bench
