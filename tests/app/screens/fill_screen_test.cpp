#include "app/screens/fill_screen.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "tests/app/screens/filling.h"

namespace bordereau::app {

TEST_CASE("choosing an answer asks for it once", "[screens][fill]") {
    QuestionView question{.key = "e9",
                          .label = "Is there a separate interview room?",
                          .control = Control::select_one};
    question.choices = std::make_shared<const std::vector<ChoiceView>>(
        std::vector<ChoiceView>{{"yes", "Yes"}, {"partly", "Partly"}, {"no", "No"}});
    Filling filling{view_of({question})};

    SECTION("of an open question") {
        filling.stage->click("Partly");
        const auto answers = filling.stage.asked_for<Answer>();
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].question == "e9");
        CHECK(answers[0].text == "partly");
    }
    SECTION("but not of a question that may not be answered") {
        filling.view.questions[0].readonly = true;
        filling.stage->draw(2);
        filling.stage->click("Partly");
        CHECK(filling.stage.asked().empty());
    }
}

TEST_CASE("choices keep their place when the section begins to say what is wrong",
          "[screens][fill]") {
    QuestionView question{
        .key = "b2", .label = "By what means?", .control = Control::select_multiple};
    question.choices = std::make_shared<const std::vector<ChoiceView>>(
        std::vector<ChoiceView>{{"docs", "Documents"}, {"talks", "Talks"}});
    FillView view = view_of({question});
    FillUi ui{};
    const float width = GENERATE(1280.0f, 360.0f);
    const auto draw = [&](const text::Words& words, Commands& out) {
        draw_fill(view, ui, words, out);
    };
    SectionView& section = view.sections[static_cast<std::size_t>(view.section)];
    section.problems = 0;
    test::Stage stage(draw, {.width = width});
    const float before = stage->item("Talks").min.y;
    section.problems = 1;
    view.questions[0].value = "docs";
    view.questions[0].problem = AnswerProblem::constraint;
    view.questions[0].message = "At least two.";
    stage->draw(3);
    CHECK(stage->shows("At least two."));
    CHECK(stage->item("Talks").min.y == before);
}

TEST_CASE("typed text is asked for when the field is left", "[screens][fill]") {
    QuestionView first{.key = "k_title", .label = "Title", .control = Control::text};
    Filling filling{view_of({first, integer_question("d_w")})};
    filling.stage->fill("field", "Order 12");
    CHECK(filling.stage.asked_for<Answer>().empty());

    SECTION("with Tab") {
        filling.stage->key(ImGuiKey_Tab);
    }
    SECTION("with Enter") {
        filling.stage->key(ImGuiKey_Enter);
    }
    SECTION("by a click elsewhere") {
        filling.stage->click("How many are on duty? d_w");
    }
    filling.stage->draw(2);

    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].question == "k_title");
    CHECK(answers[0].text == "Order 12");
}

TEST_CASE("what a field does not take of what is pasted is said at its question",
          "[screens][fill]") {
    QuestionView number{.key = "n", .label = "How many?", .control = Control::integer};
    QuestionView day{.key = "d", .label = "Which day?", .control = Control::date};
    const bool date = GENERATE(false, true);
    Filling filling{view_of({date ? day : number})};
    const std::string said{filling.stage->words()(date ? "field.only_date" : "field.only_digits")};
    CHECK_FALSE(filling.stage->shows(said));
    filling.stage->fill("field", "12 pieces");
    filling.stage->draw(2);
    CHECK(filling.stage->shows(said));
    filling.stage->key(ImGuiKey_Backspace);
    filling.stage->draw(2);
    CHECK_FALSE(filling.stage->shows(said));
}

TEST_CASE("a number stands in groups beside its field where the form asks for that, while typed",
          "[screens][fill]") {
    const bool asked = GENERATE(true, false);
    QuestionView number{.key = "n", .label = "How many?", .control = Control::decimal};
    if (asked) number.appearance = "thousands-sep";
    Filling filling{view_of({number})};
    filling.stage->fill("field", "1234567.5");
    filling.stage->draw(2);
    CHECK(filling.stage->shows("1,234,567.5") == asked);
}

