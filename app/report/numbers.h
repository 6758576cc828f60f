// app/report/numbers.h - how reports print numbers and lists that are the same in every language.
// Those that differ are in texts.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::report {

inline constexpr std::string_view kDash = "\u2013";

std::string or_dash(const std::optional<int>& number);
std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

}  // namespace bordereau::report
