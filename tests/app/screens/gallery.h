// tests/app/screens/gallery.h - every screen with its sample view, by name: for the tests that
// draw all of them and for the program that pictures them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/text/words.h"
#include "tests/app/screens/samples.h"

namespace bordereau::test {

struct Exhibit {
    std::string name;
    std::function<void(const text::Words&, app::Commands&)> draw;  ///< keeps its own view and state
};
/// In the order in which a person meets them.
std::vector<Exhibit> gallery(const Samples& samples);

}  // namespace bordereau::test
