// tests/app/screens/stage.h - one screen in the windowless harness, with what it asked for.
#pragma once

#include <functional>
#include <utility>
#include <variant>
#include <vector>

#include "app/commands.h"
#include "tests/support/frames.h"

namespace bordereau::test {

class Stage {
public:
    using Draw = std::function<void(const text::Words&, app::Commands&)>;

    explicit Stage(Draw draw, FramesOptions options = {})
        : draw_(std::move(draw)),
          frames_([this] { draw_(*widgets::look().words, asked_); }, options) {
        frames_.draw(3);
    }

    Frames* operator->() { return &frames_; }

    /// Everything asked for so far.
    const app::Commands& asked() const { return asked_; }
    /// Those of one kind.
    template <class Kind>
    std::vector<Kind> asked_for() const {
        std::vector<Kind> found;
        for (const app::Command& command : asked_)
            if (const auto* kind = std::get_if<Kind>(&command)) found.push_back(*kind);
        return found;
    }

private:
    Draw draw_;
    app::Commands asked_;
    Frames frames_;
};

}  // namespace bordereau::test
