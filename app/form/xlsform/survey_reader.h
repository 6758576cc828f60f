// app/form/xlsform/survey_reader.h - reads the survey sheet into a tree.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/form/xlsform/choices.h"
#include "app/form/xlsform/entities.h"
#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/row_checks.h"
#include "app/form/xlsform/settings.h"
#include "app/form/xlsform/survey_tree.h"
#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

/// What the rows of the survey may refer to.
struct SurveySources {
    const Settings& settings;
    ChoiceLists& choices;  ///< or_other adds a choice to a list
    ListSources lists;
};

/// The tree with the settings' root, without the meta group.
std::unique_ptr<Element> read_survey(const Table& table, const SurveySources& sources,
                                     Findings& findings);

}  // namespace bordereau::form::xlsform
