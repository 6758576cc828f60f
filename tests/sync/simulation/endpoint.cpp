#include "tests/sync/simulation/endpoint.h"

#include "tests/sync/simulation/contradiction.h"

namespace bordereau::simulation {
namespace {

using storage::ChangesetStore;
using storage::sqlite::Database;

constexpr const char* kNoTrouble = "";
constexpr const char* kFull = "PRAGMA max_page_count = 1";  // SQLite makes it the present count
// Not at the first row: a transaction is left half done.
constexpr const char* kFailing =
    "CREATE TEMP TRIGGER failing BEFORE INSERT ON changeset"
    " WHEN (SELECT count(*) FROM changeset) % 3 = 0"
    " BEGIN SELECT RAISE(FAIL, 'the disk failed'); END";

}  // namespace

Endpoint::Endpoint(std::string name, std::shared_ptr<const Millis> time, Dice& dice)
    : name_(std::move(name)), time_(std::move(time)) {
    start({}, kNoTrouble, dice);
}

Clock Endpoint::clock() const {
    return {[time = time_, drift = drift_] { return *time + *drift; }, [](Millis) { return 0; }};
}

sync::Answer Endpoint::answer(std::string_view path, std::string_view body) {
    return sync::Service{*store_, clock()}.handle({"POST", path, body});
}

std::string Endpoint::disk() const {
    return need(store_->image(), "copying an endpoint's disk");
}

void Endpoint::start(const std::string& image, const char* trouble, Dice& dice) {
    store_.reset();
    auto db = need(Database::in_memory(image), "opening an endpoint's disk");
    need(db.run_script(trouble), "making trouble");
    ailing_ = trouble != kNoTrouble;
    store_.emplace(
        need(ChangesetStore::over(std::move(db), clock(), dice.entropy()), "starting an endpoint"));
}

void Endpoint::restart(Dice& dice) {
    start(disk(), kNoTrouble, dice);
}

void Endpoint::restart_full(Dice& dice) {
    start(disk(), kFull, dice);
}

void Endpoint::restart_failing(Dice& dice) {
    start(disk(), kFailing, dice);
}

void Endpoint::fall_back_to(const std::string& image, Dice& dice) {
    start(image, kNoTrouble, dice);
}

}  // namespace bordereau::simulation
