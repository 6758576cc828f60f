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

/// Which questions to copy to: those at these paths and below them, in all entries of a repeat, or
/// in the one that the path names by key or position. Without a path: all.
struct CopyScope {
    std::vector<std::string> paths = {};
    bool again =
        false;  ///< also where there is an answer already: somebody asked for this question

    /// By its key path and its XPath.
    bool holds(std::string_view question, std::string_view place) const;
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

/// Earlier audits of the unit that this one is about, with the same form, that this person may
/// read; the latest begun first. Empty while the unit is not known. It may go by other names there,
/// in other languages and versions of the form.
Result<std::vector<storage::AuditSummary>> earlier_audits(Desk& desk, const Filling& filling);

/// The latest of them, opened to read. Nothing: there is none.
Result<std::optional<Filling>> open_earlier(Desk& desk, const Filling& filling);

/// The one that a follow-up is compared with, opened to read: that whose code it gives, else the
/// latest; of those that were finalized and not rejected.
Result<std::optional<Filling>> open_followed(Desk& desk, const Filling& filling);

}  // namespace bordereau::app
