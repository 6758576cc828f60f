// app/report/people_figures.h - figures that count people: staff, people served, searches, shifts.
// The caller writes the heading. Each passes suppression for its audience before anything is drawn
// or said.
#pragma once

#include <span>

#include "app/audit/record.h"
#include "app/audit/registers.h"
#include "app/report/draft.h"

namespace bordereau::report {

/// Staff in post by grade group, with the women's share. The public sees none of a unit of fewer
/// than ten.
void staff_figure(Draft& draft, std::span<const audit::Record* const> units,
                  audit::Audience audience, const Texts& texts);

/// People who needed more than routine clearance, by age and sex.
void served_figure(Draft& draft, std::span<const audit::Record* const> units,
                   audit::Audience audience, const Texts& texts);

/// Searches by an officer of the same sex; shifts with a woman officer.
void procedure_figure(Draft& draft, std::span<const audit::Record* const> units,
                      audit::Audience audience, const Texts& texts);

}  // namespace bordereau::report
