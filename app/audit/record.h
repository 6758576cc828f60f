// app/audit/record.h - one filled form as the subject sees it: answers by question name.
// Not a form session (nothing is recalculated) and not storage (nothing is kept).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/time.h"

namespace bordereau::audit {

/// Answers by question name. A name that is there was asked, even where its text is empty; a name
/// that is absent was hidden by skip logic. Scores depend on the difference.
struct Answers {
    std::map<std::string, std::string, std::less<>> values;

    bool asked(std::string_view name) const;
    /// The stored text; empty when unanswered or hidden.
    std::string_view value(std::string_view name) const;
    bool given(std::string_view name) const { return !value(name).empty(); }
    bool is(std::string_view name, std::string_view choice) const { return value(name) == choice; }
    /// A whole number of 0 or more; nothing for any other text.
    std::optional<std::int64_t> count(std::string_view name) const;
    std::optional<double> number(std::string_view name) const;
    std::optional<Date> date(std::string_view name) const;
    /// Chosen values of a select_multiple, in the order stored.
    std::vector<std::string_view> choices(std::string_view name) const;
    bool selected(std::string_view name, std::string_view choice) const;
};

/// Review states as ODK names them.
enum class ReviewState { draft, received, has_issues, edited, approved, rejected };

/// What is known about an audit besides its answers. Codes are those of the registers; names are
/// for people and may be empty, then the code is printed.
struct Header {
    AuditId audit;
    std::string code;  ///< as printed on reports, GRPA-ALB-1a2b3c4d
    FormId form;
    std::string version;                ///< of the instrument, "2026.1"
    std::string country, country_name;  ///< ISO 3166-1 alpha-3, and its name
    std::string agency, agency_name;
    std::string unit, unit_name;
    std::optional<Date> first_day, last_day;  ///< of the visit, tour or session
    ReviewState state = ReviewState::draft;
    std::string officer;   ///< who recorded it
    std::string reviewer;  ///< who approved it; empty before
    Millis approved_at = 0;
};

/// What the supervisor decided about the proof behind the answers. Rows of k_item count from 0.
struct Review {
    std::set<std::size_t> accepted_evidence;
    bool figures_traced = false;  ///< every figure was traced to a register of the unit
};

struct Record {
    Header header;
    Answers answers;                                                   ///< outside repeats
    std::map<std::string, std::vector<Answers>, std::less<>> repeats;  ///< by repeat name
    Review review;

    /// Rows of a repeat in order; none when it is absent or hidden.
    std::span<const Answers> rows(std::string_view repeat) const;
};

/// One leaf of a filled form: an absolute path with positions at repeats only, for example
/// "/grpa_main/d_hr/d_staff[2]/d_w".
struct Leaf {
    std::string_view xpath;
    std::string_view value;
    bool relevant = true;
};

/// Sorts leaves into answers and rows; irrelevant leaves are left out. Fields of the header that
/// are empty are taken from the identifying questions of the three built-in forms.
Record record_from(Header header, std::span<const Leaf> leaves);

/// What to print for a unit or an agency: its name, else its code.
const std::string& name_or_code(const std::string& name, const std::string& code);

}  // namespace bordereau::audit
