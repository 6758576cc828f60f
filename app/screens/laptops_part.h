// app/screens/laptops_part.h - draws the laptops of the team, below the people.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/laptops_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct LaptopsUi {
    std::string code, name, role;   ///< of the laptop to be admitted
    std::string answer;             ///< the code or file by which this one joins
    std::string own_file, to_file;  ///< where codes are saved
    std::string answered;           ///< the answer shown last
    std::string revoking, reason;   ///< device whose membership is to end
    bool former = false;            ///< those that are no members any more are shown
    int scanned = 0;                ///< number of what the camera read last
};

void draw_laptops(const LaptopsView& view, LaptopsUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
