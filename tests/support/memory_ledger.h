// tests/support/memory_ledger.h - a ledger in memory that several stores share, and that fails when
// it is told to. The real one is tested against PostgreSQL; this one fails at the moment wanted.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage/ledger.h"

namespace bordereau::test {

/// What all connections have in common.
struct LedgerContent {
    enum class Trouble { none, away, commit_lost, answer_lost };

    struct Team {
        storage::LedgerHead head;
        std::vector<storage::LedgerEntry> entries;
        bool taken = false;
    };
    std::map<std::string, Team> teams;
    Trouble trouble = Trouble::none;
    std::function<void()> before_turn;  ///< once
    std::optional<int> commits_left;    ///< then commits are lost; nothing: none is

    /// As a backup from when it had so many entries would bring it back.
    void cut(const TeamId& team, std::int64_t number) {
        Team& kept = teams[team.text];
        kept.entries.resize(static_cast<std::size_t>(number));
        kept.head = {};
        for (const storage::LedgerEntry& entry : kept.entries)
            kept.head = {entry.number, storage::mark_after(kept.head.mark, entry)};
    }
};

class MemoryTurn : public storage::LedgerTurn {
public:
    MemoryTurn(LedgerContent& content, LedgerContent::Team& team) : content_(content), team_(team) {
        team_.taken = true;
    }
    ~MemoryTurn() override { team_.taken = false; }

    const storage::LedgerHead& head() const override { return team_.head; }
    Status append(std::span<const storage::LedgerEntry> entries, const std::string& mark) override {
        added_.assign(entries.begin(), entries.end());
        mark_ = mark;
        return done();
    }
    Status replace(std::span<const storage::LedgerEntry> entries,
                   const std::string& mark) override {
        replaced_.insert(replaced_.end(), entries.begin(), entries.end());
        mark_ = mark;
        return done();
    }
    Status commit() override {
        using enum LedgerContent::Trouble;
        if (content_.commits_left && (*content_.commits_left)-- <= 0)
            return Error{ErrorCode::offline, "the ledger is away"};
        if (content_.trouble == commit_lost) return Error{ErrorCode::offline, "the ledger is away"};
        for (auto& entry : replaced_)
            team_.entries.at(static_cast<std::size_t>(entry.number - 1)) = std::move(entry);
        for (auto& entry : added_) team_.entries.push_back(std::move(entry));
        team_.head = {std::ssize(team_.entries), mark_};
        if (content_.trouble == answer_lost) return Error{ErrorCode::offline, "the ledger is away"};
        return done();
    }

private:
    LedgerContent& content_;
    LedgerContent::Team& team_;
    std::vector<storage::LedgerEntry> added_, replaced_;
    std::string mark_;
};

class MemoryLedger : public storage::Ledger {
public:
    explicit MemoryLedger(std::shared_ptr<LedgerContent> content) : content_(std::move(content)) {}

    Result<storage::LedgerHead> head(const TeamId& team) override {
        if (away()) return gone();
        return content_->teams[team.text].head;
    }
    Result<std::vector<TeamId>> teams() override {
        if (away()) return gone();
        std::vector<TeamId> teams;
        for (const auto& [team, kept] : content_->teams) teams.push_back({team});
        return teams;
    }
    Result<std::vector<storage::LedgerEntry>> after(const TeamId& team, std::int64_t number,
                                                    std::size_t count) override {
        if (away()) return gone();
        const auto& entries = content_->teams[team.text].entries;
        std::vector<storage::LedgerEntry> found;
        for (auto i = static_cast<std::size_t>(number); i < entries.size() && found.size() < count;
             ++i)
            found.push_back(entries[i]);
        return found;
    }
    Result<std::unique_ptr<storage::LedgerTurn>> begin(const TeamId& team) override {
        if (away()) return gone();
        if (const auto first = std::exchange(content_->before_turn, nullptr)) first();
        auto& kept = content_->teams[team.text];
        if (kept.taken) return Error{ErrorCode::busy, "somebody else has the team"};
        return std::unique_ptr<storage::LedgerTurn>{std::make_unique<MemoryTurn>(*content_, kept)};
    }

private:
    bool away() const { return content_->trouble == LedgerContent::Trouble::away; }
    static Error gone() { return {ErrorCode::offline, "the ledger is away"}; }
    std::shared_ptr<LedgerContent> content_;
};

}  // namespace bordereau::test
