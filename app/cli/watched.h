// app/cli/watched.h - how far a long work is, on a terminal, with Ctrl-C as the way to stop it.
#pragma once

#include <cstdint>

namespace bordereau::app::cli {

/// Says how far a long work is; ends it where a person pressed Ctrl-C. One at a time.
class Watched {
public:
    Watched();
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched();

    /// False: somebody wants it to end.
    bool operator()(std::int64_t done, std::int64_t total);

private:
    void (*before_)(int);
    int said_ = -1;
};

}  // namespace bordereau::app::cli
