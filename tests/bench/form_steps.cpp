#include "tests/bench/form_steps.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <pugixml.hpp>
#include <unordered_map>

#include "tests/bench/timing.h"

namespace bordereau::bench {
namespace {

using namespace form;

/// Answers kept by path and summed, with no rule looked at: the least that recording them takes.
class BareRecord {
public:
    explicit BareRecord(int questions) : values_(static_cast<std::size_t>(questions) * 2) {
        for (int at = 1; at <= questions; ++at)
            places_["/data/q" + std::to_string(at)] = static_cast<std::size_t>(at - 1) * 2;
    }
    void answer(const std::string& path, const char* text) {
        const auto at = places_.at(path);
        values_[at] = text;
        const double before = at < 2 ? 0 : std::strtod(values_[at - 2].c_str(), nullptr);
        values_[at + 1] = std::to_string(std::strtod(text, nullptr) + before);
    }
    int too_large() const {
        int count = 0;
        for (std::size_t at = 0; at < values_.size(); at += 2)
            count += std::strtod(values_[at].c_str(), nullptr) < 1000 ? 0 : 1;
        return count;
    }

private:
    std::unordered_map<std::string, std::size_t> places_;
    std::vector<std::string> values_;
};

void answer_chain(Session& session, int questions) {
    for (int at = 1; at <= questions; ++at)
        session.answer(session.find("/data/q" + std::to_string(at)), "5");
}

/// The first choice, or a text that fits, for each question as it comes into sight.
void answer_survey(Session& session) {
    for (std::size_t at = 0; at < session.elements().size(); ++at) {
        const Element element = session.elements()[at];
        if (element.kind != ElementKind::question) continue;
        const auto& choices = session.choices(element);
        if (choices.empty())
            session.answer(element.node, element.widget == Widget::integer ? "7" : "some words");
        else
            session.answer(element.node, choices.front().value);
    }
}

}  // namespace

std::string read_bytes(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (bytes.empty()) {
        std::fprintf(stderr, "bench: %s is not there; tests/bench/make_forms writes it\n",
                     file.c_str());
        std::exit(1);
    }
    return bytes;
}

LoadedForm load(const std::string& xml, const std::filesystem::path& folder) {
    const Resources files = [&folder](std::string_view name) -> Result<std::string> {
        return read_bytes(folder / name);
    };
    auto loaded = load_xform(xml, files);
    for (const auto& finding : loaded.diagnostics)
        std::fprintf(stderr, "bench: %s\n", to_text(finding).c_str());
    if (!loaded.form) std::exit(1);
    return loaded;
}

Environment environment() {
    Environment made;
    made.clock = fixed_clock(0);
    made.entropy = seeded_entropy(1);
    return made;
}

double parse_floor_ms(const std::string& xml) {
    return best_ms(9, [&] {
        pugi::xml_document document;
        if (!document.load_buffer(xml.data(), xml.size())) std::exit(1);
    });
}

void bench_chained(Figures& figures, const std::filesystem::path& folder, int questions) {
    const auto name = "chained_" + std::to_string(questions);
    const auto xml = read_bytes(folder / (name + ".xml"));
    LoadedForm loaded;
    const double loading = best_ms(9, [&] { loaded = load(xml, folder); });
    figures.line(name, "load", loading, parse_floor_ms(xml), questions == 1000 ? 5.6 : 0);
    auto session = Session::start(loaded.form, environment());
    BareRecord bare{questions};
    const auto restart = [&] { session = Session::start(loaded.form, environment()); };
    figures.line(name, "start", best_ms(9, restart),
                 best_ms(9, [&] { bare = BareRecord{questions}; }));
    const double floor = best_ms(9, [&] {
        for (int at = 1; at <= questions; ++at) bare.answer("/data/q" + std::to_string(at), "5");
    });
    figures.line(name, "answer all", best_ms(7, restart, [&] { answer_chain(session, questions); }),
                 floor, questions == 1000 ? 6.1 : 0);
    const double one = best_ms(99, [&] {
        session.answer(session.find("/data/q500"), "6");
        session.answer(session.find("/data/q500"), "5");
    });
    figures.line(name, "answer one", one / 2);
    const auto judge = [&] { (void)session.problems(); };
    figures.line(name, "validate", best_ms(9, judge), best_ms(9, [&] {
                     if (bare.too_large() != 0) std::exit(1);
                 }));
}

void bench_survey(Figures& figures, const std::filesystem::path& folder) {
    const auto xml = read_bytes(folder / "survey.xml");
    LoadedForm loaded;
    const double floor = parse_floor_ms(xml);
    figures.line("survey", "load", best_ms(9, [&] { loaded = load(xml, folder); }), floor);
    const double ready = best_ms(9, [&] {
        loaded = load(xml, folder);
        auto session = Session::start(loaded.form, environment());
        for (const auto& element : session.elements()) (void)session.label(element);
    });
    figures.line("survey", "ready to fill", ready, floor, 20);
    auto session = Session::start(loaded.form, environment());
    const double answers = best_ms(
        7, [&] { session = Session::start(loaded.form, environment()); },
        [&] { answer_survey(session); });
    figures.line("survey", "answer all", answers);
    figures.line("survey", "validate", best_ms(9, [&] { (void)session.problems(); }));
    figures.line("survey", "language", best_ms(9, [&] {
                     session.set_language("French (fr)");
                     for (const auto& element : session.elements()) (void)session.label(element);
                     session.set_language("English (en)");
                 }));
}

}  // namespace bordereau::bench
