// A team of two laptops without any network, made and ended in their windows.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <semaphore>

#include "app/media/codec.h"
#include "app/stage.h"
#include "storage/files.h"
#include "storage/travel_log.h"
#include "sync/bundling.h"
#include "tests/app/stage/setting.h"
#include "tests/support/fake_camera.h"

namespace bordereau::app {

using test::want;

namespace {

const LaptopsView& laptops_of(Setting& on) {
    on.ask(GoTo{Place::people});
    return on.stage.views().people.laptops;
}

// Two laptops, one of which has founded the team.
struct TwoLaptops {
    Setting office, post{2};
    std::string stick;

    TwoLaptops() {
        office.ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        post.ask(CreateNotebook{"amina", std::string{test::kPassphrase}, "Post 8"});
        const auto folder = office.folder.path() / "stick";
        std::filesystem::create_directory(folder);
        stick = folder.string();
    }
    void admit(const std::string& code) {
        laptops_of(office);
        office.ask(AdmitLaptop{code, "post", "officer"});
    }
    void join() {
        const std::string answer = laptops_of(office).answer.text;
        laptops_of(post);
        post.ask(JoinLaptops{answer});
    }
};

}  // namespace

TEST_CASE("the picture of a code is made once, however often its page is", "[stage][laptops]") {
    Setting on;
    on.ask(CreateNotebook{"amina", std::string{test::kPassphrase}, "Post 8"});
    const auto* pixels = laptops_of(on).own.picture.rgba.data();
    REQUIRE(pixels != nullptr);
    on.ask(GoTo{Place::people});
    CHECK(on.stage.views().people.laptops.own.picture.rgba.data() == pixels);
}

TEST_CASE("files for joining bear the name in its own letters, and no two laptops' the same",
          "[stage][laptops]") {
    const auto file_for = [](const char* person, std::uint64_t seed) {
        Setting on{seed};
        on.ask(CreateNotebook{person, std::string{test::kPassphrase}, "Post 8"});
        return std::filesystem::path{laptops_of(on).own.file}.filename().string();
    };
    const std::string noor = file_for("نور", 1);
    CHECK(noor.starts_with("نور-"));
    CHECK(noor.ends_with("-asks.txt"));
    CHECK(file_for("نور", 2) != noor);
    CHECK(file_for("李 华: a/b?", 1).starts_with("李-华--a-b--"));
}

TEST_CASE("a laptop asks with a code, is admitted, and can give to the other at once",
          "[stage][laptops]") {
    TwoLaptops both;
    const HandOnView asked = laptops_of(both.post).own;
    CHECK_FALSE(asked.text.empty());
    CHECK_FALSE(asked.picture.empty());
    both.admit(asked.text);
    CHECK(laptops_of(both.office).problem.empty());
    REQUIRE(laptops_of(both.office).laptops.size() == 2);
    CHECK(laptops_of(both.office).laptops[1].name == "post");
    both.join();
    CHECK(both.post.stage.views().frame.team == "Crossing North");
    CHECK_FALSE(laptops_of(both.post).can_join);
    CHECK(laptops_of(both.post).laptops.size() == 2);

    both.post.ask(WriteBundle{both.stick});
    INFO(both.post.stage.views().frame.message.text);
    CHECK(both.post.stage.views().frame.message.tone == Tone::good);
    both.office.ask(ReadBundles{{both.stick}});
    INFO(both.office.stage.views().frame.message.text);
    CHECK(both.office.stage.views().frame.message.tone == Tone::good);
}

TEST_CASE("the window shows the role that the new team gives, at once", "[stage][laptops]") {
    TwoLaptops both;
    CHECK(both.post.stage.views().frame.role == "administrator");
    both.admit(laptops_of(both.post).own.text);
    both.join();
    CHECK(both.post.stage.views().frame.role == "officer");
    CHECK_FALSE(both.post.stage.views().people.can_add);
}

TEST_CASE("two laptops of one name are told apart by their numbers, and when they were heard of",
          "[stage][laptops]") {
    TwoLaptops both;
    both.admit(laptops_of(both.post).own.text);
    both.join();
    Setting third{3};
    third.ask(CreateNotebook{"drita", std::string{test::kPassphrase}, "Post 9"});
    both.admit(laptops_of(third).own.text);
    both.post.ask(WriteBundle{both.stick});
    both.office.ask(ReadBundles{{both.stick}});
    const auto rows = laptops_of(both.office).laptops;
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].self);
    CHECK(rows[1].name == rows[2].name);
    CHECK(rows[1].number != rows[2].number);
    CHECK(rows[1].device.starts_with(rows[1].number));
    const DeviceId post = both.post.stage.desk()->notebook().device();
    for (const LaptopRow& row : {rows[1], rows[2]})
        CHECK(row.heard.empty() == (row.device != post.text));
}

