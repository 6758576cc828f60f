// tests/support/endpoint_process.h - the built bordereau-endpoint, run as people run it.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bordereau::test {

inline std::string endpoint_program() {
    return BORDEREAU_BINARY_DIR "/app/endpoint/bordereau-endpoint";
}

/// How a command ended, and what it printed.
struct Ended {
    int code = -1;
    std::string output;  ///< standard output
};

/// A child whose standard output is read here; its standard error is dropped.
class Child {
public:
    explicit Child(std::vector<std::string> arguments) {
        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) become(std::move(arguments), ends[1]);
        pid_ = child;
        close(ends[1]);
        output_.reset(fdopen(ends[0], "r"));
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { end(SIGKILL); }

    /// The next line without its end; empty at the end of the output.
    std::string line() {
        std::string text;
        for (int c = fgetc(output_.get()); c != EOF && c != '\n'; c = fgetc(output_.get()))
            text += static_cast<char>(c);
        return text;
    }
    pid_t pid() const { return pid_; }
    std::string rest() {
        std::string text;
        for (int c = fgetc(output_.get()); c != EOF; c = fgetc(output_.get()))
            text += static_cast<char>(c);
        return text;
    }
    /// Sends a signal (0: none) and waits. The exit code, or minus the signal that ended it; the
    /// same again once it has ended.
    int end(int signal) {
        if (pid_ <= 0) return ended_;  // never kill(-1): that is everybody
        if (signal != 0) kill(pid_, signal);
        int status = 0;
        pid_t waited = 0;
        do waited = waitpid(pid_, &status, 0);
        while (waited < 0 && errno == EINTR);
        REQUIRE(waited == pid_);
        pid_ = 0;
        ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        return ended_;
    }

private:
    [[noreturn]] static void become(std::vector<std::string> arguments, int output) {
        std::vector<char*> raw;
        for (std::string& argument : arguments) raw.push_back(argument.data());
        raw.push_back(nullptr);
        dup2(output, STDOUT_FILENO);
        dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
        execv(raw[0], raw.data());
        _exit(127);
    }

    struct Close {
        void operator()(FILE* file) const { fclose(file); }
    };
    pid_t pid_ = 0;  ///< 0: none runs
    int ended_ = 0;
    std::unique_ptr<FILE, Close> output_;
};

/// Runs one administrative command to its end.
inline Ended run_endpoint(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), endpoint_program());
    Child child{std::move(arguments)};
    Ended ended;
    ended.output = child.rest();
    ended.code = child.end(0);
    return ended;
}

/// The same, with what it said on standard error among its output.
inline Ended run_endpoint_aloud(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", endpoint_program()});
    Child child{std::move(arguments)};
    Ended ended;
    ended.output = child.rest();
    ended.code = child.end(0);
    return ended;
}

/// A listening endpoint over a data folder.
class EndpointProcess {
public:
    /// Port 0 takes a free one; a later start may name it again. On loopback, unless `more` says
    /// where to --listen.
    explicit EndpointProcess(const std::filesystem::path& data, int port = 0,
                             std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{endpoint_program(), "serve", "--data", data.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        if (std::ranges::find(more, "--listen") == more.end()) {
            arguments.emplace_back("--listen");
            arguments.push_back("127.0.0.1:" + std::to_string(port));
        }
        child_ = std::make_unique<Child>(std::move(arguments));
        const std::string line = child_->line();
        REQUIRE(line.starts_with("listening on "));
        url_ = line.substr(std::string{"listening on "}.size());
    }

    const std::string& url() const { return url_; }
    int port() const { return std::stoi(url_.substr(url_.rfind(':') + 1)); }
    pid_t pid() const { return child_->pid(); }
    std::string line() { return child_->line(); }  ///< the next one that it prints
    int wait() { return child_->end(0); }          ///< until it ends by itself: its exit code
    int stop() { return child_->end(SIGTERM); }    ///< its exit code
    void kill() { child_->end(SIGKILL); }

private:
    std::unique_ptr<Child> child_;
    std::string url_;
};

/// A code for a device of the team "Crossing North", founded where it is not there yet.
inline std::string invitation_to(const EndpointProcess& endpoint, const std::filesystem::path& data,
                                 std::vector<std::string> more = {}) {
    std::vector<std::string> founding{"create", "--data", data.string(), "--team",
                                      "Crossing North"};
    if (const auto key = std::ranges::find(more, "--key-file"); key != more.end())
        founding.insert(founding.end(), key, key + 2);
    REQUIRE(run_endpoint(std::move(founding)).code == 0);
    std::vector<std::string> arguments{"invite",         "--data", data.string(), "--team",
                                       "Crossing North", "--url",  endpoint.url()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Ended ended = run_endpoint(std::move(arguments));
    REQUIRE(ended.code == 0);
    return ended.output;
}

}  // namespace bordereau::test
