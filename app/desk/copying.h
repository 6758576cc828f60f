// app/desk/copying.h - answers of an earlier audit of the same unit: which audits there are, and
// what of them may be taken into an open one. Filling::copy() does it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/session/session.h"
#include "storage/audits.h"
#include "storage/base/result.h"

namespace bordereau::app {

class Desk;
class Filling;

/// Which questions to copy to: those at these paths and below them, keys and positions ignored.
/// Without a path: all.
struct CopyScope {
    std::vector<std::string> paths = {};
    bool again =
        false;  ///< also where there is an answer already: somebody asked for this question

    bool holds(std::string_view question) const;
};

/// An answer that was not copied although the question has one now.
struct LeftOut {
    enum class Why {
        changed,     ///< the question is of another type now, or means something else by the choice
        no_choice,   ///< what was chosen then cannot be chosen now
        not_allowed  ///< the form's constraint does not hold
    };
    std::string question;  ///< key path
    std::string answer;    ///< as stored then
    Why why = Why::changed;
};

struct CopyOutcome {
    int copied = 0;
    std::vector<LeftOut> left_out;
};

/// Whether a question's answer is of a kind that one audit may have from another: no time or place
/// in time of the audit, no file, no calculation, no remark, no act of a person such as a consent.
bool may_be_copied(const form::Session& session, const form::Element& element);

/// What copying to a question brings: the answer of the same question in the earlier audit.
/// Nothing: there is none.
struct EarlierAnswer {
    const form::Element* element = nullptr;  ///< of the earlier session
    std::string value;
};
std::optional<EarlierAnswer> earlier_answer(const Filling& earlier, const form::Session& session,
                                            const form::Element& element);

/// Earlier audits of the unit that this one is about, with the same form, that this person may
/// read; the latest begun first. Empty while the unit is not known.
Result<std::vector<storage::AuditSummary>> earlier_audits(Desk& desk, const Filling& filling);

/// The latest of them, opened to read. Nothing: there is none.
Result<std::optional<Filling>> open_earlier(Desk& desk, const Filling& filling);

}  // namespace bordereau::app
