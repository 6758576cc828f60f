// tests/support/fake_logind.h - a system bus of our own (a real dbus-daemon) with what Bordereau
// asks of logind on it. Nothing happens by itself: the test's thread answers in turn_until().
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace bordereau::test {

class FakeLogind {
public:
    /// Skips the test where there is no dbus-daemon. Its socket lies in `folder`.
    explicit FakeLogind(const std::filesystem::path& folder);
    FakeLogind(const FakeLogind&) = delete;
    FakeLogind& operator=(const FakeLogind&) = delete;
    ~FakeLogind();

    const std::string& address() const;
    /// Answers what is asked until that holds.
    void turn_until(const std::function<bool()>& holds);

    int locks_given() const;       ///< that delay sleep, in all
    bool is_held() const;          ///< the last of them is
    void wait_until_let() const;   ///< until it is given back
    void announce(bool sleep);     ///< PrepareForSleep
    void lock_session(int which);  ///< the asking process's is 1

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::test
