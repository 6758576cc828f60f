// tests/storage/crash_session.h - a working week at one notebook as a list of steps, each with what
// it promises once it was acknowledged. Promises hold for ever after, so that a crash may come
// anywhere.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/notebooks.h"
#include "tests/support/simulated_disk.h"

namespace bordereau::test {

/// A notebook as it was found after a crash, or at the end of a step.
class Found {
public:
    explicit Found(storage::Notebook& opened) : notebook(opened) {}
    /// "(nothing)" where no answer was ever given; no value where it was removed.
    std::optional<std::string> answer(const AuditId& audit, const std::string& path);

    storage::Notebook& notebook;

private:
    using Answers = std::map<std::string, std::optional<std::string>>;
    std::map<std::string, Answers> read_;
};

struct SessionStep {
    std::string what;
    std::function<Status()> act;
    std::function<bool(Found&)> holds;
    std::int64_t begun = 0;         ///< steps of the disk before it
    std::int64_t acknowledged = 0;  ///< and when it said that it was done
};

/// Where a session begins.
enum class Beginning { new_notebook, notebook_of_first_schema };

/// The same each time: its clock and dice are its own.
class CrashSession {
public:
    explicit CrashSession(const std::filesystem::path& root,
                          Beginning beginning = Beginning::new_notebook);
    CrashSession(const CrashSession&) = delete;
    CrashSession& operator=(const CrashSession&) = delete;

    std::vector<SessionStep>& steps() { return steps_; }
    const std::vector<SessionStep>& steps() const { return steps_; }
    const std::filesystem::path& folder() const { return folder_; }
    /// The notebook as the session has it open, or nothing.
    storage::Notebook* notebook() { return notebook_.get(); }
    void close() {
        answers_.reset();
        notebook_.reset();
    }
    /// By whichever passphrase is valid at present.
    Result<storage::Notebook> open_again() const;

private:
    void plan_founding();
    void plan_migration();
    void plan_audit();
    Status found_with_first_schema();
    void plan_filling();
    void plan_people_and_files();
    void plan_exchange();
    void plan_review();
    void plan_upkeep();

    void step(std::string what, std::function<Status()> act, std::function<bool(Found&)> holds);
    void answer(const std::string& path, std::optional<std::string> value);
    void open_as(std::string_view login);
    Status open(std::string_view login, std::string_view passphrase);
    std::vector<std::string> changesets_from_elsewhere(const std::filesystem::path& root) const;
    bool opens(std::string_view login, std::string_view passphrase) const;

    std::filesystem::path folder_;
    TestClock clock_;
    std::vector<std::string> elsewhere_;
    std::unique_ptr<storage::Notebook> notebook_;
    std::unique_ptr<storage::Answers> answers_;
    AuditId audit_;
    std::map<std::string, std::vector<std::optional<std::string>>> planned_;  // answers by path
    std::vector<SessionStep> steps_;
};

}  // namespace bordereau::test
