// app/text/position_link.h - the place within an address of a map. For position.cpp only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bordereau::text {

bool is_address(std::string_view written);
/// It has no place in it: the network knows where it leads.
bool is_short_link(std::string_view address);
/// "lat, lon" with what else the address says, for read_position(). Nothing: no place in it.
std::optional<std::string> place_in(std::string_view address);

}  // namespace bordereau::text
