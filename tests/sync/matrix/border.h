// tests/sync/matrix/border.h - one endpoint with two teams, the laptop of an administrator of the
// northern one, and devices that are no more than keys: cheap enough to have one for every row.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/changeset_store.h"
#include "storage/endpoint_folder.h"
#include "storage/kept_files.h"
#include "sync/bundling.h"
#include "sync/serve/door_service.h"
#include "sync/serve/service.h"
#include "sync/station.h"
#include "tests/support/bundles.h"
#include "tests/support/files.h"

namespace bordereau::test {

/// A key, and the end of the chain that it writes in its own home.
struct Device {
    storage::crypto::SigningKey key;
    storage::ChainLink next;
    DeviceId id() const { return storage::crypto::device_id(key.public_key()); }
    LaneId home() const { return storage::lane_of_home(id()); }
};

constexpr Millis kDay = Millis{24} * 3600 * 1000;

struct Border {
    TemporaryFolder folder;
    TestClock clock;
    Entropy entropy = seeded_entropy(5);  // a copy of it would give the same bytes again
    std::filesystem::path data = folder.path() / "endpoint";
    storage::ChangesetStore store =
        want(storage::ChangesetStore::open(data, clock.clock(), seeded_entropy(6)));
    storage::KeptFiles files = want(storage::KeptFiles::open(data / "files", seeded_entropy(7)));
    TeamId north = want(store.found_team("Crossing North"));
    TeamId south = want(store.found_team("Crossing South"));
    storage::Notebook laptop = new_notebook(folder.path() / "laptop", 1, clock);
    sync::Service service{store, clock.clock()};
    int requests = 0;  ///< of stations

    Border() {
        service.keep_files(files);
        admit(laptop, "laptop", storage::Role::administrator);
        share();
    }

    /// Into the northern team, by the endpoint.
    void admit(storage::Notebook& notebook, const char* name, storage::Role role) {
        const auto admitted =
            want(store.admit(north, {notebook.device_key().public_key(), name, role, {}}));
        want(notebook.join(north, "Crossing North", admitted.certificate));
    }

    Device device() {
        Device made{storage::crypto::SigningKey::generate(entropy), {}};
        made.next = {north, made.home(), 1, {}};
        return made;
    }
    /// A member whose certificate travels with what the laptop says; share() afterwards.
    void certify(storage::Membership membership) {
        membership.team = north;
        const std::string certificate = storage::certify(membership, key_of(north));
        want(laptop.journal().record(membership.device().text, storage::MemberSet{certificate}));
    }
    Device member(storage::Role role = storage::Role::officer) {
        Device made = device();
        certify({{}, made.key.public_key(), "a laptop", role});
        return made;
    }
    /// Endpoint and laptop hold the same afterwards.
    void share() {
        want(laptop.journal().seal_all());
        want(store.receive(north, log_of(laptop)));
        std::vector<std::string> back;
        for (auto& one : want(store.missing(north, want(laptop.journal().vector()), kPlenty)))
            back.push_back(std::move(one.bytes));
        want(laptop.journal().receive(back));
    }

    /// A changeset of a device, at a place, made at a time.
    std::string sealed(const Device& by, const storage::ChainLink& at, Millis time,
                       const std::string& subject, std::vector<storage::Action> actions) const {
        std::vector<storage::Change> changes;
        storage::Stamp stamp = storage::Stamp::at(time);
        for (storage::Action& action : actions) {
            ++stamp.bits;
            changes.push_back({{stamp, by.id()}, {"amina"}, subject, std::move(action)});
        }
        return want(storage::seal_changeset(at, by.key, std::move(changes)));
    }
    /// A finished audit with a file, at any place.
    std::string audit(const Device& by, const storage::ChainLink& at, Millis time,
                      const AuditId& audit, const std::string& file) const {
        return sealed(
            by, at, time, audit.text,
            {storage::AuditCreated{{"f"}, "1", "An audit"},
             storage::AnswerGiven{"/f/q1", "value 1", {}},
             storage::AttachmentNamed{"photo.jpg", hash_of(file), std::ssize(file), "image/jpeg"},
             storage::AuditStateSet{storage::AuditState::finalized, ""}});
    }
    /// The next one in the device's own home.
    std::string next_audit(Device& by, const AuditId& id) const {
        std::string bytes = audit(by, by.next, clock.clock().now(), id, "a photo of " + id.text);
        by.next = {by.next.team, by.next.lane, by.next.number + 1,
                   want(storage::read_head(bytes)).digest};
        return bytes;
    }
    sync::Peer peer() const { return {std::string{kUrl}, store.key().public_key(), {}}; }
    sync::Station station_of(storage::Notebook& notebook) {
        const sync::Transport transport = [this](const sync::Request& request,
                                                 std::stop_token) -> Result<sync::Response> {
            ++requests;
            const std::string path = request.url.substr(kUrl.size());
            sync::Answer answer = service.handle({request.method, path, request.body});
            return sync::Response{answer.status, {}, std::move(answer.body)};
        };
        return sync::station_of(want(notebook.connect()), peer(), transport);
    }
    /// A round of a laptop at the endpoint.
    sync::RoundEnd travel(storage::Notebook& notebook) {
        const sync::Station station = station_of(notebook);
        want(station.seal());
        return sync::run_station(station, notebook.clock(), notebook.entropy(),
                                 [](const sync::Progress&) {}, {});
    }
    AuditId new_audit() const { return {new_uuid(entropy)}; }

    sync::CentralSide central() { return {store, &files, clock.clock(), seeded_entropy(++seed_)}; }

    static constexpr std::size_t kPlenty = std::size_t{1} << 30;

private:
    static constexpr std::string_view kUrl = "https://sync.example.org";

    std::uint64_t seed_ = 100;
    storage::crypto::SigningKey key_of(const TeamId& team) const {
        const auto secret = want(storage::read_key(storage::key_file_in(data)));
        const auto db = want(storage::open_database(storage::truth_in(data), secret));
        auto row = db.query("SELECT seed FROM team_key WHERE team = ?", team.text);
        REQUIRE(row.next());
        return storage::crypto::SigningKey::from_seed(row.view(0));
    }
};

/// How somebody answers messages: path and body in, body out.
using Answering = std::function<std::string(std::string_view path, const std::string& body)>;

inline Answering at_endpoint(Border& border) {
    return [&border](std::string_view path, const std::string& body) {
        return border.service.handle({"POST", path, body}).body;
    };
}

inline Answering at_door(sync::DoorService& door) {
    return [&door](std::string_view path, const std::string& body) {
        return door.handle({"POST", path, body}).body;
    };
}

}  // namespace bordereau::test
