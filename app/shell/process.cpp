#include "app/shell/process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace bordereau::shell {
namespace {

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(const char* program, char* const* arguments, int out) {
    dup2(out, STDOUT_FILENO);
    close(out);
    execv(program, arguments);
    _exit(127);
}

}  // namespace

Result<Process> Process::start(const std::filesystem::path& program,
                               const std::vector<std::string>& arguments) {
    if (access(program.c_str(), X_OK) != 0)
        return Error{ErrorCode::not_found, "no program " + program.string()};
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    std::array<int, 2> pipe_ends{};
    if (pipe(pipe_ends.data()) != 0) return Error{ErrorCode::io, "no pipe for a child process"};
    const pid_t id = fork();
    if (id == 0) {
        close(pipe_ends[0]);
        become(program.c_str(), pointers.data(), pipe_ends[1]);
    }
    close(pipe_ends[1]);
    if (id < 0) {
        close(pipe_ends[0]);
        return Error{ErrorCode::io, "no new process"};
    }
    return Process{id, fdopen(pipe_ends[0], "r")};
}

Process::~Process() {
    if (id_ > 0) {
        kill(id_, SIGTERM);
        waitpid(id_, nullptr, 0);
    }
    if (out_ != nullptr) std::fclose(out_);
}

Result<std::string> Process::read_line() {
    std::string line;
    for (int c = std::fgetc(out_); c != EOF; c = std::fgetc(out_)) {
        if (c == '\n') return line;
        line += static_cast<char>(c);
    }
    if (line.empty()) return Error{ErrorCode::not_found, "the program has ended"};
    return line;
}

int Process::finish(std::string& rest) {
    for (int c = std::fgetc(out_); c != EOF; c = std::fgetc(out_)) rest += static_cast<char>(c);
    int status = 0;
    waitpid(std::exchange(id_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace bordereau::shell
