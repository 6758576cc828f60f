// Disks that are full or fail, at every step that a working session takes on them.
#include <catch2/catch_test_macros.hpp>
#include <cerrno>

#include "tests/storage/crash_session.h"

namespace bordereau::storage {
namespace {

using test::DiskContent;
using test::DiskFault;
using test::DiskInUse;
using test::SimulatedDisk;
using test::want;

// A session in which the disk fails once within every step, and which then goes on.
class FailingSession {
public:
    FailingSession()
        : session_(folder_.path()), disk_(DiskContent{folder_.path().string()}), use_(disk_) {}

    FailingSession(const FailingSession&) = delete;
    FailingSession& operator=(const FailingSession&) = delete;
    ~FailingSession() { session_.close(); }

    /// Lets the step `nth` on the disk of every step of the session fail, and `lasting` - 1 more.
    /// How many steps of the session said so.
    int run(std::int64_t nth, std::int64_t lasting, int code, ErrorCode said) {
        int failed = 0;
        for (std::size_t i = 0; i < session_.steps().size(); ++i) {
            auto& step = session_.steps()[i];
            INFO(step.what << ", its step " << nth << " on the disk");
            const std::int64_t first = disk_.steps() + nth;
            disk_.fail({first, lasting == 0 ? INT64_MAX : first + lasting - 1, code});
            const Status tried = step.act();
            disk_.fail({});
            if (tried) continue;
            INFO(tried.error().detail);
            CHECK(tried.error().code == said);
            ++failed;
            check_promises(i);
            want(step.act());
        }
        check_promises(session_.steps().size());
        return failed;
    }

    bool disk_failed() const { return disk_.has_failed(); }

private:
    // Of the steps before `count`, in the notebook as it is open, or opened for this.
    void check_promises(std::size_t count) {
        if (!session_.notebook()) {
            if (!Notebook::exists(session_.folder())) return;
            Notebook notebook = want(session_.open_again());
            return check_promises(notebook, count);
        }
        check_promises(*session_.notebook(), count);
    }

    void check_promises(Notebook& notebook, std::size_t count) {
        test::Found found{notebook};
        for (std::size_t i = 0; i < count; ++i)
            if (!session_.steps()[i].holds(found)) FAIL_CHECK("lost: " << session_.steps()[i].what);
        if (want(notebook.journal().verify())) FAIL_CHECK("the log does not hold together");
    }

    test::TemporaryFolder folder_;
    test::CrashSession session_;
    SimulatedDisk disk_;
    DiskInUse use_;
};

// With the first step on the disk failing, then with the second, until none has that many.
int failures_at_every_step(std::int64_t lasting, int code, ErrorCode said) {
    int failures = 0;
    for (std::int64_t nth = 0;; ++nth) {
        FailingSession session;
        failures += session.run(nth, lasting, code, said);
        if (!session.disk_failed()) return failures;
    }
}

}  // namespace

TEST_CASE("a full disk is said at whichever step, loses nothing, and work resumes with room",
          "[crash]") {
    CHECK(failures_at_every_step(0, ENOSPC, ErrorCode::full) > 500);
}

TEST_CASE("a step that the disk refuses once is said, and the next attempt works", "[crash]") {
    CHECK(failures_at_every_step(1, EIO, ErrorCode::io) > 500);
}

}  // namespace bordereau::storage
