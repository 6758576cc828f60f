// Signatures and drawings: kept from stroke to stroke, attached when finished.
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "app/media/codec.h"
#include "storage/attachments.h"
#include "storage/settings.h"
#include "tests/app/stage/setting.h"
#include "tests/support/media_samples.h"

namespace bordereau::app {
namespace {

using test::want;

constexpr std::string_view kDrawnForm =
    "| survey |\n| | type | name | label | appearance |\n"
    "| | image | sign | Signature | signature |\n"
    "| | image | plan | Plan | draw |\n"
    "| | image | room | Room | annotate |\n"
    "| settings |\n| | form_id | version |\n| | drawn | 1 |\n";

const std::string kSign = "/data/sign", kPlan = "/data/plan", kRoom = "/data/room";

media::Stroke stroke(int x, media::Pen pen = media::Pen::black) {
    return {pen, {{x, 400}, {x + 800, 600}, {x + 900, 200}}};
}

struct Drawn : Setting {
    Drawn() {
        found();
        std::ofstream{folder.path() / "drawn.md"} << kDrawnForm;
        REQUIRE(want(stage.desk()->forms().import(folder.path() / "drawn.md")).form);
        ask(OpenAudit{want(stage.desk()->start_audit(FormId{"drawn"}, ""))});
    }
    std::size_t strokes(const std::string& key) {
        return question(key).pad->drawing->strokes.size();
    }
    media::Raster picture(const std::string& key) {
        const std::string bytes = want(storage::Attachments{stage.desk()->notebook()}.get(
            stage.filling()->audit(), question(key).value));
        return want(media::decode(media::sniff(bytes), bytes, {}));
    }
    std::size_t kept() {
        std::size_t count = 0;
        for (const std::string& key : {kSign, kPlan, kRoom})
            count += want(storage::Settings{stage.desk()->notebook()}.get(
                         "drawing." + stage.filling()->audit().text + "." + key))
                         ? 1
                         : 0;
        return count;
    }
};

}  // namespace

TEST_CASE("a signature becomes a picture that answers its question", "[stage][drawing]") {
    Drawn on;
    CHECK(on.question(kSign).pad->kind == PadView::Kind::signature);
    on.ask(FinishDrawing{kSign});  // nothing is drawn yet
    CHECK(on.question(kSign).value.empty());
    on.ask(DrawStroke{kSign, stroke(100)});
    on.ask(DrawStroke{kSign, stroke(2000)});
    CHECK(on.strokes(kSign) == 2);
    on.ask(FinishDrawing{kSign});
    CHECK(on.question(kSign).value.starts_with("signature-"));
    CHECK(on.question(kSign).value.ends_with(".png"));
    REQUIRE(on.question(kSign).file);
    CHECK(on.picture(kSign).width == 1200);
    CHECK(on.picture(kSign).height == 400);
    CHECK(on.kept() == 0);

    SECTION("and signing again takes its place only when it is finished") {
        const std::string before = on.question(kSign).value;
        on.ask(OpenPad{kSign});
        REQUIRE(on.stage.views().files.pad);
        CHECK(on.stage.views().files.pad->drawing->strokes.empty());
        on.ask(DrawStroke{kSign, stroke(4000)});
        CHECK(on.question(kSign).value == before);
        on.ask(FinishDrawing{kSign});
        CHECK_FALSE(on.stage.views().files.pad);
        CHECK(on.question(kSign).value != before);
    }
}

TEST_CASE("unfinished strokes outlast another page, the lock, and undoing", "[stage][drawing]") {
    Drawn on;
    on.ask(DrawStroke{kPlan, stroke(100, media::Pen::red)});
    on.ask(DrawStroke{kPlan, stroke(900)});
    on.ask(UndoStroke{kPlan});
    CHECK(on.strokes(kPlan) == 1);
    on.ask(GoTo{Place::overview});
    on.ask(GoTo{Place::fill});
    CHECK(on.strokes(kPlan) == 1);
    on.become("noor");
    CHECK(on.strokes(kPlan) == 1);
    CHECK(on.question(kPlan).pad->drawing->strokes[0].pen == media::Pen::red);
    on.ask(ClearPad{kPlan});
    CHECK(on.strokes(kPlan) == 0);
    on.ask(UndoStroke{kPlan});
    CHECK(on.strokes(kPlan) == 1);
}

TEST_CASE("a photo is drawn on, and strokes made for it are none for another one",
          "[stage][drawing]") {
    Drawn on;
    const auto attach = [&](const char* name, int width) {
        const auto file = on.folder.path() / name;
        std::ofstream{file, std::ios::binary} << test::telling_jpeg(width, 90, 1);
        on.ask(AttachFile{kRoom, file.string()});
    };
    CHECK(on.question(kRoom).pad->sheet == media::Sheet{});  // a picture is chosen first
    attach("a.jpg", 120);
    on.ask(OpenPad{kRoom});
    REQUIRE(on.stage.views().files.pad);
    CHECK(on.stage.views().files.pad->sheet == media::Sheet{120, 90});
    on.ask(DrawStroke{kRoom, {media::Pen::blue, {{80, 80}, {400, 80}}}});
    CHECK(on.strokes(kRoom) == 1);

    SECTION("finished") {
        on.ask(FinishDrawing{kRoom});
        CHECK(on.question(kRoom).value.starts_with("drawing-"));
        CHECK(on.question(kRoom).value.ends_with(".jpg"));
        CHECK(on.picture(kRoom).width == 120);
        CHECK(on.strokes(kRoom) == 0);
    }
    SECTION("another one") {
        attach("b.jpg", 100);
        CHECK(on.strokes(kRoom) == 0);
    }
}

TEST_CASE("a finished audit leaves no unfinished strokes behind", "[stage][drawing]") {
    Drawn on;
    on.ask(DrawStroke{kSign, stroke(100)});
    CHECK(on.kept() == 1);
    storage::Notebook& notebook = on.stage.desk()->notebook();
    const std::string name = "drawing." + on.stage.filling()->audit().text + "." + kSign;
    on.ask(Finalize{});
    CHECK_FALSE(want(storage::Settings{notebook}.get(name)));
}

}  // namespace bordereau::app
