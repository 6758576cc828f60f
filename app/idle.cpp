#include "app/idle.h"

#include <algorithm>

namespace bordereau::app {
namespace {

// The two clocks are read one after the other, and are not of one grain.
constexpr Millis kNap = 1'000;

}  // namespace

void Idle::note_input(Uptime now) {
    input_ = now.awake;
}

bool Idle::slept(Uptime now) {
    const bool slept = asleep(now) - asleep_ > kNap;
    asleep_ = asleep(now);
    return slept;
}

Millis Idle::left(Uptime now, Millis after) const {
    return std::max<Millis>(0, after - (now.awake - input_));
}

}  // namespace bordereau::app
