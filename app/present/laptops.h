// app/present/laptops.h - the laptops of the team, and the codes by which another one comes in.
#pragma once

#include <optional>
#include <string>

#include "app/desk/desk.h"
#include "app/desk/members.h"
#include "app/present/presenting.h"
#include "app/screens/laptops_view.h"

namespace bordereau::app {

/// `admitted`: the laptop that was let in last, while its code is to be seen. `folder`: proposed
/// for files with codes, as of a stick. `before`: the last view; pictures of codes that are still
/// the same are taken from there.
Result<LaptopsView> present_laptops(const Presenting& present, Desk& desk,
                                    const std::optional<LaptopAdmitted>& admitted,
                                    const std::string& folder, LaptopsView before = {});

}  // namespace bordereau::app
