// app/screens/people_view.h - who shares this notebook and what each may do.
#pragma once

#include <string>
#include <vector>

#include "app/screens/laptops_view.h"

namespace bordereau::app {

struct PersonRow {
    std::string name;
    std::vector<std::string> roles;  ///< words: "role.<role>"
    std::string since;               ///< worded date
    bool self = false;
    bool can_remove = false;
};

struct PeopleView {
    std::vector<PersonRow> people;   ///< administrators first, of one role by name
    std::vector<std::string> roles;  ///< those that can be given
    bool can_add = false;
    bool can_make_recovery_key = false;
    bool has_recovery_key = false;
    SecretText recovery_key;  ///< just made, shown this once; else empty
    bool can_change_key = false;
    std::string recovery_path;  ///< proposed for the page to print
    int min_passphrase = 8;
    LaptopsView laptops;
    std::string problem;  ///< why the last one was not added, or empty
};

}  // namespace bordereau::app
