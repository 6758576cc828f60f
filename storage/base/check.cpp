#include "storage/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace bordereau {

void stop(const char* what, std::source_location where) {
    std::fprintf(stderr, "bordereau: mistake in %s:%u: %s\n", where.file_name(),
                 static_cast<unsigned>(where.line()), what);
    std::abort();
}

}  // namespace bordereau
