// app/desk/members.h - laptops of a team without an endpoint: one asks with a code, the one where
// the team was founded admits it and hands a code back, and the first one joins with that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"
#include "storage/journal/membership.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::app {

/// A code as people hand it on: its text, or the name of a file that holds it as text, or as a
/// picture: a photo of another screen. invalid: the file is too large, or there is none in it.
Result<std::string> code_or_file(std::string_view given);

/// The code by which this laptop asks to belong to a team.
Result<std::string> device_code(storage::Notebook& notebook);

struct LaptopAdmitted {
    std::string name;
    DeviceId device;
    std::string code;  ///< to be handed back to it
};

struct AdmittingLaptop {
    std::string code;  ///< that it gave: code_or_file()
    std::string name;  ///< as people call it; empty: as it calls itself
    storage::Role role = storage::Role::officer;
    std::vector<std::string> instead_of;  ///< members whose audits it goes on with: find_member()
};
/// Errors as sync::read_device_code(), find_member() and storage::Notebook::admit().
Result<LaptopAdmitted> admit_laptop(storage::Notebook& notebook, const AdmittingLaptop& asked);

/// Every laptop of the team, as far as is known here.
Result<std::vector<storage::Membership>> members_of(storage::Notebook& notebook);
/// Whether that is its name, its number, or the beginning of it.
bool is_called(const storage::Membership& member, std::string_view wanted);
/// By its whole number, the beginning of it, or its name. not_found; conflict: several are meant.
Result<storage::Membership> find_member(storage::Notebook& notebook, std::string_view wanted);

}  // namespace bordereau::app
