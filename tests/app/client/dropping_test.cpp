// The whole window over a real notebook. Needs a display: the test command brings a virtual one.
#include "app/client.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <semaphore>

#include "app/shell/clipboard.h"
#include "app/shell/picture.h"
#include "app/shell/window.h"
#include "app/text/fonts.h"
#include "app/widgets/items.h"
#include "storage/attachments.h"
#include "tests/support/copying.h"
#include "tests/support/desks.h"
#include "tests/support/media_samples.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kPhotoForm =
    "| survey |\n| | type | name | label |\n| | image | room | The interview room |\n"
    "| | text | place | Which post? |\n| settings |\n| | form_id | form_title | version |\n"
    "| | photo | Rooms | 1 |\n";

shell::Window open_window() {
    if (!std::getenv("DISPLAY")) SKIP("no display: run under xvfb-run");
    const auto files = text::find_fonts(text::font_places("/"));
    if (!files) SKIP(files.error().detail);
    auto type = text::Type::open(*files);
    REQUIRE(type.ok());
    auto window = shell::Window::open({"test", 1100, 700}, std::move(*type));
    INFO((window.ok() ? std::string{} : window.error().detail));
    REQUIRE(window.ok());
    return std::move(*window);
}

// The window with an audit open that asks for a photo.
struct Opened {
    test::TemporaryFolder folder;
    shell::Window window = open_window();
    Stage stage{options()};
    Client client{stage, window.type(), window.content_scale(),
                  [this](double seconds) { window.draw_after(seconds); }};
    shell::Draw frame = [this] {
        client.drop(window.take_dropped());
        client.draw();
    };

    Opened() {
        stage.carry_out(CreateNotebook{"amina", std::string{test::kPassphrase}, "North"});
        stage.settle();
        REQUIRE(stage.desk() != nullptr);
        std::ofstream{folder.path() / "photo.md"} << kPhotoForm;
        REQUIRE(test::want(stage.desk()->forms().import(folder.path() / "photo.md")).form);
        stage.carry_out(OpenAudit{test::want(stage.desk()->start_audit(FormId{"photo"}, ""))});
    }
    StageOptions options() const {
        StageOptions out;
        out.folder = folder.path() / "notebook";
        out.services = test::test_services();
        out.places = {folder.path(), {}};
        return out;
    }
    std::string photo() const {
        const auto file = folder.path() / "room.jpg";
        std::ofstream{file, std::ios::binary} << test::telling_jpeg(800, 600, 1);
        return file.string();
    }
    /// As the display server's message about a drop ends: in the window's own callback.
    void drop(const std::string& path) {
        GLFWwindow* handle = glfwGetCurrentContext();
        const GLFWdropfun callback = glfwSetDropCallback(handle, nullptr);
        REQUIRE(callback != nullptr);
        glfwSetDropCallback(handle, callback);
        std::array<const char*, 1> paths{path.c_str()};
        callback(handle, 1, paths.data());
    }
    void draw() {
        for (int i = 0; i < 100 && window.step(frame) == shell::Step::drew; ++i) {
        }
        stage.settle();
    }
    /// Red, green and blue of the pixel where most of a picture's quarter is.
    bool shows_red(const shell::Picture& picture) const {
        for (std::size_t at = 0; at + 2 < picture.rgb.size(); at += 3)
            if (picture.rgb[at] > 200 && picture.rgb[at + 1] < 60 && picture.rgb[at + 2] < 60)
                return true;
        return false;
    }
};

// Presses an item of the page as the pointer would.
void press(Opened& on, const char* name) {
    widgets::Items items{*ImGui::GetCurrentContext()};
    (void)test::want(on.window.picture([&] {
        items.begin_frame();
        on.frame();
    }));
    const widgets::Item* item = items.find(name);
    REQUIRE(item != nullptr);
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent((item->min.x + item->max.x) / 2, (item->min.y + item->max.y) / 2);
    for (const bool down : {true, false}) {
        (void)test::want(on.window.picture(on.frame));
        io.AddMouseButtonEvent(ImGuiMouseButton_Left, down);
    }
    (void)test::want(on.window.picture(on.frame));
}

}  // namespace

TEST_CASE("a picture that another program has copied is pasted into a question for a photo",
          "[client][window][clipboard]") {
    Opened on;
    std::binary_semaphore come{0};
    shell::Clipboard clipboard{[&] { come.release(); }, storage::kMaxAttachmentBytes};
    bool asked = false;
    on.client.ask_for_pictures_with([&] {
        clipboard.ask();
        asked = true;
    });
    const auto file = on.folder.path() / "copied.png";
    std::ofstream{file, std::ios::binary} << test::telling_png(800, 600);
    const auto owner = test::copied("image/png", file);
    const form::Session& session = on.stage.filling()->session();
    // Again until the other program has taken the clipboard.
    while (session.value(session.find("/data/room")).empty()) {
        on.draw();
        press(on, "paste");
        REQUIRE(std::exchange(asked, false));
        come.acquire();
        std::optional<shell::Copied> copied;
        while (!copied) copied = clipboard.take();
        on.client.paste(std::move(copied->picture), std::move(copied->uris));
    }
    CHECK(session.value(session.find("/data/room")).starts_with("picture-"));
    on.draw();
    CHECK(on.shows_red(test::want(on.window.picture(on.frame))));
}

TEST_CASE("a photo dropped onto the window answers its question and is shown small",
          "[client][window]") {
    Opened on;
    on.draw();
    CHECK_FALSE(on.shows_red(test::want(on.window.picture(on.frame))));
    on.drop(on.photo());
    on.draw();
    const form::Session& session = on.stage.filling()->session();
    CHECK(session.value(session.find("/data/room")).starts_with("room-"));
    const shell::Picture picture = test::want(on.window.picture(on.frame));
    CHECK(on.shows_red(picture));
    if (const char* folder = std::getenv("BORDEREAU_PICTURES"))
        REQUIRE(shell::write_png(picture, std::filesystem::path{folder} / "dropped.png").ok());
}

TEST_CASE("the browser stands in the place of the page, and takes what is dropped as well",
          "[client][window]") {
    Opened on;
    on.stage.carry_out(BrowseFiles{"/data/room"});
    const std::string photo = on.photo();
    on.draw();
    REQUIRE(on.stage.views().files.browser);
    on.drop(photo);
    on.draw();
    CHECK_FALSE(on.stage.views().files.browser);
    const form::Session& session = on.stage.filling()->session();
    CHECK_FALSE(session.value(session.find("/data/room")).empty());
}

}  // namespace bordereau::app
