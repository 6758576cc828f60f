// app/desk/trail.h - the history of one audit for people: every change with who, when, where, from,
// to and why. From the log alone: nothing is guessed that was not recorded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/audits.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"

namespace bordereau::form {
class Form;
class Session;
}  // namespace bordereau::form

namespace bordereau::app {

class Desk;

struct TrailStep {
    enum class Kind {
        begun,      ///< the audit
        taken,      ///< over by another person, who records it from then on; `text` is the reason
        answered,   ///< `from` became `to`; either may be empty. Copied: see `copied_from`
        confirmed,  ///< an answer that was copied
        noted,      ///< the officer's own remark at a question, `from` became `to`
        added,      ///< a row of a repeat
        removed,    ///< a row, or an answer that the form does not ask for any more
        settled,    ///< a person decided between versions that stood beside each other
        state,      ///< finalized, returned, approved and so on; `text` is the reason
        commented,  ///< `text` is the comment
        resolved,   ///< the comment in `text`
        judged      ///< a piece of evidence, or an item of the review list; `text` is the reason
    };
    Kind kind = Kind::answered;
    Millis at = 0;
    PersonId author;
    std::string login;   ///< of the author; empty: unknown here
    std::string device;  ///< its name for people, else the beginning of its id
    std::string path;    ///< with keys; empty: about the audit as a whole
    std::string from, to;
    std::string text;
    storage::AuditState state = storage::AuditState::draft;
    storage::Verdict verdict = storage::Verdict::open;
    AuditId copied_from;       ///< not empty: this is what was copied, and not confirmed
    std::string copied_title;  ///< of that audit, where it is known here
    bool unaware = false;      ///< made without knowing of another version: a conflict
    bool other_hand = false;   ///< an answer of somebody who did not record the audit then
    bool sealed = true;        ///< false: on this device only, not signed yet
    int folded = 1;            ///< changes that this one stands for: see folded_steps()
};

/// Every step, oldest first. refused: an officer may not read others' answers.
Result<std::vector<TrailStep>> trail_of(Desk& desk, const storage::AuditSummary& audit);

/// What one person did on one device without a break of half an hour.
struct Sitting {
    std::string login, device;
    Millis begin = 0, end = 0;
    std::vector<TrailStep> steps;  ///< oldest first
};
std::vector<Sitting> sittings_of(const std::vector<TrailStep>& steps);

/// Without the answers that no question of the form asks for: what it notes by itself (start, end,
/// deviceid) and what it calculates.
std::vector<TrailStep> asked_steps(std::vector<TrailStep> steps, const form::Form& form);

/// With what was typed at one question in one go as one step, from what stood before to what stands
/// after, at the time of the last: changes by one person in one sitting, with nothing between them,
/// or with other questions between them and half a minute at most. What came from elsewhere, was
/// decided, or led back to what stood before stays a step of its own.
std::vector<TrailStep> folded_steps(const std::vector<TrailStep>& steps);

/// What a step is about, as the form asks it: the question with what its label holds of other
/// answers, else with the row it stands in; or the row. Where the form does not ask it now, its
/// words as written; where it never did, the last part of the path.
std::string asked_at(const form::Session& session, std::string_view path);

/// Steps about one question: at this path, or at the path of a repeat around it, keys ignored; by
/// its name alone too.
std::vector<TrailStep> about_question(std::vector<TrailStep> steps, std::string_view question);

}  // namespace bordereau::app
