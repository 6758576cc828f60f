// Many rows of a repeat: what one more costs, what it holds in memory, and the whole record.
#include <cstdlib>

#include "tests/bench/form_steps.h"
#include "tests/bench/timing.h"

namespace bordereau::bench {
namespace {

using namespace form;

constexpr int kQuestions = 50;

void add_rows(Session& session, int rows) {
    for (int at = 0; at < rows; ++at) (void)session.add_repeat(session.find("/data/row"));
}

void answer_row(Session& session, int row, const char* text) {
    const auto path = "/data/row[" + std::to_string(row) + "]/q";
    for (int at = 1; at <= kQuestions; ++at)
        session.answer(session.find(path + std::to_string(at)), text);
}

Session filled(const LoadedForm& loaded, int rows) {
    auto session = Session::start(loaded.form, environment());
    add_rows(session, rows);
    for (int row = 1; row <= rows; ++row) answer_row(session, row, "5");
    return session;
}

void memory_of(Figures& figures, const std::string& name, const LoadedForm& loaded, int rows) {
    auto session = Session::start(loaded.form, environment());
    const auto before = heap_bytes();
    add_rows(session, rows);
    const auto questions = static_cast<double>(rows * kQuestions);
    const auto bytes = static_cast<double>(heap_bytes() - before);
    figures.note(name, "heap for each empty question", bytes / questions, 1024, "bytes");
    (void)session.take_entries();
    (void)session.elements();
    const auto shown = static_cast<double>(heap_bytes() - before);
    figures.note(name, "the same with its elements listed", shown / questions, 1024, "bytes");
}

}  // namespace

void bench_rows(Figures& figures, const std::filesystem::path& folder, const std::string& form,
                int rows) {
    const auto name = form + "_" + std::to_string(rows);
    const auto loaded = load(read_bytes(folder / (form + ".xml")), folder);
    auto session = Session::start(loaded.form, environment());
    const auto restart = [&] { session = Session::start(loaded.form, environment()); };
    const int rounds = rows > 100 ? 3 : 9;
    const double add = best_ms(rounds, restart, [&] { add_rows(session, rows); });
    figures.line(name, "add all", add);
    figures.line(name, "add one", add / rows);
    const double all = best_ms(1, [&] {
        for (int row = 1; row <= rows; ++row) answer_row(session, row, "5");
    });
    figures.line(name, "answer all", all);
    // The middle row: those behind it must not matter either.
    const double one = best_ms(49, [&] {
        answer_row(session, rows / 2, "6");
        answer_row(session, rows / 2, "5");
    });
    figures.line(name, "answer one", one / (2 * kQuestions));
    figures.line(name, "validate", best_ms(3, [&] { (void)session.problems(); }));
    if (rows == 1000) memory_of(figures, name, loaded, rows);
}

void bench_large_record(Figures& figures, const std::filesystem::path& folder) {
    const auto loaded = load(read_bytes(folder / "repeats.xml"), folder);
    for (const int rows : {200, 1000}) {
        const auto name = "record_" + std::to_string(rows * kQuestions);
        const auto session = filled(loaded, rows);
        std::vector<Entry> entries;
        figures.line(name, "save", best_ms(5, [&] { entries = session.all_entries(); }));
        figures.line(name, "resume", best_ms(5, [&] {
                         (void)Session::resume(loaded.form, entries, environment(),
                                               ResumeMode::edit);
                     }));
        std::string xml;
        figures.line(name, "submission", best_ms(5, [&] { xml = session.submission_xml(); }));
        figures.line(name, "load of a submission",
                     best_ms(5,
                             [&] {
                                 if (!Session::load_instance(loaded.form, xml, environment()))
                                     std::exit(1);
                             }),
                     parse_floor_ms(xml));
        figures.line(name, "leaves", best_ms(5, [&] { (void)session.leaves(); }));
    }
    for (const char* step : {"save", "resume", "submission", "load of a submission", "leaves"})
        figures.note("record", "50,000 entries against 10,000: " + std::string{step},
                     figures.ours("record_50000", step) / figures.ours("record_10000", step), 6,
                     "times");
}

}  // namespace bordereau::bench
