// tests/bench/storage_bench.cpp - what durability, signatures and folds cost, as ratios against
// floors measured in the same run. Usage: bordereau_storage_bench [answers] [audits] [folder]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assets/assets.h"
#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sign.h"
#include "storage/journal/changeset.h"
#include "storage/journal/compress.h"
#include "storage/notebook.h"
#include "tests/bench/measure.h"

namespace bordereau::bench {
namespace {

namespace fs = std::filesystem;
using namespace storage;

constexpr int kAnswersPerAudit = 120;
constexpr const char* kPassphrase = "bench";

void print_ratio(const char* what, double floor, double ours, const char* unit) {
    std::printf("%-44s %12.1f %12.1f %-8s %6.2f\n", what, floor, ours, unit, ours / floor);
}

Surroundings machine() {
    return {system_clock(), crypto::system_entropy(), crypto::least_cost()};
}

std::string value_of(int question, int audit) {
    if (question % 10 == 0)
        return "Officers of shift " + std::to_string(audit * 31 % 97) + " told us that step " +
               std::to_string(question) + " is written down since " +
               std::to_string(1990 + (audit * 7 + question) % 36);
    return std::to_string((audit * 13 + question * 7) % 5);
}

std::string path_of(int question) {
    return "/grpa_main/section_" + std::to_string(question / 12) + "/question_" +
           std::to_string(question);
}

// One after the other in turn, so that both see the same disk. The ratio of the medians.
double durable_answers(Notebook& notebook, const fs::path& folder, int count) {
    const crypto::Secret key = crypto::new_key(crypto::system_entropy());
    auto bare = want(sqlite::Database::open(folder / "bare.db", key));
    want(bare.run_script("CREATE TABLE bare(id INTEGER PRIMARY KEY, body BLOB) STRICT"));
    const AuditId audit = want(Audits{notebook}.create({"grpa_main"}, "1", "Bench"));
    Answers answers{notebook};
    want(answers.load(audit));
    std::vector<double> floor, ours;
    for (int i = 0; i < count; ++i) {
        const std::string value = value_of(i % kAnswersPerAudit, i);
        floor.push_back(1000 * millis([&] {
                            want(
                                bare.run("INSERT INTO bare(body) VALUES (?)", sqlite::Blob{value}));
                        }));
        ours.push_back(1000 * millis([&] {
                           want(answers.record(audit, path_of(i % kAnswersPerAudit), value));
                       }));
    }
    print_ratio("answer durable, median", percentile(floor, 0.5), percentile(ours, 0.5), "us");
    print_ratio("answer durable, 99th percentile", percentile(floor, 0.99), percentile(ours, 0.99),
                "us");
    want(notebook.journal().seal_all());
    return percentile(ours, 0.5) / percentile(floor, 0.5);
}

// The first answers of the worked sample, as path and value.
std::vector<std::pair<std::string, std::string>> sample_answers(std::size_t count) {
    std::vector<std::pair<std::string, std::string>> answers;
    std::string_view rest = assets::find("samples/grpa_main.tsv").value_or("");
    while (!rest.empty() && answers.size() < count) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::size_t tab = line.find('\t');
        if (!line.starts_with('#') && tab != line.npos)
            answers.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
    return answers;
}

// What one audit takes in the log, against its paths and values compressed by themselves.
void log_of_an_audit(Notebook& notebook) {
    Audits list{notebook};
    const AuditId audit = want(list.create({"grpa_main"}, "1", "Bench"));
    Answers answers{notebook};
    std::string bare;
    for (const auto& [path, value] : sample_answers(140)) {
        want(answers.record(audit, path, value));
        bare += path + "\t" + value + "\n";
    }
    want(list.finalize(audit));
    auto row = notebook.database().query(
        "SELECT sum(length(c.bytes)) FROM changeset c JOIN audit_source s"
        " USING (device, lane, number) WHERE s.audit = ?",
        audit.text);
    if (row.next())
        print_ratio("log of an audit of 140 answers", static_cast<double>(compressed(bare).size()),
                    static_cast<double>(row.number(0)), "bytes");
}

// Audits as a year of work leaves them: recorded in one transaction each, then sealed.
std::size_t fill(Notebook& notebook, int audits) {
    std::size_t bytes = 0;
    sqlite::Database& db = notebook.database();
    want(db.run_script("PRAGMA synchronous = OFF"));
    for (int i = 0; i < audits; ++i) {
        Audits list{notebook};
        const AuditId audit = want(list.create({"grpa_main"}, "1", "Audit " + std::to_string(i)));
        want(
            list.label(audit, "Audit of post " + std::to_string(i % 300), std::to_string(i % 300)));
        auto open = want(sqlite::Transaction::begin(db));
        Answers answers{notebook};
        for (int question = 0; question < kAnswersPerAudit; ++question) {
            const std::string value = value_of(question, i);
            bytes += path_of(question).size() + value.size();
            want(answers.record(audit, path_of(question), value));
        }
        want(std::move(open).commit());
        want(list.finalize(audit));
    }
    want(db.run_script("PRAGMA synchronous = FULL"));
    return bytes;
}

void signatures(Notebook& notebook) {
    std::vector<std::string> log;
    for (const auto& changeset : want(notebook.journal().missing({}, std::size_t{1} << 40)))
        log.push_back(want(expand_changeset(changeset.bytes)).plain());
    const auto& public_key = notebook.device_key().public_key();
    const double floor =
        1000 * busy_millis([&] {
            for (const std::string& bytes : log)
                if (crypto::verify(bytes.substr(0, 64),
                                   "bordereau changeset" + crypto::digest(bytes.substr(64)),
                                   public_key) == false)
                    std::exit(1);
        });
    const double ours = 1000 * busy_millis([&] {
                            if (want(notebook.journal().verify())) std::exit(1);
                        });
    print_ratio("verify the log, against signatures alone", floor / 1000, ours / 1000, "ms");
}

void sizes(Notebook& notebook, std::size_t answers) {
    want(notebook.database().run_script("PRAGMA wal_checkpoint(TRUNCATE)"));
    const double file = static_cast<double>(fs::file_size(notebook.folder() / "notebook.db"));
    print_ratio("notebook, against paths and values", static_cast<double>(answers) / 1e6,
                file / 1e6, "MB");
}

int run(int count, int audits, const fs::path& folder) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    std::printf("%-44s %12s %12s %-8s %6s\n", "", "floor", "ours", "", "ratio");
    auto notebook = want(Notebook::create(folder / "notebook",
                                          {"bench", kPassphrase, "Bench", "laptop"}, machine()));
    log_of_an_audit(notebook);
    const double small = durable_answers(notebook, folder, count);
    std::size_t answers = 0;
    const double filling = 1000 * busy_millis([&] { answers = fill(notebook, audits); });
    std::printf("%-44s %12s %12.0f audits/s\n", "recorded, finalized and sealed", "",
                audits / filling * 1e6);
    const double large = durable_answers(notebook, folder / "notebook", count);
    std::printf("%-44s %12.2f %12.2f %-8s %6.2f\n", "answer durable, with so many audits", small,
                large, "", large / small);
    signatures(notebook);
    const double rebuilding = 1000 * busy_millis([&] { want(notebook.journal().rebuild()); });
    std::printf("%-44s %12s %12.0f changes/s\n", "rebuild", "",
                audits * (kAnswersPerAudit + 3.0) / rebuilding * 1e6);
    sizes(notebook, answers);
    const double opening = 1000 * busy_millis([&] {
                               const Notebook second = want(notebook.connect());
                               want(Audits{notebook}.list({}));
                           });
    std::printf("%-44s %12s %12.2f ms\n", "connect and list", "", opening / 1000);
    fs::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace bordereau::bench

int main(int count, char** arguments) {
    const int answers = count > 1 ? std::atoi(arguments[1]) : 2000;
    const int audits = count > 2 ? std::atoi(arguments[2]) : 2000;
    const std::filesystem::path folder =
        count > 3 ? arguments[3] : std::filesystem::temp_directory_path() / "bordereau-bench";
    return bordereau::bench::run(answers, audits, folder);
}