TEST_CASE("a time is recorded as it is meant, however it is written", "[screens][fill]") {
    QuestionView time{.key = "t", .label = "When?", .control = Control::time};
    Filling filling{view_of({time})};
    filling.stage->fill("field", "9:05 pm");
    filling.stage->key(ImGuiKey_Enter);
    filling.stage->draw(2);
    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].text == "21:05");
}

// Where the page moves with an answer, what is being pressed would move away under the pointer.
TEST_CASE("an answer whose field is left by a press waits until that press is made",
          "[screens][fill]") {
    QuestionView first{.key = "k_title", .label = "Title", .control = Control::text};
    QuestionView second{.key = "e9", .label = "A room apart?", .control = Control::select_one};
    second.choices = std::make_shared<const std::vector<ChoiceView>>(
        std::vector<ChoiceView>{{"yes", "Yes"}, {"no", "No"}});
    Filling filling{view_of({first, second})};
    filling.stage->fill("field", "Order 12");
    const ImVec2 at = filling.stage->item("No").min;
    ImGui::GetIO().AddMousePosEvent(at.x + 5, at.y + 5);
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    filling.stage->draw(4);
    CHECK(filling.stage.asked().empty());
    CHECK(filling.stage->item("field").value == "Order 12");

    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    filling.stage->draw(3);
    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].question == "k_title");
    CHECK(answers[0].text == "Order 12");
    CHECK(answers[1].question == "e9");
    CHECK(answers[1].text == "no");
}

TEST_CASE("Escape leaves a field with what was typed, and undo takes it back", "[screens][fill]") {
    QuestionView question{
        .key = "b_gap", .label = "Where?", .control = Control::text, .appearance = "multiline"};
    question.value = "At the gate";
    Filling filling{view_of({question})};
    const auto value = [&] { return filling.stage->item("field").value; };
    filling.stage->click("field");
    filling.stage->key(ImGuiKey_End);

    SECTION("what was not recorded yet is asked for") {
        filling.stage->type("way");
        CHECK(value() == "At the gateway");
        filling.stage->key(ImGuiKey_Escape);
        filling.stage->draw(2);
        REQUIRE(filling.stage.asked_for<Answer>().size() == 1);
        CHECK(filling.stage.asked_for<Answer>()[0].text == "At the gateway");
        filling.view.can_undo = true;
        filling.stage->key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(filling.stage.asked_for<Undo>().size() == 1);
    }
    SECTION("words that were recorded already are kept as well") {
        filling.stage->type(" and ");
        REQUIRE(filling.stage.asked_for<Answer>().size() == 1);
        filling.view.questions[0].value = filling.stage.asked_for<Answer>()[0].text;
        filling.stage->type("beyond");
        filling.stage->key(ImGuiKey_Escape);
        filling.stage->draw(2);
        REQUIRE(filling.stage.asked_for<Answer>().size() == 2);
        CHECK(filling.stage.asked_for<Answer>()[1].text == "At the gate and beyond");
    }
    SECTION("and the next editing begins with what it holds then") {
        filling.stage->key(ImGuiKey_Escape);
        filling.stage->click("field");
        filling.stage->key(ImGuiKey_End);
        filling.stage->type("s");
        filling.stage->key(ImGuiKey_Tab);
        filling.stage->draw(2);
        REQUIRE(filling.stage.asked_for<Answer>().size() == 1);
        CHECK(filling.stage.asked_for<Answer>()[0].text == "At the gates");
    }
}

TEST_CASE("a field that has the keyboard shows an answer that was given elsewhere, and keeps it",
          "[screens][fill]") {
    const std::string way = GENERATE("Tab", "Escape");
    QuestionView question{.key = "k_title", .label = "Short title", .control = Control::text};
    Filling filling{view_of({question})};
    filling.stage->click("field");
    filling.view.questions[0].value = "Duty roster of May";
    filling.stage->draw(2);
    CHECK(filling.stage->item("field").value == "Duty roster of May");
    filling.stage->key(way == "Tab" ? ImGuiKey_Tab : ImGuiKey_Escape);
    filling.stage->draw(2);
    CHECK(filling.stage.asked_for<Answer>().empty());
}

