#include "app/widgets/narrator.h"

#include <catch2/catch_test_macros.hpp>

#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "tests/support/frames.h"

namespace bordereau::widgets {

TEST_CASE("a picture is told line by line, with what would break a line escaped", "[widgets]") {
    Item item;
    item.name = "Name###who";
    item.label = "Who\tare you?";
    item.value = "Zoë\nC:\\";
    item.composed = "ni";
    item.window = "root";
    item.min = {1, 2};
    item.max = {30.4f, 40.6f};
    item.visible = item.stop = true;
    Item own;
    own.window = "Debug##Default";
    CHECK(narrated({item, own}, 7, {5, 6}) ==
          "picture 7 5 6\nwho\tWho\\tare you?\tZoë\\nC:\\\\\tni\troot\t1 2 30 41\tvisible enabled "
          "stop "
          "\nend\n");
}

TEST_CASE("what is chosen, and what a list holds, is told", "[widgets]") {
    const std::vector<Choice> choices{{"n", "North"}, {"s", "South"}};
    std::string one = "s", other = "n";
    DropDownUi ui;
    test::Frames frames{[&] {
        choice_list("one", choices, one);
        drop_down("other", choices, other, ui, {.label = "Gate"});
    }};
    CHECK(frames.item("South").checked);
    CHECK_FALSE(frames.item("North").checked);
    CHECK(frames.item("Gate").value == "North");
}

}  // namespace bordereau::widgets
