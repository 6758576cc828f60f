// app/report/submission.h - the country submission: five questions answered from approved audits
// and registers. A draft for a person to edit, with a list of what keeps it from being ready.
#pragma once

#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/audit/record.h"
#include "app/audit/registers.h"
#include "app/report/document.h"
#include "app/report/release.h"

namespace bordereau::report {

struct Country {
    std::string code;  ///< ISO 3166-1 alpha-3
    std::string name;
};

struct SubmissionRequest {
    std::vector<Country> countries;        ///< in the order of the submission
    std::array<std::string, 5> questions;  ///< as the call words them; empty: the chapter's role
    std::string output_language = "en";    ///< the submission goes out in this language
    bool free_text_reread = false;         ///< a person read all free text for personal data
    std::set<std::string> may_name_units;  ///< countries whose agencies agreed to units being named
    Release release;
};

struct Submission {
    Document document;
    std::vector<std::string> not_ready;  ///< reasons in words; empty when it may be sent

    bool ready() const { return not_ready.empty(); }
};

/// Uses approved records of the main form only; others are ignored. `texts` gives the language of
/// the document itself.
Submission submission(const SubmissionRequest& request, std::span<const audit::Record> records,
                      const audit::Registers& registers, const Texts& texts);

}  // namespace bordereau::report