TEST_CASE("a long text is asked for word by word, so that little can be lost", "[screens][fill]") {
    QuestionView question{.key = "b_gap",
                          .label = "Where do they differ?",
                          .control = Control::text,
                          .appearance = "multiline"};
    Filling filling{view_of({question})};
    filling.stage->fill("field", "Between shifts ");
    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE_FALSE(answers.empty());
    CHECK(answers.back().text == "Between shifts ");
}

TEST_CASE("what is typed and not yet left can be taken before the screen changes",
          "[screens][fill]") {
    Filling filling{view_of({integer_question("d_w")})};
    filling.stage->fill("field", "14");
    const auto unsaved = take_unsaved(filling.ui.questions.fields);
    REQUIRE(unsaved);
    CHECK(unsaved->question == "d_w");
    CHECK(unsaved->text == "14");
    CHECK_FALSE(take_unsaved(filling.ui.questions.fields));
}

TEST_CASE("of a thousand questions only those in sight are drawn", "[screens][fill]") {
    std::vector<QuestionView> questions;
    for (int i = 0; i < 1000; ++i) questions.push_back(integer_question("q" + std::to_string(i)));
    Filling filling{view_of(std::move(questions))};
    filling.stage->draw(3);
    CHECK(filling.ui.questions.rows.drawn > 3);
    CHECK(filling.ui.questions.rows.drawn < 60);

    SECTION("and a wish to see one of them brings it into sight") {
        filling.view.scroll_to = "q700";
        filling.view.scroll_request = 1;
        filling.stage->draw(6);
        CHECK(filling.stage->shows("How many are on duty? q700"));
        CHECK_FALSE(filling.stage->shows("How many are on duty? q0"));
        // ... to its top, and there it stays when the rows above it are measured.
        const float top = filling.stage->item("How many are on duty? q700").min.y;
        CHECK(top < 150);
        filling.stage->draw(6);
        CHECK(filling.stage->item("How many are on duty? q700").min.y == top);
    }
}

TEST_CASE("sections are opened from the list, the buttons and the keyboard", "[screens][fill]") {
    Filling filling{test::Samples{}.fill()};
    int wanted = 2;
    SECTION("list") {
        filling.stage->click("D. Human resources and representation");
        wanted = 3;
    }
    SECTION("keyboard") {
        filling.stage->key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
    }
    const auto opened = filling.stage.asked_for<OpenSection>();
    REQUIRE(opened.size() == 1);
    CHECK(opened[0].section == wanted);
}

TEST_CASE("after the last section the audit is finished from the overview", "[screens][fill]") {
    FillView view = view_of({integer_question("d_w")});
    view.section = static_cast<int>(view.sections.size()) - 1;
    Filling filling{view};
    filling.stage->click("Finish");
    const auto gone = filling.stage.asked_for<GoTo>();
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].place == Place::overview);
}

TEST_CASE("an entry of a repeat is removed only after a second press", "[screens][fill]") {
    QuestionView repeat{
        .kind = RowKind::repeat, .key = "l_item", .label = "Findings", .can_add = true};
    QuestionView instance{.kind = RowKind::instance,
                          .key = "l_item[k1]",
                          .depth = 1,
                          .label = "Finding 1",
                          .can_remove = true};
    QuestionView addition{.kind = RowKind::addition,
                          .key = "add l_item",
                          .depth = 1,
                          .label = "Findings",
                          .repeat = "l_item"};
    Filling filling{view_of({repeat, instance, addition})};

    filling.stage->click("Add an entry: Findings");
    REQUIRE(filling.stage.asked_for<AddRepeat>().size() == 1);
    CHECK(filling.stage.asked_for<AddRepeat>()[0].repeat == "l_item");

    filling.stage->click("Remove this entry");
    CHECK(filling.stage.asked_for<RemoveRepeat>().empty());
    SECTION("removed") {
        filling.stage->click("Remove");
        REQUIRE(filling.stage.asked_for<RemoveRepeat>().size() == 1);
        CHECK(filling.stage.asked_for<RemoveRepeat>()[0].instance == "l_item[k1]");
    }
    SECTION("kept") {
        filling.stage->click("Cancel");
        CHECK(filling.stage.asked_for<RemoveRepeat>().empty());
    }
}

