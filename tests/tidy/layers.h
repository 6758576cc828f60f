// tests/tidy/layers.h - who may include whom, and which room owns which library.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/tidy/sources.h"

namespace bordereau::test {

/// A sentence for every #include that points up the house or into somebody else's library.
std::vector<std::string> layer_offences(const std::vector<Source>& sources);

}  // namespace bordereau::test
