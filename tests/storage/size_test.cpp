// What a record costs on disk and on the way.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <vector>

#include "assets/assets.h"
#include "storage/journal/compress.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::want;

constexpr std::size_t kAnswers = 140;

struct Given {
    std::string path, value;
};

// The worked sample of the main form, line by line: a path, a tab, a value.
std::vector<Given> sample_answers() {
    const auto file = assets::find("samples/grpa_main.tsv");
    REQUIRE(file.has_value());
    std::vector<Given> answers;
    for (std::string_view rest = *file; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::size_t tab = line.find('\t');
        if (line.starts_with('#') || tab == line.npos) continue;
        answers.push_back({std::string{line.substr(0, tab)}, std::string{line.substr(tab + 1)}});
    }
    REQUIRE(answers.size() >= kAnswers);
    answers.resize(kAnswers);
    return answers;
}

std::int64_t bytes_of_log(const Notebook& notebook, const AuditId& audit) {
    auto row = notebook.database().query(
        "SELECT sum(length(c.bytes)) FROM changeset c JOIN audit_source s"
        " USING (device, lane, number) WHERE s.audit = ?",
        audit.text);
    REQUIRE(row.next());
    return row.number(0);
}

}  // namespace

TEST_CASE("the log of an audit of 140 answers is at most 1.6 times its answers compressed",
          "[size]") {
    const test::TemporaryFolder folder;
    test::TestClock clock;
    Notebook notebook = test::new_notebook(folder.path() / "n", 1, clock);
    const AuditId audit = want(Audits{notebook}.create({"grpa_main"}, "2026.1", "North gate"));
    Answers answers{notebook};
    std::string bare;
    std::mt19937 dice{140};
    for (const Given& given : sample_answers()) {
        *clock.now += dice() % 60'000;  // people think: times do not compress
        want(answers.record(audit, given.path, given.value));
        bare += given.path + "\t" + given.value + "\n";
    }
    want(Audits{notebook}.label(audit, "North gate, spring", "N1"));
    want(Audits{notebook}.finalize(audit));
    const auto floor = static_cast<double>(compressed(bare).size());
    const auto ours = static_cast<double>(bytes_of_log(notebook, audit));
    INFO(ours << " bytes of log, " << floor << " bytes of compressed answers");
    CHECK(ours / floor <= 1.6);
}

}  // namespace bordereau::storage
