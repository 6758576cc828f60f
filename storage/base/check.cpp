#include "storage/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace bordereau {

void stop(const char* what, const char* file, int line) {
    std::fprintf(stderr, "bordereau: mistake in %s:%d: %s\n", file, line, what);
    std::abort();
}

}  // namespace bordereau
