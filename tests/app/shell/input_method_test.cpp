#include "app/shell/input_method.h"

#include <catch2/catch_test_macros.hpp>

namespace bordereau::shell {
namespace {

constexpr int kKey = 38, kOther = 39;
using enum KeyAction;
using enum KeyCourse;

}  // namespace

TEST_CASE("without an input method every key is told as it is", "[shell][input_method]") {
    MethodKeys keys;
    CHECK(keys.tell(kKey, press, fresh) == KeyTold::as_it_is);
    CHECK(keys.tell(kKey, repeat, fresh) == KeyTold::as_it_is);
    CHECK(keys.tell(kKey, release, fresh) == KeyTold::as_it_is);
}

TEST_CASE("a key that an input method keeps is never told, neither its release",
          "[shell][input_method]") {
    MethodKeys keys;
    CHECK(keys.tell(kKey, press, taken) == KeyTold::nothing);
    CHECK(keys.tell(kKey, repeat, taken) == KeyTold::nothing);
    CHECK(keys.tell(kKey, release, fresh) == KeyTold::nothing);
    CHECK(keys.tell(kKey, press, fresh) == KeyTold::as_it_is);
    CHECK(keys.tell(kKey, release, fresh) == KeyTold::as_it_is);
}

TEST_CASE("a key that an input method gives back is told as a press, once",
          "[shell][input_method]") {
    MethodKeys keys;
    CHECK(keys.tell(kKey, press, taken) == KeyTold::nothing);
    CHECK(keys.tell(kOther, press, taken) == KeyTold::nothing);
    // GLFW has told the press before and takes what comes back for a repetition.
    CHECK(keys.tell(kKey, repeat, returned) == KeyTold::press);
    CHECK(keys.tell(kKey, release, fresh) == KeyTold::as_it_is);
    CHECK(keys.tell(kOther, release, fresh) == KeyTold::nothing);
}

TEST_CASE("a key that comes back after it was let go is told as pressed and let go",
          "[shell][input_method]") {
    MethodKeys keys;
    CHECK(keys.tell(kKey, press, taken) == KeyTold::nothing);
    CHECK(keys.tell(kKey, release, fresh) == KeyTold::nothing);
    CHECK(keys.tell(kKey, press, returned) == KeyTold::tap);
    CHECK(keys.tell(kKey, press, fresh) == KeyTold::as_it_is);
}

TEST_CASE("a key held down through an input method is let go in the end", "[shell][input_method]") {
    MethodKeys keys;
    CHECK(keys.tell(kKey, press, taken) == KeyTold::nothing);
    CHECK(keys.tell(kKey, repeat, returned) == KeyTold::press);
    CHECK(keys.tell(kKey, repeat, taken) == KeyTold::nothing);
    CHECK(keys.tell(kKey, release, fresh) == KeyTold::as_it_is);
    CHECK(keys.tell(kKey, press, returned) == KeyTold::tap);
}

}  // namespace bordereau::shell