TEST_CASE("that a laptop was copied is said first of all, with what to do", "[stage][laptops]") {
    TwoLaptops both;
    both.admit(laptops_of(both.post).own.text);
    both.join();
    both.post.ask(Lock{});
    Setting copy{3};
    std::filesystem::copy(both.post.folder.path(), copy.folder.path(),
                          std::filesystem::copy_options::recursive);
    for (Setting* one : {&both.post, &copy}) {
        one->ask(Unlock{"amina", std::string{test::kPassphrase}});
        REQUIRE(one->stage.desk() != nullptr);
        one->small();
        want(one->stage.desk()->notebook().journal().seal_all());
        one->ask(WriteBundle{both.stick});
        both.office.ask(ReadBundles{{both.stick}});
        std::filesystem::remove_all(both.stick);
        std::filesystem::create_directory(both.stick);
    }
    both.office.ask(GoTo{Place::home});
    const auto& needs = both.office.stage.views().home.needs;
    REQUIRE_FALSE(needs.empty());
    INFO(needs.front().text);
    CHECK(needs.front().text.find("was copied, and both copies were written to") !=
          std::string::npos);
    CHECK(needs.front().place == Place::sync);
}

TEST_CASE("who came in by the open door is shown on its laptop, with what was exchanged",
          "[stage][laptops][lan]") {
    TwoLaptops both;
    both.admit(laptops_of(both.post).own.text);
    both.join();
    both.office.ask(GoTo{Place::sync});
    want(both.office.stage.desk()->open_door({"127.0.0.1"}, [] {}));
    CHECK(both.office.stage.views().sync.guests.empty());
    both.post.small();
    want(both.post.stage.desk()->notebook().journal().seal_all());
    const int port = both.office.stage.desk()->door()->port();
    both.post.ask(MeetLaptop{"127.0.0.1:" + std::to_string(port)});
    INFO(both.post.stage.views().frame.message.text);
    const auto guests = both.office.stage.desk()->door()->guests();
    REQUIRE(guests.size() == 1);
    CHECK(guests[0].received > 0);
    both.office.ask(GoTo{Place::sync});
    REQUIRE(both.office.stage.views().sync.guests.size() == 1);
    CHECK(both.office.stage.views().sync.guests[0].find("post") != std::string::npos);
    CHECK(std::ranges::any_of(both.office.stage.views().sync.log, [](const SyncLogRow& row) {
        return row.text.starts_with("Small visit (amina): ");
    }));
}

TEST_CASE("codes travel as files as well", "[stage][laptops]") {
    TwoLaptops both;
    const std::string asks = both.stick + "/asks.txt", joins = both.stick + "/joins.txt";
    laptops_of(both.post);
    both.post.ask(SaveCode{false, asks});
    both.admit(asks);
    CHECK(laptops_of(both.office).problem.empty());
    both.office.ask(SaveCode{true, joins});
    laptops_of(both.post);
    both.post.ask(JoinLaptops{joins});
    CHECK(both.post.stage.views().frame.team == "Crossing North");
}

TEST_CASE("a photo of the other laptop's screen will do", "[stage][laptops]") {
    TwoLaptops both;
    const std::string photo = both.stick + "/photo.png";
    const auto png = want(media::encode_png(laptops_of(both.post).own.picture));
    want(storage::replace_file(photo, png));
    both.admit(photo);
    CHECK(laptops_of(both.office).problem.empty());
    CHECK(laptops_of(both.office).laptops.size() == 2);
}

