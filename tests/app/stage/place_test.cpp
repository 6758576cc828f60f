// Places and barcodes in the whole: recorded as ODK does, seen on the map, taken from the receiver,
// read from pictures.
#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <optional>

#include "app/media/codec.h"
#include "tests/app/stage/setting.h"
#include "tests/support/barcode_samples.h"
#include "tests/support/canned_server.h"
#include "tests/support/media_samples.h"

namespace bordereau::app {
namespace {

using test::want;

constexpr std::string_view kPlacesForm =
    "| survey |\n| | type | name | label | parameters | appearance |\n"
    "| | geopoint | gate | Gate | capture-accuracy=20 | quick |\n"
    "| | geopoint | camp | Camp | | |\n"
    "| | geotrace | road | Road | | |\n"
    "| | geoshape | area | Area | | |\n"
    "| | barcode | seal | Seal | | |\n"
    "| settings |\n| | form_id | version |\n| | places | 1 |\n";

const std::string kGate = "/data/gate", kCamp = "/data/camp", kRoad = "/data/road",
                  kArea = "/data/area", kSeal = "/data/seal";

// Says all of it to who asks, and holds the line until the other side ends.
std::function<void(int)> gpsd_saying(std::string all) {
    return [=](int socket) {
        send(socket, all.data(), all.size(), MSG_NOSIGNAL);
        for (char sign = 0; recv(socket, &sign, 1, 0) > 0;) {
        }
    };
}

constexpr std::string_view kRough =
    R"({"class":"TPV","mode":3,"lat":-1.2864,"lon":36.8172,"altMSL":1650,"eph":35})"
    "\n";
constexpr std::string_view kExact =
    R"({"class":"TPV","mode":3,"lat":-1.2865,"lon":36.8173,"altMSL":1651,"eph":12.5})"
    "\n";

struct Places : test::TemporaryFolder {
    explicit Places(int port = 1) {
        StageOptions options;
        options.folder = path() / "notebook";
        options.services = test::test_services();
        options.receiver.port = static_cast<std::uint16_t>(port);
        options.receiver.patience = 60'000;
        options.wake = [this] {
            const std::lock_guard hold{guard};
            ++woken;
            news.notify_all();
        };
        stage.emplace(std::move(options));
        ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        std::ofstream{path() / "places.md"} << kPlacesForm;
        REQUIRE(want(stage->desk()->forms().import(path() / "places.md")).form);
        ask(OpenAudit{want(stage->desk()->start_audit(FormId{"places"}, ""))});
    }
    ~Places() { stage.reset(); }

    void ask(const Command& command) {
        stage->carry_out(command);
        stage->settle();
    }
    const QuestionView& question(std::string_view key) {
        for (const QuestionView& row : stage->views().fill.questions)
            if (row.key == key) return row;
        FAIL("no row " << key);
        std::abort();
    }
    // Draws a frame at each wake-up until something is so.
    template <class Condition>
    void until(Condition condition) {
        for (;;) {
            int seen = 0;
            {
                const std::lock_guard hold{guard};
                seen = woken;
            }
            static_cast<void>(stage->views());
            if (condition()) return;
            std::unique_lock hold{guard};
            news.wait(hold, [&] { return woken != seen; });
        }
    }
    std::filesystem::path picture(const char* name, const media::Raster& raster) {
        std::ofstream{path() / name, std::ios::binary} << want(media::encode_png(raster));
        return path() / name;
    }