TEST_CASE("a ranking moves one place and is answered as a whole", "[screens][fill]") {
    QuestionView question{.key = "i_rank", .label = "Rank", .control = Control::rank};
    question.choices = std::make_shared<const std::vector<ChoiceView>>(
        std::vector<ChoiceView>{{"hr", "Rights"}, {"money", "Money"}, {"law", "Law"}});
    question.value = "law hr money";
    Filling filling{view_of({question})};
    filling.stage->click("Down");
    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].text == "hr law money");
}

TEST_CASE("a missing answer is called missing only after finalizing was tried", "[screens][fill]") {
    QuestionView question = integer_question("d_w");
    question.required = true;
    question.problem = AnswerProblem::required;
    FillView view = view_of({question});
    view.show_missing = false;
    Filling filling{view};
    CHECK_FALSE(filling.stage->shows("Answer required"));
    filling.view.show_missing = true;
    filling.stage->draw(2);
    CHECK(filling.stage->shows("Answer required"));
}

TEST_CASE("undo and redo are asked for by keys and buttons, where there is something",
          "[screens][fill]") {
    FillView view = view_of({integer_question("d_w")});
    view.can_undo = true;
    Filling filling{view};
    SECTION("keys") {
        filling.stage->key(ImGuiKey_Z, ImGuiMod_Ctrl);
        filling.stage->key(ImGuiKey_Y, ImGuiMod_Ctrl);
        CHECK(filling.stage.asked_for<Redo>().empty());
        filling.view.can_redo = true;
        filling.stage->key(ImGuiKey_Y, ImGuiMod_Ctrl);
    }
    SECTION("buttons") {
        filling.stage->click("undo");
        CHECK_FALSE(filling.stage->enabled("redo"));
        filling.view.can_redo = true;
        filling.stage->draw();
        filling.stage->click("redo");
    }
    CHECK(filling.stage.asked_for<Undo>().size() == 1);
    CHECK(filling.stage.asked_for<Redo>().size() == 1);
}

TEST_CASE("a field that is being typed in takes Ctrl+Z for itself", "[screens][fill]") {
    FillView view = view_of({integer_question("d_w")});
    view.can_undo = true;
    Filling filling{view};
    filling.stage->fill("field", "14");
    filling.stage->key(ImGuiKey_Z, ImGuiMod_Ctrl);
    CHECK(filling.stage.asked_for<Undo>().empty());

    SECTION("one that was only entered leaves it to the audit") {
        filling.stage->key(ImGuiKey_Escape);
        filling.stage->click("field");
        filling.stage->key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(filling.stage.asked_for<Undo>().size() == 1);
    }
}

TEST_CASE("the keyboard comes to the question that was asked for", "[screens][fill]") {
    std::vector<QuestionView> rows;
    for (int i = 0; i < 60; ++i) rows.push_back(integer_question("q" + std::to_string(i)));
    rows[40].guidance = "Longer help, which stands before the field.";
    rows.push_back(table_row());
    Filling filling{view_of(std::move(rows))};
    filling.view.scroll_request = 1;
    SECTION("in a row of its own") {
        filling.view.scroll_to = filling.view.keyboard_to = "q40";
    }
    SECTION("in a table") {
        filling.view.scroll_to = filling.view.keyboard_to = "m2";
    }
    SECTION("of an entry whose heading is brought into sight") {
        filling.view.scroll_to = "q38";
        filling.view.keyboard_to = "q40";
    }
    filling.stage->draw(8);
    filling.stage->type("7");
    filling.stage->key(ImGuiKey_Tab);
    filling.stage->draw(2);
    const auto answers = filling.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].question == filling.view.keyboard_to);
    CHECK(answers[0].text == "7");
}

