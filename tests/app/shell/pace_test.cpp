#include "app/shell/pace.h"

#include <catch2/catch_test_macros.hpp>

namespace bordereau::shell {
namespace {

int frames_until_idle(Pace& pace) {
    int frames = 0;
    for (; pace.due() && frames < 100; ++frames) pace.drew();
    return frames;
}

}  // namespace

TEST_CASE("a window draws a few frames at first and after each event, then none", "[shell]") {
    Pace pace;
    CHECK(frames_until_idle(pace) == kFramesPerEvent);
    CHECK_FALSE(pace.due());
    pace.event();
    pace.drew();
    pace.event();
    CHECK(frames_until_idle(pace) == kFramesPerEvent);
}

TEST_CASE("a picture that still changes gets another frame, but not for ever", "[shell]") {
    Pace pace;
    for (std::uint64_t picture = 1; picture <= kFramesPerEvent + 2; ++picture) pace.drew(picture);
    CHECK(pace.due());
    pace.drew(kFramesPerEvent + 2);
    CHECK_FALSE(pace.due());

    pace.event();
    int frames = 0;
    for (; pace.due() && frames < 100; ++frames)
        pace.drew(static_cast<std::uint64_t>(1000 + frames));
    CHECK(frames == kFramesPerEvent + kMostSettling);
}

TEST_CASE("a modifier is released only after the key pressed with it was drawn", "[shell]") {
    Pace pace;
    CHECK_FALSE(pace.key(KeyKind::modifier, true));
    CHECK_FALSE(pace.key(KeyKind::ordinary, true));
    CHECK_FALSE(pace.key(KeyKind::ordinary, false));
    CHECK(pace.key(KeyKind::modifier, false));
    pace.drew();
    CHECK_FALSE(pace.key(KeyKind::modifier, false));
}

TEST_CASE("a wish for a later frame limits the waiting and is granted once", "[shell]") {
    Pace pace;
    frames_until_idle(pace);
    CHECK(pace.patience(10) < 0);
    pace.after(10, 5);
    pace.after(10, 2);
    pace.after(10, 9);
    CHECK(pace.patience(10) == 2);
    pace.tick(11);
    CHECK_FALSE(pace.due());
    pace.tick(12.5);
    CHECK(pace.due());
    frames_until_idle(pace);
    pace.tick(100);
    CHECK_FALSE(pace.due());
    CHECK(pace.patience(100) < 0);
}

}  // namespace bordereau::shell
