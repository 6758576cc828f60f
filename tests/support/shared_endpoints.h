// tests/support/shared_endpoints.h - endpoints that are one: each with a folder of its own, and the
// key file of the first.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "storage/changeset_store.h"
#include "storage/endpoint_folder.h"
#include "tests/support/notebooks.h"

namespace bordereau::test {

struct SharedEndpoints {
    TemporaryFolder folder;
    TestClock clock;

    virtual ~SharedEndpoints() = default;
    /// A connection to their ledger.
    virtual Result<std::unique_ptr<storage::Ledger>> connect() const = 0;

    /// An endpoint in the folder of that name.
    Result<storage::ChangesetStore> try_open(std::string_view name,
                                             const std::filesystem::path& key_file) const {
        auto ledger = connect();
        if (!ledger) return ledger.error();
        return storage::ChangesetStore::open(at(name), clock.clock(), seeded_entropy(99),
                                             {*std::move(ledger), key_file});
    }
    storage::ChangesetStore open(std::string_view name) const {
        return want(try_open(name, key()));
    }

    std::filesystem::path at(std::string_view name) const { return folder.path() / name; }
    std::filesystem::path key() const { return at("first") / "endpoint.key"; }

    /// Of what the working copy of an endpoint says.
    std::string digest(std::string_view name) const {
        const auto secret = want(storage::read_key(key()));
        auto db = want(storage::open_database(
            storage::copy_in(at(name), storage::latest_generation(at(name))), secret));
        storage::Log log{db, storage::Folding::later};
        want(log.fold_rest());
        return want(log.fold_digest());
    }
};

}  // namespace bordereau::test
