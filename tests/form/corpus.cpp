#include "tests/form/corpus.h"

#include <cstdio>
#include <fstream>
#include <sstream>

namespace bordereau::form::test {

std::filesystem::path corpus_folder() {
    return std::filesystem::path{BORDEREAU_SOURCE_DIR} / "../shared/conformance";
}

std::string read_text(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

Tally::Tally(std::string_view list) {
    std::istringstream lines{
        read_text(std::filesystem::path{BORDEREAU_SOURCE_DIR} / "tests/data/forms" / list)};
    for (std::string line; std::getline(lines, line);) {
        const auto tab = line.find('\t');
        if (line.empty() || line.front() == '#' || tab == std::string::npos) continue;
        reasons_[line.substr(0, tab)] = line.substr(tab + 1);
    }
}

void Tally::passed(const std::string& family, const std::string& id) {
    ++counts_[family].passed;
    if (reasons_.contains(id)) needless_.push_back(id);
}

void Tally::failed(const std::string& family, const std::string& id,
                   const std::string& difference) {
    ++counts_[family].failed;
    if (!reasons_.contains(id)) unexplained_.push_back(id + "\t" + difference);
}

std::vector<std::string> Tally::report(std::string_view title) const {
    Counts all;
    std::printf("\n%.*s\n%8s%8s%8s\n", static_cast<int>(title.size()), title.data(), "passed",
                "failed", "skipped");
    for (const auto& [family, counts] : counts_) {
        std::printf("%8d%8d%8d  %s\n", counts.passed, counts.failed, counts.skipped,
                    family.c_str());
        all.passed += counts.passed;
        all.failed += counts.failed;
        all.skipped += counts.skipped;
    }
    std::printf("%8d%8d%8d  all, %.1f %% of those run\n", all.passed, all.failed, all.skipped,
                100.0 * all.passed / std::max(1, all.passed + all.failed));
    for (const auto& id : needless_) std::printf("passes now:\t%s\n", id.c_str());
    for (const auto& failure : unexplained_) std::printf("unexplained:\t%s\n", failure.c_str());
    return unexplained_;
}

}  // namespace bordereau::form::test
