// app/call/nearest.h - what somebody may have meant who mistyped a word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordereau::app::call {

/// Of the names the one that `word` is nearest to: it begins with it, or differs from it in few
/// letters. Empty: none is near, or several are equally.
std::string nearest(std::string_view word, const std::vector<std::string>& names);

}  // namespace bordereau::app::call
