// What the fill screen costs with a thousand questions in one section: presenting them, presenting
// them again after one answer, and a frame of each kind, drawn without a window. Rasterizing is not
// counted. A program of Catch2, since the windowless harness is.
//   BORDEREAU_BENCH_FORMS=FOLDER bordereau_fill_bench
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>

#include "app/present/fill.h"
#include "app/screens/fill_screen.h"
#include "tests/bench/form_steps.h"
#include "tests/bench/timing.h"
#include "tests/support/frames.h"

namespace bordereau::bench {
namespace {

using namespace app;

/// A section of a form, presented and drawn as the program does it.
struct Page {
    explicit Page(const std::string& file)
        : loaded(load(read_bytes(folder() / file), folder())),
          session(form::Session::start(loaded.form, environment())) {
        present_all();
    }

    static std::filesystem::path folder() {
        const char* named = std::getenv("BORDEREAU_BENCH_FORMS");
        REQUIRE(named != nullptr);
        return named;
    }

    void present_all() { show({}); }
    void present_again() { show(std::move(view.questions)); }

    void show(std::vector<QuestionView> before) {
        const auto sections = sections_of(session);
        view.sections = present_sections(session, sections, {});
        view.questions = present_rows({words, environment().clock}, session, sections.back(), {},
                                      true, std::move(before));
    }

    void draw(const text::Words& in) { draw_fill(view, ui, in, commands); }

    text::Words words = test::words_in(text::Language::en);
    form::LoadedForm loaded;
    form::Session session;
    FillView view{};
    FillUi ui{};
    Commands commands;
};

void print(const char* what, double ours, double floor, double wanted) {
    std::printf("%-44s %9.3f ms, an empty screen %.3f ms, wanted below %.2f\n", what, ours, floor,
                wanted);
}

double frame_ms(test::Frames& frames) {
    constexpr int kFrames = 20;
    frames.draw(5);
    return best_ms(9, [&] { frames.draw(kFrames); }) / kFrames;
}

}  // namespace

TEST_CASE("a section of a thousand questions", "[bench]") {
    Page page{"page.xml"};
    REQUIRE(page.view.questions.size() >= 1000);
    const double first = best_ms(5, [&] { page.present_all(); });
    const auto question = page.session.find("/data/page/q500");
    int answers = 0;
    const double again = best_ms(
        9, [&] { page.session.answer(question, std::to_string(++answers)); },
        [&] { page.present_again(); });
    std::printf("%-44s %9.3f ms\n", "rows of 1,000 questions presented", first);
    std::printf("%-44s %9.3f ms, against all anew %.2f\n", "the same after one answer", again,
                again / first);

    test::Frames empty{[] {}};
    const double floor = frame_ms(empty);
    test::Frames frames{[&] { page.draw(page.words); }};
    print("frame, 1,000 questions, still", frame_ms(frames), floor, 2);
    REQUIRE(page.ui.questions.rows.drawn > 5);
    double scrolled = 0;
    constexpr int kScrolls = 100;
    frames.draw(2);
    scrolled = once_ms([&] {
        for (int at = 0; at < kScrolls; ++at) frames.scroll(-3);
    });
    print("frames of a turn of the wheel", scrolled / kScrolls, floor, 2 * 2);
}

TEST_CASE("a list of 50,000 on the screen", "[bench]") {
    Page page{"lists.xml"};
    page.session.answer(page.session.find("/data/region"), "r7");
    page.session.answer(page.session.find("/data/district"), "d7");
    (void)page.session.add_repeat(page.session.find("/data/visit"));
    const double first = best_ms(3, [&] { page.present_all(); });
    const double again = best_ms(9, [&] { page.present_again(); });
    std::printf("%-44s %9.3f ms\n", "with a list of 50,000, presented", first);
    std::printf("%-44s %9.3f ms\n", "the same again", again);
}

}  // namespace bordereau::bench
