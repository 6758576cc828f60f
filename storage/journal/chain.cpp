#include "storage/journal/chain.h"

#include "storage/journal/action_codec.h"

namespace bordereau::storage {

LaneId lane_of(const Action& action, const DeviceId& home) {
    if (is_about_audit(action)) return lane_of_home(home);
    return std::holds_alternative<RegisterRowSet>(action) ? kSupervisorsLane : kCommonLane;
}

std::uint64_t mark_of(std::string_view digest) {
    std::uint64_t mark = 0;
    for (const char byte : digest.substr(0, sizeof mark))
        mark = (mark << 8) | static_cast<unsigned char>(byte);
    return mark == 0 ? 1 : mark;
}

}  // namespace bordereau::storage
