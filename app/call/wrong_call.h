// app/call/wrong_call.h - a program's words on its command line: read, or what was wrong with them
// in a sentence, with what to call instead.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bordereau::app::call {

/// Exit code of every program for a call that it does not understand. Nothing was done then.
constexpr int kWrongCall = 2;

/// Reads the call. The code to exit with, if that is all: help was printed, or what is wrong with
/// the call was said on standard error.
std::optional<int> read(CLI::App& app, int argc, const char* const* argv);

/// For an option that takes one of these words.
CLI::Validator one_of(std::vector<std::string> words);

/// The same for one that stands for a value.
template <class Value>
CLI::Validator one_of(const std::map<std::string, Value>& values) {
    std::vector<std::string> words;
    for (const auto& [word, value] : values) words.push_back(word);
    const CLI::Validator known = one_of(words);
    return CLI::Validator{[values, known](std::string& given) {
                              std::string wrong = known(given);
                              if (wrong.empty())
                                  given = std::to_string(static_cast<int>(values.at(given)));
                              return wrong;
                          },
                          {}};
}

}  // namespace bordereau::app::call
