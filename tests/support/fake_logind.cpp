#include "tests/support/fake_logind.h"

#include <fcntl.h>
#include <poll.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <optional>

#include "app/shell/process.h"

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;
constexpr const char* kDaemon = "/usr/bin/dbus-daemon";
constexpr const char* kName = "org.freedesktop.login1";
constexpr const char* kPath = "/org/freedesktop/login1";
constexpr const char* kInterface = "org.freedesktop.login1.Manager";

std::string session_path(int which) {
    return std::string{kPath} + "/session/_" + std::to_string(which);
}

fs::path write_config(const fs::path& folder) {
    const fs::path file = folder / "bus.conf";
    std::ofstream{file} << "<busconfig><type>session</type><listen>unix:path="
                        << (folder / "bus").string()
                        << "</listen><policy context=\"default\"><allow user=\"*\"/>"
                           "<allow own=\"*\"/><allow send_type=\"method_call\"/>"
                           "<allow send_type=\"signal\"/><allow receive_type=\"method_call\"/>"
                           "<allow receive_type=\"signal\"/><allow send_requested_reply=\"true\"/>"
                           "<allow receive_requested_reply=\"true\"/></policy></busconfig>";
    return file;
}

}  // namespace

struct FakeLogind::State {
    std::string address;
    std::optional<shell::Process> daemon;
    sd_bus* bus = nullptr;
    int locks = 0;
    int held = -1;  // the end of a pipe whose other end was given away

    static int inhibit(sd_bus_message* asked, void* self) {
        State& state = *static_cast<State*>(self);
        const char *what = nullptr, *who = nullptr, *why = nullptr, *mode = nullptr;
        if (sd_bus_message_read(asked, "ssss", &what, &who, &why, &mode) < 0) return -EINVAL;
        if (std::string{what} != "sleep" || std::string{mode} != "delay") return -EINVAL;
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return -errno;
        if (state.held >= 0) ::close(state.held);
        state.held = ends[0];
        ++state.locks;
        const int sent = sd_bus_reply_method_return(asked, "h", ends[1]);
        ::close(ends[1]);
        return sent;
    }
    // sd-bus' tables of methods are for C: a plain handler does as well.
    static int answer(sd_bus_message* asked, void* self, sd_bus_error*) {
        if (sd_bus_message_is_method_call(asked, kInterface, "Inhibit") > 0)
            return inhibit(asked, self);
        if (sd_bus_message_is_method_call(asked, kInterface, "GetSession") > 0 ||
            sd_bus_message_is_method_call(asked, kInterface, "GetSessionByPID") > 0)
            return session(asked);
        return 0;
    }
    static int session(sd_bus_message* asked) {
        return sd_bus_reply_method_return(asked, "o", session_path(1).c_str());
    }
};

FakeLogind::FakeLogind(const fs::path& folder) : state_(std::make_unique<State>()) {
    State& state = *state_;
    auto daemon = shell::Process::start(
        kDaemon, {"--nofork", "--print-address", "--config-file=" + write_config(folder).string()});
    if (!daemon) SKIP("no dbus-daemon");
    state.daemon.emplace(*std::move(daemon));
    const auto address = state.daemon->read_line();
    REQUIRE(address.ok());
    state.address = *address;
    REQUIRE(sd_bus_new(&state.bus) >= 0);
    REQUIRE(sd_bus_set_address(state.bus, state.address.c_str()) >= 0);
    REQUIRE(sd_bus_set_bus_client(state.bus, 1) >= 0);
    REQUIRE(sd_bus_start(state.bus) >= 0);
    REQUIRE(sd_bus_request_name(state.bus, kName, 0) >= 0);
    REQUIRE(sd_bus_add_object(state.bus, nullptr, kPath, State::answer, &state) >= 0);
}

FakeLogind::~FakeLogind() {
    if (state_->held >= 0) ::close(state_->held);
    sd_bus_flush_close_unref(state_->bus);
}

const std::string& FakeLogind::address() const {
    return state_->address;
}

void FakeLogind::turn_until(const std::function<bool()>& holds) {
    while (!holds()) {
        const int worked = sd_bus_process(state_->bus, nullptr);
        REQUIRE(worked >= 0);
        if (worked == 0) REQUIRE(sd_bus_wait(state_->bus, UINT64_MAX) >= 0);
    }
    REQUIRE(sd_bus_flush(state_->bus) >= 0);
}

int FakeLogind::locks_given() const {
    return state_->locks;
}

bool FakeLogind::is_held() const {
    pollfd end{state_->held, POLLIN, 0};
    return ::poll(&end, 1, 0) == 0;
}

void FakeLogind::wait_until_let() const {
    pollfd end{state_->held, POLLIN, 0};
    REQUIRE(::poll(&end, 1, -1) == 1);
}

void FakeLogind::announce(bool sleep) {
    REQUIRE(sd_bus_emit_signal(state_->bus, kPath, kInterface, "PrepareForSleep", "b",
                               sleep ? 1 : 0) >= 0);
    REQUIRE(sd_bus_flush(state_->bus) >= 0);
}

void FakeLogind::lock_session(int which) {
    REQUIRE(sd_bus_emit_signal(state_->bus, session_path(which).c_str(),
                               "org.freedesktop.login1.Session", "Lock", "") >= 0);
    REQUIRE(sd_bus_flush(state_->bus) >= 0);
}

}  // namespace bordereau::test
