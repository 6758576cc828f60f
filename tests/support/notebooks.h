// tests/support/notebooks.h - real notebooks in temporary folders, with a clock that tests turn.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/notebook.h"
#include "storage/reviews.h"
#include "tests/support/folders.h"

namespace bordereau::test {

/// The value, or a failed test that tells the error.
template <class T>
T want(Result<T> result) {
    if (!result) FAIL(result.error().detail);
    return *std::move(result);
}
inline void want(Status status) {
    if (!status) FAIL(status.error().detail);
}

/// The error of something that had to fail.
template <class T>
ErrorCode code_of(const Result<T>& result) {
    REQUIRE_FALSE(result.ok());
    return result.error().code;
}

/// A clock that moves one second forward each time it is read.
struct TestClock {
    std::shared_ptr<Millis> now = std::make_shared<Millis>(Millis{1'772'900'000'000});
    Clock clock() const {
        return {[now = now] { return *now += 1000; }, [](Millis) { return 60; }};
    }
};

inline storage::Surroundings surroundings(std::uint64_t seed = 1, const TestClock& clock = {}) {
    return {clock.clock(), seeded_entropy(seed), storage::crypto::least_cost()};
}

constexpr std::string_view kPassphrase = "a long and quiet river";

/// A new notebook whose administrator is "amina".
inline storage::Notebook new_notebook(const std::filesystem::path& folder, std::uint64_t seed = 1,
                                      const TestClock& clock = {}) {
    return want(storage::Notebook::create(
        folder, {"amina", std::string{kPassphrase}, "Crossing North", "laptop"},
        surroundings(seed, clock)));
}

inline storage::Notebook open_as(const std::filesystem::path& folder, std::string_view login,
                                 std::uint64_t seed = 2, const TestClock& clock = {}) {
    return want(storage::Notebook::open(folder, login, kPassphrase, surroundings(seed, clock)));
}

/// Takes `newcomer` into the team that `founder` founded.
inline void admit(storage::Notebook& founder, storage::Notebook& newcomer,
                  storage::Role role = storage::Role::administrator) {
    const auto certificate =
        want(founder.admit({newcomer.device_key().public_key(), "another laptop", role}));
    want(newcomer.join(founder.team(), "Crossing North", certificate));
}

/// A draft with answers at /f/q1 ... /f/qN.
inline AuditId draft_with_answers(storage::Notebook& notebook, int count) {
    const AuditId audit = want(storage::Audits{notebook}.create({"f"}, "1", "An audit"));
    storage::Answers answers{notebook};
    for (int i = 1; i <= count; ++i)
        want(answers.record(audit, "/f/q" + std::to_string(i), "value " + std::to_string(i)));
    return audit;
}

/// Finalizes, and seals the audit by itself, as a round does that begins right after.
inline void finalize_and_seal(storage::Notebook& notebook, const AuditId& audit) {
    want(storage::Audits{notebook}.finalize(audit));
    want(notebook.journal().seal(audit));
}

/// The value that stands at a path, or nothing.
inline std::optional<std::string> answer_at(storage::Notebook& notebook, const AuditId& audit,
                                            std::string_view path) {
    for (const auto& answer : want(storage::Answers{notebook}.load(audit)))
        if (answer.path == path) return answer.value;
    return std::nullopt;
}

/// All changesets of a notebook that are not in a vector.
inline std::vector<std::string> log_of(storage::Notebook& notebook,
                                       const storage::VersionVector& beyond = {}) {
    std::vector<std::string> bytes;
    for (auto& changeset : want(notebook.journal().missing(beyond, std::size_t{1} << 30)))
        bytes.push_back(std::move(changeset.bytes));
    return bytes;
}

/// The same, when everything has been sealed.
inline std::vector<std::string> sealed_by(storage::Notebook& notebook) {
    want(notebook.journal().seal_all());
    return log_of(notebook);
}

/// Everything of `from` that `to` lacks, received by it.
inline std::vector<storage::Receipt> hand_over(storage::Notebook& from, storage::Notebook& to) {
    return want(to.journal().receive(log_of(from, want(to.journal().vector()))));
}

}  // namespace bordereau::test
