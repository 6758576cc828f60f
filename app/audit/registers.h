// app/audit/registers.h - what outlives single audits: commitments, laws and policies, the profile
// of the organisation that answers. Rows are plain values; where they are kept is storage's matter.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/audit/record.h"
#include "storage/base/time.h"

namespace bordereau::audit {

/// Who may see a piece of information; each class includes those before it.
enum class Audience { team, agency, public_use };

/// An international, regional or organisational commitment.
struct Commitment {
    std::string code;  ///< choice of list instruments: cedaw, mc1853, iomgep ...
    std::string title;
    std::string kind;  ///< "treaty", "declaration", "organisation policy" ...
    std::string date;  ///< as precise as known: "1995", "2015-11" or "1995-11-07"; may be empty
    std::optional<bool> binding;
    std::string valid_to;     ///< year or date after which it has run out; empty: open
    std::string replaced_by;  ///< code of the successor; empty: none
    std::string url;
};

/// A law, policy or practice reported as good practice (section F of the main form, and seeds).
struct LegalText {
    std::string country;  ///< ISO 3166-1 alpha-3
    std::string kind;     ///< choice of list law_kind; empty when unknown
    std::string status;   ///< choice of list law_status; empty when unknown
    std::string title;    ///< in the original language
    std::string title_en;
    std::string language;  ///< ISO 639-1, else 639-3
    std::string date;      ///< as precise as known; empty when unknown
    std::string summary;
    std::string original;          ///< file name of the original text; empty: none
    std::string translation;       ///< file name of the English translation; empty: none
    std::string translation_kind;  ///< choice of list trans_kind
    std::string remark;
    std::string source;  ///< audit code, or empty for a row entered in the register itself
    Audience audience = Audience::public_use;  ///< widest audience it may be shown to
};

enum class Missing { nothing, original, translation };

/// What keeps a text from being complete. A planned text is complete as forthcoming, a practice
/// without a file as described; anything else needs the original, and an English translation
/// unless the original is in one of the six official UN languages.
Missing missing_from(const LegalText& text);
inline bool complete(const LegalText& text) {
    return missing_from(text) == Missing::nothing;
}
bool official_un_language(std::string_view language);

/// Not yet in force: draft or planned.
bool forthcoming(const LegalText& text);

/// Texts that section F of an audit reports. Published kinds (law, by-law, strategy, plan) that are
/// adopted, in force or expired may be shown to anybody; everything else to the agency.
std::vector<LegalText> legal_texts_of(const Record& record);

/// Register rows and the entries of audits, one row for each country, title and date. An entry of a
/// later audit replaces an earlier one; a row of the register itself stays.
std::vector<LegalText> merged(std::span<const LegalText> registered,
                              std::span<const Record> audits);

/// "ALB_2024_standard-procedure-for-searches_sq.pdf", the name of a file in the annex.
std::string annex_name(const LegalText& text, std::string_view language, std::string_view file);

/// One figure or statement about the organisation that answers.
struct ProfileField {
    std::string name;  ///< founded, role, members, observers, offices, countries, budget,
                       ///< voluntary_share, staff, headquarters_share
    std::string value;
    std::string unit;
    std::string as_of;  ///< as precise as known: "2018" or "2018-06-30"
    std::string source;
};

struct RespondentProfile {
    std::string organisation, short_name;
    std::string mission;
    std::vector<ProfileField> fields;
    std::string quotation;  ///< short, with its source; may be empty
    std::string quotation_source;
    std::string narrative;  ///< on efforts inside the organisation; may be empty
};

/// The last day a date of "2018", "2018-06" or "2018-06-30" can mean; nothing for other text.
std::optional<Date> last_day_of(std::string_view text);

/// True when a figure is older than 24 months, or its date cannot be read. The year of founding and
/// the role of an organisation do not age.
bool outdated(const ProfileField& field, Date today);

/// `months` before a day; the last day of the month where that day does not exist.
Date months_before(Date day, int months);

struct Registers {
    std::vector<Commitment> commitments;
    std::vector<LegalText> texts;
    RespondentProfile respondent;
};

}  // namespace bordereau::audit
