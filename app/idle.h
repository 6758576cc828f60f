// app/idle.h - when an open notebook must be locked: after a time without input, and when the
// machine has slept. Knows no window and no notebook; two clocks are passed in.
#pragma once

#include "app/desk/services.h"

namespace bordereau::app {

class Idle {
public:
    explicit Idle(Uptime now) : input_(now.awake), asleep_(asleep(now)) {}

    /// Somebody pressed, typed or moved something.
    void note_input(Uptime now);
    /// Whether the machine slept since the last call.
    bool slept(Uptime now);
    /// What is left of the time without input.
    Millis left(Uptime now, Millis after) const;

private:
    static Millis asleep(Uptime now) { return now.all - now.awake; }
    Millis input_;   // when there was some last, in waking time
    Millis asleep_;  // how long the machine had slept by the last look
};

}  // namespace bordereau::app
