// app/screens/code_view.h - what was found in the picture of a barcode.
#pragma once

#include <string>
#include <vector>

namespace bordereau::app {

struct BarcodeView {
    bool reading = false;
    std::string problem;             ///< no code there, or no picture; empty: nothing to say
    std::vector<std::string> found;  ///< several: one is to be chosen
};

}  // namespace bordereau::app
