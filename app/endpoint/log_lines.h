// app/endpoint/log_lines.h - one line of key=value for each thing that happened: who, what, how
// much; never what was said.
#pragma once

#include <initializer_list>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "storage/base/time.h"

namespace bordereau::app::endpoint {

enum class LogLevel { quiet, error, info, debug };

/// From any thread; each line is written whole.
class LogLines {
public:
    using Field = std::pair<std::string_view, std::string>;

    LogLines(std::ostream& out, Clock clock, LogLevel level)
        : out_(out), clock_(std::move(clock)), level_(level) {}

    bool wants(LogLevel level) const { return level <= level_; }
    /// Values with blanks, quotes or control characters are quoted and escaped.
    void say(LogLevel level, std::initializer_list<Field> fields);

private:
    std::ostream& out_;
    Clock clock_;
    LogLevel level_;
    std::mutex mutex_;
};

}  // namespace bordereau::app::endpoint
