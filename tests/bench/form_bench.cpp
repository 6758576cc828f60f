// What the form engine costs on the forms of make_forms: loading, answering, rows of repeats, long
// lists, large records. Prints a table; decides nothing.
//   bordereau_form_bench FORMS [RECORDED [ENGINE.tsv ...]]
#include <cstdio>

#include "tests/bench/form_steps.h"

int main(int count, char** arguments) {
    using namespace bordereau::bench;
    if (count < 2) {
        std::fprintf(stderr, "usage: bordereau_form_bench FORMS [RECORDED [ENGINE.tsv ...]]\n");
        return 2;
    }
    const std::filesystem::path folder{arguments[1]};
    std::vector<std::string> engines;
    for (int at = 3; at < count; ++at) engines.emplace_back(arguments[at]);
    Figures figures{count > 2 ? read_engine_figures(arguments[2]) : EngineFigures{}, engines};
    bench_chained(figures, folder, 1000);
    bench_chained(figures, folder, 5000);
    for (const char* step : {"load", "start", "answer all", "validate"})
        figures.note("chained", "5,000 against 1,000: " + std::string{step},
                     figures.ours("chained_5000", step) / figures.ours("chained_1000", step), 6,
                     "times");
    for (const int rows : {10, 100, 1000}) bench_rows(figures, folder, "repeats", rows);
    for (const char* step : {"add one", "answer one"})
        figures.note("repeats", "1,000 rows against 10: " + std::string{step},
                     figures.ours("repeats_1000", step) / figures.ours("repeats_10", step), 1.3,
                     "times");
    // With a sum over all rows, what depends on an answer grows with them.
    for (const int rows : {10, 1000}) bench_rows(figures, folder, "totals", rows);
    bench_lists(figures, folder);
    bench_survey(figures, folder);
    bench_large_record(figures, folder);
    std::printf(
        "* JavaRosa 5.1, warm, recorded elsewhere on a machine with 2 cores: no ratio of this "
        "run\n");
    return 0;
}
