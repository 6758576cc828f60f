// app/screens/laptops_view.h - which laptops belong to the team, and the codes by which another one
// comes in without any network.
#pragma once

#include <string>
#include <vector>

#include "app/media/raster.h"

namespace bordereau::app {

struct LaptopRow {
    std::string device;  ///< its number
    std::string name;
    std::string role;    ///< "role.<role>"
    std::string since;   ///< worded date
    std::string reason;  ///< why it is no member any more
    bool self = false;
    bool revoked = false;
    bool can_revoke = false;
    std::string number;  ///< the beginning of `device`: tells laptops of one name apart
    std::string heard;   ///< when the latest change held here was made there, or empty
};

/// A code to hand on: as text, as a picture, as a file.
struct HandOnView {
    std::string text;  ///< empty: none
    std::string name;  ///< of the laptop that it is about
    media::Raster picture;
    std::string file;  ///< proposed
};

/// What the camera read. Another number: something new.
struct ScannedView {
    bool answer = false;  ///< of the laptop that admits, else the code of one that asks
    std::string code;
    int number = 0;
};

struct LaptopsView {
    std::string team;
    std::vector<LaptopRow> laptops;  ///< administrators first, of one role by name; former last
    std::vector<std::string> roles;  ///< that can be given
    bool can_admit = false;          ///< the team was founded here, by whom it may be widened
    bool can_join = false;           ///< nothing was exchanged in this team yet
    HandOnView own;                  ///< asks to belong to a team
    HandOnView answer;               ///< for the laptop that was admitted last
    std::string problem;             ///< why the last thing was not done, or empty
    bool camera = false;             ///< there is one, to read codes with
    ScannedView scanned;
};

}  // namespace bordereau::app
