// What a window sends by itself, to the built endpoint.
#include <condition_variable>
#include <mutex>

#include "storage/notebook.h"
#include "tests/app/stage/setting.h"
#include "tests/support/endpoint_process.h"

namespace bordereau::app {
namespace {

/// A laptop of a team with an endpoint, which is reached.
class Online {
public:
    Online() {
        ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        ask(JoinTeam{test::invitation_to(endpoint_, data_, {"--role", "administrator"})});
        wait_until([this] { return worker().status().last_success && all_sent(); });
    }

    void ask(const Command& command) {
        stage_.carry_out(command);
        stage_.settle();
    }
    /// Looks again whenever the worker tells of something.
    void wait_until(const std::function<bool()>& holds) {
        while (true) {
            std::unique_lock lock{mutex_};
            const int seen = wakes_;
            lock.unlock();
            if (holds()) return;
            lock.lock();
            changed_.wait(lock, [&] { return wakes_ != seen; });
        }
    }
    const Views& views() { return stage_.views(); }
    bool all_sent() {
        return worker().status().phase == sync::Phase::idle &&
               test::want(stage_.desk()->notebook().journal().pending_count()) == 0;
    }

private:
    const sync::Worker& worker() { return *stage_.desk()->worker(); }
    StageOptions options() {
        StageOptions out;
        out.folder = folder_.path() / "notebook";
        out.services = test::test_services();
        out.services.clock = system_clock();  // as the endpoint's
        out.wake = [this] {
            const std::lock_guard lock{mutex_};
            ++wakes_;
            changed_.notify_all();
        };
        return out;
    }

    test::TemporaryFolder folder_;
    std::filesystem::path data_ = folder_.path() / "endpoint";
    test::EndpointProcess endpoint_{data_};
    std::mutex mutex_;
    std::condition_variable changed_;
    int wakes_ = 0;
    Stage stage_{options()};
};

}  // namespace

TEST_CASE("when it was synchronised last is known after a restart too", "[stage][travel]") {
    Online laptop;
    laptop.ask(PauseTravel{});
    laptop.ask(Lock{});
    laptop.ask(Unlock{"noor", std::string{test::kPassphrase}});
    laptop.ask(GoTo{Place::sync});
    const SyncView& sync = laptop.views().sync;
    CHECK(sync.state == SyncState::paused);
    CHECK(sync.last_contact != "");
}

TEST_CASE("what others are to hear of is sent as soon as it is done", "[stage][travel]") {
    Online laptop;
    laptop.ask(AddPerson{"lena", "officer", std::string{test::kPassphrase}});
    laptop.wait_until([&] { return laptop.all_sent(); });
    laptop.ask(RemovePerson{"lena"});
    laptop.wait_until([&] { return laptop.all_sent(); });
    CHECK(laptop.all_sent());
}

}  // namespace bordereau::app
