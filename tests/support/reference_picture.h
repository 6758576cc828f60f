// tests/support/reference_picture.h - compares a part of a picture with one that was recorded,
// within what fonts and drivers differ by. Recorded ones lie in tests/data/pictures, made with the
// fonts of Debian 12; BORDEREAU_RECORD_PICTURES=1 in the environment of a test records them anew.
#pragma once

#include <string>

#include "app/shell/picture.h"

namespace bordereau::test {

struct Region {
    int left = 0, top = 0, width = 0, height = 0;
};

shell::Picture part_of(const shell::Picture& picture, const Region& region);

/// Of 0 to 1: how many pixels differ plainly, one that has moved by a pixel not counted.
double difference(const shell::Picture& one, const shell::Picture& other);

/// Whether the region looks as recorded under this name; a test fails where nothing is recorded.
bool looks_as_recorded(const shell::Picture& picture, const Region& region,
                       const std::string& name);

}  // namespace bordereau::test
