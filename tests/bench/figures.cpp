#include "tests/bench/figures.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace bordereau::bench {

EngineFigures read_engine_figures(const std::string& file) {
    EngineFigures figures;
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) {
        std::istringstream fields{line};
        std::string form, step;
        double milliseconds = 0;
        if (std::getline(fields, form, '\t') && std::getline(fields, step, '\t') &&
            fields >> milliseconds)
            figures[{form, step}] = milliseconds;
    }
    return figures;
}

Figures::Figures(EngineFigures recorded, const std::vector<std::string>& files)
    : recorded_(std::move(recorded)) {
    std::printf("%-14s %-26s %10s %10s %7s %9s", "form", "step", "ours ms", "floor ms", "ratio",
                "wanted ms");
    for (const auto& file : files) {
        engines_.emplace_back(std::filesystem::path{file}.stem().string(),
                              read_engine_figures(file));
        std::printf(" %14s %7s", (engines_.back().first + " ms").c_str(), "x ours");
    }
    std::printf(" %14s %7s\n", "recorded ms*", "x ours");
}

void Figures::print_engine(const EngineFigures& engine,
                           const std::pair<std::string, std::string>& key, double ours_ms) const {
    const auto found = engine.find(key);
    if (found == engine.end())
        std::printf(" %14s %7s", "-", "-");
    else
        std::printf(" %14.2f %7.1f", found->second, found->second / ours_ms);
}

void Figures::line(const std::string& form, const std::string& step, double ours_ms,
                   double floor_ms, double wanted_ms) {
    ours_[{form, step}] = ours_ms;
    std::printf("%-14s %-26s %10.4f", form.c_str(), step.c_str(), ours_ms);
    if (floor_ms > 0)
        std::printf(" %10.4f %7.2f", floor_ms, ours_ms / floor_ms);
    else
        std::printf(" %10s %7s", "-", "-");
    if (wanted_ms > 0)
        std::printf(" %9.2f", wanted_ms);
    else
        std::printf(" %9s", "-");
    for (const auto& [name, engine] : engines_) print_engine(engine, {form, step}, ours_ms);
    print_engine(recorded_, {form, step}, ours_ms);
    std::printf("\n");
    std::fflush(stdout);
}

void Figures::note(const std::string& form, const std::string& what, double value, double wanted,
                   const char* unit) {
    std::printf("%-14s %-37s %10.2f %s, wanted below %.2f\n", form.c_str(), what.c_str(), value,
                unit, wanted);
}

double Figures::ours(const std::string& form, const std::string& step) const {
    const auto found = ours_.find({form, step});
    return found == ours_.end() ? 0 : found->second;
}

}  // namespace bordereau::bench