TEST_CASE("a code that is mistyped or another laptop's changes nothing, and that is said",
          "[stage][laptops]") {
    TwoLaptops both;
    both.admit("mistyped");
    CHECK_FALSE(laptops_of(both.office).problem.empty());
    CHECK(laptops_of(both.office).laptops.size() == 1);
    both.admit(laptops_of(both.post).own.text);
    const std::string answer = laptops_of(both.office).answer.text;
    Setting third{3};
    third.ask(CreateNotebook{"drita", std::string{test::kPassphrase}, "Post 9"});
    laptops_of(third);
    third.ask(JoinLaptops{answer});
    CHECK_FALSE(laptops_of(third).problem.empty());
    CHECK(third.stage.views().frame.team == "Post 9");
}

TEST_CASE("a laptop's membership ends for a reason, and only where the team was founded",
          "[stage][laptops]") {
    TwoLaptops both;
    both.admit(laptops_of(both.post).own.text);
    both.join();
    for (const LaptopRow& row : laptops_of(both.post).laptops) CHECK_FALSE(row.can_revoke);
    CHECK_FALSE(laptops_of(both.post).can_admit);
    const LaptopRow post = laptops_of(both.office).laptops[1];
    CHECK(post.can_revoke);
    both.office.ask(RevokeLaptop{post.device, "Left on the train"});
    const LaptopRow gone = laptops_of(both.office).laptops[1];
    CHECK(gone.revoked);
    CHECK(gone.reason == "Left on the train");
    CHECK_FALSE(gone.can_revoke);
}

TEST_CASE("the answer for a laptop is forgotten when the page is left", "[stage][laptops]") {
    TwoLaptops both;
    both.admit(laptops_of(both.post).own.text);
    CHECK_FALSE(both.office.stage.views().people.laptops.answer.text.empty());
    both.office.ask(GoTo{Place::home});
    CHECK(laptops_of(both.office).answer.text.empty());
}

namespace {

// The laptop that admits, with a camera before which the other one is held.
struct Watching {
    test::TemporaryFolder machine;
    test::FakeCamera device;
    std::counting_semaphore<> news{0};
    Setting office{1, camera_here(), [this] { news.release(); }};
    Setting post{2};

    Watching() {
        office.ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        post.ask(CreateNotebook{"amina", std::string{test::kPassphrase}, "Post 8"});
    }
    Camera::Options camera_here() {
        Camera::Options options;
        options.calls = device.calls();
        options.devices = test::devices_in(machine.path(), {"video0"});
        options.pause = 0;
        return options;
    }
    void make_as_large_as(const media::Raster& code) {
        device.width = static_cast<std::uint32_t>(code.width);
        device.height = static_cast<std::uint32_t>(code.height);
    }
};

}  // namespace

TEST_CASE("the camera reads the other laptop's code off its screen", "[stage][laptops][camera]") {
    Watching on;
    CHECK(laptops_of(on.office).camera);
    CHECK_FALSE(laptops_of(on.post).camera);
    const HandOnView code = laptops_of(on.post).own;
    on.make_as_large_as(code.picture);
    on.office.ask(ScanCode{false});
    CHECK(on.office.stage.views().files.camera != nullptr);
    on.device.show(test::yuyv_of(code.picture));
    const auto& scanned = on.office.stage.views().people.laptops.scanned;
    while (scanned.code.empty()) {
        on.news.acquire();
        (void)on.office.stage.views();
    }
    CHECK(scanned.code == code.text);
    CHECK_FALSE(scanned.answer);
    CHECK(on.office.stage.views().files.camera == nullptr);
    CHECK_FALSE(on.device.is_open());
    on.office.ask(AdmitLaptop{scanned.code, "post", "officer"});
    CHECK(on.office.stage.views().people.laptops.problem.empty());

    SECTION("and it is forgotten when the page is left") {
        on.office.ask(GoTo{Place::home});
        CHECK(laptops_of(on.office).scanned.code.empty());
    }
    SECTION("leaving the page closes the camera") {
        on.office.ask(ScanCode{true});
        on.office.ask(GoTo{Place::home});
        CHECK_FALSE(on.device.is_open());
    }
}

}  // namespace bordereau::app
