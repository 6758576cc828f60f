// Selects over lists of 50,000 rows: loading, filtering, and what rows of a repeat share.
#include <cstdlib>
#include <string_view>
#include <unordered_map>

#include "tests/bench/form_steps.h"
#include "tests/bench/timing.h"

namespace bordereau::bench {
namespace {

using namespace form;

/// The rows of the file by district, as a program written for this one file would keep them.
class BareList {
public:
    explicit BareList(std::string_view csv) {
        while (!csv.empty()) {
            const auto end = std::min(csv.find('\n'), csv.size());
            add(csv.substr(0, end));
            csv.remove_prefix(std::min(end + 1, csv.size()));
        }
    }
    std::vector<Choice> in(const std::string& district) const {
        std::vector<Choice> found;
        for (const auto row : by_district_.at(district))
            found.push_back({rows_[row][0], rows_[row][1], {}});
        return found;
    }

private:
    void add(std::string_view line) {
        std::vector<std::string> cells;
        for (std::size_t at = 0; at <= line.size();) {
            const auto end = std::min(line.find(',', at), line.size());
            cells.emplace_back(line.substr(at, end - at));
            at = end + 1;
        }
        by_district_[cells[2]].push_back(rows_.size());
        rows_.push_back(std::move(cells));
    }

    std::vector<std::vector<std::string>> rows_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_district_;
};

Element element_at(const Session& session, std::string_view path) {
    const auto node = session.find(path);
    for (const auto& element : session.elements())
        if (element.node == node) return element;
    std::exit(1);
}

/// Answers a question, then asks a select for its list: what a person waits for.
double list_ms(Session& session, const char* question, const char* answer, const char* select) {
    const auto element = element_at(session, select);
    const auto node = session.find(question);
    std::size_t count = 0;
    const double taken = once_ms([&] {
        session.answer(node, answer);
        count = session.choices(element).size();
    });
    if (count == 0) std::exit(1);
    return taken;
}

void bench_filters(Figures& figures, const LoadedForm& loaded, double floor) {
    auto session = Session::start(loaded.form, environment());
    session.answer(session.find("/data/region"), "r7");
    const auto list = [&](const char* question, const char* answer, const char* select) {
        return list_ms(session, question, answer, select);
    };
    figures.line("lists", "first filter", list("/data/district", "d7", "/data/place"), floor, 1);
    figures.line("lists", "next filter", list("/data/district", "d27", "/data/place"), floor, 1);
    figures.line("lists", "first filter, two columns",
                 list("/data/district", "d47", "/data/strict"), floor, 1);
    figures.line("lists", "next filter, two columns", list("/data/district", "d67", "/data/strict"),
                 floor, 1);
    figures.line("lists", "first filter, selected()",
                 list("/data/districts", "d7 d27 d47", "/data/several"), 3 * floor, 1);
    figures.line("lists", "next filter, selected()",
                 list("/data/districts", "d67 d87", "/data/several"), 2 * floor, 1);
}

void bench_shared(Figures& figures, const LoadedForm& loaded) {
    constexpr int kVisits = 100;
    auto session = Session::start(loaded.form, environment());
    session.answer(session.find("/data/region"), "r7");
    session.answer(session.find("/data/district"), "d7");
    for (int at = 0; at < kVisits; ++at) (void)session.add_repeat(session.find("/data/visit"));
    figures.line("lists", "whole list, first", once_ms([&] {
                     (void)session.choices(element_at(session, "/data/visit[1]/any"));
                 }));
    const auto before = heap_bytes();
    const double all = once_ms([&] {
        for (const auto& element : session.elements())
            if (element.kind == ElementKind::question) (void)session.choices(element);
    });
    figures.line("lists", "all lists of 100 rows", all);
    figures.note("lists", "heap for the lists of a row",
                 static_cast<double>(heap_bytes() - before) / kVisits / 1024, 16, "KB");
}

}  // namespace

void bench_lists(Figures& figures, const std::filesystem::path& folder) {
    const auto xml = read_bytes(folder / "lists.xml"), csv = read_bytes(folder / "places.csv");
    LoadedForm loaded;
    const double loading = best_ms(5, [&] { loaded = load(xml, folder); });
    BareList bare{csv};
    const double floor = best_ms(5, [&] { bare = BareList{csv}; });
    figures.line("lists", "load", loading, floor, 150);
    bench_filters(figures, loaded, best_ms(99, [&] { (void)bare.in("d7"); }));
    bench_shared(figures, loaded);
}

}  // namespace bordereau::bench
