// app/shell/process.h - another program of ours as a child: started, listened to, stopped.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::shell {

/// A running child. Ended (SIGTERM, then waited for) when the object goes.
class Process {
public:
    /// not_found: there is no such program.
    static Result<Process> start(const std::filesystem::path& program,
                                 const std::vector<std::string>& arguments);
    Process(Process&& other) noexcept
        : id_(std::exchange(other.id_, -1)), out_(std::exchange(other.out_, nullptr)) {}
    Process& operator=(Process&&) = delete;
    ~Process();

    /// The next line of its standard output. not_found: it has ended.
    Result<std::string> read_line();
    /// All that is left of its standard output, then waits for its end. Its exit code.
    int finish(std::string& rest);

private:
    Process(int id, std::FILE* out) : id_(id), out_(out) {}
    int id_ = -1;
    std::FILE* out_ = nullptr;
};

}  // namespace bordereau::shell
