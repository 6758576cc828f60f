// What stands beside an answer, and questions side by side.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "app/screens/fill_screen.h"
#include "app/screens/overview_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::test {

using namespace app;

namespace {

struct Filling {
    FillView view;
    FillUi ui;
    Stage stage;

    explicit Filling(FillView of, FramesOptions options = {})
        : view(std::move(of)),
          stage{
              [this](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); },
              options} {}
    QuestionView& row(std::size_t at) { return view.questions[at]; }
    void key(ImGuiKeyChord chord) {
        stage->key(static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_),
                   static_cast<ImGuiKey>(chord & ImGuiMod_Mask_));
        stage->draw(2);
    }
    std::string last_answer() {
        const auto answers = stage.asked_for<Answer>();
        return answers.empty() ? "" : answers.back().text;
    }
};

FillView with(QuestionView row) {
    FillView view = Samples{}.fill();
    view.questions = {std::move(row)};
    return view;
}

ImVec2 middle_of(const widgets::Item& item) {
    return {(item.min.x + item.max.x) / 2, (item.min.y + item.max.y) / 2};
}

}  // namespace

TEST_CASE("a copied answer says so in words and is confirmed by a button", "[screens][copying]") {
    Filling filling{Samples{}.fill_copied()};
    CHECK(filling.stage->shows("Copied, not confirmed: Unit audit, 4 March 2025"));
    filling.stage->click("Still true (Ctrl+K)");
    REQUIRE(filling.stage.asked_for<ConfirmCopied>().size() == 1);
    CHECK(filling.stage.asked_for<ConfirmCopied>()[0].questions ==
          std::vector<std::string>{"b_where"});
}

TEST_CASE("keys confirm and copy at the question that the keyboard is at", "[screens][copying]") {
    Filling filling{Samples{}.fill_copied()};
    filling.ui.questions.at = "b1";
    filling.key(ImGuiMod_Ctrl | ImGuiKey_K);
    REQUIRE(filling.stage.asked_for<ConfirmCopied>().size() == 1);
    CHECK(filling.stage.asked_for<ConfirmCopied>()[0].questions == std::vector<std::string>{"b1"});
    filling.key(ImGuiMod_Ctrl | ImGuiKey_D);
    CHECK(filling.stage.asked_for<CopyEarlier>().empty());  // nothing to copy there
    filling.ui.questions.at = "a_int_w";
    filling.key(ImGuiMod_Ctrl | ImGuiKey_D);
    REQUIRE(filling.stage.asked_for<CopyEarlier>().size() == 1);
    CHECK(filling.stage.asked_for<CopyEarlier>()[0].question == "a_int_w");
}

TEST_CASE("a note that the form asks for goes by the form's words and says when it is missing",
          "[screens][note]") {
    FillView view = Samples{}.fill();
    view.questions.resize(1);
    view.questions[0].note.clear();
    RemarkView remark;
    remark.label = "Why so many?";
    remark.required = true;
    remark.problem = AnswerProblem::required;
    view.questions[0].remark = std::make_shared<RemarkView>(remark);
    Filling filling{view};
    CHECK(filling.stage->shows("Why so many? *"));
    CHECK_FALSE(filling.stage->shows("This question must be answered."));
    filling.view.show_missing = true;
    filling.stage->draw(2);
    filling.stage->click("Why so many? *");
    filling.stage->draw(2);
    filling.stage->type("a festival ");
    REQUIRE_FALSE(filling.stage.asked_for<WriteNote>().empty());
    CHECK(filling.stage.asked_for<WriteNote>().back().text == "a festival ");
    // One that is closed is only read.
    remark.readonly = true;
    filling.view.questions[0].remark = std::make_shared<RemarkView>(remark);
    filling.ui = {};
    filling.stage->draw(2);
    CHECK_FALSE(filling.stage->shows("Why so many? *"));
}

TEST_CASE("what may be copied is offered for the section and at the question",
          "[screens][copying]") {
    Filling filling{Samples{}.fill_copied(), {.height = 2400}};
    filling.stage->click("copy_section");
    filling.stage->click("copy_earlier");
    const auto asked = filling.stage.asked_for<CopyEarlier>();
    REQUIRE(asked.size() == 2);
    CHECK(asked[0].what == CopyEarlier::What::section);
    CHECK(asked[1].what == CopyEarlier::What::question);
    filling.stage->click("confirm_section");
    CHECK(filling.stage.asked_for<ConfirmCopied>()[0].questions.empty());
}

