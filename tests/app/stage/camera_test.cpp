// The camera from a question: for a code, and for a photo.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <semaphore>

#include "app/media/codec.h"
#include "storage/attachments.h"
#include "tests/app/stage/setting.h"
#include "tests/support/barcode_samples.h"
#include "tests/support/fake_camera.h"

namespace bordereau::app {
namespace {

using test::want;

constexpr std::string_view kForm =
    "| survey |\n| | type | name | label | appearance |\n| | barcode | seal | Seal | |\n"
    "| | image | gate | Gate | |\n| | text | place | Place | |\n"
    "| | begin_group | line | Line | |\n| | barcode | tag | Tag | w2 |\n"
    "| | image | face | Face | w2 |\n| | end_group | | | |\n"
    "| settings |\n| | form_id | version | style |\n| | seals | 1 | theme-grid |\n";

const std::string kSeal = "/data/seal", kGate = "/data/gate";

struct Machine {
    test::TemporaryFolder machine;
    test::FakeCamera device;
    std::counting_semaphore<> news{0};

    Camera::Options camera_here() {
        Camera::Options options;
        options.calls = device.calls();
        options.devices = test::devices_in(machine.path(), {"video0"});
        options.pause = 0;
        return options;
    }
};

struct Seeing : Machine, Setting {
    Seeing() : Setting{1, camera_here(), [this] { news.release(); }} {
        found();
        std::ofstream{folder.path() / "seals.md"} << kForm;
        REQUIRE(want(stage.desk()->forms().import(folder.path() / "seals.md")).form);
        ask(OpenAudit{want(stage.desk()->start_audit(FormId{"seals"}, ""))});
    }
    // As the window does: looks again when it is woken.
    void until(const std::function<bool()>& holds) {
        while (!holds()) news.acquire();
    }
    const CameraView* shown() { return stage.views().files.camera.get(); }
    void show(const char* text) {
        const media::Raster code = test::barcode(ZXing::BarcodeFormat::QRCode, text, 480, 480);
        device.width = static_cast<std::uint32_t>(code.width);
        device.height = static_cast<std::uint32_t>(code.height);
        device.show(test::yuyv_of(code));
    }
};

}  // namespace

TEST_CASE("questions that stand side by side have the camera too, and show what it gave",
          "[stage][camera]") {
    Seeing on;
    const auto inside = [&](std::string_view key) {
        for (const QuestionView& row : on.stage.views().fill.questions)
            if (row.block)
                for (const QuestionView& question : row.block->questions)
                    if (question.key == key) return question;
        FAIL("not in a block: " << key);
        std::abort();
    };
    on.ask(OpenSection{1});
    CHECK(inside("/data/line/tag").camera);
    CHECK(inside("/data/line/face").camera);
    on.show("A-1234");
    on.ask(OpenCamera{"/data/line/tag"});
    on.until([&] { return inside("/data/line/tag").value == "A-1234"; });
    on.ask(OpenCamera{"/data/line/face"});
    on.show("A-1234");
    on.until([&] { return on.shown() != nullptr && on.shown()->picture; });
    on.ask(TakePhoto{});
    CHECK(inside("/data/line/face").file != nullptr);
}

TEST_CASE("a code that the camera sees becomes the answer, and the camera is let go",
          "[stage][camera]") {
    Seeing on;
    CHECK(on.question(kSeal).camera);
    CHECK(on.question(kGate).camera);
    CHECK_FALSE(on.question("/data/place").camera);
    CHECK(on.device.times_opened() == 0);
    on.show("A-1234");
    on.ask(OpenCamera{kSeal});
    on.until([&] { return on.question(kSeal).value == "A-1234"; });
    CHECK(on.shown() == nullptr);
    CHECK_FALSE(on.device.is_open());
    CHECK(on.stage.views().frame.message.text == "The code was read: A-1234");
}

TEST_CASE("a photo is taken of what the camera sees, whatever code is in it", "[stage][camera]") {
    Seeing on;
    on.show("A-1234");
    on.ask(OpenCamera{kGate});
    on.until([&] { return on.shown() != nullptr && on.shown()->picture; });
    CHECK(on.device.is_open());
    on.ask(TakePhoto{});
    CHECK(on.shown() == nullptr);
    CHECK_FALSE(on.device.is_open());
    const std::string bytes = want(storage::Attachments{on.stage.desk()->notebook()}.get(
        on.stage.filling()->audit(), on.question(kGate).value));
    CHECK(media::sniff(bytes) == media::Kind::jpeg);
    CHECK(want(media::decode(media::Kind::jpeg, bytes, {})).width ==
          static_cast<int>(on.device.width));
}

TEST_CASE("the camera is closed with its page, with the place, and when the notebook is locked",
          "[stage][camera]") {
    Seeing on;
    on.ask(OpenCamera{kSeal});
    CHECK(on.shown() != nullptr);
    SECTION("by the person") {
        on.ask(CloseFiles{});
    }
    SECTION("by going elsewhere") {
        on.ask(GoTo{Place::overview});
    }
    SECTION("by locking") {
        on.ask(Lock{});
    }
    CHECK(on.shown() == nullptr);
    CHECK_FALSE(on.device.is_open());
}

TEST_CASE("what is the matter with a camera is said in its page, and nothing is changed",
          "[stage][camera]") {
    Seeing on;
    on.device.errors[VIDIOC_STREAMON] = EBUSY;
    on.ask(OpenCamera{kSeal});
    on.until([&] { return on.shown() != nullptr && !on.shown()->problem.empty(); });
    CHECK(on.shown()->problem.starts_with("Another program is using the camera."));
    CHECK_FALSE(on.device.is_open());
    on.ask(CloseFiles{});
    CHECK(on.shown() == nullptr);
    CHECK(on.question(kSeal).value.empty());
    std::filesystem::remove(on.machine.path() / "dev" / "video0");
    on.ask(Answer{"/data/place", "gate"});
    CHECK_FALSE(on.question(kSeal).camera);
}

}  // namespace bordereau::app
