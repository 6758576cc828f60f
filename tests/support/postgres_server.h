// tests/support/postgres_server.h - a PostgreSQL server of a test's own: a fresh cluster in a
// temporary folder, reached by a socket in it, durable as in the field. Started by its own
// programs.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/folders.h"

extern char** environ;

namespace bordereau::test {

/// Runs a program to its end; its exit code. What it prints goes to `log`.
inline int run_program(std::vector<std::string> arguments, const std::filesystem::path& log) {
    std::vector<char*> raw;
    for (std::string& argument : arguments) raw.push_back(argument.data());
    raw.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0666);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    pid_t child = 0;
    REQUIRE(posix_spawnp(&child, raw[0], &files, nullptr, raw.data(), environ) == 0);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    while (waitpid(child, &status, 0) < 0) REQUIRE(errno == EINTR);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class PostgresServer {
public:
    static constexpr const char* kLogsStatements =
        "-c log_statement=all -c log_parameter_max_length=0 -c log_line_prefix='%a '";

    explicit PostgresServer(std::string settings = kLogsStatements)
        : settings_(std::move(settings)) {
        std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
        if (program("initdb", {"-D", at("cluster"), "-U", "keeper", "-A", "scram-sha-256",
                               "--pwfile", password_file(), "-E", "UTF8", "--no-locale", "-N"}) !=
            0)
            FAIL(bytes_of(log()));
        start();
    }
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer() {
        if (running_) program("pg_ctl", {"-D", at("cluster"), "-m", "immediate", "-w", "stop"});
        // Its files are its user's.
        program("sh", {"-c", "rm -rf \"$0\"", at("cluster")});
    }

    static constexpr const char* kPassword = "a-password-nobody-shows";
    /// How an endpoint reaches it; the path is another server's where `folder` is another.
    std::string url(std::string_view password = kPassword) const {
        return "postgresql://keeper:" + std::string{password} +
               "@/postgres?host=" + folder_.path().string();
    }
    void start() {
        if (program("pg_ctl", {"-D", at("cluster"), "-w", "-l", at("server.log"), "-o",
                               "-c listen_addresses='' -c fsync=on " + settings_ + " -k " +
                                   folder_.path().string(),
                               "start"}) != 0)
            FAIL(bytes_of(log()) + bytes_of(at("server.log")));
        running_ = true;
    }
    /// As an administrator does; whoever is connected loses the connection.
    void stop() {
        REQUIRE(program("pg_ctl", {"-D", at("cluster"), "-m", "fast", "-w", "stop"}) == 0);
        running_ = false;
    }
    /// Everything that is in it, as SQL.
    std::string dump() {
        const auto file = folder_.path() / "dump.sql";
        REQUIRE(program("pg_dump", {"-d", url(), "-f", file.string()}) == 0);
        return bytes_of(file);
    }
    /// As an administrator backs it up.
    std::filesystem::path dump_to_file() {
        const auto file = folder_.path() / "bordereau.dump";
        REQUIRE(program("pg_dump", {"--format=custom", "--file=" + file.string(), url()}) == 0);
        return file;
    }
    void restore(const std::filesystem::path& dump) {
        REQUIRE(program("pg_restore", {"--no-owner", "--dbname=" + url(), dump.string()}) == 0);
    }
    /// What psql prints for a statement; rows on lines, columns between bars.
    std::string ask(const std::string& sql) {
        const auto file = folder_.path() / "answer";
        if (program("psql", {"-d", url(), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-o",
                             file.string(), "-c", sql}) != 0)
            FAIL(bytes_of(log()));
        return bytes_of(file);
    }
    /// All that its programs and the server itself logged.
    std::string logged() const { return bytes_of(log()) + bytes_of(at("server.log")); }

private:
    std::string at(const char* name) const { return (folder_.path() / name).string(); }
    std::filesystem::path log() const { return folder_.path() / "programs.log"; }
    std::string password_file() const {
        std::ofstream{folder_.path() / "password"} << kPassword << '\n';
        return at("password");
    }
    // The server refuses to run as root; Debian's package made a user for it.
    int program(const std::string& name, std::vector<std::string> arguments) {
        const std::filesystem::path own = std::filesystem::path{POSTGRES_PROGRAMS} / name;
        arguments.insert(arguments.begin(), std::filesystem::exists(own) ? own.string() : name);
        if (geteuid() == 0)
            arguments.insert(arguments.begin(), {"setpriv", "--reuid=postgres", "--regid=postgres",
                                                 "--clear-groups", "--"});
        return run_program(std::move(arguments), log());
    }

    std::string settings_;
    TemporaryFolder folder_;
    bool running_ = false;
};

}  // namespace bordereau::test
