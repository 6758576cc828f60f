// tests/bench/large_bench.cpp - what a notebook of very many audits costs to open, to list and to
// search. Usage: bordereau_large_bench FOLDER (of bordereau_notebook_maker) [rounds]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/base/text.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sign.h"
#include "storage/keyring.h"
#include "storage/notebook.h"
#include "storage/search.h"
#include "tests/bench/measure.h"
#include "tests/support/large_notebook.h"
#include "tests/support/phrases.h"

namespace bordereau::bench {
namespace {

using namespace storage;

constexpr const char* kLogin = "amina";
constexpr const char* kPassphrase = "a long and quiet river";

class Figures {
public:
    explicit Figures(int rounds) : rounds_(rounds) {
        std::printf("%-52s %9s %9s %9s\n", "", "p50 ms", "p99 ms", "most ms");
    }
    /// The same question in each round, or another of its kind.
    void measure(const char* what, const std::function<void(test::Chance&)>& ask) {
        std::vector<double> times;
        for (int round = 0; round < rounds_; ++round)
            times.push_back(busy_millis([&] { ask(chance_); }));
        std::printf("%-52s %9.2f %9.2f %9.2f\n", what, percentile(times, 0.5),
                    percentile(times, 0.99), percentile(times, 1));
    }

private:
    int rounds_;
    test::Chance chance_{1};
};

AuditState any_state(test::Chance& chance) {
    return static_cast<AuditState>(chance.below(6));
}

FormId any_form(test::Chance& chance) {
    constexpr const char* kForms[] = {"grpa_main", "grpa_walk", "grpa_train"};
    return {kForms[chance.below(3)]};
}

void span_of_days(test::Chance& chance, const Notebook& notebook, AuditFilter& filter) {
    constexpr Millis kDay = Millis{24} * 60 * 60 * 1000;
    filter.changed_before = notebook.clock().now() - chance.between(0, 900) * kDay;
    filter.changed_from = filter.changed_before - chance.between(1, 200) * kDay;
}

/// Any combination of filters and any order, as people who look for something try.
AuditFilter any_filter(test::Chance& chance, const Notebook& notebook,
                       const std::vector<Person>& people) {
    AuditFilter filter;
    if (chance.one_in(2)) filter.state = any_state(chance);
    if (chance.one_in(3)) filter.form = any_form(chance);
    if (chance.one_in(3)) filter.created_by = people[chance.below(people.size())].id;
    if (chance.one_in(3)) filter.unit = test::unit_name(chance.below(300));
    if (chance.one_in(3)) span_of_days(chance, notebook, filter);
    filter.order = static_cast<AuditOrder>(chance.below(3));
    filter.limit = 100;
    return filter;
}

void lists(Notebook& notebook, Figures& figures) {
    const Audits audits{notebook};
    const auto people = want(People{notebook}.list());
    figures.measure("list, first page", [&](auto&) { want(audits.list({.limit = 100})); });
    figures.measure("list, one state", [&](auto& chance) {
        want(audits.list({.state = any_state(chance), .limit = 100}));
    });
    figures.measure("list, one unit", [&](auto& chance) {
        want(audits.list({.unit = test::unit_name(chance.below(300)), .limit = 100}));
    });
    figures.measure("list, by unit or state, a page in the middle", [&](auto& chance) {
        AuditFilter filter;
        filter.order = chance.one_in(2) ? AuditOrder::unit : AuditOrder::state;
        filter.after = AuditPlace{any_state(chance), test::unit_name(chance.below(300)),
                                  Stamp::at(notebook.clock().now() - Millis{40'000'000'000}), 0};
        filter.limit = 100;
        want(audits.list(filter));
    });
    figures.measure("list, days", [&](auto& chance) {
        AuditFilter filter;
        span_of_days(chance, notebook, filter);
        want(audits.list(filter));
    });
    figures.measure("list, any filters and order",
                    [&](auto& chance) { want(audits.list(any_filter(chance, notebook, people))); });
    figures.measure("count, any filters", [&](auto& chance) {
        want(audits.count(any_filter(chance, notebook, people)));
    });
    figures.measure("counts of all states", [&](auto&) { want(audits.count_by_state({})); });
}

// A word that people wrote, in any of the six languages.
std::string any_word(test::Chance& chance, const char* language = nullptr) {
    const auto languages = test::phrase_languages();
    while (true) {
        const auto words = search_words(test::sentence(
            chance, language ? language : languages[chance.below(languages.size())]));
        const std::string& word = words[chance.below(words.size())].text;
        if (word.size() > 1) return word;
    }
}

std::string beginning_of(const std::string& word, std::size_t length) {
    const std::u32string letters = to_utf32(word);
    return to_utf8(std::u32string_view{letters}.substr(0, length));
}

void searches(Notebook& notebook, Figures& figures) {
    Search search{notebook};
    const auto people = want(People{notebook}.list());
    const auto ask = [&](const std::string& typed, AuditFilter filter = {}) {
        filter.limit = 25;
        want(search.find({understand(typed, true), filter, {}}));
    };
    const double drafts = busy_millis([&] { ask(test::kRareWord); });
    std::printf("%-52s %9s %9.2f\n", "the first search, which reads the drafts", "", drafts);
    figures.measure("search, a word of one audit", [&](auto&) { ask(test::kRareWord); });
    figures.measure("search, a word", [&](auto& chance) { ask(any_word(chance) + " "); });
    figures.measure("search, a word of many titles", [&](auto&) { ask("crossing "); });
    figures.measure("search, two words of one language", [&](auto& chance) {
        ask(any_word(chance, "fr") + " " + any_word(chance, "fr") + " ");
    });
    figures.measure("search, a beginning of 1 to 4 letters", [&](auto& chance) {
        ask(beginning_of(any_word(chance), static_cast<std::size_t>(chance.between(1, 4))));
    });
    figures.measure("search, one or two Chinese signs", [&](auto& chance) {
        ask(beginning_of(any_word(chance, "zh"), static_cast<std::size_t>(chance.between(1, 2))));
    });
    figures.measure("search, a phrase", [&](auto& chance) {
        const std::string text = test::sentence(chance, "en");
        const auto words = search_words(text);
        const std::size_t at = chance.below(words.size() - 2);
        ask("\"" + words[at].text + " " + words[at + 1].text + "\"");
    });
    figures.measure("search, common words that are no phrase", [&](auto&) { ask("\"shift us\""); });
    figures.measure("search, one word but not another", [&](auto& chance) {
        ask(any_word(chance, "es") + " -" + any_word(chance, "es"));
    });
    figures.measure("search, a word and any filters", [&](auto& chance) {
        ask(any_word(chance) + " ", any_filter(chance, notebook, people));
    });
}

// Of tables and indexes by name; of the word index by its five tables together.
void sizes(Notebook& notebook, const std::filesystem::path& folder) {
    want(notebook.database().run_script("PRAGMA wal_checkpoint(TRUNCATE)"));
    const auto megabytes = [&](const char* sql) {
        auto row = notebook.database().query(sql);
        return row.next() ? static_cast<double>(row.number(0)) / 1e6 : 0.0;
    };
    std::printf("file %.1f MB, free pages %.1f MB\n",
                static_cast<double>(std::filesystem::file_size(folder / "notebook.db")) / 1e6,
                megabytes("SELECT freelist_count * 4096 FROM pragma_freelist_count"));
    std::printf("  changesets %.1f MB of content\n",
                megabytes("SELECT sum(length(bytes)) FROM changeset"));
    std::printf("  audit records %.1f MB of content\n",
                megabytes("SELECT sum(length(changes)) FROM audit_record"));
    std::printf("  word index %.1f MB of content\n",
                megabytes("SELECT (SELECT sum(length(block)) FROM search_body_data)"
                          " + (SELECT sum(length(block)) FROM search_title_data)"));
}

// Against what was answered and written besides, with a signature for each changeset: paths and
// values bare, and as members of a JSON object ("path":"value",).
void size_ratio(const std::filesystem::path& folder) {
    double values = 0, paths = 0, others = 0, answers = 0, changesets = 0;
    std::ifstream made{folder.string() + ".made"};
    if (!(made >> values >> paths >> others >> answers >> changesets)) return;
    const double bare = values + paths + others + changesets * crypto::kSignatureSize;
    const auto file = static_cast<double>(std::filesystem::file_size(folder / "notebook.db"));
    std::printf("file against answers and signatures: %.2f bare (%.1f MB), %.2f as JSON\n",
                file / bare, bare / 1e6, file / (bare + 6 * answers));
}

// What the file would be if no page were partly empty.
void packed(Notebook& notebook, const std::filesystem::path& folder) {
    want(notebook.database().run_script("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"));
    std::printf("  packed %.1f MB\n",
                static_cast<double>(std::filesystem::file_size(folder / "notebook.db")) / 1e6);
}

// In turn, so that both see the same disk.
void durable_answers(Notebook& large, const std::filesystem::path& folder, int count) {
    const std::filesystem::path beside = folder.string() + ".small";
    std::filesystem::remove_all(beside);
    {
        Notebook small =
            want(Notebook::create(beside, {kLogin, kPassphrase, "Bench", "laptop"},
                                  {large.clock(), crypto::system_entropy(), crypto::least_cost()}));
        test::LargeNotebook hundred;
        hundred.audits = 100;
        want(test::fill(small, hundred));
        struct Side {
            Notebook& notebook;
            Answers answers{notebook};
            AuditId audit = want(Audits{notebook}.create({"grpa_main"}, "1", "Bench"));
            std::vector<double> times = {};
        };
        Side sides[] = {{small}, {large}};
        for (Side& side : sides) want(side.answers.load(side.audit));
        for (int i = 0; i < count; ++i)
            for (Side& side : sides)
                side.times.push_back(millis([&] {
                    want(side.answers.record(side.audit, "/grpa_main/q" + std::to_string(i % 120),
                                             "answer " + std::to_string(i)));
                }));
        std::printf(
            "an answer durable, with 100 audits and with these, median %.3f and %.3f ms: "
            "%.2f; p99 %.3f and %.3f ms\n",
            percentile(sides[0].times, 0.5), percentile(sides[1].times, 0.5),
            percentile(sides[1].times, 0.5) / percentile(sides[0].times, 0.5),
            percentile(sides[0].times, 0.99), percentile(sides[1].times, 0.99));
    }
    std::filesystem::remove_all(beside);
}

int run(const std::filesystem::path& folder, int rounds) {
    double deriving = 0;
    for (int i = 0; i < 3; ++i) {
        const auto keyring = want(Keyring::read(folder / "keys.json"));
        deriving = millis([&] { want(keyring.unlock(kLogin, kPassphrase)); });
    }
    const Clock clock = fixed_clock(Millis{1'772'900'000'000}, 60);
    const Surroundings around{clock, crypto::system_entropy(), crypto::least_cost()};
    std::optional<Notebook> notebook;
    const double opening = millis(
        [&] { notebook.emplace(want(Notebook::open(folder, kLogin, kPassphrase, around))); });
    const double first = millis([&] { want(Audits{*notebook}.list({.limit = 100})); });
    std::printf("open beyond the key's derivation %.1f ms, first list %.1f ms\n",
                opening - deriving, first);
    Figures figures{rounds};
    lists(*notebook, figures);
    Search search{*notebook};
    const auto due = want(search.waiting());
    const double indexing = millis([&] {
        while (want(search.catch_up(500)).left > 0) {
        }
    });
    if (due > 0)
        std::printf("indexed %ld audits and rows: %.0f a second\n", due,
                    static_cast<double>(due) / indexing * 1000);
    searches(*notebook, figures);
    durable_answers(*notebook, folder, rounds * 5);
    sizes(*notebook, folder);
    size_ratio(folder);
    packed(*notebook, folder);
    return 0;
}

}  // namespace
}  // namespace bordereau::bench

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "usage: bordereau_large_bench FOLDER [rounds]\n");
        return 64;
    }
    return bordereau::bench::run(arguments[1], count > 2 ? std::atoi(arguments[2]) : 200);
}
