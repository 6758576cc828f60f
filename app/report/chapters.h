// app/report/chapters.h - the five chapters of a submission and its annexes, each from the same
// material. Internal to submission.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/audit/record.h"
#include "app/audit/registers.h"
#include "app/report/draft.h"
#include "app/report/submission.h"

namespace bordereau::report {

using Audits = std::vector<const audit::Record*>;

struct CountryAudits {
    Country country;
    Audits audits;  ///< current ones, one for each unit
};

struct Material {
    const SubmissionRequest& request;
    const audit::Registers& registers;
    std::vector<CountryAudits> countries;  ///< those asked for, in order
    Audits all;                            ///< of these countries
    std::vector<audit::LegalText> texts;   ///< register and audits together, for this audience
    const Texts& words;
};

/// Mean of a scored item over audits, one decimal; a dash when nobody answered it.
std::string mean_of(const Audits& audits, std::string_view item, const Texts& words);

void chapter_meaning(Draft& draft, const Material& material);
void chapter_practices(Draft& draft, const Material& material);
void chapter_obstacles(Draft& draft, const Material& material);
void chapter_lessons(Draft& draft, const Material& material);
void chapter_support(Draft& draft, const Material& material);
void annexes(Draft& draft, const Material& material);

}  // namespace bordereau::report
