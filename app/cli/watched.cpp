#include "app/cli/watched.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace bordereau::app::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) {
    interrupted = 1;
}

}  // namespace

Watched::Watched() : before_(std::signal(SIGINT, on_interrupt)) {
    interrupted = 0;
}

Watched::~Watched() {
    std::signal(SIGINT, before_);
    if (said_ >= 0) std::fputc('\n', stderr);
}

bool Watched::operator()(std::int64_t done, std::int64_t total) {
    const int now = total > 0 ? static_cast<int>(done * 100 / total) : 0;
    if (isatty(STDERR_FILENO) != 0 && now != said_) {
        std::fprintf(stderr, "\r%3d %%", now);
        said_ = now;
    }
    return interrupted == 0;
}

}  // namespace bordereau::app::cli
