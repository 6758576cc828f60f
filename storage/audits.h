// storage/audits.h - the list of audits, and where each stands. Answers are answers.h's matter.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/change.h"
#include "storage/journal/stamp.h"

namespace bordereau::storage {

class Notebook;

/// What a list shows of an audit.
struct AuditSummary {
    AuditId id;
    FormId form;
    std::string form_version;
    std::string title;
    std::string unit;
    AuditState state = AuditState::draft;
    std::string reason;  ///< given with the latest change of state
    PersonId created_by;
    std::string created_by_login;
    PersonId held_by;  ///< who records it: who began it, or who took it over last
    std::string held_by_login;
    Millis created_at = 0;
    Millis changed_at = 0;       ///< of its latest change, drafts' answers included
    Stamp changed;               ///< the same to the last bit
    std::int64_t row = 0;        ///< in this notebook, until it is rebuilt: sets equal stamps apart
    std::int64_t answers = 0;    ///< paths that hold a value, as sealed
    std::int64_t unsealed = 0;   ///< changes on this device that are not sealed yet
    std::int64_t conflicts = 0;  ///< paths with two versions that know nothing of each other
    std::int64_t open_comments = 0;
};

/// Any of some states. Without a member it does not filter.
class AuditStates {
public:
    AuditStates() = default;
    AuditStates(AuditState state) { add(state); }
    AuditStates(std::optional<AuditState> state) {
        if (state) add(*state);
    }
    void add(AuditState state) { bits_ |= 1u << static_cast<unsigned>(state); }
    bool empty() const { return bits_ == 0; }
    bool admits(AuditState state) const {
        return empty() || (bits_ >> static_cast<unsigned>(state) & 1u) != 0;
    }
    /// A bit per state, by its number; all of them where it does not filter.
    std::int64_t bits() const { return empty() ? 0xFF : std::int64_t{bits_}; }

private:
    unsigned bits_ = 0;
};

/// How a list is sorted. Within a unit or a state the latest changed comes first.
enum class AuditOrder { changed, unit, state };

/// Where one audit stands in a list of any order: the next page begins after it.
struct AuditPlace {
    AuditState state = AuditState::draft;
    std::string unit;
    Stamp changed;
    std::int64_t row = 0;  ///< as in AuditSummary
};

/// Empty members do not filter.
struct AuditFilter {
    AuditStates state = {};
    FormId form = {};
    PersonId created_by = {};
    std::string unit = {};
    Millis changed_from = 0;    ///< inclusive; 0: any
    Millis changed_before = 0;  ///< exclusive; 0: any
    AuditOrder order = AuditOrder::changed;
    std::optional<AuditPlace> after = {};  ///< nothing: from the beginning
    std::int64_t limit = 200;
};

/// Audits in each state, by its number.
using StateCounts = std::array<std::int64_t, 6>;

AuditPlace place_of(const AuditSummary& audit);

/// One step in the life of an audit.
struct AuditEvent {
    AuditState state = AuditState::draft;
    std::string reason;
    PersonId author;
    Millis at = 0;
    DeviceId device;
    bool taken = false;  ///< somebody took it over; state and reason are then of that moment
};

class Audits {
public:
    explicit Audits(Notebook& notebook) : notebook_(notebook) {}

    /// A new draft by the person at the keyboard.
    Result<AuditId> create(const FormId& form, std::string_view form_version,
                           std::string_view title);
    Result<std::optional<AuditSummary>> get(const AuditId& audit) const;
    /// One page, however many audits there are: the next begins after place_of() its last.
    Result<std::vector<AuditSummary>> list(const AuditFilter& filter) const;
    /// Exact. Order, place and limit are ignored.
    Result<std::int64_t> count(const AuditFilter& filter) const;
    /// By state, whatever states and dates the filter names.
    Result<StateCounts> count_by_state(const AuditFilter& filter) const;
    /// Ids that begin so, at most `most`: for people who type the first few characters.
    Result<std::vector<AuditId>> beginning_with(std::string_view start, std::int64_t most) const;

    /// From now on the person at the keyboard records it. refused: not allowed (rights.h).
    Status take_over(const AuditId& audit, std::string_view reason);

    /// What lists show, from its answers. Nothing is recorded where it is the same already.
    Status label(const AuditId& audit, std::string_view title, std::string_view unit);
    /// Draft to finalized, hasIssues to edited; its answers count from then on, and travel with the
    /// next round. refused: in another state. That the form allows it is for the caller to have
    /// asked.
    Status finalize(const AuditId& audit);
    Result<std::vector<AuditEvent>> events(const AuditId& audit) const;  ///< oldest first

private:
    Notebook& notebook_;
};

}  // namespace bordereau::storage