    std::mutex guard;
    std::condition_variable news;
    int woken = 0;
    std::optional<Stage> stage;
};

}  // namespace

TEST_CASE("a place that is moved on the map says so, and undo brings the old one back",
          "[stage][place]") {
    Places on;
    on.ask(PutPlace{kCamp, "-1.2864 36.8172 0 0"});
    CHECK(on.stage->views().frame.message.text.empty());  // it was nowhere before
    on.ask(PutPlace{kCamp, "-1.2 36.9 0 0"});
    CHECK(on.question(kCamp).value == "-1.2 36.9 0.0 0.0");
    const MessageView& told = on.stage->views().frame.message;
    CHECK(told.tone == Tone::info);
    CHECK(told.text.find("Camp") != std::string::npos);
    CHECK(told.text.find("1.2864") != std::string::npos);
    on.ask(Undo{});
    CHECK(on.question(kCamp).value == "-1.2864 36.8172 0.0 0.0");
}

TEST_CASE("a place is said in degrees and seen beside the others of the audit", "[stage][place]") {
    Places on;
    REQUIRE(on.question(kGate).place);
    CHECK(on.question(kGate).place->lines);
    on.ask(Answer{kGate, "-1.2864 36.8172 0 0"});
    CHECK(on.question(kGate).problem == AnswerProblem::none);
    CHECK(on.question(kGate).shown.find("S") != std::string::npos);
    CHECK(on.question(kGate).place->others.empty());
    REQUIRE(on.question(kCamp).place->others.size() == 1);
    CHECK(on.question(kCamp).place->others[0].latitude == -1.2864);
}

TEST_CASE("lines and shapes are taken as ODK stores them", "[stage][place]") {
    Places on;
    on.ask(Answer{kRoad, "1 2 0 0; 3 4 0 0"});
    CHECK(on.question(kRoad).problem == AnswerProblem::none);
    on.ask(Answer{kArea, "1 2 0 0; 3 4 0 0; 5 2 0 0; 1 2 0 0"});
    CHECK(on.question(kArea).problem == AnswerProblem::none);
}

TEST_CASE("the receiver answers by itself once it is as exact as the form asks", "[stage][place]") {
    test::LoopbackServer gpsd{gpsd_saying(std::string{kRough} + std::string{kExact})};
    Places on{gpsd.port()};
    on.ask(AskReceiver{kGate});
    on.until([&] { return !on.question(kGate).value.empty(); });
    CHECK(on.question(kGate).value == "-1.2865 36.8173 1651.0 12.5");
    CHECK(on.question(kGate).place->receiver.tone == Tone::good);
    CHECK_FALSE(on.question(kGate).place->receiver.asking);
}

TEST_CASE("the best place so far is taken when a person says so", "[stage][place]") {
    test::LoopbackServer gpsd{gpsd_saying(std::string{kRough})};
    Places on{gpsd.port()};
    on.ask(AskReceiver{kCamp});
    on.until([&] { return on.question(kCamp).place->receiver.at.has_value(); });
    CHECK(on.question(kCamp).place->receiver.asking);
    CHECK(on.question(kCamp).place->receiver.at->accuracy == 35);
    CHECK(on.question(kCamp).value.empty());
    CHECK_FALSE(on.question(kGate).place->receiver.asking);

    SECTION("taken") {
        on.ask(StopReceiver{true});
        CHECK(on.question(kCamp).value == "-1.2864 36.8172 1650.0 35.0");
    }
    SECTION("not") {
        on.ask(StopReceiver{});
        CHECK(on.question(kCamp).value.empty());
        CHECK(on.question(kCamp).place->receiver.text.empty());
    }
    SECTION("nor when the page is left") {
        on.ask(GoTo{Place::home});
        CHECK(on.stage->views().frame.place == Place::home);
    }
}

TEST_CASE("a place from the receiver is the next point of a line", "[stage][place]") {
    test::LoopbackServer gpsd{gpsd_saying(std::string{kRough})};
    Places on{gpsd.port()};
    on.ask(Answer{kRoad, "1 2 0 0"});
    on.ask(AskReceiver{kRoad});
    on.until([&] { return on.question(kRoad).place->receiver.at.has_value(); });
    on.ask(StopReceiver{true});
    CHECK(on.question(kRoad).value == "1.0 2.0 0.0 0.0; -1.2864 36.8172 1650.0 35.0");
}

TEST_CASE("what is answered quickly leads to the next page", "[stage][place]") {
    test::LoopbackServer gpsd{gpsd_saying(std::string{kRough})};
    Places on{gpsd.port()};
    on.ask(OnePage{true});
    CHECK(on.stage->views().fill.page == 0);
    on.ask(Answer{kGate, "1 2 0 0"});  // typed: it may be corrected
    CHECK(on.stage->views().fill.page == 0);
    on.ask(AskReceiver{kGate});
    on.until([&] { return on.question(kGate).place->receiver.at.has_value(); });
    on.ask(StopReceiver{true});
    CHECK(on.stage->views().fill.page == 1);
}

TEST_CASE("without gpsd it is said how to go on", "[stage][place]") {
    Places on;
    on.ask(AskReceiver{kGate});
    on.until([&] { return !on.question(kGate).place->receiver.asking; });
    CHECK(on.question(kGate).place->receiver.tone == Tone::warning);
    CHECK(on.question(kGate).place->receiver.text.find("gpsd") != std::string::npos);
    CHECK(on.question(kGate).value.empty());
}

TEST_CASE("the code in a picture becomes the answer, the picture does not", "[stage][code]") {
    Places on;
    const auto file =
        on.picture("seal.png", test::barcode(ZXing::BarcodeFormat::Code128, "SEAL-0042", 400, 150));
    SECTION("chosen") {
        on.ask(BrowseFiles{kSeal});
        REQUIRE(on.stage->views().files.browser);
        on.ask(AttachFile{kSeal, file.string()});
        CHECK_FALSE(on.stage->views().files.browser);
    }
    SECTION("dropped") {
        on.ask(DropFiles{kSeal, {file.string()}});
    }
    SECTION("pasted as a path") {
        on.ask(PasteFile{kSeal, "file://" + file.string()});
    }
    SECTION("pasted as a picture") {
        on.ask(PastePicture{kSeal, want(media::encode_png(test::barcode(
                                       ZXing::BarcodeFormat::QRCode, "SEAL-0042", 300, 300)))});
    }
    CHECK(on.question(kSeal).value == "SEAL-0042");
    CHECK_FALSE(on.question(kSeal).code);
    CHECK(on.stage->views().frame.message.text.find("SEAL-0042") != std::string::npos);
}

TEST_CASE("of several codes a person chooses, and none is said to be none", "[stage][code]") {
    Places on;
    on.ask(AttachFile{
        kSeal,
        on.picture("two.png",
                   test::stacked(test::barcode(ZXing::BarcodeFormat::QRCode, "one", 300, 300),
                                 test::barcode(ZXing::BarcodeFormat::QRCode, "two", 300, 300)))
            .string()});
    REQUIRE(on.question(kSeal).code);
    CHECK(on.question(kSeal).code->found.size() == 2);
    CHECK(on.question(kSeal).value.empty());
    on.ask(Answer{kSeal, "two"});
    CHECK_FALSE(on.question(kSeal).code);

    on.ask(AttachFile{kSeal, on.picture("none.png", test::quarters(200, 100)).string()});
    REQUIRE(on.question(kSeal).code);
    CHECK_FALSE(on.question(kSeal).code->problem.empty());
    on.ask(AttachFile{kSeal, (on.path() / "places.md").string()});
    CHECK_FALSE(on.question(kSeal).code->problem.empty());
    CHECK(on.question(kSeal).value == "two");
}

}  // namespace bordereau::app
