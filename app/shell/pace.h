// app/shell/pace.h - decides when a frame is due, so that an idle window costs nothing.
// Knows no window: events are told to it.
#pragma once

#include <cstdint>

namespace bordereau::shell {

/// Dear ImGui spreads one burst of input over a few frames and lays out new things in two, so each
/// event asks for three.
inline constexpr int kFramesPerEvent = 3;

enum class KeyKind { ordinary, modifier };

/// Cards that hold cards take more: so many frames more at most, while pictures still differ.
inline constexpr int kMostSettling = 12;

class Pace {
public:
    void event() {
        frames_left_ = kFramesPerEvent;
        settling_left_ = kMostSettling;
    }
    /// True when a frame must be drawn before this key event is passed on: an ordinary key pressed
    /// and its modifier released within one poll would reach Dear ImGui in one frame, which then
    /// sees the modifier as already up and drops the shortcut.
    bool key(KeyKind kind, bool pressed);

    bool due() const { return frames_left_ > 0; }
    /// `picture`: a number that differs where pictures differ. What stays on the screen is the same
    /// as the picture before it, and so not half laid out.
    void drew(std::uint64_t picture = 0);

    /// Asks for frames once `seconds` have passed since the last event; the earliest wish counts.
    void after(double now, double seconds);
    /// Seconds to wait for an event at most; negative: without limit.
    double patience(double now) const;
    /// Turns a wish whose time has come into frames.
    void tick(double now);

private:
    int frames_left_ = kFramesPerEvent;
    int settling_left_ = kMostSettling;
    std::uint64_t picture_ = 0;  // drawn last
    bool key_pressed_ = false;   // an ordinary key, since the last frame
    double wish_ = -1;           // instant of the earliest wish; negative: none
};

}  // namespace bordereau::shell