TEST_CASE("who turns to another section by keys goes on typing there", "[screens][fill]") {
    QuestionView note{.key = "n", .label = "About this section", .control = Control::note};
    Filling filling{view_of({note, integer_question("d_w"), integer_question("d_m")})};
    const auto turned = [&] {
        REQUIRE(filling.stage.asked_for<OpenSection>().size() == 1);
        ++filling.view.section;
        filling.view.questions = {note, integer_question("e_w"), integer_question("e_m")};
        filling.stage->draw(5);
        filling.stage->type("7");
        filling.stage->key(ImGuiKey_Tab);
        filling.stage->draw(2);
        return filling.stage.asked_for<Answer>();
    };
    SECTION("by keys") {
        filling.stage->key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
        const auto answers = turned();
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].question == "e_w");
    }
    SECTION("by keys, to a question of which a choice is pressed") {
        filling.stage->key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
        QuestionView room{.key = "e9", .label = "A room?", .control = Control::select_one};
        room.choices = std::make_shared<const std::vector<ChoiceView>>(
            std::vector<ChoiceView>{{"yes", "Yes"}, {"no", "No"}});
        ++filling.view.section;
        filling.view.questions = {note, room};
        filling.stage->draw(5);
        filling.stage->key(ImGuiKey_Space);
        const auto answers = filling.stage.asked_for<Answer>();
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].text == "yes");
    }
    SECTION("with the mouse it stays where it was") {
        filling.stage->click("section_next");
        CHECK(turned().empty());
    }
}

TEST_CASE("one question at a time is turned by buttons, keys and a sweep", "[screens][fill]") {
    FillView view = view_of({integer_question("d_w")});
    view.one_page = true;
    view.page = 1;
    view.pages = 3;
    Filling filling{view};
    int wanted = 2;
    SECTION("button on") {
        filling.stage->click("page_next");
    }
    SECTION("button back") {
        filling.stage->click("page_back");
        wanted = 0;
    }
    SECTION("key on") {
        filling.stage->resize(1280, 1400);
        filling.stage->key(ImGuiKey_PageDown);
    }
    SECTION("key back") {
        filling.stage->resize(1280, 1400);
        filling.stage->key(ImGuiKey_PageUp);
        wanted = 0;
    }
    SECTION("swept to the start edge") {
        filling.stage->drag({900, 700}, {600, 710});
    }
    SECTION("swept to the end edge") {
        filling.stage->drag({600, 700}, {900, 710});
        wanted = 0;
    }
    const auto turned = filling.stage.asked_for<TurnPage>();
    REQUIRE(turned.size() == 1);
    CHECK(turned[0].page == wanted);
}

TEST_CASE("the page is switched between one question and the whole section", "[screens][fill]") {
    Filling filling{view_of({integer_question("d_w")})};
    filling.stage->click("one_page");
    REQUIRE(filling.stage.asked_for<OnePage>().size() == 1);
    CHECK(filling.stage.asked_for<OnePage>()[0].on);
    filling.stage->key(ImGuiKey_PageDown);  // scrolls only
    filling.stage->drag({900, 700}, {600, 710});
    CHECK(filling.stage.asked_for<TurnPage>().empty());
}

TEST_CASE("the list of sections follows the one that is open", "[screens][fill]") {
    FillView view = test::Samples{}.fill();
    while (view.sections.size() < 40) view.sections.push_back({.title = "Section", .progress = {}});
    view.sections.back().title = "The last section";
    FillUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); });
    const auto listed = [&] {
        return std::ranges::any_of(stage->items(), [](const widgets::Item& item) {
            return item.visible && item.label == "The last section" &&
                   item.window.find("sections") != std::string::npos;
        });
    };
    CHECK_FALSE(listed());
    view.section = 39;
    stage->draw(3);
    CHECK(listed());
}

TEST_CASE("what was saved when stands in one line at the side", "[screens][fill]") {
    FillView view = test::Samples{text::Language::es}.fill();
    view.saved = "Guardado 21:28";
    FillUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); },
        {.language = text::Language::es});
    const widgets::Item& saved = stage->item("Guardado 21:28");
    CHECK(saved.max.y - saved.min.y < 1.5f * widgets::unit());
    CHECK(stage->shows("undo"));
}

}  // namespace bordereau::app