TEST_CASE("the overview offers to copy all, and leads to what waits", "[screens][copying]") {
    OverviewView view = Samples{}.overview();
    view.copy.from = "Unit audit, 4 March 2025";
    view.problems = {{"/data/q", "Staff", "", "Women", AnswerProblem::unconfirmed, ""}};
    OverviewUi ui;
    Stage stage{
        [&](const text::Words& words, Commands& out) { draw_overview(view, ui, words, out); }};
    stage->click("copy_all");
    CHECK(stage.asked_for<CopyEarlier>().size() == 1);
    stage->click("Women");
    CHECK(stage.asked_for<OpenQuestion>()[0].question == "/data/q");
}

TEST_CASE("a note is written at its question and asked for when the box is left",
          "[screens][notes]") {
    Filling filling{with(Samples{}.fill_blocks().questions[4])};
    filling.stage->click("Add a note");
    filling.stage->fill("note_text", "Counted twice");
    filling.key(ImGuiKey_Tab);
    const auto notes = filling.stage.asked_for<WriteNote>();
    REQUIRE_FALSE(notes.empty());
    CHECK(notes.back().question == "i_rank");
    CHECK(notes.back().text == "Counted twice");
}

TEST_CASE("the box of a note closes when it is left, also where nothing stands in it",
          "[screens][notes]") {
    Filling filling{with(Samples{}.fill_blocks().questions[4])};
    filling.stage->click("Add a note");
    filling.stage->draw(3);
    REQUIRE(filling.stage->shows("note_text"));
    SECTION("nothing was typed") {}
    SECTION("it was emptied") {
        filling.stage->fill("note_text", "Counted ");
        filling.stage->fill("note_text", "");
        filling.key(ImGuiKey_Backspace);
    }
    filling.key(ImGuiKey_Tab);
    filling.stage->draw(3);
    CHECK_FALSE(filling.stage->shows("note_text"));
    CHECK(filling.ui.questions.note.question.empty());
}

TEST_CASE("a note is shown at its question and can be changed", "[screens][notes]") {
    Filling filling{Samples{}.fill_copied(), {.height = 2400}};
    CHECK(filling.stage->shows("Note: Seen on the notice board of the second shift."));
    filling.stage->click("Change the note");
    CHECK(filling.ui.questions.note.text == "Seen on the notice board of the second shift.");
}

TEST_CASE("a ranking is put into order by dragging", "[screens][rank]") {
    Filling filling{with(Samples{}.fill_blocks().questions[4])};  // money law staff
    const ImVec2 from = middle_of(filling.stage->item("Staff"));
    const ImVec2 to = middle_of(filling.stage->item("Money"));
    filling.stage->drag(from, {to.x, to.y - 4});
    filling.stage->draw(2);
    CHECK(filling.stage.asked_for<Answer>().size() == 1);
    CHECK(filling.last_answer() == "staff money law");
}

TEST_CASE("a ranking is put into order by keys, which stay at what they move", "[screens][rank]") {
    Filling filling{with(Samples{}.fill_blocks().questions[4])};
    for (int press = 0; press < 60; ++press) {
        if (filling.stage->item("Staff").focused) break;
        filling.key(ImGuiKey_Tab);
    }
    REQUIRE(filling.stage->item("Staff").focused);
    filling.key(ImGuiMod_Alt | ImGuiKey_UpArrow);
    CHECK(filling.last_answer() == "money staff law");
    filling.row(0).value = filling.last_answer();
    filling.stage->draw(2);
    CHECK(filling.stage->item("Staff").focused);
    filling.key(ImGuiMod_Alt | ImGuiKey_UpArrow);
    CHECK(filling.last_answer() == "staff money law");
}

TEST_CASE("choices in common stand in a table, and below each other where it is narrow",
          "[screens][blocks]") {
    Filling filling{with(Samples{}.fill_blocks().questions[0])};
    filling.stage->click("A room apart is used: Always");
    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].question == "t_room");
    CHECK(answers[0].text == "always");

    filling.stage->resize(360, 640);
    filling.stage->draw(3);
    CHECK_FALSE(filling.stage->shows("A room apart is used: Always"));
    CHECK(filling.stage->shows("Always"));
}

TEST_CASE("shares of a line stand side by side, and below each other where it is narrow",
          "[screens][blocks]") {
    Filling filling{with(Samples{}.fill_blocks().questions[1])};
    const auto tops = [&] {
        std::vector<float> found;
        for (const widgets::Item& item : filling.stage->items())
            if (item.label == "Lanes" || item.label == "Booths that are staffed now")
                if (item.stop) found.push_back(item.min.y);
        return found;
    };
    const auto wide = tops();
    REQUIRE(wide.size() == 2);
    CHECK(std::abs(wide[0] - wide[1]) < 4);
    filling.stage->resize(360, 640);
    filling.stage->draw(3);
    const auto narrow = tops();
    REQUIRE(narrow.size() == 2);
    CHECK(narrow[1] > narrow[0] + 20);
}

}  // namespace bordereau::test
