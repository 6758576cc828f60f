// tests/form/corpus.h - runs families of recorded cases, and keeps the list of those that may fail.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/form/player.h"

namespace bordereau::form::test {

/// The folder of recorded behaviour beside the repository; the tests skip where it is absent.
std::filesystem::path corpus_folder();
std::string read_text(const std::filesystem::path& file);

/// Passed, failed and skipped by family; failures that are not in the list count as errors.
class Tally {
public:
    /// `list` is a file of tests/data/forms: "case id <tab> reason" per line.
    explicit Tally(std::string_view list);
    void passed(const std::string& family, const std::string& id);
    void failed(const std::string& family, const std::string& id, const std::string& difference);
    void skipped(const std::string& family) { ++counts_[family].skipped; }
    /// Prints the table and gives the failures that nobody has explained.
    std::vector<std::string> report(std::string_view title) const;

private:
    struct Counts {
        int passed = 0, failed = 0, skipped = 0;
    };
    std::map<std::string, std::string> reasons_;
    std::map<std::string, Counts> counts_;
    std::vector<std::string> unexplained_;
    std::vector<std::string> needless_;
};

}  // namespace bordereau::form::test
