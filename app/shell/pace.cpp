#include "app/shell/pace.h"

#include <algorithm>
#include <utility>

namespace bordereau::shell {

bool Pace::key(KeyKind kind, bool pressed) {
    event();
    if (kind == KeyKind::ordinary) {
        key_pressed_ = key_pressed_ || pressed;
        return false;
    }
    return !pressed && key_pressed_;
}

void Pace::drew(std::uint64_t picture) {
    frames_left_ = std::max(frames_left_ - 1, 0);
    key_pressed_ = false;
    const bool changed = std::exchange(picture_, picture) != picture;
    if (!changed || due() || settling_left_ == 0) return;
    --settling_left_;
    frames_left_ = 1;
}

void Pace::after(double now, double seconds) {
    const double at = now + std::max(seconds, 0.0);
    wish_ = wish_ < 0 ? at : std::min(wish_, at);
}

double Pace::patience(double now) const {
    return wish_ < 0 ? -1 : std::max(wish_ - now, 0.0);
}

void Pace::tick(double now) {
    if (wish_ < 0 || now < wish_) return;
    wish_ = -1;
    event();
}

}  // namespace bordereau::shell
