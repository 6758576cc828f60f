// A barcode: scanned into the field, typed, or read from a picture.
#include <catch2/catch_test_macros.hpp>

#include "app/screens/camera_screen.h"
#include "app/screens/fill_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {
namespace {

struct Codes {
    FillView view = test::Samples{}.fill_code();
    FillUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); }};

    explicit Codes(std::size_t question) {
        view.questions = {view.questions[question]};
        stage->draw(2);
    }
};

}  // namespace

TEST_CASE("a scanner that stands for a keyboard fills the field and ends with Enter",
          "[screens][code]") {
    Codes codes{0};
    codes.stage->fill("field", "4006381333931");
    codes.stage->key(ImGuiKey_Enter);
    REQUIRE(codes.stage.asked_for<Answer>().size() == 1);
    CHECK(codes.stage.asked_for<Answer>()[0].question == "c1");
    CHECK(codes.stage.asked_for<Answer>()[0].text == "4006381333931");
}

TEST_CASE("a picture of a code is chosen, pasted or dropped", "[screens][code]") {
    Codes codes{0};
    codes.stage->click("Read from a picture");
    CHECK(codes.stage.asked_for<BrowseFiles>().at(0).question == "c1");
    ImGui::SetClipboardText("file:///photos/seal.jpg");
    codes.stage->click("Paste a picture");
    CHECK(codes.stage.asked_for<PasteFile>().at(0).text == "file:///photos/seal.jpg");
    DropUi& drop = codes.ui.questions.fields.files.drop;
    drop.begin_frame({"/photos/seal.jpg"});
    codes.stage->draw();
    CHECK(drop.chosen() == "c1");
}

TEST_CASE("a camera is offered where there is one", "[screens][code][camera]") {
    Codes codes{0};
    CHECK_FALSE(codes.stage->shows("Read with the camera"));
    codes.view.questions[0].camera = true;
    codes.stage->draw(2);
    codes.stage->click("Read with the camera");
    CHECK(codes.stage.asked_for<OpenCamera>().at(0).question == "c1");
}

TEST_CASE("what the camera sees is shown, taken and left by keys alone", "[screens][camera]") {
    CameraView view = test::Samples{}.camera(true);
    test::Stage stage{
        [&](const text::Words& words, Commands& out) { draw_camera(view, words, out); }};
    stage->click("Take the photo");
    CHECK(stage.asked_for<TakePhoto>().size() == 1);
    stage->key(ImGuiKey_Escape);
    CHECK(stage.asked_for<CloseFiles>().size() == 1);
    view = test::Samples{}.camera(false);
    stage->draw(2);
    CHECK(stage->shows(view.problem));
    CHECK_FALSE(stage->shows("Take the photo"));
}

TEST_CASE("of several codes one is chosen with a press", "[screens][code]") {
    Codes codes{1};
    CHECK(codes.stage->shows("There are several codes in the picture. Which one is meant?"));
    codes.stage->click("22G1");
    REQUIRE(codes.stage.asked_for<Answer>().size() == 1);
    CHECK(codes.stage.asked_for<Answer>()[0].text == "22G1");
}

TEST_CASE("what is wrong with a picture is said at the question", "[screens][code]") {
    Codes codes{2};
    CHECK(codes.stage->shows("The code is being read …"));
    codes.view.questions[0].code =
        std::make_shared<const BarcodeView>(BarcodeView{.problem = "No code."});
    codes.stage->draw(2);
    CHECK(codes.stage->shows("No code."));
    codes.view.questions[0].readonly = true;
    codes.stage->draw(2);
    CHECK_FALSE(codes.stage->shows("Read from a picture"));
}

}  // namespace bordereau::app
