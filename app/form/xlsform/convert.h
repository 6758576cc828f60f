// app/form/xlsform/convert.h - from the cells of a workbook to an XForm, with all findings.
#pragma once

#include "app/form/xlsform/settings.h"
#include "app/form/xlsform/workbook.h"
#include "app/form/xlsform/xlsform.h"

namespace bordereau::form::xlsform {

/// Converts a workbook that has been read. `names` stand in where the settings say nothing.
ConvertedForm convert_workbook(const Workbook& workbook, const FormNames& names,
                               MissingTexts missing_texts = MissingTexts::dash);

}  // namespace bordereau::form::xlsform
